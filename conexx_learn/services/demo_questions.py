"""What people of the demonstration asked at sections of the first course."""

from dataclasses import dataclass

from sqlalchemy import select

from conexx_learn.domain.section_questions import SectionPlace
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.queries.catalogue import module_page
from conexx_learn.services.demo_learning import is_live
from conexx_learn.services.demo_people import ANA, CARLA, SAUL, TRAINER
from conexx_learn.services.demo_scene import Cast
from conexx_learn.services.demo_stories import FIRST_COURSE
from conexx_learn.services.section_questions import (
    answer_question,
    ask_question,
    publish_pair,
)

MODULE = "how-to-learn-here"
MEXICO, SALVADOR = "America/Mexico_City", "America/El_Salvador"


@dataclass(frozen=True, slots=True)
class Pair:
    """What was asked, and what became of it.

    Attributes:
        who: Identity of the learner.
        lang: Language that they read and write in.
        section: Of the module, from 0.
        zone: Of their institution.
        days: How many days ago it was asked; a day later it was answered.
        question: As it was asked, and published.
        answer: As it was published; empty while it waits.
    """

    who: str
    lang: str
    section: int
    zone: str
    days: int
    question: str
    answer: str = ""


PAIRS = (
    Pair(
        SAUL,
        "en",
        3,
        SALVADOR,
        39,
        "If I lose the PDF of my certificate, can I have it again?",
        "Yes. Open “My certificates” and download it again: it is the same paper, with "
        "the same number.",
    ),
    Pair(
        ANA,
        "es",
        2,
        MEXICO,
        23,
        "Leí un módulo en la copia sin conexión. ¿Se marca solo como leído cuando "
        "vuelva la señal?",
        "No: la copia es para leer y no envía nada. Cuando tenga conexión, abra el "
        "módulo en la página y use «Marcar como leído y continuar», al final del "
        "texto.",
    ),
    Pair(
        CARLA,
        "es",
        4,
        MEXICO,
        2,
        "Respondí tres de siete preguntas y no aprobé. ¿En el siguiente intento serán "
        "las mismas preguntas?",
    ),
)


def ask_and_answer(cast: Cast) -> None:
    """Let three learners ask, and the trainer answer two and publish both pairs."""
    if not is_live(cast, FIRST_COURSE):
        return
    for pair in PAIRS:
        _ask(cast, pair)
        if pair.answer:
            _answer(cast, pair)


def _ask(cast: Cast, pair: Pair) -> None:
    user_id = cast.ids[pair.who]
    page = module_page(
        cast.session,
        course=FIRST_COURSE,
        module=MODULE,
        user_id=user_id,
        lang=pair.lang,
    )
    anchors = [one.anchor for one in page.reading.sections]
    anchor = anchors[pair.section] if pair.section < len(anchors) else ""
    ask_question(
        cast.session,
        SectionPlace(FIRST_COURSE, MODULE, anchor),
        text=pair.question,
        user_id=user_id,
        lang=pair.lang,
        zone=pair.zone,
        now=cast.days_ago(pair.days),
    )


def _answer(cast: Cast, pair: Pair) -> None:
    question_id = cast.session.scalars(
        select(SectionQuestion.id).where(SectionQuestion.user_id == cast.ids[pair.who])
    ).one()
    moment, trainer = cast.days_ago(pair.days - 1), cast.ids[TRAINER]
    answer_question(
        cast.session,
        question_id=question_id,
        answer=pair.answer,
        answered_by=trainer,
        now=moment,
    )
    publish_pair(
        cast.session,
        question_id=question_id,
        question=pair.question,
        answer=pair.answer,
        published_by=trainer,
        now=moment,
    )
