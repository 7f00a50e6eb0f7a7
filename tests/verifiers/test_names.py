"""JavaScript libraries accept whatever people are called."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.models.certification import Certificate
from tests.factories import SAMPLES, publish
from tests.interop.product_issuer import Place, sign_everything
from tests.interop.tampering import Case
from tests.learning import SMALL, complete_small_course, enrolled_user
from tests.verifiers.node import verdicts
from tests.verifiers.questions import case_questions

NAMES = (
    "Rosa Elena Cárdenas Ibarra",
    "María José O\N{RIGHT SINGLE QUOTATION MARK}Higgins 🌻",
    "فاطمة الزهراء بنت محمد",
    "Jose\N{COMBINING ACUTE ACCENT} Nun\N{COMBINING TILDE}ez",
    'Ana "la <b>jefa</b>" \\ Pérez & hijos',
    "王小明",
    "Guadalupe " * 12 + "Xicoténcatl",
)


def test_any_name_is_accepted_in_both_forms(
    session: Session, place: Place, tmp_path: Path
) -> None:
    publish(SMALL, SAMPLES)
    for name in NAMES:
        learner = enrolled_user(session, now=now())
        learner.full_name = name
        session.commit()
        complete_small_course(session, learner, now=now())
    sign_everything(place)
    uuids = session.scalars(select(Certificate.uuid).order_by(Certificate.id)).all()
    cases = []
    for uuid in uuids:
        issued = place.issued(uuid, at=now(), email="")
        for form, text in (("json", issued.json_text), ("jwt", issued.token)):
            cases.append(Case(f"{form} {uuid}", text, issued, now()))

    with case_questions(cases, tmp_path) as questions:
        found = verdicts(list(questions.values()), tmp_path)

    assert len(uuids) == len(NAMES)
    assert {verdict.code: verdict.reason for verdict in found} == {"": ""}
