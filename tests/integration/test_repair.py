"""Repair: a void raises what is recorded, once, and everything else follows."""

from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.messages import Message
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.certification import Certificate
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.repairs import Correction, Repair
from conexx_learn.queries.catalogue import course_page
from conexx_learn.services import repair
from conexx_learn.services.repair import Repaired, apply_repairs
from tests.factories import NOW
from tests.learning import (
    SMALL,
    begin_attempt,
    enrolled_user,
    pass_quiz,
    read_module,
    submit,
)
from tests.mails import mails_to
from tests.published import edited_copy, publish_sample
from tests.right_answers import right_responses, sitting_of
from tests.voids import APPLYING, edit, publish_voided, voiding_copy

WELL = "the-well"
POINTS = 7


@pytest.fixture(autouse=True)
def _published(session: Session) -> None:
    publish_sample(session)


def right_but(session: Session, user: User, attempt_id: int, *wrong: str) -> None:
    """Submit an attempt with everything right but some questions left out."""
    right = right_responses(sitting_of(session, attempt_id, user.id))
    submit(
        session, user, attempt_id, {k: v for k, v in right.items() if k not in wrong}
    )


def sat(session: Session, *wrong: str) -> tuple[User, int]:
    """Let somebody sit the quiz of the well."""
    user = enrolled_user(session)
    attempt_id = begin_attempt(session, user, WELL)
    right_but(session, user, attempt_id, *wrong)
    return user, attempt_id


def well_grade(session: Session, user: User) -> Fraction | None:
    page = course_page(session, slug=SMALL, user_id=user.id, lang="en")
    module = page.outline.module(WELL)
    assert module is not None
    assert module.quiz is not None
    return module.quiz.grade.score if module.quiz.grade else None


def test_a_question_that_is_given_to_all_raises_who_had_it_wrong(
    session: Session, tmp_path: Path
) -> None:
    ana, missed = sat(session, "well-single", "well-number")
    ben, _ = sat(session)
    before = session.get_one(Attempt, missed).points_earned

    publish_voided(session, tmp_path)
    done = apply_repairs(APPLYING, now=NOW)

    assert done == Repaired(corrected=1, passed=0, certified=0)
    assert session.get_one(Attempt, missed).points_earned == before == "5"
    assert well_grade(session, ana) == Fraction(6, POINTS)
    assert well_grade(session, ben) == 1
    assert sitting_of(session, missed, ana.id).grade.earned == POINTS - 1


def test_a_dropped_question_lowers_nobody(session: Session, tmp_path: Path) -> None:
    ana, _ = sat(session, "well-single")
    ben, _ = sat(session, "well-number")

    publish_voided(session, tmp_path, void="drop")
    apply_repairs(APPLYING, now=NOW)

    assert well_grade(session, ana) == 1
    # Without the question that Ben had right it would be 5/6.
    assert well_grade(session, ben) == Fraction(6, POINTS)


def test_a_voided_option_counts_as_right_for_who_chose_it(
    session: Session, tmp_path: Path
) -> None:
    ana = enrolled_user(session)
    attempt_id = begin_attempt(session, ana, WELL)
    found = sitting_of(session, attempt_id, ana.id)
    form = next(f for f, q in found.asked if q.id == "well-single")
    submit(session, ana, attempt_id, {"well-single": "abcd"[form.keys.index("b")]})

    folder = edited_copy(tmp_path, {"course.toml": ("1.0", "1.1")})
    for lang, option in (
        ("es", "( ) Del banco del agua"),
        ("en", "( ) From the water bank"),
    ):
        path = folder / SMALL / f"01-the-well.quiz.{lang}.md"
        edit(path, option, option.replace("( )", "(!)"))
    edit(
        folder / SMALL / "01-the-well.quiz.es.md",
        "## well-single | De dónde sale",
        "## well-single | De dónde sale\nmotivo: El banco también vende agua.",
    )
    publish_sample(session, folder=folder)

    assert apply_repairs(APPLYING, now=NOW).corrected == 1
    assert well_grade(session, ana) == Fraction(1, POINTS)


def test_a_question_with_another_number_of_options_stays_as_it_was(
    session: Session, tmp_path: Path
) -> None:
    ana, _ = sat(session, "well-single")
    folder = voiding_copy(tmp_path)
    for lang, option in (
        ("es", "- ( ) De la nube de datos\n"),
        ("en", "- ( ) From the data cloud\n"),
    ):
        edit(folder / SMALL / f"01-the-well.quiz.{lang}.md", option, "")
    publish_sample(session, folder=folder)

    assert apply_repairs(APPLYING, now=NOW) == Repaired()
    assert well_grade(session, ana) == Fraction(6, POINTS)


def test_it_is_applied_once(session: Session, tmp_path: Path) -> None:
    ana, _ = sat(session, "well-single")
    publish_voided(session, tmp_path)

    assert apply_repairs(APPLYING, now=NOW).corrected == 1
    assert apply_repairs(APPLYING, now=NOW) == Repaired()
    repair_row = session.scalars(select(Repair)).one()
    repair_row.finished_at, repair_row.reached_id = None, 0
    session.commit()
    assert apply_repairs(APPLYING, now=NOW) == Repaired()

    assert session.scalar(select(func.count()).select_from(Correction)) == 1
    assert len(mails_to(session, ana.email or "")) == 1


def test_nothing_is_mailed_to_an_address_that_nobody_confirmed(
    session: Session, tmp_path: Path
) -> None:
    ana, _ = sat(session, "well-single")
    ana.confirmed_at = None
    publish_voided(session, tmp_path)

    assert apply_repairs(APPLYING, now=NOW).corrected == 1
    assert mails_to(session, ana.email or "") == []


def test_killed_between_two_batches_it_goes_on_where_it_was(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repair, "BATCH", 2)
    people = [sat(session, "well-single")[0] for _ in range(5)]
    publish_voided(session, tmp_path)
    letters = []

    def dying(told: repair.CorrectionToTell) -> Message:
        letters.append(told)
        if len(letters) == 4:
            raise KeyboardInterrupt
        return APPLYING.letter(told)

    with pytest.raises(KeyboardInterrupt):
        apply_repairs(repair.Applying(APPLYING.issuing, "es", dying), now=NOW)
    assert session.scalar(select(func.count()).select_from(Correction)) == 2

    assert apply_repairs(APPLYING, now=NOW).corrected == 3
    assert [well_grade(session, one) for one in people] == [1] * 5
    assert all(len(mails_to(session, one.email or "")) == 1 for one in people)


def test_the_certificate_follows(session: Session, tmp_path: Path) -> None:
    two_others = ("well-truth", "well-order")
    ana, attempt_id = sat(session, "well-single", *two_others)
    for module in (WELL, "the-pump"):
        read_module(session, ana, module)
    pass_quiz(session, ana, None)
    assert session.scalars(select(Certificate)).all() == []

    publish_voided(session, tmp_path)
    done = apply_repairs(APPLYING, now=NOW)

    assert done == Repaired(corrected=1, passed=1, certified=1)
    certificate = session.scalars(select(Certificate)).one()
    assert certificate.user_id == ana.id
    assert str(attempt_id) in certificate.claims["evidence"]
    assert session.scalars(select(Enrolment)).one().ended_at == NOW


def test_who_submits_an_older_version_afterwards_is_corrected_at_once(
    session: Session, tmp_path: Path
) -> None:
    ana = enrolled_user(session)
    attempt_id = begin_attempt(session, ana, WELL)
    publish_voided(session, tmp_path)
    apply_repairs(APPLYING, now=NOW)

    right_but(session, ana, attempt_id, "well-single")

    assert session.get_one(Attempt, attempt_id).points_earned == "6"
    assert well_grade(session, ana) == 1


def test_a_withdrawn_void_raises_nobody_any_more(
    session: Session, tmp_path: Path
) -> None:
    publish_voided(session, tmp_path / "one")
    plain = edited_copy(tmp_path / "two", {"course.toml": ("1.0", "1.2")})
    publish_sample(session, folder=plain)
    ana, _ = sat(session, "well-single")

    assert apply_repairs(APPLYING, now=NOW) == Repaired()
    assert well_grade(session, ana) == Fraction(6, POINTS)


def test_a_version_without_voids_notes_no_repair(session: Session) -> None:
    assert session.scalars(select(Repair)).all() == []


def test_the_trace_keeps_the_old_and_the_new_value(
    session: Session, tmp_path: Path
) -> None:
    _, attempt_id = sat(session, "well-single")
    publish_voided(session, tmp_path)
    apply_repairs(APPLYING, now=NOW)

    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.act == "correct-result")
    ).one()
    assert entry.thing == f"attempt:{attempt_id}"
    assert (entry.facts["before"], entry.facts["after"]) == ("6 of 7", "7 of 7")
