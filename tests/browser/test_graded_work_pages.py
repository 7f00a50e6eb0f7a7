"""The pages of graded work, for everybody: rules of accessibility, sizes, languages."""

from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.services.enrolment import enrol
from conexx_learn.services.unit_of_work import unit_of_work
from tests.browser.conftest import MakeAccount, OpenContext
from tests.browser.inspection import inspect_english, inspect_spanish
from tests.browser.learner_steps import Account, sign_in
from tests.browser.readers import DESK
from tests.factories import NOW, make_institution, make_membership
from tests.graded_work import (
    COURSE,
    Scene,
    assessment_of,
    assign,
    begin,
    hand_in,
    judge,
)
from tests.published import publish_sample

WORK = f"/courses/{COURSE}/work"
TYPED = (
    "town-project",
    "Because of team",
    "Because of finance",
    "Because of need",
    "Because of design",
    "plan.pdf",
)


@dataclass(frozen=True, slots=True)
class Story:
    """A work of Ana that one assessor has judged and another reads.

    Attributes:
        learner: Who handed it in.
        reading: Who has begun.
        done: Who has submitted.
        office: Who gives works away.
        decided: Address of the result of another learner's.
        work_id: Key of the work.
        part_id: Key of the part that is being read.
    """

    learner: Account
    reading: Account
    done: Account
    office: Account
    decided: Account
    work_id: int
    part_id: int
    done_id: int


@pytest.fixture(scope="module")
def story(registry: Flask, make_account: MakeAccount) -> Story:
    with unit_of_work() as session:
        publish_sample(session, COURSE)
    accounts = [make_account() for _ in range(6)]
    learner, reading, done, office, decided = accounts[:5]
    people = [_user(session, account) for account in accounts]
    town = make_institution(session, "graded-town", name="Ayuntamiento de Ejemplo")
    for person in (people[0], people[4]):
        make_membership(session, person, "learner", town)
        enrol(session, slug=COURSE, user_id=person.id, lang="es", now=NOW)
    for person in (people[1], people[2], people[5]):
        make_membership(session, person, "trainer")
    make_membership(session, people[3], "coordinator")
    session.commit()
    assessors = (people[1], people[2], people[5])
    scene = Scene(town, people[0], people[4], assessors, people[3])
    work_id = hand_in(session, people[0])
    assign(session, scene, work_id, people[1], people[2])
    judge(session, work_id, people[2], 4, 4, 4, 4)
    part_id = begin(session, work_id, people[1])
    other = hand_in(session, people[4], "other")
    assign(session, scene, other, people[2], people[5])
    for assessor in (people[2], people[5]):
        judge(session, other, assessor, 3, 3, 2, 2)
    return Story(
        learner,
        reading,
        done,
        office,
        decided,
        work_id,
        part_id,
        assessment_of(session, other, people[2]).id,
    )


def _user(session: Session, account: Account) -> User:
    return session.scalars(select(User).where(User.username == account.identity)).one()


def look(page: Page, lang: str) -> None:
    """Look at a page as those of every kind are looked at."""
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light", forced_colors="none")
    inspect = inspect_spanish if lang == "es" else inspect_english
    seen = inspect(page, TYPED, page.url)
    seen.check_targets()
    seen.check()


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_pages_of_a_learner(
    open_context: OpenContext, story: Story, lang: str
) -> None:
    for account, paths in (
        (story.learner, [WORK, f"{WORK}/receipts/{story.work_id}"]),
        (story.decided, [WORK]),
    ):
        page = open_context(lang).new_page()
        sign_in(page, account)
        for path in paths:
            page.goto(f"{path}?lang={lang}")
            look(page, lang)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_pages_of_an_assessor(
    open_context: OpenContext, story: Story, lang: str
) -> None:
    page = open_context(lang).new_page()
    sign_in(page, story.reading)
    for path in ("/trainer/grading", f"/trainer/grading/{story.part_id}"):
        page.goto(f"{path}?lang={lang}")
        look(page, lang)
    page.locator("button[value=submit]").click()
    look(page, lang)
    page = open_context(lang).new_page()
    sign_in(page, story.done)
    page.goto(f"/trainer/grading/{story.done_id}?lang={lang}")
    look(page, lang)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_pages_of_the_coordination(
    open_context: OpenContext, story: Story, lang: str
) -> None:
    page = open_context(lang).new_page()
    sign_in(page, story.office)
    for path in ("/admin/work", f"/admin/work/{story.work_id}"):
        page.goto(f"{path}?lang={lang}")
        look(page, lang)
