"""`flask certificates verify`: a number, or a file that somebody shows."""

import json
from dataclasses import dataclass
from pathlib import Path

import click
from flask import current_app

from conexx_learn.adapters.clock import now
from conexx_learn.cli.certificates import FORMATS, certificates, found_certificate
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.presented_files import MOST_BYTES
from conexx_learn.domain.sentences.certificate_commands import certificate_sentence
from conexx_learn.domain.sentences.verification_commands import verification_sentence
from conexx_learn.queries.certification import HeldCertificate
from conexx_learn.services.presented_files import (
    Comparison,
    Outcome,
    compare_presented,
)
from conexx_learn.services.register_checks import check_register
from conexx_learn.services.unit_of_work import reading

ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a certificate stands, its register checked against its signatures.

    Attributes:
        held: With the verdict of today.
        is_altered: Whether register and signatures contradict one another.
    """

    held: HeldCertificate
    is_altered: bool

    @property
    def is_valid(self) -> bool:
        """Say whether it proves the training today."""
        return self.held.verdict.is_valid and not self.is_altered


@certificates.command()
@click.argument("entry", metavar="NUMBER|FILE")
@click.option("--format", "form", type=FORMATS, default="text")
def verify(entry: str, form: str) -> None:
    r"""Say how a certificate stands today; exits 1 when it is not valid.

    A file (.json, .jwt, .svg or .pdf) is compared with what was handed out, and the
    certificate that it names is verified with it. Nothing of it is kept.

    \b
    Examples:
      flask certificates verify 7K3M-9QXT-2R8A
      flask certificates verify certificate.jwt
    """
    path = Path(entry)
    compared = _compared(path) if _is_file(path) else None
    number = compared.number if compared else entry
    standing = _standing(number) if number else None
    if form == "json":
        click.echo(json.dumps(_as_json(compared, standing)))
    else:
        _tell(entry, compared, standing)
    is_file_good = compared is None or compared.outcome is Outcome.IDENTICAL
    if not (is_file_good and standing and standing.is_valid):
        click.get_current_context().exit(1)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        # No file has such a name, so that it is a number, or nothing.
        return False


def _compared(path: Path) -> Comparison:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotFoundError("file-unreadable", path=path) from error
    return compare_presented(reading(), content=content)


def _standing(number: str) -> Standing:
    held = found_certificate(number)
    checks = check_register(
        reading(), held=held, public_url=current_app.config["PUBLIC_URL"], now=now()
    )
    return Standing(held, checks.is_altered)


def _as_json(
    compared: Comparison | None, standing: Standing | None
) -> dict[str, object]:
    answer: dict[str, object] = {}
    if compared is not None:
        answer["file"] = {
            "outcome": compared.outcome,
            "form": compared.form,
            "members": compared.members,
            "reason": compared.reason,
        }
    if standing is not None:
        verdict, claims = standing.held.verdict, standing.held.claims
        answer |= {
            "number": grouped(claims.number),
            "state": ALTERED if standing.is_altered else verdict.state,
            "since": verdict.since.isoformat() if verdict.since else None,
            "until": verdict.until.isoformat() if verdict.until else None,
            "demo": claims.demo,
        }
    return answer


def _tell(entry: str, compared: Comparison | None, standing: Standing | None) -> None:
    lang = shell_language()
    if compared is not None:
        members = ", ".join(compared.members)
        said = verification_sentence(compared.outcome, lang, members=members)
        click.echo(f"{entry}: {said}")
    if standing is None:
        return
    claims, state = standing.held.claims, standing.held.verdict.state
    if standing.is_altered:
        said = verification_sentence("register-altered", lang)
    else:
        said = certificate_sentence(state, lang)
    click.echo(f"{grouped(claims.number)}: {said}")
    if claims.demo:
        click.echo(certificate_sentence("demo", lang))
