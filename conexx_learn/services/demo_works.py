"""The dossiers of the demonstration: one passed, one that waits for an assessor.

Beñat's was read by two and passed; Jon and Leire's was read by one. Miren holds all
three certificates that the course asks for, and has not begun.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from sqlalchemy import select

from conexx_learn.adapters.folder_document import DOCX, folder_document
from conexx_learn.domain.graded_work.handing_in import Source
from conexx_learn.domain.graded_work.marks import Marks
from conexx_learn.models.graded_work import WorkAssessment, WorkMember
from conexx_learn.queries.folder import folder_of
from conexx_learn.services.demo_dossiers import (
    HEATING,
    OF_HEATING,
    OF_RAINWATER,
    RAINWATER,
    Sheets,
)
from conexx_learn.services.demo_learning import answer, complete_course, join, study
from conexx_learn.services.demo_office import C2, C3, C4, C10
from conexx_learn.services.demo_people import (
    ASSESSOR,
    ASSOCIATION_TRAINER,
    COORDINATOR,
    TRAINER,
)
from conexx_learn.services.demo_scene import LANG, Town
from conexx_learn.services.folder import save_sheet
from conexx_learn.services.handing_in import NewWork, hand_in_work
from conexx_learn.services.marking import submit_marks
from conexx_learn.services.work_assessors import assign_assessor, begin_assessment
from conexx_learn.services.work_teams import answer_invitation, invite_colleague

BEFORE = (
    *(("jon", C2), ("jon", C3)),
    *(("leire", C2), ("leire", C4)),
    *(("miren", C2), ("miren", C3), ("miren", C4)),
)
"""Who certified what, beyond their plans, before the last course."""


def write_dossiers(here: Town) -> None:
    """Let three people of Harribide come to the end of the last course."""
    for number, (name, course) in enumerate(BEFORE):
        complete_course(
            here.cast, here.user(name), course, here.moment(-260 + 10 * number)
        )
    _study(here, "benat", begun=-130, read=-98)
    passed = _hand_in(here, "benat", HEATING, on=-80)
    _assign(here, passed, (ASSOCIATION_TRAINER, TRAINER), on=-78)
    for who, marks, on in zip(
        (ASSOCIATION_TRAINER, TRAINER), OF_HEATING, (-72, -69), strict=True
    ):
        _judge(here, passed, who, marks, on=on)
    for name in ("jon", "leire"):
        _study(here, name, begun=-70, read=-28)
    _team_up(here, "jon", "leire", on=-40)
    waiting = _hand_in(here, "jon", RAINWATER, on=-12)
    _assign(here, waiting, (ASSOCIATION_TRAINER, ASSESSOR), on=-11)
    _judge(here, waiting, ASSOCIATION_TRAINER, OF_RAINWATER, on=-4)


def _study(here: Town, name: str, *, begun: int, read: int) -> None:
    """Let somebody do all of the course but its work."""
    cast, user_id = here.cast, here.user(name)
    join(cast, user_id, C10, here.moment(begun))
    study(cast, user_id, C10, here.moment(read), share=Fraction(1))
    answer(cast, user_id, C10, None, here.moment(read))


def _team_up(here: Town, name: str, colleague: str, *, on: int) -> None:
    session, now = here.cast.session, here.moment(on)
    invite_colleague(
        session,
        course=C10,
        user_id=here.user(name),
        colleague_id=here.user(colleague),
        now=now,
    )
    session.flush()
    asked = session.scalars(
        select(WorkMember.id).where(WorkMember.user_id == here.user(colleague))
    ).one()
    answer_invitation(
        session,
        course=C10,
        user_id=here.user(colleague),
        member_id=asked,
        accepts=True,
        now=now,
    )


def _hand_in(here: Town, name: str, sheets: Sheets, *, on: int) -> int:
    """Let somebody write their folder, and hand it in as it stands; return its key."""
    session, user_id = here.cast.session, here.user(name)
    for course, module, text in sheets:
        save_sheet(
            session,
            course=course,
            module=module,
            user_id=user_id,
            lang=LANG,
            text=text,
            known=0,
            now=here.moment(on - 1),
        )
    session.flush()
    folder = folder_of(session, user_id=user_id, lang=LANG)
    content = folder_document(
        # It bears no name: assessors know none.
        replace(folder, owner=""),
        lang=LANG,
        title="Carpeta del proyecto",
        subtitle="",
        nothing="",
    )
    work = NewWork(Source.FOLDER, "carpeta-del-proyecto.docx", DOCX, content)
    return hand_in_work(
        session, course=C10, user_id=user_id, work=work, now=here.moment(on)
    )


def _assign(here: Town, hand_in_id: int, who: Sequence[str], *, on: int) -> None:
    for identity in who:
        assign_assessor(
            here.cast.session,
            hand_in_id=hand_in_id,
            assessor_id=here.cast.ids[identity],
            given_by=here.cast.ids[COORDINATOR],
            now=here.moment(on),
        )


def _judge(here: Town, hand_in_id: int, who: str, marks: Marks, *, on: int) -> None:
    session, assessor_id = here.cast.session, here.cast.ids[who]
    assessment_id = session.scalars(
        select(WorkAssessment.id).where(
            WorkAssessment.hand_in_id == hand_in_id,
            WorkAssessment.assessor_id == assessor_id,
        )
    ).one()
    begin_assessment(
        session,
        assessment_id=assessment_id,
        assessor_id=assessor_id,
        now=here.moment(on - 1),
    )
    session.flush()
    submit_marks(
        session,
        assessment_id=assessment_id,
        assessor_id=assessor_id,
        marks=marks,
        issuing=here.cast.issuing,
        now=here.moment(on),
    )
