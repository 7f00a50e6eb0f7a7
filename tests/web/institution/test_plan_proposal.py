"""The proposed plan: from its page to a plan in force in three loads."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import Course
from conexx_learn.models.competencies import (
    Competency,
    JobProfile,
    ProfileRequirement,
)
from conexx_learn.models.institutions import Institution
from conexx_learn.models.planning import (
    Requirement,
    TrainingPlan,
)
from tests.factories import NOW
from tests.institutions import (
    in_days,
    make_course,
    make_plan,
    requirement,
)
from tests.plan_pages import ACT, PLANS


def ask_of_profile(session: Session, code: str, *needs: tuple[str, int]) -> None:
    """Let a job profile ask for competencies, each with its weight."""
    profile = JobProfile(
        code=code,
        version=1,
        titles={"es": f"Perfil {code}", "en": f"Profile {code}"},
        source="A test",
        published_at=NOW,
    )
    session.add(profile)
    session.flush()
    for competency, weight in needs:
        if session.get(Competency, competency) is None:
            titles = {"es": competency, "en": competency}
            session.add(Competency(code=competency, titles=titles, function="design"))
            session.flush()
        session.add(
            ProfileRequirement(
                job_profile_id=profile.id,
                competency=competency,
                min_level=2,
                weight=weight,
                must_by_days=None,
            )
        )
    session.flush()


@pytest.fixture
def wanting(session: Session, ana: User) -> None:
    """A profile that asks what a course and none grant."""
    make_course(session, "budget", hours=10, grants=(("K4", 2),))
    ask_of_profile(session, "PM", ("K4", 3), ("K9", 1))


def page(response: TestResponse) -> str:
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def ticked(html: str) -> list[str]:
    return re.findall(r'name="line" value="([^"]+)" checked', html)


def plan_fields(html: str) -> dict[str, str]:
    """Read the values that the proposal fills in."""
    names = ("title", "starts_on", "ends_on", "target_percent")
    found = {}
    for name in names:
        match = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', html)
        assert match, name
        found[name] = match[1]
    return found


def test_from_the_proposal_to_a_plan_in_force_in_three_loads(
    manager: FlaskClient, session: Session, wanting: None
) -> None:
    proposal = page(manager.get(f"{PLANS}/proposal"))
    drafted = manager.post(
        f"{PLANS}/proposal", data=plan_fields(proposal) | {"line": ticked(proposal)}
    )
    assert drafted.status_code == 303
    shown = page(manager.get(drafted.headers["Location"]))
    assert "Approve the plan" in shown
    plan_id = session.scalars(select(TrainingPlan.id)).one()
    approved = manager.post(f"{PLANS}/{plan_id}/approval", data=ACT | {"revision": "1"})
    assert approved.status_code == 303
    assert "In force since" in page(manager.get(approved.headers["Location"]))

    line = session.scalars(select(Requirement)).one()
    assert (line.audience_kind, line.audience_key, line.weight) == ("profile", "PM", 3)
    assert line.reason_kind == "profile"
    assert line.reason_text == "The profile Profile PM asks for Knowing K4"
    assert line.due_on is not None
    assert line.due_on >= in_days(35)


def test_the_proposal_tells_what_has_no_course(
    manager: FlaskClient, wanting: None
) -> None:
    shown = page(manager.get(f"{PLANS}/proposal"))

    assert ticked(shown) == ["profile:PM:budget"]
    assert "For this there is no course yet" in shown
    assert "asks for K9" in shown


def test_a_proposed_reason_is_said_in_the_language_of_each_reader(
    manager: FlaskClient, session: Session, wanting: None
) -> None:
    line = _draft_a_line(manager, session)
    address = f"{PLANS}/{line.plan_id}"

    assert "The profile Profile PM asks for K4" in page(manager.get(address))
    assert "El perfil Perfil PM pide K4" in page(manager.get(f"{address}?lang=es"))


def test_a_line_saved_as_it_was_keeps_what_it_was_proposed_for(
    manager: FlaskClient, session: Session, wanting: None
) -> None:
    line = _draft_a_line(manager, session)
    typed = {
        "revision": "1",
        "audience": "profile:PM",
        "course": "budget",
        "due_on": str(line.due_on),
        "weight": "1",
        "reason": "profile",
        "reason_text": "The profile Profile PM asks for K4",
    }
    address = f"{PLANS}/{line.plan_id}/requirements/{line.id}"

    assert typed["reason_text"] in page(manager.get(address))
    assert manager.post(address, data=typed).status_code == 303
    kept = session.get_one(Requirement, line.id)
    assert (kept.weight, kept.reason_needs) == (1, line.reason_needs)

    mine = typed | {"revision": "2", "reason_text": "La alcaldesa lo pide"}
    assert manager.post(address, data=mine).status_code == 303
    kept = session.get_one(Requirement, line.id)
    assert (kept.reason_text, kept.reason_needs) == ("La alcaldesa lo pide", None)
    assert "La alcaldesa lo pide" in page(manager.get(f"{PLANS}/{line.plan_id}"))


def test_a_new_version_keeps_what_its_lines_were_proposed_for(
    manager: FlaskClient, session: Session, wanting: None
) -> None:
    line = _draft_a_line(manager, session)
    manager.post(f"{PLANS}/{line.plan_id}/approval", data=ACT | {"revision": "1"})

    manager.post(f"{PLANS}/{line.plan_id}/amendment", data={"revision": "2"})

    copied = session.scalars(select(Requirement).order_by(Requirement.id)).all()
    assert [one.reason_needs for one in copied] == [line.reason_needs] * 2
    assert line.reason_needs is not None


def _draft_a_line(manager: FlaskClient, session: Session) -> Requirement:
    proposal = page(manager.get(f"{PLANS}/proposal"))
    manager.post(
        f"{PLANS}/proposal", data=plan_fields(proposal) | {"line": ticked(proposal)}
    )
    return session.scalars(select(Requirement)).one()


def test_without_a_tick_nothing_is_drafted_and_what_was_typed_stays(
    manager: FlaskClient, session: Session, wanting: None
) -> None:
    typed = plan_fields(page(manager.get(f"{PLANS}/proposal"))) | {"title": "Mine"}

    response = manager.post(f"{PLANS}/proposal", data=typed)

    assert response.status_code == 422
    assert "Leave at least one requirement ticked" in page(response)
    assert 'value="Mine"' in page(response)
    assert ticked(page(response)) == []
    assert not session.scalars(select(TrainingPlan)).all()


def test_a_line_that_was_never_proposed_is_not_drafted(
    manager: FlaskClient, session: Session, wanting: None
) -> None:
    typed = plan_fields(page(manager.get(f"{PLANS}/proposal")))
    lines = ["profile:PM:budget", "institution::budget", "person:1:design", "'"]

    manager.post(f"{PLANS}/proposal", data=typed | {"line": lines})

    assert len(session.scalars(select(Requirement)).all()) == 1


def test_a_double_click_drafts_once(
    manager: FlaskClient, session: Session, wanting: None
) -> None:
    typed = plan_fields(page(manager.get(f"{PLANS}/proposal")))
    for _click in range(2):
        manager.post(f"{PLANS}/proposal", data=typed | {"line": "profile:PM:budget"})

    assert len(session.scalars(select(TrainingPlan)).all()) == 1
    assert len(session.scalars(select(Requirement)).all()) == 1


def test_what_is_owed_already_is_not_proposed(
    manager: FlaskClient, session: Session, town: Institution, wanting: None
) -> None:
    course = session.scalars(select(Course).where(Course.slug == "budget")).one()
    make_plan(session, town, requirement(course))

    assert "profile:PM:budget" not in page(manager.get(f"{PLANS}/proposal"))


def test_without_posts_the_proposal_leads_to_the_posts(
    manager: FlaskClient,
) -> None:
    shown = page(manager.get(f"{PLANS}/proposal"))

    assert "There are no posts yet" in shown
    assert 'href="/institutions/xaltepec/posts"' in shown


def test_where_nothing_is_missing_the_proposal_says_so(
    manager: FlaskClient, ana: User
) -> None:
    assert "Nothing is missing" in page(manager.get(f"{PLANS}/proposal"))
