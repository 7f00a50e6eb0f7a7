"""A file that somebody shows is compared with what was issued, and not kept."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest

from sqlalchemy.orm import Session

from conexx_learn.domain.identifiers import read_number
from conexx_learn.domain.presented_files import (
    PresentedFile,
    PresentedForm,
    UnreadableError,
    payload_of,
    read_presented,
)
from conexx_learn.domain.strict_json import (
    StrictJsonError,
    differing_members,
    read_strict,
)
from conexx_learn.queries.handed_forms import (
    HandedForm,
    handed_form,
    is_issued,
    number_of_paper,
)


class Outcome(StrEnum):
    """What a comparison came to."""

    IDENTICAL = "identical"
    ALTERED = "altered"
    OTHER_SIGNATURE = "other-signature"
    OTHER_FILE = "other-file"
    OTHER_NUMBER = "other-number"
    NOT_READY = "not-ready"
    WITHDRAWN = "withdrawn"
    NOT_ISSUED = "not-issued"
    ASKS_NUMBER = "asks-number"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is told to who showed a file.

    Attributes:
        outcome: The answer.
        form: What the file is; None where it cannot be read.
        number: Of the certificate that it belongs to, twelve characters; else None.
        members: Names of the members that differ, of an altered JSON form.
        reason: Code of why it cannot be read; else empty.
    """

    outcome: Outcome
    form: PresentedForm | None = None
    number: str | None = None
    members: tuple[str, ...] = ()
    reason: str = ""


def compare_presented(
    session: Session, *, content: bytes, typed_number: str = ""
) -> Comparison:
    """Compare a file with what was issued; two statements at most.

    Args:
        session: To read with.
        content: Of the file.
        typed_number: What was typed beside it, as people write it; may be empty.
    """
    try:
        shown = read_presented(content)
    except UnreadableError as error:
        return Comparison(Outcome.UNREADABLE, reason=str(error))
    typed = read_number(typed_number)
    if shown.form is PresentedForm.PDF:
        return _paper(session, shown, sha256(content).hexdigest(), typed)
    found = _credential(session, shown)
    if typed and found.number and typed != found.number:
        return Comparison(Outcome.OTHER_NUMBER, found.form, found.number)
    return found


def _paper(
    session: Session, shown: PresentedFile, digest: str, typed: str | None
) -> Comparison:
    """Compare a paper by its hash; an edited one is told by the number in it."""
    number = number_of_paper(session, sha256=digest)
    if number is not None:
        is_other = typed is not None and typed != number
        outcome = Outcome.OTHER_NUMBER if is_other else Outcome.IDENTICAL
        return Comparison(outcome, shown.form, number)
    named = typed or (shown.numbers[0] if len(shown.numbers) == 1 else None)
    if named is None:
        return Comparison(Outcome.ASKS_NUMBER, shown.form)
    if not is_issued(session, number=named):
        return Comparison(Outcome.NOT_ISSUED, shown.form)
    return Comparison(Outcome.OTHER_FILE, shown.form, named)


def _credential(session: Session, shown: PresentedFile) -> Comparison:
    if shown.uuid is None:
        return Comparison(Outcome.NOT_ISSUED, shown.form)
    form = "jwt" if shown.jws else "json"
    issued = handed_form(session, uuid=shown.uuid, form=form)
    if issued is None:
        return Comparison(Outcome.NOT_ISSUED, shown.form)
    if issued.is_erased:
        # Nothing is left to compare with, and nothing that it says counts any more.
        return Comparison(Outcome.WITHDRAWN, shown.form, issued.number)
    if issued.body is None:
        return Comparison(Outcome.NOT_READY, shown.form, issued.number)
    compare = _compare_jws if shown.jws else _compare_document
    try:
        return compare(shown, issued, issued.body)
    except (StrictJsonError, UnreadableError):
        # It is our own that cannot be read: the register's checks say so.
        return Comparison(Outcome.NOT_READY, shown.form, issued.number)


def _compare_jws(shown: PresentedFile, issued: HandedForm, body: str) -> Comparison:
    if compare_digest(shown.jws.encode(), body.encode()):
        return Comparison(Outcome.IDENTICAL, shown.form, issued.number)
    members = differing_members(payload_of(body), shown.document)
    outcome = Outcome.ALTERED if members else Outcome.OTHER_SIGNATURE
    return Comparison(outcome, shown.form, issued.number, members)


def _compare_document(
    shown: PresentedFile, issued: HandedForm, body: str
) -> Comparison:
    issued_document = read_strict(body.encode())
    members = differing_members(_unsigned(issued_document), _unsigned(shown.document))
    if members:
        return Comparison(Outcome.ALTERED, shown.form, issued.number, members)
    is_same = not differing_members(issued_document, shown.document)
    outcome = Outcome.IDENTICAL if is_same else Outcome.OTHER_SIGNATURE
    return Comparison(outcome, shown.form, issued.number)


def _unsigned(document: object) -> object:
    """Leave out what says nothing of a certificate: who signed it, and when."""
    if not isinstance(document, dict):
        return document
    return {name: value for name, value in document.items() if name != "proof"}
