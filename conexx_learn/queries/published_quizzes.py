"""Published quizzes, kept in memory: they never change once they are there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, bindparam, select
from sqlalchemy.orm import Session

from conexx_learn.domain.quiz import QUIZ_JSON, Quiz
from conexx_learn.models.catalogue import CourseVersion, QuizText
from conexx_learn.models.catalogue import Quiz as QuizTable
from conexx_learn.queries.kept_reads import KeptReads

QUIZZES_KEPT = 64
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PublishedQuiz:
    """A quiz in all its languages.

    Attributes:
        documents: Language to the published document: model and safe HTML.
        quizzes: Language to the model.
    """

    documents: Mapping[str, Document]
    quizzes: Mapping[str, Quiz]


TEXTS = select(QuizText.lang, QuizText.document).where(
    QuizText.quiz_id == bindparam("quiz_id", type_=Integer)
)
CONTENT_HASH = (
    select(CourseVersion.content_hash)
    .join(QuizTable, QuizTable.course_version_id == CourseVersion.id)
    .where(QuizTable.id == bindparam("quiz_id", type_=Integer))
)


def published_quiz(
    session: Session, *, quiz_id: int, content_hash: str | None = None
) -> PublishedQuiz:
    """Return a quiz; one statement, or none where it was read before.

    Args:
        session: Where to read.
        quiz_id: Of a published version.
        content_hash: Of that version; read with one more statement where None.
    """
    if content_hash is None:
        content_hash = session.scalars(CONTENT_HASH, {"quiz_id": quiz_id}).one()
    return _kept.value((quiz_id, content_hash), lambda: _read(session, quiz_id))


def _read(session: Session, quiz_id: int) -> PublishedQuiz:
    rows = session.execute(TEXTS, {"quiz_id": quiz_id})
    documents = {lang: document for lang, document in rows}  # noqa: C416 (a row is no pair to the type checker)
    return PublishedQuiz(
        documents=documents,
        quizzes={
            lang: QUIZ_JSON.validate_python(document["quiz"])
            for lang, document in documents.items()
        },
    )


_kept: KeptReads[tuple[int, str], PublishedQuiz] = KeptReads(QUIZZES_KEPT)
