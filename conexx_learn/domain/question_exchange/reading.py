"""A file of another system, whichever it is, becomes a quiz text and a report."""

from dataclasses import dataclass, field

from conexx_learn.domain.question_exchange.assembly import Assembly, Brought
from conexx_learn.domain.question_exchange.decoding import decoded
from conexx_learn.domain.question_exchange.foreign import ForeignQuestion, Form
from conexx_learn.domain.question_exchange.gift_reading import read_gift
from conexx_learn.domain.question_exchange.moodle_reading import read_moodle
from conexx_learn.domain.question_exchange.quiz_writing import quiz_text
from conexx_learn.domain.question_exchange.remarks import (
    MalformedFileError,
    Remark,
    Severity,
    excerpt,
)
from conexx_learn.domain.question_exchange.sound_text import sound_title
from conexx_learn.domain.quiz_source.formatting import format_quiz
from conexx_learn.domain.quiz_source.headings import proposed_id

_PROBE = 4096


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a file.

    Attributes:
        form: What the file is.
        encoding: As Python names it; empty where it is no text.
        text: The quiz file; empty where nothing came.
        brought: The questions that came, in file order.
        remarks: Faults of the file, or what stays behind and what changed, by line.
        media: Name in `media/` to content.
    """

    form: Form
    encoding: str = ""
    text: str = ""
    brought: tuple[Brought, ...] = ()
    remarks: tuple[Remark, ...] = ()
    media: dict[str, bytes] = field(default_factory=dict)

    @property
    def is_malformed(self) -> bool:
        """Say whether the file itself cannot be read, so that nothing came."""
        return any(one.severity is Severity.FAULT for one in self.remarks)

    def of(self, severity: Severity) -> tuple[Remark, ...]:
        """List the remarks of one weight, by line."""
        return tuple(one for one in self.remarks if one.severity is severity)


def read_questions(data: bytes, *, name: str, title: str, lang: str) -> Arrival:
    """Read a file of GIFT or Moodle XML; total: any bytes give an arrival.

    Args:
        data: The bytes of the file.
        name: Of the file; its ending need not be right. Becomes the id of the quiz.
        title: Of the quiz; the name of the file where it is empty.
        lang: Of the quiz: `es`, `en` or another two or three letters.
    """
    is_named_xml = name.lower().endswith(".xml")
    form = Form.MOODLE_XML if is_named_xml else Form.GIFT
    try:
        text, encoding = decoded(data)
        form = form if is_named_xml else form_of(text)
        read = read_moodle if form is Form.MOODLE_XML else read_gift
        return _arrival(read(text), form, encoding, (stem_of(name), title, lang))
    except MalformedFileError as error:
        facts = {key: excerpt(value) for key, value in error.facts.items()}
        fault = Remark(error.line, "", error.code, Severity.FAULT, facts)
        return Arrival(form, remarks=(fault,))


def form_of(text: str) -> Form:
    """Say what a text is: XML begins with a tag, GIFT never does so."""
    start = text[:_PROBE].lstrip()
    is_xml = start.startswith(("<?xml", "<quiz", "<!DOCTYPE", "<!--"))
    return Form.MOODLE_XML if is_xml else Form.GIFT


def stem_of(name: str) -> str:
    """Take the endings off a file name.

    Example:
        >>> stem_of("banco/Preguntas.gift.txt")
        'Preguntas'
    """
    base = name.replace("\\", "/").rpartition("/")[2]
    for ending in (".txt", ".xml", ".gift", ".md"):
        base = base.removesuffix(ending).removesuffix(ending.upper())
    return base


def _arrival(
    questions: list[ForeignQuestion],
    form: Form,
    encoding: str,
    names: tuple[str, str, str],
) -> Arrival:
    stem, title, lang = names
    assembly = Assembly(lang)
    for question in questions:
        assembly.take(question)
    sections = assembly.sections()
    if not questions:
        raise MalformedFileError(1, "no-questions")
    text = ""
    if assembly.brought:
        shown = sound_title(title) or sound_title(stem) or "Quiz"
        id_ = proposed_id(stem)
        text = quiz_text(id_=id_, title=shown, lang=lang, sections=sections)
        text = format_quiz(text.encode(), path=f"{id_}.quiz.{lang}.md")
    return Arrival(
        form,
        encoding,
        text,
        tuple(assembly.brought),
        tuple(sorted(assembly.remarks)),
        assembly.texts.media,
    )
