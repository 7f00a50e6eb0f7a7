"""Competencies and job profiles: loaded once a change, and never changed themselves."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.adapters.standards import shipped_profiles
from conexx_learn.domain.course import Competency
from conexx_learn.domain.job_profiles import Demand, read_shipped_profiles
from conexx_learn.models import competencies as tables
from conexx_learn.queries.frameworks import (
    competency_list,
    job_profiles,
    profile_requirements,
)
from conexx_learn.services.frameworks import load_standards
from tests.factories import NOW, SAMPLES, publish

ASKED = {
    "HEAD": {"K1", "K2", "K5", "K6"},
    "PM": {"K2", "K3", "K4", "K5", "K7", "K8", "K10"},
    "FIN": {"K2", "K4", "K7"},
    "MEAL": {"K3", "K8"},
    "LIAISON": {"K1", "K5", "K9"},
    "TECH": {"K1", "K3"},
    "ELECTED": {"K1"},
}


def test_the_seven_profiles_ask_for_what_they_should(session: Session) -> None:
    load_standards(session, now=NOW)

    found = {
        profile.code: {need.competency for need in profile.requirements}
        for profile in job_profiles(session)
    }

    assert found == ASKED
    assert {need.min_level for need in profile_requirements(session)} == {2}
    assert all(set(p.titles) == {"es", "en"} for p in job_profiles(session))


def test_competencies_are_listed_in_the_order_of_their_numbers(
    session: Session,
) -> None:
    load_standards(session, now=NOW)

    codes = [competency.code for competency in competency_list(session)]

    assert codes == [f"K{number}" for number in range(1, 11)]


def test_the_same_standards_again_change_nothing(session: Session) -> None:
    assert load_standards(session, now=NOW)
    assert load_standards(session, now=NOW) == ()
    assert session.scalar(select(func.count()).select_from(tables.JobProfile)) == 7


def test_a_changed_profile_is_its_next_version_and_the_old_one_stays(
    session: Session,
) -> None:
    load_standards(session, now=NOW)
    technicians = next(p for p in shipped_profiles() if p.code == "TECH")
    stricter = replace(technicians, demands=(*technicians.demands, Demand("K8", 2, 1)))

    assert load_standards(session, now=NOW, profiles=[stricter]) == ("TECH 2",)

    newest = next(p for p in job_profiles(session) if p.code == "TECH")
    assert newest.version == 2
    assert [need.competency for need in newest.requirements] == ["K1", "K3", "K8"]
    versions = select(tables.JobProfile.version).where(tables.JobProfile.code == "TECH")
    assert sorted(session.scalars(versions)) == [1, 2]
    assert load_standards(session, now=NOW, profiles=[stricter]) == ()


def test_a_profile_waits_for_a_competency_that_nobody_knows_yet(
    session: Session,
) -> None:
    first = {"K1": Competency("K1", {"es": "Panorama", "en": "Landscape"}, "financing")}

    changed = load_standards(session, now=NOW, competencies=first)

    assert changed == ("K1", "ELECTED 1")


def test_a_competency_takes_its_new_title(session: Session) -> None:
    load_standards(session, now=NOW)
    renamed = Competency("K1", {"es": "Otro", "en": "Another"}, "financing")

    assert load_standards(session, now=NOW, competencies={"K1": renamed}) == ("K1",)
    assert competency_list(session)[0].titles == {"es": "Otro", "en": "Another"}


def test_publishing_a_course_brings_its_competencies(session: Session) -> None:
    publish("small-course", SAMPLES)

    assert [competency.code for competency in competency_list(session)] == ["K1"]


@pytest.mark.parametrize(
    "read",
    [competency_list, job_profiles, profile_requirements],
    ids=lambda f: f.__name__,
)
def test_a_read_is_one_statement(
    session: Session, statements: list[str], read: Callable[[Session], list[object]]
) -> None:
    load_standards(session, now=NOW)
    session.flush()
    statements.clear()

    assert read(session)
    assert len(statements) == 1


def test_a_profile_that_lacks_a_part_is_told() -> None:
    with pytest.raises(ValueError, match="PM lacks 'title'"):
        read_shipped_profiles('source = "x"\n[PM]\nseats = 1\n[PM.asks]\n')
