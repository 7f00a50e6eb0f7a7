"""A certificate names the requirements that asked for it on the day of its issue."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificates import CLAIMS_JSON, PlanClaim
from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import InstitutionFacts
from conexx_learn.domain.readiness.obligations import obligations
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.certification import Certificate, CertificateRequirement
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import Requirement
from conexx_learn.models.posts import Post
from conexx_learn.queries.asked_courses import asking_requirements
from conexx_learn.queries.learning_cycles import learning_cycles
from conexx_learn.services.enrolment import enrol
from conexx_learn.services.plan_claims import plan_claim
from tests.factories import make_membership
from tests.institutions import (
    appoint,
    in_days,
    make_course,
    make_learner,
    make_plan,
    make_post,
    make_town,
    make_unit,
    real_today,
    requirement,
)
from tests.learning import SMALL, complete_small_course
from tests.published import publish_sample
from tests.sample_institutions import chorti_sur, harribide, izalpa, xaltepec
from tests.stored_institutions import store_institution


@pytest.fixture
def town(session: Session) -> Institution:
    return make_town(session)


@pytest.fixture
def post(session: Session, town: Institution) -> Post:
    """A post of project managers in a unit inside the project unit."""
    outer = make_unit(session, town, "Proyectos", is_pmu=True)
    inner = make_unit(session, town, "Seguimiento", parent_id=outer.id)
    return make_post(session, inner, "PM")


@pytest.fixture
def ana(session: Session, town: Institution, post: Post) -> User:
    user = make_learner(session, town)
    appoint(session, user, post)
    return user


@pytest.fixture
def small(session: Session) -> Course:
    publish_sample(session)
    return session.scalars(select(Course).where(Course.slug == SMALL)).one()


def complete(session: Session, user: User) -> None:
    enrol(session, slug=SMALL, user_id=user.id, lang="en", now=now())
    assert complete_small_course(session, user, now=now())


def named(session: Session) -> list[int]:
    return list(
        session.scalars(
            select(CertificateRequirement.requirement_id).order_by(
                CertificateRequirement.requirement_id
            )
        )
    )


def test_every_audience_that_reaches_the_holder_is_named(
    session: Session, town: Institution, post: Post, ana: User, small: Course
) -> None:
    elsewhere = make_unit(session, town, "Archivo")
    reaching = [
        requirement(small, audience_kind=kind, audience_key=key)
        for kind, key in (
            ("institution", ""),
            ("pmu", ""),
            ("profile", "PM"),
            ("post", str(post.id)),
            ("unit", str(post.unit_id)),
            ("person", str(ana.id)),
        )
    ]
    passing_by = [
        requirement(small, audience_kind=kind, audience_key=key)
        for kind, key in (
            ("profile", "FIN"),
            ("post", str(make_post(session, elsewhere, "FIN").id)),
            ("unit", str(elsewhere.id)),
            ("person", str(make_learner(session, town, "Beto").id)),
        )
    ]
    other = requirement(make_course(session, "other"))
    too_new = requirement(small, min_major=2)
    make_plan(session, town, *reaching, *passing_by, other, too_new)

    complete(session, ana)

    assert named(session) == [line.id for line in reaching]


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        pytest.param({}, True, id="in force"),
        pytest.param({"is_approved": False}, False, id="a draft"),
        pytest.param({"approved_on": in_days(1)}, False, id="from tomorrow"),
        pytest.param({"superseded_on": in_days(0)}, False, id="replaced today"),
        pytest.param({"completed_on": in_days(0)}, False, id="closed today"),
        pytest.param(
            {"starts_on": in_days(-90), "ends_on": in_days(-1)}, True, id="past its end"
        ),
    ],
)
def test_only_plans_in_force_on_the_day_are_named(
    session: Session,
    town: Institution,
    ana: User,
    small: Course,
    values: dict[str, Any],
    counts: bool,
) -> None:
    make_plan(session, town, requirement(small), **values)

    complete(session, ana)

    assert bool(named(session)) is counts


def test_plans_of_all_institutions_of_the_holder_are_named(
    session: Session, town: Institution, ana: User, small: Course
) -> None:
    second, third = make_town(session, "izalpa"), make_town(session, "harribide")
    make_membership(session, ana, "learner", second)
    appoint(session, ana, make_post(session, make_unit(session, second)))
    here, there, foreign = (requirement(small) for _ in range(3))
    for institution, line in ((town, here), (second, there), (third, foreign)):
        make_plan(session, institution, line)

    complete(session, ana)

    assert named(session) == [here.id, there.id]


def test_where_the_holder_has_left_nothing_is_named(
    session: Session, town: Institution, ana: User, small: Course
) -> None:
    make_plan(session, town, requirement(small))
    session.scalars(select(Membership)).one().to_on = in_days(-1)
    session.commit()

    complete(session, ana)

    assert named(session) == []


def test_a_second_cycle_names_what_asks_on_its_own_day(
    session: Session, town: Institution, ana: User, small: Course
) -> None:
    first = requirement(small)
    old = make_plan(session, town, first)
    complete(session, ana)
    old.superseded_on = real_today()
    second = requirement(small)
    make_plan(session, town, second)
    session.commit()

    complete(session, ana)

    rows = session.execute(
        select(
            CertificateRequirement.certificate_id, CertificateRequirement.requirement_id
        ).order_by(CertificateRequirement.certificate_id)
    ).all()
    ids = list(session.scalars(select(Certificate.id).order_by(Certificate.id)))
    assert [tuple(row) for row in rows] == [(ids[0], first.id), (ids[1], second.id)]


def test_the_history_tells_every_cycle_and_what_it_satisfied(
    session: Session,
    town: Institution,
    ana: User,
    small: Course,
    statements: list[str],
) -> None:
    make_plan(session, town, requirement(small, weight=3), title="Plan 2027")
    complete(session, ana)
    enrol(session, slug=SMALL, user_id=ana.id, lang="en", now=now())
    session.commit()
    statements.clear()

    under_way, done = learning_cycles(session, user_id=ana.id, lang="en")

    assert len(statements) == 1
    assert (under_way.cycle, under_way.ended_at, under_way.number) == (2, None, None)
    assert (done.cycle, done.title) == (1, "Clean water in the municipality")
    assert done.number == session.scalars(select(Certificate.number)).one()
    (line,) = done.satisfied
    assert (line.plan, line.weight, line.institution_id) == ("Plan 2027", 3, town.id)


@pytest.mark.parametrize(
    "sample", [xaltepec, izalpa, harribide, chorti_sur], ids=lambda one: one.__name__
)
def test_what_is_named_is_what_is_owed(
    session: Session, sample: Callable[[], InstitutionFacts]
) -> None:
    facts = sample()
    stored = store_institution(session, facts)
    day = facts.as_of
    moment = now().replace(
        year=day.year, month=day.month, day=day.day, hour=18, minute=0
    )
    owed = {
        (stored.people[one.person_id], one.course): sorted(
            stored.requirements[key] for key in one.requirement_ids
        )
        for one in obligations(FactIndex(facts), day)
        if one.person_id is not None
    }
    courses = {row.slug: row.id for row in session.scalars(select(Course))}

    found = {}
    for user_id in stored.people.values():
        for slug, course_id in courses.items():
            lines = asking_requirements(
                session,
                user_id=user_id,
                course_id=course_id,
                slug=slug,
                major=1,
                now=moment,
            )
            if lines:
                found[user_id, slug] = lines

    assert found == owed
    assert session.scalars(select(Requirement.id)).all()


@pytest.mark.parametrize(
    ("values", "spanish", "english"),
    [
        pytest.param(
            {"audience_kind": "institution"},
            "Requisito 1: todas las personas con un puesto",
            "Requirement 1: everyone who has a post",
            id="institution",
        ),
        pytest.param(
            {"audience_kind": "pmu"},
            "Requisito 1: personal de la unidad de gestión de proyectos",
            "Requirement 1: staff of the project unit",
            id="project unit",
        ),
        pytest.param(
            {"audience_kind": "profile", "audience_key": "PM"},
            "Requisito 1: perfil «PM»",
            "Requirement 1: profile “PM”",
            id="a profile that nobody named",
        ),
    ],
)
def test_the_certificate_says_which_line_of_which_plan_it_satisfied(
    session: Session,
    town: Institution,
    ana: User,
    small: Course,
    values: dict[str, Any],
    spanish: str,
    english: str,
) -> None:
    make_plan(session, town, requirement(small, **values), title="Plan 2027")

    complete(session, ana)

    assert plan_named(session) == PlanClaim(
        town.name, "Plan 2027", {"es": spanish, "en": english}
    )


def test_units_posts_and_people_are_named_as_the_institution_names_them(
    session: Session, town: Institution, post: Post, ana: User, small: Course
) -> None:
    lines = [
        requirement(small, audience_kind=kind, audience_key=str(key))
        for kind, key in (("unit", post.unit_id), ("post", post.id), ("person", ana.id))
    ]
    make_plan(session, town, *lines)

    said = [plan_claim(session, [line.id]) for line in lines]

    assert [claim.requirement["en"] for claim in said if claim] == [
        "Requirement 1: staff of the unit “Seguimiento”",
        f"Requirement 2: post “{post.title}”",
        "Requirement 3: set for this person",
    ]


def test_of_several_lines_the_first_due_is_named_then_the_heavier(
    session: Session, town: Institution, ana: User, small: Course
) -> None:
    lines = [
        requirement(small, due_on=None, due_days=1, weight=3),
        requirement(small, due_on=in_days(90), weight=3),
        requirement(small, due_on=in_days(60), weight=1),
        requirement(small, due_on=in_days(60), weight=2),
    ]
    make_plan(session, town, *lines)

    complete(session, ana)

    claim = plan_named(session)
    assert claim is not None
    assert claim.requirement["en"].startswith("Requirement 4:")


def test_without_a_plan_the_certificate_names_none(
    session: Session, town: Institution, ana: User, small: Course
) -> None:
    complete(session, ana)

    assert plan_named(session) is None


def plan_named(session: Session) -> PlanClaim | None:
    """Return what the one certificate says of a plan."""
    claims = session.scalars(select(Certificate.claims)).one()
    return CLAIMS_JSON.validate_python(claims).plan
