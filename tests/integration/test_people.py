"""People of an institution: taken in, corrected, let go, and back again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import (
    ForbiddenError,
    LearnError,
    NotFoundError,
    RuleError,
    ShapeError,
)
from conexx_learn.domain.people import PersonTraits
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.posts import Appointment
from conexx_learn.queries.people import Wanted, Who, people_of, person_row
from conexx_learn.queries.personal_data import personal_data
from conexx_learn.services.access_codes import hand_over_code, renew_invitation
from conexx_learn.services.accounts import erase_account
from conexx_learn.services.departures import end_membership, resume_membership
from conexx_learn.services.memberships import grant_role
from conexx_learn.services.people import (
    AddedPerson,
    Arrival,
    add_person,
)
from conexx_learn.services.person_corrections import correct_person
from conexx_learn.services.person_records import traits_of
from tests.factories import NOW, make_membership, make_user
from tests.institutions import (
    appoint,
    make_coordinator,
    make_learner,
    make_manager,
    make_post,
    make_town,
    make_unit,
)

TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def town(session: Session) -> Institution:
    return make_town(session)


@pytest.fixture
def lucia(session: Session, town: Institution) -> Actor:
    """Give the training manager of the town."""
    return managing(make_manager(session, town), town)


def managing(user: User, town: Institution) -> Actor:
    return Actor(user.id, (Place(Role.MANAGER, town.id),))


def coordinating(session: Session) -> Actor:
    return Actor(make_coordinator(session).id, (Place(Role.COORDINATOR, None),))


def add(
    session: Session,
    town: Institution,
    by: Actor | None,
    name: str = "Ana Ruiz",
    *,
    now: datetime = NOW,
    email: str = "",
    username: str = "",
) -> AddedPerson:
    return add_person(
        session,
        institution_id=town.id,
        traits=PersonTraits(name, email, username),
        now=now,
        by=by,
    )


def leave(
    session: Session, town: Institution, by: Actor, user_id: int, last_day: date = TODAY
) -> int:
    return end_membership(
        session,
        institution_id=town.id,
        user_id=user_id,
        last_day=last_day,
        now=NOW,
        by=by,
    )


def roles(session: Session, user_id: int) -> list[tuple[str, date, date | None]]:
    session.flush()
    rows = session.scalars(
        select(Membership).where(Membership.user_id == user_id).order_by(Membership.id)
    )
    return [(row.role, row.from_on, row.to_on) for row in rows]


def refused(error: pytest.ExceptionInfo[LearnError]) -> str:
    return error.value.code


# Taken in ---------------------------------------------------------------------------


def test_somebody_new_gets_an_account_without_a_password(
    session: Session, town: Institution, lucia: Actor
) -> None:
    added = add(session, town, lucia, "  ana  RUIZ ", email="Ana@X.example")

    user = session.get_one(User, added.user_id)
    assert added.arrival is Arrival.NEW
    assert (user.full_name, user.email, user.password) == (
        "ana RUIZ",
        "ana@x.example",
        None,
    )
    assert roles(session, user.id) == [("learner", TODAY, None)]


def test_without_an_identity_a_username_is_made_of_the_name(
    session: Session, town: Institution, lucia: Actor
) -> None:
    first = add(session, town, lucia, "Íñigo López")
    second = add(session, town, lucia, "Íñigo López")

    names = [session.get_one(User, one.user_id).username for one in (first, second)]
    assert names == ["inigo.lopez", "inigo.lopez2"]


def test_a_name_of_sixty_letters_is_kept_whole(
    session: Session, town: Institution, lucia: Actor
) -> None:
    name = "María Guadalupe de los Ángeles Hernández Xicoténcatl y Barrios"

    added = add(session, town, lucia, name)

    assert session.get_one(User, added.user_id).full_name == name


@pytest.mark.parametrize(
    ("name", "traits", "code"),
    [
        ("", {}, "name-length"),
        ("\u202e", {}, "name-length"),
        ("x" * 201, {}, "name-length"),
        ("Ana", {"email": "ana@@x"}, "identity-unreadable"),
        ("Ana", {"email": "ana"}, "identity-unreadable"),
        ("Ana", {"username": "a b"}, "identity-unreadable"),
        ("Ana", {"username": "ana@x.example"}, "identity-unreadable"),
    ],
)
def test_what_cannot_be_read_makes_nobody(
    session: Session,
    town: Institution,
    lucia: Actor,
    name: str,
    traits: dict[str, str],
    code: str,
) -> None:
    with pytest.raises(ShapeError) as error:
        add(session, town, lucia, name, **traits)  # type: ignore[arg-type] # no day among them
    assert refused(error) == code


def test_who_is_here_already_is_told(
    session: Session, town: Institution, lucia: Actor
) -> None:
    add(session, town, lucia, email="ana@x.example")

    with pytest.raises(RuleError) as error:
        add(session, town, lucia, email="ANA@x.example")
    assert refused(error) == "person-here"


def test_an_account_from_elsewhere_is_the_coordinations_to_add(
    session: Session, town: Institution
) -> None:
    ana = make_user(session, email="ana@x.example")

    added = add(session, town, coordinating(session), email="ana@x.example")

    assert added == AddedPerson(ana.id, Arrival.KNOWN)


def test_an_address_and_a_username_of_two_people_are_refused(
    session: Session, town: Institution, lucia: Actor
) -> None:
    make_learner(session, town, email="ana@x.example")
    make_learner(session, town, email=None, username="beto")

    with pytest.raises(RuleError) as error:
        add(session, town, lucia, email="ana@x.example", username="beto")
    assert refused(error) == "identity-of-two"


def test_belonging_begins_on_the_institutions_own_day(session: Session) -> None:
    mexico = make_town(session, "mexico", timezone="America/Mexico_City")
    madrid = make_town(session, "madrid", timezone="Europe/Madrid")
    night = datetime(2026, 11, 17, 2, tzinfo=UTC)
    midnight = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)

    west = add(session, mexico, None, now=night)
    east = add(session, madrid, None, now=midnight)

    # West of UTC the day before; east of it the day that sessions count by.
    assert roles(session, west.user_id)[0][1] == date(2026, 11, 16)
    assert roles(session, east.user_id)[0][1] == date(2026, 11, 16)


def test_a_role_granted_at_the_shell_begins_on_the_same_day(session: Session) -> None:
    make_town(session, "mexico", timezone="America/Mexico_City")
    user = make_user(session)

    grant_role(
        session,
        user_id=user.id,
        role=Role.MANAGER,
        institution_slug="mexico",
        now=datetime(2026, 11, 17, 2, tzinfo=UTC),
        by=None,
    )

    assert roles(session, user.id) == [("manager", date(2026, 11, 16), None)]


# Corrected --------------------------------------------------------------------------


def correct(
    session: Session, town: Institution, by: Actor, user: User, traits: PersonTraits
) -> str | None:
    return correct_person(
        session,
        institution_id=town.id,
        user_id=user.id,
        traits=traits,
        seen=traits_of(session, user).fingerprint,
        now=NOW,
        by=by,
    )


def test_a_person_is_corrected_and_the_old_address_is_named(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town, email="old@x.example", confirmed_at=NOW)

    former = correct(
        session, town, lucia, ana, PersonTraits("Ana María", "new@x.example", "ana", 5)
    )

    assert former == "old@x.example"
    assert (ana.full_name, ana.email, ana.username) == (
        "Ana María",
        "new@x.example",
        "ana",
    )
    assert (ana.weekly_learning_hours, ana.confirmed_at) == (5, None)


def test_invitations_to_an_old_address_are_void(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town, email="wrong@x.example")
    renew_invitation(session, user_id=ana.id, now=NOW, by=lucia)

    correct(session, town, lucia, ana, PersonTraits("Ana", "right@x.example"))

    assert session.scalars(select(AccessCode)).one().used_at == NOW


@pytest.mark.parametrize(
    "traits", [{"email": "taken@x.example"}, {"username": "taken"}]
)
def test_what_somebody_else_has_is_refused_and_nothing_changes(
    session: Session, town: Institution, lucia: Actor, traits: dict[str, str]
) -> None:
    make_user(session, email="taken@x.example", username="taken")
    ana = make_learner(session, town, email="ana@x.example", password="joined")

    with pytest.raises(RuleError) as error:
        correct(
            session,
            town,
            lucia,
            ana,
            PersonTraits("Ana", **({"email": "ana@x.example"} | traits)),  # type: ignore[arg-type] # e-mail, username
        )
    assert refused(error) == "user-exists"
    session.refresh(ana)
    assert (ana.email, ana.username) == ("ana@x.example", None)


def test_nobody_is_left_without_an_identity(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town)

    with pytest.raises(ShapeError) as error:
        correct(session, town, lucia, ana, PersonTraits("Ana"))
    assert refused(error) == "identity-missing"


def test_who_has_a_role_elsewhere_is_not_a_managers_to_rename(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town, email="ana@x.example")
    make_membership(session, ana, "trainer")

    with pytest.raises(RuleError) as error:
        correct(session, town, lucia, ana, PersonTraits("Otra", "ana@x.example"))
    assert refused(error) == "person-of-others"
    correct(session, town, lucia, ana, PersonTraits("Ana", "ana@x.example", "", 9))
    assert ana.weekly_learning_hours == 9


def test_nobody_changes_their_own_identity_here(
    session: Session, town: Institution
) -> None:
    me = make_manager(session, town, "Lucía")

    with pytest.raises(RuleError) as error:
        correct(
            session,
            town,
            managing(me, town),
            me,
            PersonTraits("Otra", me.email or ""),
        )
    assert refused(error) == "own-account"


def test_the_second_of_two_managers_is_told(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town, email="ana@x.example")
    seen = traits_of(session, ana).fingerprint
    correct(session, town, lucia, ana, PersonTraits("Ana", "ana@x.example", "", 4))

    with pytest.raises(RuleError) as error:
        correct_person(
            session,
            institution_id=town.id,
            user_id=ana.id,
            traits=PersonTraits("Ana", "ana@x.example", "", 8),
            seen=seen,
            now=NOW,
            by=lucia,
        )
    assert refused(error) == "changed-meanwhile"
    assert ana.weekly_learning_hours == 4


def test_a_foreign_person_is_not_there(
    session: Session, town: Institution, lucia: Actor
) -> None:
    eva = make_learner(session, make_town(session, "izalpa"), "Eva")

    with pytest.raises(NotFoundError):
        correct(session, town, lucia, eva, PersonTraits("Eva", "x@x.example"))
    with pytest.raises(NotFoundError):
        leave(session, town, lucia, eva.id)
    with pytest.raises(NotFoundError):
        resume_membership(session, institution_id=town.id, user_id=eva.id, now=NOW)


# Let go -----------------------------------------------------------------------------


def test_who_leaves_leaves_the_posts_too_and_keeps_the_record(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town)
    post = make_post(session, make_unit(session, town))
    later = make_post(session, make_unit(session, town, "Agua"))
    appoint(session, ana, post)
    appoint(session, ana, later, from_on=TOMORROW)

    assert leave(session, town, lucia, ana.id) == 1

    session.expire_all()
    ends = session.execute(select(Appointment.post_id, Appointment.to_on)).all()
    assert [tuple(row) for row in ends] == [(post.id, TODAY)]
    row = person_row(session, institution_id=town.id, user_id=ana.id, day=TOMORROW)
    assert row is not None
    assert row.has_left(TOMORROW)
    assert not row.has_left(TODAY)


def test_what_a_role_lets_do_ends_at_once(
    session: Session, town: Institution, lucia: Actor
) -> None:
    other = make_manager(session, town, "Marta")
    make_membership(session, other, "learner", town)

    leave(session, town, lucia, other.id)

    assert [(role, end) for role, _begin, end in roles(session, other.id)] == [
        ("manager", YESTERDAY),
        ("learner", TODAY),
    ]


def test_who_was_taken_in_by_mistake_never_counted(
    session: Session, town: Institution, lucia: Actor
) -> None:
    added = add(session, town, lucia)

    leave(session, town, lucia, added.user_id, YESTERDAY)

    assert roles(session, added.user_id) == [("learner", TODAY, YESTERDAY)]
    back = resume_membership
    back(session, institution_id=town.id, user_id=added.user_id, now=NOW)
    assert roles(session, added.user_id) == [("learner", TODAY, None)]


def test_leaving_twice_is_leaving_once(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town)
    leave(session, town, lucia, ana.id)

    assert leave(session, town, lucia, ana.id) == 0


def test_nobody_lets_themselves_go(session: Session, town: Institution) -> None:
    me = make_manager(session, town)

    with pytest.raises(RuleError) as error:
        leave(session, town, managing(me, town), me.id)
    assert refused(error) == "own-membership"


def test_a_trainer_of_the_institution_is_not_a_managers_to_let_go(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town)
    make_membership(session, ana, "trainer", town)

    with pytest.raises(ForbiddenError):
        leave(session, town, lucia, ana.id)
    assert leave(session, town, coordinating(session), ana.id) == 0


def test_who_leaves_today_may_stay_after_all_with_the_posts(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town)
    appointment = appoint(session, ana, make_post(session, make_unit(session, town)))
    leave(session, town, lucia, ana.id)

    resume_membership(session, institution_id=town.id, user_id=ana.id, now=NOW)

    session.refresh(appointment)
    assert appointment.to_on is None
    assert [end for *_rest, end in roles(session, ana.id)] == [None]


def test_who_comes_back_later_has_a_second_time_and_no_post(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town, email="ana@x.example")
    appointment = appoint(session, ana, make_post(session, make_unit(session, town)))
    leave(session, town, lucia, ana.id, YESTERDAY)

    added = add(session, town, lucia, "Otro Nombre", email="ana@x.example")

    assert added == AddedPerson(ana.id, Arrival.BACK)
    assert [end for *_rest, end in roles(session, ana.id)] == [YESTERDAY, None]
    session.refresh(appointment)
    assert appointment.to_on == YESTERDAY
    assert ana.full_name == "Ana"


def test_who_has_not_left_does_not_come_back(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town)

    with pytest.raises(RuleError) as error:
        resume_membership(session, institution_id=town.id, user_id=ana.id, now=NOW)
    assert refused(error) == "person-here"


# Invited ----------------------------------------------------------------------------


def test_an_invitation_is_renewed_until_it_is_taken(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town)
    first = renew_invitation(session, user_id=ana.id, now=NOW, by=lucia)
    second = renew_invitation(session, user_id=ana.id, now=NOW, by=lucia)
    assert first.code != second.code
    open_codes = select(AccessCode).where(AccessCode.used_at.is_(None))
    assert len(session.scalars(open_codes).all()) == 1

    ana.password = "x"
    with pytest.raises(RuleError) as error:
        renew_invitation(session, user_id=ana.id, now=NOW, by=lucia)
    assert refused(error) == "has-joined"


def test_who_left_is_no_longer_a_managers_to_let_in(
    session: Session, town: Institution, lucia: Actor
) -> None:
    ana = make_learner(session, town)
    leave(session, town, lucia, ana.id, YESTERDAY)

    with pytest.raises(ForbiddenError):
        renew_invitation(session, user_id=ana.id, now=NOW, by=lucia)
    with pytest.raises(ForbiddenError):
        hand_over_code(session, user_id=ana.id, now=NOW, by=lucia)


# Listed -----------------------------------------------------------------------------


def test_people_are_listed_by_name_without_accents(
    session: Session, town: Institution
) -> None:
    for name in ("Zoila", "Ávila", "andrés", "Íñigo"):
        make_learner(session, town, name)

    rows = people_of(session, institution_id=town.id, day=TODAY)

    assert [row.traits.full_name for row in rows] == [
        "andrés",
        "Ávila",
        "Íñigo",
        "Zoila",
    ]


def test_a_list_is_narrowed(session: Session, town: Institution, lucia: Actor) -> None:
    unit = make_unit(session, town)
    post = make_post(session, unit)
    ana = make_learner(session, town, "Ana Ruiz", password="x")
    appoint(session, ana, post)
    beto = make_learner(session, town, "Beto Ruiz", email=None, username="beto")
    gone = make_learner(session, town, "Carla Ruiz")
    leave(session, town, lucia, gone.id, YESTERDAY)
    rows = people_of(session, institution_id=town.id, day=TODAY)

    def found(
        query: str = "", who: Who = Who.HERE, unit_id: int = 0, post_id: int = 0
    ) -> list[int]:
        wanted = Wanted.typed(query, {unit_id} - {0}, post_id or None, who)
        return [
            row.id
            for row in rows
            if wanted.fits(row, TODAY) and row.id != lucia.user_id
        ]

    assert found() == [ana.id, beto.id]
    assert found("RUIZ beto") == [beto.id]
    assert found("rúiz") == [ana.id, beto.id]
    assert found(unit_id=unit.id) == [ana.id]
    assert found(post_id=post.id) == [ana.id]
    assert found(who=Who.WITHOUT_POST) == [beto.id]
    assert found(who=Who.WITHOUT_EMAIL) == [beto.id]
    assert found(who=Who.NOT_JOINED) == [beto.id]
    assert found(who=Who.LEFT) == [gone.id]


def test_people_of_one_institution_never_show_anothers(
    session: Session, town: Institution
) -> None:
    eva = make_learner(session, make_town(session, "izalpa"), "Eva")

    assert people_of(session, institution_id=town.id, day=TODAY) == []
    assert (
        person_row(session, institution_id=town.id, user_id=eva.id, day=TODAY) is None
    )


def test_listing_people_takes_two_statements(
    session: Session, town: Institution, statements: list[str]
) -> None:
    post = make_post(session, make_unit(session, town), seats=9)
    for number in range(9):
        appoint(session, make_learner(session, town, f"Ana {number}"), post)
    session.flush()
    statements.clear()

    assert len(people_of(session, institution_id=town.id, day=TODAY)) == 9
    assert len(statements) == 2


# One's own data ---------------------------------------------------------------------


def test_ones_own_data_name_the_posts(session: Session, town: Institution) -> None:
    ana = make_learner(session, town)
    appoint(
        session, ana, make_post(session, make_unit(session, town), title="Jefatura")
    )

    data = personal_data(session, user_id=ana.id)

    assert data["appointments"] == [
        {
            "institution": town.name,
            "unit": "Proyectos",
            "post": "Jefatura",
            "kind": "holder",
            "from_on": date(2024, 1, 1),
            "to_on": None,
            "ends_with_mandate": False,
        }
    ]
    assert data["account"][0]["weekly_learning_hours"] == 2


def test_who_is_erased_leaves_the_posts_and_stays_without_a_name(
    session: Session, town: Institution
) -> None:
    ana = make_learner(session, town)
    appoint(session, ana, make_post(session, make_unit(session, town)))

    erase_account(session, user_id=ana.id, now=NOW)

    session.expire_all()
    row = person_row(session, institution_id=town.id, user_id=ana.id, day=TOMORROW)
    assert row is not None
    assert (row.traits.full_name, row.traits.email) == ("—", "")
    assert row.has_left(TOMORROW)
    assert session.scalars(select(Appointment.to_on)).one() == TODAY
