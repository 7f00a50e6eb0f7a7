"""Certificates from the shell: show, verify, revoke."""

import json
from typing import Any

import click

from conexx_learn.adapters.clock import now, today
from conexx_learn.cli.groups import LearnGroup
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.certificates import CLAIMS_JSON, RevocationReason
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import grouped, read_number
from conexx_learn.domain.sentences.certificate_commands import certificate_sentence
from conexx_learn.queries.accounts import coordinator
from conexx_learn.queries.certification import HeldCertificate, certificate_by_number
from conexx_learn.services.certification import revoke_certificate
from conexx_learn.services.unit_of_work import reading, unit_of_work

FORMATS = click.Choice(("text", "json"))


@click.group(cls=LearnGroup)
def certificates() -> None:
    r"""Look at certificates, verify them, take them back.

    \b
    Example:
      flask certificates verify 7K3M-9QXT-2R8A
    """


def _found(entry: str) -> HeldCertificate:
    number = read_number(entry)
    found = (
        certificate_by_number(reading(), number=number, today=today())
        if number
        else None
    )
    if found is None:
        raise NotFoundError("certificate-unknown", number=entry)
    return found


@certificates.command()
@click.argument("number")
@click.option("--format", "form", type=FORMATS, default="text")
def show(number: str, form: str) -> None:
    r"""Print everything that a certificate says.

    \b
    Example:
      flask certificates show 7K3M-9QXT-2R8A --format json
    """
    claims: dict[str, Any] = CLAIMS_JSON.dump_python(_found(number).claims, mode="json")
    if form == "json":
        click.echo(json.dumps(claims, ensure_ascii=False, indent=2))
        return
    for name, value in claims.items():
        shown = (
            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        )
        click.echo(f"{name}: {shown}")


@certificates.command()
@click.argument("number")
@click.option("--format", "form", type=FORMATS, default="text")
def verify(number: str, form: str) -> None:
    r"""Say how a certificate stands today; exits 1 when it is not valid.

    \b
    Example:
      flask certificates verify 7K3M-9QXT-2R8A
    """
    held = _found(number)
    verdict = held.verdict
    if form == "json":
        answer = {
            "number": grouped(held.claims.number),
            "state": verdict.state,
            "since": verdict.since.isoformat() if verdict.since else None,
            "until": verdict.until.isoformat() if verdict.until else None,
            "demo": held.claims.demo,
        }
        click.echo(json.dumps(answer))
    else:
        lang = shell_language()
        shown = grouped(held.claims.number)
        click.echo(f"{shown}: {certificate_sentence(verdict.state, lang)}")
        if held.claims.demo:
            click.echo(certificate_sentence("demo", lang))
    if not verdict.is_valid:
        click.get_current_context().exit(1)


@certificates.command()
@click.argument("number")
@click.option("--by", "identity", required=True, help="Coordinator who approves.")
@click.option("--reason", type=click.Choice(list(RevocationReason)), required=True)
@click.option("--note", default="", help="For the register, never shown.")
def revoke(number: str, identity: str, reason: str, note: str) -> None:
    r"""Approve taking a certificate back; a second, different coordinator completes it.

    \b
    Example:
      flask certificates revoke 7K3M-9QXT-2R8A --by coordinator@conexx.example \
        --reason issued-in-error
    """
    held = _found(number)
    coordinator_id = coordinator(reading(), identity=identity, today=today())
    if coordinator_id is None:
        raise NotFoundError("coordinator-unknown", identity=identity)
    with unit_of_work() as session:
        done = revoke_certificate(
            session,
            number=held.claims.number,
            reason=reason,
            note=note[:500],
            by=coordinator_id,
            now=now(),
        )
    key = "revoked-now" if done else "second-approval"
    click.echo(certificate_sentence(key, shell_language()))
