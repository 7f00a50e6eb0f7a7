"""Units, posts and appointments: what the verbs do, and what each refuses."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.appointments import Term
from conexx_learn.domain.errors import LearnError, NotFoundError, RuleError, ShapeError
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.units import PostTraits, UnitTraits
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.institutions import Institution
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.queries.posts import (
    appointments_of_post,
    post_list,
    unit_list,
)
from conexx_learn.services.appointments import (
    appoint,
    correct_appointment,
    end_appointment,
    withdraw_appointment,
)
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.posts import (
    change_post,
    close_post,
    create_post,
    reopen_post,
)
from conexx_learn.services.units import (
    change_unit,
    close_unit,
    open_unit,
    reopen_unit,
)
from tests.factories import NOW
from tests.institutions import make_learner, make_town, make_unit

TODAY = NOW.date()
MARCH, TENTH, ELEVENTH = date(2026, 3, 1), date(2026, 3, 10), date(2026, 3, 11)


@pytest.fixture
def town(session: Session) -> Institution:
    load_standards(session, now=NOW)
    return make_town(session)


@pytest.fixture
def works(session: Session, town: Institution) -> Unit:
    return make_unit(session, town, "Obras")


@pytest.fixture
def post(session: Session, town: Institution, works: Unit) -> int:
    return new_post(session, town, works.id)


@pytest.fixture
def ana(session: Session, town: Institution) -> int:
    return make_learner(session, town).id


def new_post(
    session: Session,
    town: Institution,
    unit_id: int,
    title: str = "Jefatura",
    seats: int = 1,
) -> int:
    return create_post(
        session,
        institution_id=town.id,
        traits=PostTraits(unit_id, title, "HEAD", seats),
        active_from=MARCH,
        now=NOW,
    )


def put(
    session: Session, town: Institution, user_id: int, post_id: int, term: Term
) -> int:
    return appoint(
        session,
        institution_id=town.id,
        user_id=user_id,
        post_id=post_id,
        term=term,
        now=NOW,
        by=None,
    )


def refused(error: pytest.ExceptionInfo[LearnError]) -> str:
    return error.value.code


# Units ------------------------------------------------------------------------------


def test_a_unit_is_opened_renamed_and_moved(
    session: Session, town: Institution
) -> None:
    top = open_unit(
        session, institution_id=town.id, traits=UnitTraits("Presidencia"), now=NOW
    )
    inner = open_unit(
        session, institution_id=town.id, traits=UnitTraits("  Obras \n"), now=NOW
    )
    before = unit_list(session, institution_id=town.id)[0].traits
    change_unit(
        session,
        institution_id=town.id,
        unit_id=inner,
        traits=UnitTraits("Obras públicas", top, is_pmu=True),
        seen=before.fingerprint,
        now=NOW,
    )

    units = {
        unit.id: unit.traits for unit in unit_list(session, institution_id=town.id)
    }
    assert units[inner] == UnitTraits("Obras públicas", top, is_pmu=True)
    acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts[-3:] == ["unit-open", "unit-open", "unit-change"]


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 121])
def test_a_unit_needs_a_name_of_fit_length(
    session: Session, town: Institution, name: str
) -> None:
    with pytest.raises(ShapeError) as error:
        open_unit(session, institution_id=town.id, traits=UnitTraits(name), now=NOW)
    assert refused(error) == "name-length"


@pytest.mark.usefixtures("works")
def test_two_units_of_one_name_are_refused(session: Session, town: Institution) -> None:
    with pytest.raises(RuleError) as error:
        open_unit(session, institution_id=town.id, traits=UnitTraits("OBRAS"), now=NOW)
    assert refused(error) == "unit-exists"


def test_a_unit_inside_itself_is_refused(
    session: Session, town: Institution, works: Unit
) -> None:
    inner = make_unit(session, town, "Agua", parent_id=works.id)

    with pytest.raises(RuleError) as error:
        change_unit(
            session,
            institution_id=town.id,
            unit_id=works.id,
            traits=UnitTraits("Obras", inner.id),
            seen=UnitTraits("Obras").fingerprint,
            now=NOW,
        )
    assert refused(error) == "unit-circle"


def test_a_unit_never_goes_into_another_institutions(
    session: Session, town: Institution, works: Unit
) -> None:
    foreign = make_unit(session, make_town(session, "izalpa"), "Mar")

    with pytest.raises(NotFoundError):
        open_unit(
            session,
            institution_id=town.id,
            traits=UnitTraits("Agua", foreign.id),
            now=NOW,
        )
    with pytest.raises(NotFoundError):
        close_unit(
            session, institution_id=town.id, unit_id=foreign.id, today=TODAY, now=NOW
        )


def test_only_an_empty_unit_is_closed_and_it_opens_again(
    session: Session, town: Institution, works: Unit, post: int
) -> None:
    def close() -> None:
        close_unit(
            session, institution_id=town.id, unit_id=works.id, today=TODAY, now=NOW
        )

    with pytest.raises(RuleError) as error:
        close()
    assert refused(error) == "unit-in-use"
    close_post(session, institution_id=town.id, post_id=post, last_day=TODAY, now=NOW)
    close()
    assert works.closed_on == TODAY
    reopen_unit(session, institution_id=town.id, unit_id=works.id, now=NOW)
    assert works.closed_on is None


def test_opening_a_name_that_was_closed_opens_the_same_unit(
    session: Session, town: Institution, works: Unit
) -> None:
    close_unit(session, institution_id=town.id, unit_id=works.id, today=TODAY, now=NOW)

    again = open_unit(
        session, institution_id=town.id, traits=UnitTraits("Obras"), now=NOW
    )

    assert again == works.id


def test_the_second_of_two_managers_is_told_and_loses_nothing(
    session: Session, town: Institution, works: Unit
) -> None:
    seen = UnitTraits("Obras").fingerprint

    def rename(name: str) -> None:
        change_unit(
            session,
            institution_id=town.id,
            unit_id=works.id,
            traits=UnitTraits(name),
            seen=seen,
            now=NOW,
        )

    rename("Obras públicas")
    with pytest.raises(RuleError) as error:
        rename("Infraestructura")

    assert refused(error) == "changed-meanwhile"
    assert works.name == "Obras públicas"


# Posts ------------------------------------------------------------------------------


def test_vacant_seats_count(
    session: Session, town: Institution, works: Unit, ana: int
) -> None:
    post = new_post(session, town, works.id, seats=3)
    put(session, town, ana, post, Term(from_on=MARCH))
    deputy = make_learner(session, town, "Beto").id
    put(session, town, deputy, post, Term(AppointmentKind.DEPUTY, MARCH))

    (row,) = post_list(session, institution_id=town.id, day=TODAY)

    assert (row.holders, row.deputies, row.vacancies, row.surplus) == (1, 1, 2, 0)


@pytest.mark.parametrize(
    ("day", "holders"),
    [(MARCH, 1), (TENTH, 1), (ELEVENTH, 0), (MARCH - timedelta(days=1), 0)],
)
def test_a_seat_is_taken_from_the_first_day_to_the_last(
    session: Session, town: Institution, post: int, ana: int, day: date, holders: int
) -> None:
    put(session, town, ana, post, Term(from_on=MARCH, to_on=TENTH))

    (row,) = post_list(session, institution_id=town.id, day=day)

    assert row.holders == holders


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        ({"title": ""}, "name-length"),
        ({"title": "x" * 121}, "name-length"),
        ({"profile_code": "BOSS"}, "profile-unknown"),
        ({"seats": 0}, "seats-range"),
        ({"seats": 1000}, "seats-range"),
    ],
)
def test_a_post_is_refused_with_its_reason(
    session: Session, town: Institution, works: Unit, traits: dict[str, str], code: str
) -> None:
    values: dict[str, object] = {"title": "Jefe", "profile_code": "HEAD", "seats": 1}
    with pytest.raises(ShapeError) as error:
        create_post(
            session,
            institution_id=town.id,
            traits=PostTraits(works.id, **(values | traits)),  # type: ignore[arg-type] # what a form may send
            active_from=MARCH,
            now=NOW,
        )
    assert refused(error) == code


@pytest.mark.usefixtures("post")
def test_a_unit_has_one_post_of_a_title_at_a_time(
    session: Session, town: Institution, works: Unit
) -> None:
    with pytest.raises(RuleError) as error:
        new_post(session, town, works.id, "JEFATURA")
    assert refused(error) == "post-exists"


def test_a_title_is_free_again_after_its_post_closed(
    session: Session, town: Institution, works: Unit, post: int
) -> None:
    close_post(session, institution_id=town.id, post_id=post, last_day=TENTH, now=NOW)

    second = create_post(
        session,
        institution_id=town.id,
        traits=PostTraits(works.id, "Jefatura", "HEAD"),
        active_from=ELEVENTH,
        now=NOW,
    )

    assert second != post
    with pytest.raises(RuleError):
        reopen_post(session, institution_id=town.id, post_id=post, now=NOW)


def test_closing_a_post_ends_who_is_in_it_and_withdraws_who_was_to_come(
    session: Session, town: Institution, post: int, ana: int
) -> None:
    beto, carla = (make_learner(session, town, name).id for name in ("Beto", "Carla"))
    put(session, town, ana, post, Term(from_on=MARCH))
    put(session, town, beto, post, Term(from_on=date(2027, 1, 1)))
    put(session, town, carla, post, Term(from_on=MARCH, to_on=TENTH))

    ended = close_post(
        session, institution_id=town.id, post_id=post, last_day=TODAY, now=NOW
    )

    rows = appointments_of_post(session, institution_id=town.id, post_id=post)
    assert ended == 1
    assert {row.user_id: row.term.to_on for row in rows} == {ana: TODAY, carla: TENTH}


def test_a_post_does_not_close_before_it_begins(
    session: Session, town: Institution, post: int
) -> None:
    with pytest.raises(ShapeError) as error:
        close_post(
            session,
            institution_id=town.id,
            post_id=post,
            last_day=MARCH - timedelta(days=1),
            now=NOW,
        )
    assert refused(error) == "days-reversed"


def test_a_post_changes_unless_somebody_changed_it_meanwhile(
    session: Session, town: Institution, works: Unit, post: int
) -> None:
    before = PostTraits(works.id, "Jefatura", "HEAD")
    after = PostTraits(works.id, "Dirección", "PM", 2)

    def change(traits: PostTraits) -> None:
        change_post(
            session,
            institution_id=town.id,
            post_id=post,
            traits=traits,
            seen=before.fingerprint,
            now=NOW,
        )

    change(after)
    with pytest.raises(RuleError) as error:
        change(before)
    assert refused(error) == "changed-meanwhile"
    assert session.get_one(Post, post).seats == 2


# Appointments -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "fits"),
    [
        pytest.param(Term(from_on=TENTH), False, id="begins on the last day"),
        pytest.param(Term(from_on=ELEVENTH), True, id="begins the day after"),
        pytest.param(Term(to_on=MARCH), False, id="ends on the first day"),
        pytest.param(
            Term(to_on=MARCH - timedelta(days=1)), True, id="ends the day before"
        ),
        pytest.param(
            Term(AppointmentKind.DEPUTY, MARCH, MARCH), False, id="as deputy, inside"
        ),
        pytest.param(Term(), False, id="nobody knows when"),
    ],
)
def test_nobody_is_in_one_post_twice_at_a_time(
    session: Session,
    town: Institution,
    post: int,
    ana: int,
    second: Term,
    fits: bool,
) -> None:
    put(session, town, ana, post, Term(from_on=MARCH, to_on=TENTH))

    if fits:
        assert put(session, town, ana, post, second)
        return
    with pytest.raises(RuleError) as error:
        put(session, town, ana, post, second)
    assert refused(error) == "appointment-overlaps"


def test_two_people_may_share_a_post_and_one_may_have_two(
    session: Session, town: Institution, works: Unit, post: int, ana: int
) -> None:
    put(session, town, ana, post, Term(from_on=MARCH))
    put(
        session, town, make_learner(session, town, "Beto").id, post, Term(from_on=MARCH)
    )
    put(session, town, ana, new_post(session, town, works.id, "Agua"), Term())

    rows = {
        row.id: row for row in post_list(session, institution_id=town.id, day=TODAY)
    }
    assert (rows[post].holders, rows[post].surplus) == (2, 1)


@pytest.mark.parametrize(
    "term",
    [
        Term(from_on=TENTH, to_on=MARCH),
        Term(from_on=date(1900, 1, 1)),
        Term(to_on=date(2200, 1, 1)),
    ],
    ids=["reversed", "too early", "too late"],
)
def test_impossible_days_are_refused(
    session: Session, town: Institution, post: int, ana: int, term: Term
) -> None:
    with pytest.raises(ShapeError) as error:
        put(session, town, ana, post, term)
    assert refused(error) == "days-reversed"


def test_a_stranger_is_not_appointed(
    session: Session, town: Institution, post: int
) -> None:
    stranger = make_learner(session, make_town(session, "izalpa"), "Eva")

    with pytest.raises(NotFoundError):
        put(session, town, stranger.id, post, Term())


def test_a_foreign_post_is_not_there(
    session: Session, town: Institution, post: int
) -> None:
    izalpa = make_town(session, "izalpa")
    eva = make_learner(session, izalpa, "Eva")

    with pytest.raises(NotFoundError):
        put(session, izalpa, eva.id, post, Term())


def test_an_appointment_ends_with_its_post(
    session: Session, town: Institution, post: int, ana: int
) -> None:
    close_post(session, institution_id=town.id, post_id=post, last_day=TENTH, now=NOW)

    key = put(session, town, ana, post, Term(from_on=MARCH))

    assert session.get_one(Appointment, key).to_on == TENTH
    with pytest.raises(RuleError) as error:
        put(session, town, ana, post, Term(from_on=ELEVENTH))
    assert refused(error) == "post-closed"


def test_an_appointment_is_corrected_and_ended(
    session: Session, town: Institution, post: int, ana: int
) -> None:
    key = put(session, town, ana, post, Term())
    known = Term(AppointmentKind.DEPUTY, MARCH, ends_with_mandate=True)

    def correct(term: Term, seen: Term) -> None:
        correct_appointment(
            session,
            institution_id=town.id,
            appointment_id=key,
            term=term,
            seen=seen.fingerprint,
            now=NOW,
        )

    correct(known, Term())
    with pytest.raises(RuleError) as error:
        correct(Term(), Term())
    assert refused(error) == "changed-meanwhile"
    end_appointment(
        session, institution_id=town.id, appointment_id=key, last_day=TENTH, now=NOW
    )
    row = session.get_one(Appointment, key)
    assert (row.kind, row.from_on, row.to_on) == ("deputy", MARCH, TENTH)
    assert row.ends_with_mandate


def test_an_appointment_does_not_end_before_it_begins(
    session: Session, town: Institution, post: int, ana: int
) -> None:
    key = put(session, town, ana, post, Term(from_on=TENTH))

    with pytest.raises(ShapeError):
        end_appointment(
            session, institution_id=town.id, appointment_id=key, last_day=MARCH, now=NOW
        )


def test_an_appointment_is_taken_back_on_its_own_day_only(
    session: Session, town: Institution, post: int, ana: int
) -> None:
    town.timezone = "America/Mexico_City"
    key = put(session, town, ana, post, Term(from_on=MARCH))
    # 9:00 UTC is 3:00 there: the day lasts 21 hours more.
    midnight = NOW + timedelta(hours=21)

    with pytest.raises(RuleError) as error:
        withdraw_appointment(
            session, institution_id=town.id, appointment_id=key, now=midnight
        )
    assert refused(error) == "appointment-settled"
    withdraw_appointment(
        session,
        institution_id=town.id,
        appointment_id=key,
        now=midnight - timedelta(minutes=1),
    )
    session.flush()
    assert appointments_of_post(session, institution_id=town.id, post_id=post) == []


def test_the_reads_are_one_statement_each(
    session: Session, town: Institution, statements: list[str], post: int, ana: int
) -> None:
    put(session, town, ana, post, Term())
    session.flush()
    statements.clear()

    unit_list(session, institution_id=town.id)
    post_list(session, institution_id=town.id, day=TODAY)
    appointments_of_post(session, institution_id=town.id, post_id=post)

    assert len(statements) == 3
