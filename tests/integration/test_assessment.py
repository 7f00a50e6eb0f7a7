"""Attempts: started, saved as one goes, submitted once, by the server's clock."""

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.attempts import GRACE
from conexx_learn.domain.drawing import shown_options
from conexx_learn.domain.errors import (
    AttemptsExhaustedError,
    NotFoundError,
    RuleError,
    ShapeError,
    WaitingError,
)
from conexx_learn.domain.quiz import QuestionType
from conexx_learn.models.accounts import User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.queries.catalogue import course_page
from conexx_learn.services.attempt_saving import Saved
from tests.factories import NOW, make_user
from tests.learning import (
    SMALL,
    begin_attempt,
    enrolled_user,
    pass_quiz,
    save_answers,
    submit,
)
from tests.published import publish_sample
from tests.right_answers import right_responses, sitting_of

LIMIT = timedelta(minutes=30)
WAIT = timedelta(hours=24)
WELL = "the-well"


@pytest.fixture
def learner(session: Session) -> User:
    publish_sample(session)
    return enrolled_user(session)


def save(
    session: Session,
    user: User,
    attempt_id: int,
    responses: Mapping[str, object],
    **about: Any,
) -> Saved:
    saved = save_answers(session, user.id, attempt_id, responses, **about)
    session.commit()
    return saved


def kept(session: Session, user: User, attempt_id: int) -> dict[str, object]:
    return dict(sitting_of(session, attempt_id, user.id).responses)


def test_starting_again_goes_on_with_the_open_attempt(
    session: Session, learner: User
) -> None:
    first = begin_attempt(session, learner, WELL)

    assert begin_attempt(session, learner, WELL) == first
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1


def test_an_attempt_needs_an_enrolment(session: Session) -> None:
    publish_sample(session)

    with pytest.raises(RuleError, match="not-enrolled"):
        begin_attempt(session, make_user(session), WELL)


@pytest.mark.parametrize("module", ["the-moon", "final", ""])
def test_a_quiz_that_is_not_there_is_not_found(
    session: Session, learner: User, module: str
) -> None:
    with pytest.raises(NotFoundError):
        begin_attempt(session, learner, module)


def test_no_attempt_is_started_beyond_those_allowed(
    session: Session, learner: User
) -> None:
    for _ in range(3):
        submit(session, learner, begin_attempt(session, learner, WELL))

    with pytest.raises(AttemptsExhaustedError):
        begin_attempt(session, learner, WELL)


def test_the_wait_counts_from_the_end_of_the_last_attempt(
    session: Session, learner: User
) -> None:
    submit(session, learner, begin_attempt(session, learner, None))

    with pytest.raises(WaitingError) as refused:
        begin_attempt(session, learner, None, now=NOW + WAIT - timedelta(seconds=1))
    assert refused.value.until == NOW + WAIT
    assert begin_attempt(session, learner, None, now=NOW + WAIT)


@pytest.mark.parametrize(
    ("after", "is_taken"),
    [
        pytest.param(timedelta(0), True, id="at the deadline"),
        pytest.param(GRACE, True, id="at the end of the grace"),
        pytest.param(GRACE + timedelta(seconds=1), False, id="after the grace"),
    ],
)
def test_a_save_is_taken_until_the_grace_is_over(
    session: Session, learner: User, after: timedelta, is_taken: bool
) -> None:
    attempt_id = begin_attempt(session, learner, WELL)
    moment = NOW + LIMIT + after

    saved = save(session, learner, attempt_id, {"well-words": "tank"}, now=moment)

    assert saved.is_open is is_taken
    assert bool(kept(session, learner, attempt_id)) is is_taken


def test_who_was_granted_time_has_it_from_the_start(
    session: Session, learner: User
) -> None:
    learner.extra_time_percent = 50
    session.commit()

    attempt_id = begin_attempt(session, learner, WELL)

    found = sitting_of(session, attempt_id, learner.id)
    assert found.deadline_at == NOW + LIMIT * 1.5


def test_a_late_submission_counts_what_was_saved_and_closes_at_the_deadline(
    session: Session, learner: User
) -> None:
    attempt_id = begin_attempt(session, learner, WELL)
    right = right_responses(sitting_of(session, attempt_id, learner.id))
    save(session, learner, attempt_id, {"well-words": right["well-words"]})

    late = submit(
        session, learner, attempt_id, dict(right), now=NOW + LIMIT + 2 * GRACE
    )

    found = sitting_of(session, attempt_id, learner.id)
    assert not late.in_time
    assert found.closed_at == NOW + LIMIT
    assert set(found.responses) == {"well-words"}
    assert late.passed is False


def test_starting_after_the_deadline_closes_the_old_attempt_and_shows_it(
    session: Session, learner: User
) -> None:
    first = begin_attempt(session, learner, WELL)
    later = NOW + LIMIT + 2 * GRACE

    assert begin_attempt(session, learner, WELL, now=later) == first
    assert sitting_of(session, first, learner.id).closed_at == NOW + LIMIT
    assert begin_attempt(session, learner, WELL, now=later) != first


def test_an_older_save_that_arrives_late_changes_nothing(
    session: Session, learner: User
) -> None:
    attempt_id = begin_attempt(session, learner, WELL)

    save(session, learner, attempt_id, {"well-words": "new"}, number=7)
    for number in (7, 6):
        late = save(session, learner, attempt_id, {"well-words": "old"}, number=number)
        assert not late.taken
    assert kept(session, learner, attempt_id) == {"well-words": "new"}


def test_a_save_of_one_answer_leaves_the_others(
    session: Session, learner: User
) -> None:
    attempt_id = begin_attempt(session, learner, WELL)
    save(session, learner, attempt_id, {"well-words": "tank"}, number=1)
    save(session, learner, attempt_id, {"well-number": "1,255"}, number=2)
    save(session, learner, attempt_id, {"well-words": None}, number=3)

    assert kept(session, learner, attempt_id) == {"well-number": "1,255"}


@pytest.mark.parametrize(
    "misshapen",
    [
        pytest.param({"well-single": "z"}, id="a key that was not shown"),
        pytest.param({"well-single": ["a"]}, id="a list for one choice"),
        pytest.param({"well-several": "a"}, id="one key for several"),
        pytest.param({"well-several": ["a", "a"]}, id="a key twice"),
        pytest.param({"well-order": ["a", "b"]}, id="a step missing"),
        pytest.param({"well-match": ["a"]}, id="a list of pairs"),
        pytest.param({"well-match": {"a": "z"}}, id="a right side not shown"),
        pytest.param({"well-number": 1255}, id="a number instead of text"),
        pytest.param({"well-words": "x" * 2001}, id="a text too long"),
        pytest.param({"well-words": "a\0b"}, id="a sign no keyboard makes"),
        pytest.param({"final-well": "a"}, id="a question of another quiz"),
        pytest.param({"": "a"}, id="no question at all"),
    ],
)
def test_a_misshapen_answer_stores_nothing_of_the_save(
    session: Session, learner: User, misshapen: dict[str, object]
) -> None:
    attempt_id = begin_attempt(session, learner, WELL)

    with pytest.raises(ShapeError):
        save(session, learner, attempt_id, {"well-truth": "a"} | misshapen)
    session.rollback()

    assert kept(session, learner, attempt_id) == {}


def test_a_misshapen_submission_leaves_the_attempt_open(
    session: Session, learner: User
) -> None:
    attempt_id = begin_attempt(session, learner, WELL)

    with pytest.raises(ShapeError):
        submit(session, learner, attempt_id, {"well-single": "z"})
    session.rollback()

    assert sitting_of(session, attempt_id, learner.id).closed_at is None


def test_submitting_twice_gives_the_same_result_once(
    session: Session, learner: User
) -> None:
    attempt_id = begin_attempt(session, learner, WELL)
    right = dict[str, object](
        right_responses(sitting_of(session, attempt_id, learner.id))
    )

    first = submit(session, learner, attempt_id, right)
    before = sitting_of(session, attempt_id, learner.id)
    second = submit(session, learner, attempt_id, {}, now=NOW + timedelta(minutes=1))

    assert (first.passed, first.is_new) == (True, True)
    assert (second.passed, second.is_new) == (True, False)
    assert sitting_of(session, attempt_id, learner.id) == before


def test_every_right_answer_of_every_kind_earns_all_points(
    session: Session, learner: User
) -> None:
    pass_quiz(session, learner, WELL)

    row = session.scalars(select(Attempt)).one()
    assert (row.points_earned, row.points_possible, row.passed) == ("7", "7", True)


def test_a_blank_submission_earns_nothing(session: Session, learner: User) -> None:
    submission = submit(session, learner, begin_attempt(session, learner, WELL))

    row = session.scalars(select(Attempt)).one()
    assert submission.passed is False
    assert (row.points_earned, row.points_possible) == ("0", "7")


def test_a_closed_attempt_takes_no_save(session: Session, learner: User) -> None:
    attempt_id = begin_attempt(session, learner, WELL)
    submit(session, learner, attempt_id)

    assert not save(session, learner, attempt_id, {"well-words": "tank"}).is_open


def test_another_learners_attempt_is_not_there(session: Session, learner: User) -> None:
    attempt_id = begin_attempt(session, learner, WELL)
    stranger = enrolled_user(session)

    with pytest.raises(NotFoundError):
        save(session, stranger, attempt_id, {"well-words": "tank"})
    with pytest.raises(NotFoundError):
        submit(session, stranger, attempt_id)


def test_words_of_either_language_are_right_in_both(
    session: Session, learner: User
) -> None:
    attempt_id = begin_attempt(session, learner, WELL)

    submit(session, learner, attempt_id, {"well-words": "tanque"})

    row = session.get_one(Attempt, attempt_id)
    assert Fraction(row.points_earned or "0") == 1


def test_a_pool_asks_first_what_was_not_asked_before(
    session: Session, learner: User
) -> None:
    first = begin_attempt(session, learner, None)
    submit(session, learner, first)
    second = begin_attempt(session, learner, None, now=NOW + WAIT)

    asked = [
        {form.question_id for form, _ in sitting_of(session, id_, learner.id).asked}
        for id_ in (first, second)
    ]
    assert [len(ids) for ids in asked] == [2, 2]
    assert not asked[0] & asked[1]


def test_who_renews_is_asked_first_what_was_not_asked_in_the_cycle_before(
    session: Session, learner: User
) -> None:
    first = begin_attempt(session, learner, None)
    submit(session, learner, first)
    before = session.scalars(select(Enrolment)).one()
    before.ended_at = NOW
    session.add(
        Enrolment(
            user_id=learner.id,
            course_id=before.course_id,
            course_version_id=before.course_version_id,
            cycle=2,
            started_at=NOW,
        )
    )
    session.commit()

    second = begin_attempt(session, learner, None)

    asked = [
        {form.question_id for form, _ in sitting_of(session, id_, learner.id).asked}
        for id_ in (first, second)
    ]
    assert first != second
    assert not asked[0] & asked[1]


def test_the_shown_letters_tell_no_answer(session: Session) -> None:
    """Over many attempts the right option stands under every letter."""
    publish_sample(session)
    letters, orders = set(), set()
    for _ in range(24):
        learner = enrolled_user(session)
        found = sitting_of(session, begin_attempt(session, learner, WELL), learner.id)
        letters.add(right_responses(found)["well-single"])
        for form, question in found.asked:
            shown = shown_options(question, form)
            keys = [option.key for option in shown.options]
            assert keys == sorted(keys)
            if question.type is QuestionType.ORDER:
                orders.add(tuple(option.text_md for option in shown.options))

    assert letters == {"a", "b", "c", "d"}
    assert len(orders) > 4
    right = ("Rain on the hill", "Seepage into the soil")
    assert not any(order[:2] == right and order[2].endswith("well") for order in orders)


def test_starting_the_final_confirms_the_name_that_was_shown(
    session: Session, learner: User
) -> None:
    begin_attempt(session, learner, WELL)
    assert session.get_one(User, learner.id).name_confirmed_at is None

    begin_attempt(session, learner, None)
    session.expire_all()

    assert session.get_one(User, learner.id).name_confirmed_at == NOW


def test_a_passed_quiz_may_be_practised_and_stays_passed(
    session: Session, learner: User
) -> None:
    pass_quiz(session, learner, WELL)
    submit(session, learner, begin_attempt(session, learner, WELL))

    page = course_page(session, slug=SMALL, user_id=learner.id, lang="en")
    quiz = page.outline.modules[0].quiz
    assert quiz is not None
    assert quiz.passed
