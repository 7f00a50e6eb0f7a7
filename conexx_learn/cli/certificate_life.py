"""Certificates from the shell: suspended, reinstated, taken back, corrected.

Each acts in the name of a coordinator, is told to the holder as from the pages, and
does nothing the second time.
"""

from collections.abc import Callable
from typing import Any, cast

import click
from flask import current_app
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now, today
from conexx_learn.cli.certificates import certificates, found_certificate
from conexx_learn.cli.language import shell_language
from conexx_learn.cli.straight_signing import sign_straight_away
from conexx_learn.domain.certificate_life import REVOCATION_REASONS
from conexx_learn.domain.certificates import RevocationReason, SuspensionReason
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.sentences.certificate_commands import certificate_sentence
from conexx_learn.queries.accounts import coordinator
from conexx_learn.services import certificate_acts as verbs
from conexx_learn.services.certificate_corrections import correct_certificate
from conexx_learn.services.unit_of_work import reading, unit_of_work

Command = Callable[..., Any]
BY = click.option("--by", "identity", required=True, help="Coordinator who acts.")
NOTE = click.option(
    "--note", default="", help="Internal remark: only the coordination reads it."
)


def _reason(values: list[str]) -> Callable[[Command], Command]:
    """Make the option of a public reason."""
    return click.option("--reason", type=click.Choice(values), required=True)


@certificates.command()
@click.argument("number")
@BY
@_reason([one.value for one in SuspensionReason])
@NOTE
def suspend(number: str, identity: str, reason: str, note: str) -> None:
    r"""Let a certificate count for nothing until it is reinstated.

    \b
    Example:
      flask certificates suspend 7K3M-9QXT-2R8A --by coordinator@conexx.example \
        --reason under-review
    """
    known, by = _known(number), _coordinator(identity)
    with unit_of_work() as session:
        added = verbs.suspend_certificate(
            session,
            number=known,
            reason=SuspensionReason(reason),
            note=note,
            by=by,
            now=now(),
        )
        _tell(session, added)
    _say("suspended-now" if added else "unchanged")


@certificates.command()
@click.argument("number")
@BY
@NOTE
def reinstate(number: str, identity: str, note: str) -> None:
    r"""Lift a suspension.

    \b
    Example:
      flask certificates reinstate 7K3M-9QXT-2R8A --by coordinator@conexx.example
    """
    known, by = _known(number), _coordinator(identity)
    with unit_of_work() as session:
        added = verbs.reinstate_certificate(
            session, number=known, note=note, by=by, now=now()
        )
        _tell(session, added)
    _say("reinstated-now" if added else "unchanged")


@certificates.command()
@click.argument("number")
@BY
@_reason([one.value for one in REVOCATION_REASONS])
@NOTE
def revoke(number: str, identity: str, reason: str, note: str) -> None:
    r"""Approve taking a certificate back; a second, different coordinator completes it.

    \b
    Example:
      flask certificates revoke 7K3M-9QXT-2R8A --by coordinator@conexx.example \
        --reason issued-in-error
    """
    known, by = _known(number), _coordinator(identity)
    with unit_of_work() as session:
        done = verbs.revoke_certificate(
            session,
            number=known,
            reason=RevocationReason(reason),
            note=note,
            by=by,
            now=now(),
        )
        _tell(session, done.event_id)
    sign_straight_away()
    _say("revoked-now" if done.is_complete else "second-approval")


@certificates.command()
@click.argument("number")
@BY
@click.option("--name", required=True, help="As the new certificate will say it.")
@NOTE
def correct(number: str, identity: str, name: str, note: str) -> None:
    r"""Issue a certificate with the right name; it replaces the one that is wrong.

    \b
    Example:
      flask certificates correct 7K3M-9QXT-2R8A --by coordinator@conexx.example \
        --name "Ana María Ruiz"
    """
    known, by = _known(number), _coordinator(identity)
    with unit_of_work() as session:
        made = correct_certificate(
            session, number=known, holder=name, note=note, by=by, now=now()
        )
        _tell(session, made.event_id)
    sign_straight_away()
    _say("corrected-now" if made.event_id else "unchanged")
    click.echo(grouped(made.number))


def _known(entry: str) -> str:
    return found_certificate(entry).claims.number


def _coordinator(identity: str) -> int:
    found = coordinator(reading(), identity=identity, today=today())
    if found is None:
        raise NotFoundError("coordinator-unknown", identity=identity)
    return found


def _tell(session: Session, event_id: int | None) -> None:
    """Write the mails of what was added, as the pages do."""
    if event_id is None:
        return
    tell = cast(verbs.Tell, current_app.extensions[verbs.TELL_CERTIFICATE])
    tell(session, event_id=event_id, now=now())


def _say(key: str) -> None:
    click.echo(certificate_sentence(key, shell_language()))
