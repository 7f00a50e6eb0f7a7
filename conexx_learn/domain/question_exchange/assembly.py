"""The questions of a file in order: pools for categories, cases for descriptions."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from conexx_learn.domain.question_exchange.arrival import made_question, title_of
from conexx_learn.domain.question_exchange.foreign import ForeignQuestion, Kind
from conexx_learn.domain.question_exchange.quiz_writing import question_text
from conexx_learn.domain.question_exchange.remarks import (
    NoCounterpartError,
    Notes,
    Remark,
    Severity,
)
from conexx_learn.domain.question_exchange.sound_text import sound_title
from conexx_learn.domain.question_exchange.texts import TextMaker
from conexx_learn.domain.quiz import Question, QuestionType, Section, SectionKind
from conexx_learn.domain.quiz_source.headings import (
    MOST_ID_SIGNS,
    is_id,
    proposed_id,
)
from conexx_learn.domain.quiz_source.parser import MOST_BYTES
from conexx_learn.domain.quiz_source.sections import MOST_QUESTIONS

_ROOM_FOR_HEADINGS = 200
"""Bytes that a section may need besides its text."""

_NO_CATEGORY = frozenset(["", "top", "$course$", "$system$", "$cat1$", "$module$"])
_CONTEXT = "$"


@dataclass(frozen=True, slots=True)
class Brought:
    """One question that came."""

    line: int
    id: str
    title: str
    type: QuestionType


@dataclass(slots=True)
class Ids:
    """The ids that are taken, and where counting goes on for those wanted often."""

    taken: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def take(self, wanted: str, title: str) -> str:
        """Take an id: the wanted one where it is sound and free, else one like it."""
        base = wanted if is_id(wanted) else proposed_id(wanted or title)
        id_ = base
        while id_ in self.taken:
            number = self.numbers.get(base, 1) + 1
            self.numbers[base] = number
            ending = f"-{number}"
            id_ = base[: MOST_ID_SIGNS - len(ending)].rstrip("-") + ending
        self.taken.add(id_)
        return id_


@dataclass(slots=True)
class _Open:
    """A section that questions are being put into.

    Attributes:
        kind: `plain`, `pool` or `case`.
        source: The category or description that it came from.
        text: The narrative of a case.
        remarks: On the description itself.
        questions: So far.
    """

    kind: SectionKind
    source: ForeignQuestion
    text: str = ""
    remarks: list[Remark] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


@dataclass(slots=True)
class Assembly:
    """Puts questions where they belong, and tells which ones stay behind.

    Attributes:
        lang: Of the quiz that is made.
        texts: Makes their Markdown and collects pictures.
        remarks: On all questions.
        brought: What came, in file order.
    """

    lang: str
    texts: TextMaker = field(default_factory=TextMaker)
    remarks: list[Remark] = field(default_factory=list)
    brought: list[Brought] = field(default_factory=list)
    _ids: Ids = field(default_factory=Ids)
    _open: list[_Open] = field(default_factory=list)
    _pools: dict[str, _Open] = field(default_factory=dict)
    _current: _Open | None = None
    _size: int = 0

    def take(self, foreign: ForeignQuestion) -> None:
        """Put in what comes next in the file."""
        if foreign.kind is Kind.CATEGORY:
            self._enter_category(foreign)
        elif foreign.kind is Kind.DESCRIPTION:
            self._begin_case(foreign)
        else:
            self._bring(foreign)

    def sections(self) -> list[Section]:
        """Close everything and return what has questions."""
        ids = Ids()
        done: list[Section] = []
        # Without a heading of its own, the plain section can only be the first.
        for one in sorted(self._open, key=lambda one: one.kind != SectionKind.PLAIN):
            if one.questions:
                done.append(self._section(one, ids))
                self.remarks += one.remarks
            else:
                self._tell_empty(one)
        return done

    def _begin(self, kind: SectionKind, source: ForeignQuestion) -> _Open:
        self._current = _Open(kind, source)
        self._open.append(self._current)
        return self._current

    def _begin_plain(self, foreign: ForeignQuestion) -> _Open:
        """Open the section without a heading: what stands in no category."""
        self._pools[""] = self._begin(SectionKind.PLAIN, foreign)
        return self._pools[""]

    def _enter_category(self, foreign: ForeignQuestion) -> None:
        name = category_name(foreign.name)
        key = (foreign.id or foreign.name) if name else ""
        if key in self._pools:
            self._current = self._pools[key]
            return
        kind = SectionKind.POOL if name else SectionKind.PLAIN
        self._pools[key] = self._begin(kind, replace(foreign, name=name))

    def _begin_case(self, foreign: ForeignQuestion) -> None:
        self.texts.notes = Notes(foreign.line, title_of(foreign))
        try:
            text = self._narrative(foreign)
        except NoCounterpartError as error:
            self.remarks.append(self.texts.notes.left_out(error))
            return
        case = self._begin(SectionKind.CASE, foreign)
        case.text = text
        case.remarks = self.texts.notes.remarks

    def _bring(self, foreign: ForeignQuestion) -> None:
        title = title_of(foreign)
        notes = self.texts.notes = Notes(foreign.line, title)
        media = dict(self.texts.media)
        try:
            question = self._made(foreign)
        except NoCounterpartError as error:
            self.remarks.append(notes.left_out(error))
            self.texts.media = media
            return
        question = replace(question, id=self._ids.take(foreign.id, question.title))
        section = self._current or self._begin_plain(foreign)
        section.questions.append(question)
        self.brought.append(
            Brought(foreign.line, question.id, question.title, question.type)
        )
        self.remarks += notes.remarks

    def _narrative(self, foreign: ForeignQuestion) -> str:
        text = self.texts.prompt(foreign.prompt)
        if not text:
            raise NoCounterpartError("prompt-empty")
        self._grow(text)
        return text

    def _made(self, foreign: ForeignQuestion) -> Question:
        if len(self.brought) >= MOST_QUESTIONS:
            raise NoCounterpartError("too-many-questions", limit=str(MOST_QUESTIONS))
        question = made_question(foreign, self.texts, id_="arrival", lang=self.lang)
        self._grow(question_text(question, self.lang))
        return question

    def _grow(self, text: str) -> None:
        """Count the size of the quiz; what would not fit any more stays behind."""
        size = len(text.encode()) + _ROOM_FOR_HEADINGS
        if self._size + size > MOST_BYTES:
            raise NoCounterpartError("quiz-full", limit=str(MOST_BYTES // 1024))
        self._size += size

    def _section(self, one: _Open, ids: Ids) -> Section:
        if one.kind is SectionKind.PLAIN:
            return Section(SectionKind.PLAIN, questions=tuple(one.questions))
        title = title_of(one.source)
        id_ = ids.take(one.source.id, title)
        kind = one.kind
        if kind is SectionKind.POOL and not _are_equal(one.questions):
            kind = SectionKind.SECTION
            remark = Remark(one.source.line, title, "pool-points")
            self.remarks.append(remark)
        return Section(
            kind,
            id=id_,
            title="" if title == id_ and kind is not SectionKind.CASE else title,
            text_md=one.text,
            questions=tuple(one.questions),
        )

    def _tell_empty(self, one: _Open) -> None:
        """Tell of a text without questions; of a category only if its name is lost."""
        line, title = one.source.line, title_of(one.source)
        if one.kind is SectionKind.CASE:
            severity = Severity.LEFT_OUT
            self.remarks.append(Remark(line, title, "description-alone", severity))
        elif one.kind is SectionKind.POOL and title not in self._case_titles():
            self.remarks.append(Remark(line, title, "category-empty"))

    def _case_titles(self) -> set[str]:
        cases = (one for one in self._open if one.kind is SectionKind.CASE)
        return {title_of(one.source) for one in cases}


def _are_equal(questions: Sequence[Question]) -> bool:
    return len({question.points for question in questions}) <= 1


def category_name(path: str) -> str:
    """Read the last name of a category's path; empty for the place above them all.

    Example:
        >>> category_name("$course$/top/Riego//agua"), category_name("$course$/top")
        ('Riego/agua', '')
    """
    names = path.replace("//", "\ue000").split("/")
    last = sound_title(names[-1].replace("\ue000", "/").strip())
    is_place = last.lower() in _NO_CATEGORY or (
        last.startswith(_CONTEXT) and last.endswith(_CONTEXT)
    )
    return "" if is_place else last
