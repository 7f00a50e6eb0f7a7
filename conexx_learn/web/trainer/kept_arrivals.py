"""What came for a course, between the page that asks and the page that takes it in."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from flask import current_app
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer

from conexx_learn.domain.course_editing.outline import outline
from conexx_learn.domain.drafts import fingerprint
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.word_import.arrival import WordArrival
from conexx_learn.services.arrivals import kept_arrival
from conexx_learn.services.draft_reading import Draft
from conexx_learn.services.question_tables import TableArrival, question_table
from conexx_learn.services.unit_of_work import reading
from conexx_learn.services.word_import import pasted_arrival, word_arrival
from conexx_learn.web.addresses import url_for

DOCUMENT, PASTE, TABLE = "document", "paste", "table"
LONGEST_NAME = 80

_TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt")
_ARRIVAL, _PICTURE = "arrival", "arrival-picture"


@dataclass(frozen=True, slots=True)
class KeptArrival:
    """What somebody sent for a course.

    Attributes:
        course: Slug.
        sha256: Of what was sent.
        kind: `document`, `paste` or `table`.
        name: Of the file; what the paste is called.
        lang: Of its text.
    """

    course: str
    sha256: str
    kind: str
    name: str
    lang: str

    @property
    def signed(self) -> str:
        """Write it as an address has it; it opens for who sent it only."""
        content = [self.course, self.sha256, self.kind, self.name, self.lang]
        return _signer(_ARRIVAL).dumps([current_user.id, *content])


def kind_of(name: str) -> str:
    """Say what a file is by its name: a table of questions, or a document."""
    return TABLE if name.lower().endswith(_TABLES) else DOCUMENT


def shown_name(name: str) -> str:
    """Write the name of a file as pages show it."""
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in base if sign.isprintable())[-LONGEST_NAME:]


def read_signed(signed: str, course: str) -> KeptArrival:
    """Read an address.

    Raises:
        NotFoundError: It is not ours, of another course, or of somebody else.
    """
    match _content(_ARRIVAL, signed):
        case [int(user_id), str(of), str(sha256), str(kind), str(name), str(lang)]:
            if user_id == current_user.id and of == course:
                return KeptArrival(of, sha256, kind, name, lang)
    raise NotFoundError


def word_arrival_of(kept: KeptArrival, data: bytes, draft: Draft) -> WordArrival:
    """Read a document or a paste as modules that come after those of a course.

    Raises:
        ContentError: It is refused; its problem says what to do.
    """
    known = outline(draft.files)
    first = max((module.number for module in known), default=0) + 1
    slugs = frozenset(module.slug for module in known)
    if kept.kind == PASTE:
        return pasted_arrival(
            data.decode(errors="replace"),
            name=kept.name,
            language=kept.lang,
            first_number=first,
            taken_slugs=slugs,
        )
    return word_arrival(
        data,
        name=kept.name,
        language=kept.lang,
        first_number=first,
        taken_slugs=slugs,
    )


def table_of(kept: KeptArrival, data: bytes) -> TableArrival:
    """Read a table of questions.

    Raises:
        ContentError: It is refused; its problem says what to do.
    """
    return question_table(data, name=kept.name, language=kept.lang)


def kept_bytes(kept: KeptArrival) -> bytes:
    """Return what was sent.

    Raises:
        NotFoundError: It is no longer kept.
    """
    return kept_arrival(reading(), kept.sha256)


def picture_address(course: str) -> Callable[[bytes], str]:
    """Return what gives a picture its address for who looks at it now."""

    def address(content: bytes) -> str:
        signed = _signer(_PICTURE).dumps([current_user.id, fingerprint(content)])
        return url_for("arrivals.picture", course=course, signed=signed)

    return address


def read_picture(signed: str) -> bytes:
    """Return a picture by its address.

    Raises:
        NotFoundError: It is not ours, of somebody else, or no longer kept.
    """
    match _content(_PICTURE, signed):
        case [int(user_id), str(sha256)] if user_id == current_user.id:
            return kept_arrival(reading(), sha256)
    raise NotFoundError


def typed_page(text: str) -> str:
    """Write text that was typed without a script as a page: a paragraph a line."""
    if "<p" in text.lower() or "<li" in text.lower():
        return text
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _content(purpose: str, signed: str) -> object:
    try:
        content: object = _signer(purpose).loads(signed)
    except BadSignature as error:
        raise NotFoundError from error
    return content


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=purpose)
