"""Repairs that come, go and come back; which attempt counts; who is told."""

from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from conexx_learn.models.repairs import Correction, Repair
from conexx_learn.queries.catalogue import course_page
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
from tests.published import Edits, edited_copy, publish_sample
from tests.right_answers import right_responses, sitting_of
from tests.voids import APPLYING, edit, publish_voided, voiding_copy

WELL = "the-well"
QUIZ = "01-the-well.quiz.es.md"
FIVE_WRONG = ("well-single", "well-truth", "well-order", "well-match", "well-words")
THREE_WRONG = FIVE_WRONG[:3]


def sit(session: Session, user: User, *wrong: str) -> int:
    attempt_id = begin_attempt(session, user, WELL)
    right = right_responses(sitting_of(session, attempt_id, user.id))
    submit(
        session, user, attempt_id, {k: v for k, v in right.items() if k not in wrong}
    )
    return attempt_id


def passed(session: Session, user: User) -> tuple[Fraction | None, bool]:
    page = course_page(session, slug=SMALL, user_id=user.id, lang="en")
    module = page.outline.module(WELL)
    assert module is not None
    assert module.quiz is not None
    grade = module.quiz.grade
    return grade.score if grade else None, module.quiz.passed


def by_rule(place: Path, rule: str) -> Path:
    edits: Edits = {QUIZ: ("intentos: 3", f"intentos: 3\nnota: {rule}")}
    return edited_copy(place, edits)


# Attempts before: 2/7 and 4/7, pass mark 60 %; the void gives one point to each.
@pytest.mark.parametrize(
    ("rule", "order", "score", "is_passed"),
    [
        ("highest", (FIVE_WRONG, THREE_WRONG), Fraction(5, 7), True),
        ("highest", (THREE_WRONG, FIVE_WRONG), Fraction(5, 7), True),
        ("first", (FIVE_WRONG, THREE_WRONG), Fraction(3, 7), False),
        ("first", (THREE_WRONG, FIVE_WRONG), Fraction(5, 7), True),
        ("last", (FIVE_WRONG, THREE_WRONG), Fraction(5, 7), True),
        ("last", (THREE_WRONG, FIVE_WRONG), Fraction(3, 7), False),
        ("average", (FIVE_WRONG, THREE_WRONG), Fraction(4, 7), False),
        ("average", (THREE_WRONG, THREE_WRONG), Fraction(5, 7), True),
    ],
)
def test_the_rule_of_the_quiz_decides_after_a_repair_as_before(
    session: Session,
    tmp_path: Path,
    rule: str,
    order: tuple[tuple[str, ...], ...],
    score: Fraction,
    is_passed: bool,
) -> None:
    publish_sample(session, folder=by_rule(tmp_path / "one", rule))
    ana = enrolled_user(session)
    for module in (WELL, "the-pump"):
        read_module(session, ana, module)
    pass_quiz(session, ana, None)
    for wrong in order:
        sit(session, ana, *wrong)
    assert not passed(session, ana)[1]
    folder = voiding_copy(tmp_path / "two")
    edit(folder / SMALL / QUIZ, "intentos: 3", f"intentos: 3\nnota: {rule}")
    publish_sample(session, folder=folder)

    done = apply_repairs(APPLYING, now=NOW)

    assert done.corrected == len(order)
    assert passed(session, ana) == (score, is_passed)
    count = session.scalar(select(func.count()).select_from(Certificate))
    assert count == done.certified == int(is_passed)


def test_a_void_that_goes_and_comes_back_corrects_nobody_twice(
    session: Session, tmp_path: Path
) -> None:
    publish_sample(session)
    ana, ben = enrolled_user(session), enrolled_user(session)
    sit(session, ana, "well-single")
    publish_voided(session, tmp_path / "a")
    assert apply_repairs(APPLYING, now=NOW).corrected == 1
    plain = edited_copy(tmp_path / "b", {"course.toml": ("1.0", "1.2")})
    publish_sample(session, folder=plain)
    assert apply_repairs(APPLYING, now=NOW) == Repaired()
    late = sit(session, ben, "well-single")
    assert sitting_of(session, late, ben.id).corrected is None

    publish_sample(session, folder=voiding_copy(tmp_path / "c", number="1.3"))

    assert apply_repairs(APPLYING, now=NOW).corrected == 1
    assert passed(session, ana)[0] == passed(session, ben)[0] == 1
    assert session.scalar(select(func.count()).select_from(Correction)) == 2
    for one in (ana, ben):
        assert len(mails_to(session, one.email or "")) == 1
    assert (
        session.scalars(select(Repair).where(Repair.finished_at.is_(None))).all() == []
    )


def test_an_option_that_moved_raises_nobody_by_mistake(
    session: Session, tmp_path: Path
) -> None:
    """The newer version changes two options and voids what is `b` there."""
    publish_sample(session)
    ana = enrolled_user(session)
    attempt_id = begin_attempt(session, ana, WELL)
    form = next(
        f
        for f, q in sitting_of(session, attempt_id, ana.id).asked
        if q.id == "well-single"
    )
    submit(session, ana, attempt_id, {"well-single": "abcd"[form.keys.index("b")]})
    folder = edited_copy(tmp_path, {"course.toml": ("1.0", "1.1")})
    swaps = {
        "es": (
            "- ( ) De la oficina técnica\n- ( ) De la nube de datos\n",
            "Del banco del agua",
        ),
        "en": (
            "- ( ) From the technical office\n- ( ) From the data cloud\n",
            "From the water bank",
        ),
    }
    for lang, (others, bank) in swaps.items():
        path = folder / SMALL / f"01-the-well.quiz.{lang}.md"
        first, second = others.splitlines(keepends=True)
        edit(path, others, second)
        hint = (
            "Seña-otra: el banco presta dinero."
            if lang == "es"
            else "Sign-other: the bank lends money."
        )
        edit(
            path,
            f"- ( ) {bank}\n  > {hint}\n",
            first.replace("( )", "(!)") + f"- ( ) {bank}\n",
        )
    edit(
        folder / SMALL / QUIZ,
        "## well-single | De dónde sale",
        "## well-single | De dónde sale\nmotivo: También es cierto.",
    )
    publish_sample(session, folder=folder)

    assert apply_repairs(APPLYING, now=NOW) == Repaired()
