"""Certificates from the shell: found and shown."""

import json
from typing import Any

import click

from conexx_learn.adapters.clock import today
from conexx_learn.cli.groups import LearnGroup
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.certificates import CLAIMS_JSON
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import read_number
from conexx_learn.domain.sentences.certificate_commands import certificate_sentence
from conexx_learn.queries.certification import HeldCertificate, certificate_by_number
from conexx_learn.services.unit_of_work import reading

FORMATS = click.Choice(("text", "json"))


@click.group(cls=LearnGroup)
def certificates() -> None:
    r"""Look at certificates, verify them, take them back.

    \b
    Example:
      flask certificates verify 7K3M-9QXT-2R8A
    """


def found_certificate(entry: str) -> HeldCertificate:
    """Return the certificate with a number as somebody typed it.

    Raises:
        NotFoundError: There is none.
    """
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
    found = found_certificate(number).claims
    claims: dict[str, Any] = CLAIMS_JSON.dump_python(found, mode="json")
    # What an address is compared with: of use to nobody who reads.
    claims.pop("recipient", None)
    if form == "json":
        click.echo(json.dumps(claims, ensure_ascii=False, indent=2))
        return
    if found.demo:
        click.echo(certificate_sentence("demo", shell_language()))
    for name, value in claims.items():
        shown = (
            value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        )
        click.echo(f"{name}: {shown}")
