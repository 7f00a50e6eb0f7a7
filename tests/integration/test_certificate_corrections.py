"""A misspelt name: another number says it right, and no day begins anew."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.certificates import (
    CertificateState,
    RevocationReason,
    SuspensionReason,
)
from conexx_learn.domain.credentials.recipients import is_recipient
from conexx_learn.domain.errors import LearnError, NotFoundError, ShapeError
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.domain.readiness.completions import weekly_completions
from conexx_learn.domain.readiness.evidence import best_evidence
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.standings import judgements
from conexx_learn.domain.readiness.tally import tally
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.certification import Certificate, CertificateRequirement
from conexx_learn.models.institutions import Institution
from conexx_learn.queries.certification import (
    HeldCertificate,
    certificates_of,
    neighbours,
)
from conexx_learn.queries.institution_facts import institution_facts
from conexx_learn.queries.institution_overview import institution_overview
from conexx_learn.queries.learning_cycles import learning_cycles
from conexx_learn.queries.personal_data import personal_data
from conexx_learn.services.certificate_acts import (
    approve_revocation,
    propose_revocation,
    reinstate_certificate,
    suspend_certificate,
    withdraw_proposal,
)
from conexx_learn.services.certificate_corrections import (
    Correction,
    ask_for_correction,
    correct_certificate,
    decline_correction,
)
from conexx_learn.services.enrolment import enrol
from tests.factories import NOW, make_user
from tests.institutions import (
    appoint,
    make_learner,
    make_plan,
    make_post,
    make_town,
    make_unit,
    place_of,
    requirement,
)
from tests.learning import SMALL, complete_small_course
from tests.published import publish_sample

LATER = NOW + timedelta(days=30)
RIGHT = "Ana María Ruiz"
EVERYTHING = Actor(1, (Place(Role.COORDINATOR, None),))


@pytest.fixture
def town(session: Session) -> Institution:
    return make_town(session)


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    """Somebody whose certificate an active plan asked for, no older than a year."""
    publish_sample(session)
    course = session.scalars(select(Course).where(Course.slug == SMALL)).one()
    user = make_learner(session, town, "Ana Maria Riuz")
    appoint(session, user, make_post(session, make_unit(session, town), "PM"))
    make_plan(
        session,
        town,
        requirement(course, recert_months=12, due_on=(NOW + timedelta(90)).date()),
        starts_on=(NOW - timedelta(days=60)).date(),
        ends_on=(NOW + timedelta(days=900)).date(),
        approved_on=(NOW - timedelta(days=60)).date(),
        act_on=(NOW - timedelta(days=60)).date(),
    )
    enrol(session, slug=SMALL, user_id=user.id, lang="en", now=NOW)
    complete_small_course(session, user)
    return user


@pytest.fixture
def one(session: Session) -> User:
    return make_user(session, "Coordinator")


@pytest.fixture
def other(session: Session) -> User:
    return make_user(session, "Second coordinator")


def held(session: Session, user: User, days: int = 30) -> list[HeldCertificate]:
    day = (NOW + timedelta(days=days)).date()
    return certificates_of(session, user_id=user.id, today=day)


def first_number(session: Session) -> str:
    return session.scalars(
        select(Certificate.number).order_by(Certificate.id).limit(1)
    ).one()


def correct(
    session: Session, number: str, by: User, name: str = RIGHT, **changed: Any
) -> Correction:
    values: dict[str, Any] = {"note": "", "now": LATER} | changed
    made = correct_certificate(session, number=number, holder=name, by=by.id, **values)
    session.flush()
    return made


def code_of(session: Session, number: str, by: User, name: str = RIGHT) -> str:
    with pytest.raises(LearnError) as refused:
        correct(session, number, by, name)
    return refused.value.code


def test_a_correction_says_another_name_and_nothing_else(
    session: Session, ana: User, one: User
) -> None:
    old = first_number(session)

    new = correct(session, old, one).number

    corrected, replaced = held(session, ana)
    assert (corrected.claims.number, replaced.claims.number) == (new, old)
    assert corrected.claims.holder == RIGHT
    assert replaced.claims.holder == "Ana Maria Riuz"
    assert corrected.claims.uuid != replaced.claims.uuid
    changed = ("number", "uuid", "holder", "recipient")
    for field in set(type(corrected.claims).__dataclass_fields__) - set(changed):
        assert getattr(corrected.claims, field) == getattr(replaced.claims, field)


def test_no_salt_tells_that_two_certificates_are_of_one_person(
    session: Session, ana: User, one: User
) -> None:
    correct(session, first_number(session), one)

    corrected, replaced = (item.claims.recipient for item in held(session, ana))
    assert corrected is not None
    assert replaced is not None
    assert corrected.salt != replaced.salt
    assert ana.email is not None
    assert is_recipient(corrected, ana.email)
    assert is_recipient(replaced, ana.email)


def test_the_old_one_is_replaced_at_the_moment_in_which_the_new_one_exists(
    session: Session, ana: User, one: User
) -> None:
    correct(session, first_number(session), one)

    def states(days: int) -> list[CertificateState]:
        return [item.verdict.state for item in held(session, ana, days)]

    assert states(29) == [CertificateState.UNKNOWN, CertificateState.VALID]
    assert states(30) == [CertificateState.VALID, CertificateState.SUPERSEDED]
    assert held(session, ana)[0].verdict.since == LATER.date()
    assert held(session, ana)[1].verdict.reason == RevocationReason.SUPERSEDED


def test_both_know_of_one_another(session: Session, ana: User, one: User) -> None:
    old = first_number(session)
    new = correct(session, old, one).number
    newest = correct(session, new, one, "Ana María Ruiz Soto").number

    found = neighbours(session, number=new)
    assert (found.predecessor or "").replace("-", "") == old
    assert (found.successor or "").replace("-", "") == newest
    assert [item.verdict.state for item in held(session, ana)] == [
        CertificateState.VALID,
        CertificateState.SUPERSEDED,
        CertificateState.SUPERSEDED,
    ]


def test_the_same_correction_twice_makes_one(
    session: Session, ana: User, one: User, other: User
) -> None:
    old = first_number(session)
    made = correct(session, old, one)

    again = correct(session, old, other)

    assert again == Correction(made.number, None)
    assert len(held(session, ana)) == 2
    assert code_of(session, old, one, "Somebody Else") == "certificate-superseded"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "correction-name"),
        (" \u202e\t ", "correction-name"),
        ("x" * 201, "correction-name"),
        ("  Ana   Maria Riuz ", "correction-same-name"),
    ],
)
def test_a_name_that_corrects_nothing_is_refused(
    session: Session, ana: User, one: User, name: str, code: str
) -> None:
    assert code_of(session, first_number(session), one, name) == code
    assert len(held(session, ana)) == 1


def test_a_name_of_two_hundred_characters_is_taken(
    session: Session, ana: User, one: User
) -> None:
    correct(session, first_number(session), one, "ñ" * 200)

    assert held(session, ana)[0].claims.holder == "ñ" * 200


def test_nobody_corrects_a_certificate_of_their_own(
    session: Session, ana: User
) -> None:
    assert code_of(session, first_number(session), ana) == "certificate-own"


def test_what_is_suspended_or_revoked_is_not_corrected(
    session: Session, ana: User, one: User, other: User
) -> None:
    number = first_number(session)
    suspend_certificate(
        session,
        number=number,
        reason=SuspensionReason.UNDER_REVIEW,
        note="",
        by=one.id,
        now=NOW,
    )
    assert code_of(session, number, one) == "certificate-suspended"
    proposal = propose_revocation(
        session,
        number=number,
        reason=RevocationReason.FRAUD,
        note="",
        by=one.id,
        now=NOW,
    )
    approve_revocation(
        session,
        number=number,
        proposal_id=proposal or 0,
        note="",
        by=other.id,
        now=NOW,
    )

    assert code_of(session, number, one) == "certificate-revoked"
    assert len(held(session, ana)) == 1


def test_a_correction_is_no_way_out_of_a_revocation_that_is_proposed(
    session: Session, ana: User, one: User, other: User
) -> None:
    number = first_number(session)
    propose_revocation(
        session,
        number=number,
        reason=RevocationReason.FRAUD,
        note="",
        by=one.id,
        now=NOW,
    )

    assert code_of(session, number, other) == "correction-waits"
    assert len(held(session, ana)) == 1

    withdraw_proposal(session, number=number, note="", by=other.id, now=NOW)
    assert correct(session, number, other).event_id is not None


def test_an_unknown_number_is_not_found(session: Session, one: User) -> None:
    with pytest.raises(NotFoundError):
        correct(session, "000000000000", one)


def test_the_choices_of_the_holder_and_the_plan_move_along(
    session: Session, ana: User, one: User
) -> None:
    row = session.scalars(select(Certificate)).one()
    row.hides_name, row.shows_score = True, True
    line = session.scalars(select(CertificateRequirement.requirement_id)).one()

    correct(session, row.number, one)

    newest = session.scalars(
        select(Certificate).order_by(Certificate.id.desc()).limit(1)
    ).one()
    assert (newest.hides_name, newest.shows_score) == (True, True)
    lines = session.scalars(
        select(CertificateRequirement.requirement_id).where(
            CertificateRequirement.certificate_id == newest.id
        )
    ).all()
    assert lines == [line]


def test_the_list_of_courses_and_the_export_show_each_time_once(
    session: Session, ana: User, one: User
) -> None:
    new = correct(session, first_number(session), one).number

    cycles = learning_cycles(session, user_id=ana.id, lang="en")
    assert [(cycle.number, len(cycle.satisfied)) for cycle in cycles] == [(new, 1)]
    data = personal_data(session, user_id=ana.id)
    assert [row["certificate"] for row in data["enrolments"]] == [new]


# What counts from the issue ---------------------------------------------------------


def test_readiness_on_no_day_knows_that_there_was_a_correction(
    session: Session, ana: User, town: Institution, one: User
) -> None:
    days = [NOW.date() + timedelta(days=shift) for shift in range(-2, 400, 6)]
    place = place_of(session, town)

    def met() -> list[tuple[object, ...]]:
        known = institution_facts(session, place=place, as_of=days[-1], lang="en")
        index = FactIndex(known)
        found: list[tuple[object, ...]] = []
        for day in days:
            judged = judgements(index, day)
            evidence = best_evidence(known.certificates, day, recert_months=12)
            found.append(
                (
                    tally(judged, day),
                    [item.standing for item in judged],
                    evidence.until if evidence else None,
                    weekly_completions(index, day),
                )
            )
        return found

    before = met()
    assert {until for *_, until, _weeks in before} > {None}

    correct(session, first_number(session), one)

    assert met() == before


def test_the_past_keeps_a_suspension_that_was_before_the_correction(
    session: Session, ana: User, town: Institution, one: User
) -> None:
    number = first_number(session)
    suspend_certificate(
        session,
        number=number,
        reason=SuspensionReason.UNDER_REVIEW,
        note="",
        by=one.id,
        now=NOW + timedelta(days=10),
    )
    reinstate_certificate(
        session, number=number, note="", by=one.id, now=NOW + timedelta(days=20)
    )
    correct(session, number, one)
    place = place_of(session, town)

    def seats(shift: int) -> tuple[object, object]:
        day = NOW.date() + timedelta(days=shift)
        known = institution_facts(session, place=place, as_of=day, lang="en")
        page = tally(judgements(FactIndex(known), day), day).seats
        figures = institution_overview(session, actor=EVERYTHING, today=day)
        return page, figures[0].seats

    for shift in (1, 9, 10, 15, 19, 20, 29, 30, 31, 200):
        page, listed = seats(shift)
        assert page == listed, shift
    assert seats(9)[0] == seats(25)[0] == seats(40)[0] != seats(15)[0]


def test_a_corrected_certificate_is_renewed_from_its_own_end(
    session: Session, ana: User, one: User
) -> None:
    correct(session, first_number(session), one)
    until = held(session, ana)[0].claims.valid_until
    assert until is not None
    renewed = NOW.replace(year=until.year, month=until.month, day=until.day)
    renewed -= timedelta(days=40)
    enrol(session, slug=SMALL, user_id=ana.id, lang="en", now=renewed)
    complete_small_course(session, ana, now=renewed)

    newest, corrected, replaced = held(session, ana, days=800)
    assert newest.claims.valid_until == until.replace(year=until.year + 2)
    assert corrected.verdict.state is CertificateState.EXPIRED
    assert replaced.verdict.state is CertificateState.SUPERSEDED


def test_a_late_correction_of_an_old_certificate_renews_nothing(
    session: Session, ana: User, one: User
) -> None:
    """The newest is the one issued last, not the one with the last key."""
    first = first_number(session)
    until = held(session, ana)[0].claims.valid_until
    assert until is not None
    renewed = NOW.replace(year=until.year, month=until.month, day=until.day)
    enrol(session, slug=SMALL, user_id=ana.id, lang="en", now=renewed)
    complete_small_course(session, ana, now=renewed)
    correct(session, first, one, now=renewed + timedelta(days=1))
    again = renewed + timedelta(days=2)
    enrol(session, slug=SMALL, user_id=ana.id, lang="en", now=again)
    complete_small_course(session, ana, now=again)

    newest = held(session, ana, days=900)[0]
    assert newest.claims.valid_until == again.date().replace(year=again.year + 2)


# The holder asks --------------------------------------------------------------------


def ask(session: Session, number: str, user: User, name: str = RIGHT) -> bool:
    asked = ask_for_correction(
        session, number=number, user_id=user.id, name=name, now=NOW
    )
    session.flush()
    return asked


def test_a_holder_asks_once_and_is_answered_or_corrected(
    session: Session, ana: User, one: User
) -> None:
    number = first_number(session)
    assert ask(session, number, ana)
    assert not ask(session, number, ana, "Another Name")

    decline_correction(
        session, number=number, answer="Bring the deed", by=one.id, now=NOW
    )
    assert ask(session, number, ana)
    correct(session, number, one)

    with pytest.raises(LearnError) as refused:
        ask(session, number, ana)
    assert refused.value.code == "certificate-superseded"


def test_nobody_asks_for_somebody_else(session: Session, ana: User, one: User) -> None:
    with pytest.raises(NotFoundError):
        ask(session, first_number(session), one)


def test_an_answer_needs_a_request_and_words(
    session: Session, ana: User, one: User
) -> None:
    number = first_number(session)
    with pytest.raises(LearnError) as refused:
        decline_correction(session, number=number, answer="No", by=one.id, now=NOW)
    assert refused.value.code == "correction-answered"
    ask(session, number, ana)

    with pytest.raises(ShapeError):
        decline_correction(session, number=number, answer="", by=one.id, now=NOW)
    with pytest.raises(ShapeError):
        decline_correction(session, number=number, answer="x" * 501, by=one.id, now=NOW)
