"""Buttons of a town pressed at the same moment, each with a connection of its own."""

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.domain.prior_learning import MOST_WAITING
from conexx_learn.factory import create_app
from conexx_learn.models.accounts import User
from conexx_learn.models.competencies import PriorLearning
from conexx_learn.models.posts import Appointment, PeopleFile, Post, Unit
from conexx_learn.models.registry import db
from conexx_learn.services.database_files import prepare_database
from conexx_learn.services.frameworks import load_standards
from tests.conftest import empty_database
from tests.factories import NOW
from tests.institutions import (
    enter,
    make_coordinator,
    make_learner,
    make_manager,
    make_post,
    make_town,
    make_unit,
)

AT_ONCE = 6
_numbers = itertools.count(1)
PEOPLE = "Nombre;Correo;Puesto;Perfil;Área\n" + "".join(
    f"Ana Ruiz;ana{number}@{{slug}}.example;Técnica;PM;Obras\n" for number in range(20)
)
Press = Callable[[FlaskClient], Any]


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    url = empty_database(tmp_path_factory.mktemp("town"), "town")
    app = create_app(replace(config, database_url=url))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        prepare_database()
        upgrade(directory=app.config["MIGRATIONS"])
        load_standards(db.session(), now=NOW)
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@dataclass(frozen=True)
class Scene:
    """A town of one test: its address, its post, Ana, and who presses."""

    app: Flask
    path: str
    town_id: int
    unit_id: int
    post_id: int
    ana_id: int
    managers: Sequence[FlaskClient]
    anas: Sequence[FlaskClient]
    coordinators: Sequence[FlaskClient]

    def at_once(self, *presses: tuple[FlaskClient, Press]) -> Counter[int]:
        """Press all at the same moment, and count the answers by status."""
        gate = Barrier(len(presses))

        def run(press: tuple[FlaskClient, Press]) -> int:
            browser, act = press
            gate.wait()
            return int(act(browser).status_code)

        with ThreadPoolExecutor(len(presses)) as threads:
            return Counter(threads.map(run, presses))

    def count(self, table: Any, *conditions: Any) -> int:
        with self.app.app_context():
            wanted = select(func.count()).select_from(table).where(*conditions)
            return db.session().scalar(wanted) or 0


@pytest.fixture
def scene(real_app: Flask) -> Scene:
    with real_app.app_context():
        session = db.session()
        town = make_town(session, f"town-{next(_numbers)}")
        post = make_post(session, make_unit(session, town, "Obras"))
        ana = make_learner(session, town)
        people = make_manager(session, town), ana, make_coordinator(session)
        browsers = [_browsers(real_app, session, user) for user in people]
        session.commit()
        path = f"/institutions/{town.slug}"
        ids = town.id, post.unit_id, post.id, ana.id
    return Scene(real_app, path, *ids, *browsers)


def _browsers(app: Flask, session: Session, user: User) -> list[FlaskClient]:
    return [enter(app.test_client(), session, user) for _each in range(AT_ONCE)]


def test_somebody_is_put_into_a_post_once(scene: Scene) -> None:
    path = f"{scene.path}/people/{scene.ana_id}/appointments"
    data = {"new-post": str(scene.post_id), "new-kind": "holder"}

    def press(browser: FlaskClient) -> Any:
        return browser.post(path, data=data | {"new-from_on": "2026-01-01"})

    answers = scene.at_once(*((manager, press) for manager in scene.managers))

    assert answers == {303: 1, 422: AT_ONCE - 1}
    assert scene.count(Appointment, Appointment.user_id == scene.ana_id) == 1


def test_a_list_is_stored_once(scene: Scene) -> None:
    slug = scene.path.rpartition("/")[2]
    file = BytesIO(PEOPLE.format(slug=slug).encode()), "people.csv"
    sent = scene.managers[0].post(f"{scene.path}/people/import", data={"file": file})

    def press(browser: FlaskClient) -> Any:
        return browser.post(sent.location)

    answers = scene.at_once(*((manager, press) for manager in scene.managers))

    # Who comes after the list was forgotten is told that it is not there.
    assert answers[303] >= 1
    assert set(answers) <= {303, 404}
    assert scene.count(User, User.email.endswith(f"@{slug}.example")) == 20
    assert scene.count(PeopleFile) == 0


def test_a_unit_that_is_closed_gets_no_post(scene: Scene) -> None:
    data = {"name": f"Turismo {scene.town_id}", "parent": "0"}
    assert scene.managers[0].post(f"{scene.path}/units", data=data).status_code == 303
    with scene.app.app_context():
        unit_id = db.session().scalar(select(Unit.id).where(Unit.name == data["name"]))

    def close(browser: FlaskClient) -> Any:
        return browser.post(f"{scene.path}/units/{unit_id}/closing")

    def add(browser: FlaskClient) -> Any:
        fields = {"title": "Guía", "unit": str(unit_id), "profile": "PM", "seats": "1"}
        first = {"active_from": "2026-01-01"}
        return browser.post(f"{scene.path}/posts", data=fields | first)

    presses = zip(scene.managers, [close, add] * (AT_ONCE // 2), strict=True)
    scene.at_once(*presses)

    is_open = scene.count(Unit, Unit.id == unit_id, Unit.closed_on.is_(None))
    assert scene.count(Post, Post.unit_id == unit_id) == is_open


CLAIM = {"level": "2", "statement": "On the job", "link": "https://x.example/a"}


def test_no_more_claims_wait_than_may(scene: Scene) -> None:
    def press_for(number: int) -> Press:
        data = CLAIM | {"competency": f"K{number}", "institution": str(scene.town_id)}
        return lambda browser: browser.post("/me/prior-learning", data=data)

    # All but one of those that may wait do already: one of all that come is let in.
    for number in range(1, MOST_WAITING):
        assert press_for(number)(scene.anas[0]).status_code == 303
    presses = [press_for(MOST_WAITING + number) for number in range(4)]

    answers = scene.at_once(*zip(scene.anas, presses, strict=False))

    assert answers[303] == 1
    assert scene.count(PriorLearning, PriorLearning.user_id == scene.ana_id) == (
        MOST_WAITING
    )


def test_a_claim_is_withdrawn_or_decided_never_both(scene: Scene) -> None:
    data = CLAIM | {"competency": "K1", "institution": str(scene.town_id)}
    scene.anas[0].post("/me/prior-learning", data=data)
    with scene.app.app_context():
        mine = PriorLearning.user_id == scene.ana_id
        claim_id = db.session().scalar(select(PriorLearning.id).where(mine))

    def withdraw(browser: FlaskClient) -> Any:
        return browser.post(f"/me/prior-learning/{claim_id}/withdrawal")

    def refuse(browser: FlaskClient) -> Any:
        answer = {"decision": "refused", "level": "2", "answer": "No"}
        path = f"/admin/prior-learning/{claim_id}/decision"
        return browser.post(path, data=answer)

    answers = scene.at_once(
        *((ana, withdraw) for ana in scene.anas[:3]),
        *((one, refuse) for one in scene.coordinators[:3]),
    )

    assert answers[303] == 1
    assert set(answers) <= {303, 404, 409}
