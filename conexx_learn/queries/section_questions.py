"""Reads of questions at sections: under a module's text, and one's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from conexx_learn.domain.section_questions import QuestionMoments, QuestionState
from conexx_learn.models.accounts import User
from conexx_learn.models.base import UtcDateTime
from conexx_learn.models.catalogue import Course, CourseText, Module, ModuleText
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.queries.places import LANG, READER

MOST_SHOWN = 200
"""Of one module; nobody reads more, and the newest are at hand."""

IS_PUBLISHED = and_(
    SectionQuestion.published_at.is_not(None), SectionQuestion.unpublished_at.is_(None)
)
IS_OPEN = and_(
    SectionQuestion.answered_at.is_(None), SectionQuestion.withdrawn_at.is_(None)
)


@dataclass(frozen=True, slots=True)
class PublishedPair:
    """A question and its answer that everybody reads, without a name.

    Attributes:
        anchor: Of the section at which it was asked; empty for the whole module.
        lang: Language that it was asked in.
        question: As it was published.
        answer: Likewise.
    """

    anchor: str
    lang: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question of the reader's.

    Attributes:
        id: Its address.
        anchor: Of the section at which it was asked; empty for the whole module.
        lang: Language that it was asked in.
        text: What they wrote.
        answer: Empty before there is one.
        moments: What happened to it.
    """

    id: int
    anchor: str
    lang: str
    text: str
    answer: str
    moments: QuestionMoments

    @property
    def state(self) -> QuestionState:
        """Say how it stands."""
        return self.moments.state


@dataclass(frozen=True, slots=True)
class ModuleQuestions:
    """What stands under a module's text: public pairs, and the reader's own."""

    pairs: tuple[PublishedPair, ...]
    own: tuple[OwnQuestion, ...]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with all that lists, pages and mails say of it.

    Attributes:
        id: Its address.
        user_id: Whose it is; None once they erased their account.
        full_name: Theirs; empty likewise.
        email: The confirmed mailbox that an answer goes to, or None.
        locale: Their language, or None.
        course: Slug.
        course_title: In the reader's language, else in another.
        module: Slug.
        module_title: Likewise.
        anchor: Of the section; empty for the whole module.
        heading: Of the section as it was then; empty likewise.
        lang: Language that it was asked in.
        text: What they wrote.
        answer: Empty before there is one.
        published_question: As everybody reads it; empty before.
        published_answer: Likewise.
        moments: What happened to it.
    """

    id: int
    user_id: int | None
    full_name: str
    email: str | None
    locale: str | None
    course: str
    course_title: str
    module: str
    module_title: str
    anchor: str
    heading: str
    lang: str
    text: str
    answer: str
    published_question: str
    published_answer: str
    moments: QuestionMoments

    @property
    def state(self) -> QuestionState:
        """Say how it stands."""
        return self.moments.state

    @property
    def place(self) -> str:
        """Return what the section is called, or the module where it names none."""
        return self.heading or self.module_title

    @property
    def shown_question(self) -> str:
        """Return the question; once its owner is gone, as it was published."""
        return self.text or self.published_question

    @property
    def shown_answer(self) -> str:
        """Return the answer; once the question's owner is gone, as it was published."""
        return self.answer or self.published_answer


_COURSE_TITLE = (
    select(CourseText.title)
    .where(CourseText.course_version_id == SectionQuestion.course_version_id)
    .order_by(case((CourseText.lang == LANG, 0), else_=1), CourseText.lang)
    .limit(1)
    .correlate(SectionQuestion)
    .scalar_subquery()
)
_MODULE_TITLE = (
    select(ModuleText.title)
    .join(Module, Module.id == ModuleText.module_id)
    .where(
        Module.course_version_id == SectionQuestion.course_version_id,
        Module.slug == SectionQuestion.module_slug,
    )
    .order_by(case((ModuleText.lang == LANG, 0), else_=1), ModuleText.lang)
    .limit(1)
    .correlate(SectionQuestion)
    .scalar_subquery()
)
QUESTIONS: Select[*tuple[Any, ...]] = (
    select(
        SectionQuestion,
        func.coalesce(User.full_name, "").label("full_name"),
        case((User.confirmed_at.is_not(None), User.email)).label("email"),
        User.locale,
        Course.slug,
        func.coalesce(_COURSE_TITLE, Course.slug).label("course_title"),
        func.coalesce(_MODULE_TITLE, SectionQuestion.module_slug).label("module_title"),
    )
    .join(Course, Course.id == SectionQuestion.course_id)
    .outerjoin(User, User.id == SectionQuestion.user_id)
)
"""Selects questions with their people and titles; asks for the parameter `lang`."""

_OWN = and_(SectionQuestion.user_id == READER, SectionQuestion.withdrawn_at.is_(None))
OF_MODULE = (
    select(SectionQuestion, _OWN.label("is_own"))
    .where(
        SectionQuestion.course_id == bindparam("course_id", type_=Integer),
        SectionQuestion.module_slug == bindparam("module", type_=String),
        or_(IS_PUBLISHED, _OWN),
    )
    .order_by(SectionQuestion.asked_at.desc(), SectionQuestion.id.desc())
    .limit(MOST_SHOWN)
)
OF_READER = (
    QUESTIONS.where(SectionQuestion.user_id == READER)
    .where(SectionQuestion.withdrawn_at.is_(None))
    .order_by(SectionQuestion.asked_at.desc(), SectionQuestion.id.desc())
)
NEW_ANSWERS = OF_READER.where(
    SectionQuestion.answered_at > bindparam("since", type_=UtcDateTime())
).limit(3)


def module_questions(
    session: Session, *, course_id: int, module: str, user_id: int | None
) -> ModuleQuestions:
    """Return what stands under a module's text, the oldest first; one statement."""
    values = {"course_id": course_id, "module": module, "user_id": user_id}
    rows = list(reversed(session.execute(OF_MODULE, values).all()))
    return ModuleQuestions(
        pairs=tuple(
            PublishedPair(
                one.anchor, one.lang, one.published_question, one.published_answer
            )
            for one, _ in rows
            if moments_of(one).state is QuestionState.PUBLISHED
        ),
        own=tuple(
            OwnQuestion(
                one.id, one.anchor, one.lang, one.text, one.answer, moments_of(one)
            )
            for one, is_own in rows
            if is_own
        ),
    )


def questions_of(session: Session, *, user_id: int, lang: str) -> list[AskedQuestion]:
    """List a learner's own questions, the newest first; one statement."""
    values = {"user_id": user_id, "lang": lang}
    rows = session.execute(OF_READER.limit(MOST_SHOWN), values)
    return [asked_question(row) for row in rows]


def new_answers(
    session: Session, *, user_id: int, lang: str, since: datetime
) -> list[AskedQuestion]:
    """List a learner's questions that were answered since a moment, three at most."""
    values = {"user_id": user_id, "lang": lang, "since": since}
    return [asked_question(row) for row in session.execute(NEW_ANSWERS, values)]


def asked_question(found: Row[*tuple[Any, ...]]) -> AskedQuestion:
    """Make a value of a row of `QUESTIONS`."""
    row: SectionQuestion = found.SectionQuestion
    return AskedQuestion(
        id=row.id,
        user_id=row.user_id,
        full_name=found.full_name,
        email=found.email,
        locale=found.locale,
        course=found.slug,
        course_title=found.course_title,
        module=row.module_slug,
        module_title=found.module_title,
        anchor=row.anchor,
        heading=row.heading,
        lang=row.lang,
        text=row.text,
        answer=row.answer,
        published_question=row.published_question,
        published_answer=row.published_answer,
        moments=moments_of(row),
    )


def moments_of(row: SectionQuestion) -> QuestionMoments:
    """Return what happened to a question."""
    return QuestionMoments(
        zone=row.zone,
        asked_at=row.asked_at,
        withdrawn_at=row.withdrawn_at,
        answered_at=row.answered_at,
        published_at=row.published_at,
        unpublished_at=row.unpublished_at,
        escalated_at=row.escalated_at,
    )
