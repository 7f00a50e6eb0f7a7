"""One button pressed many times at once, through the front door."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from conexx_learn.config import Config
from conexx_learn.factory import create_app
from conexx_learn.models.accounts import User
from conexx_learn.models.registry import db
from conexx_learn.services.database_files import prepare_database
from tests.conftest import empty_database
from tests.people import PASSWORD

AT_ONCE = 6


@pytest.fixture(scope="module")
def real_app(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Make an application whose transactions are real ones."""
    url = empty_database(tmp_path_factory.mktemp("presses"), "presses")
    app = create_app(replace(config, database_url=url))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        prepare_database()
        upgrade(directory=app.config["MIGRATIONS"])
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("round_number", range(3))
def test_many_presses_on_register_make_one_account_and_answer_alike(
    real_app: Flask, round_number: int
) -> None:
    email = f"rosa{round_number}@xaltepec.example"
    fields = {"full_name": "Rosa Díaz", "email": email, "password": PASSWORD}
    gate = Barrier(AT_ONCE)

    def press(_number: int) -> tuple[int, str | None]:
        browser = real_app.test_client()
        gate.wait()
        answer = browser.post("/account/register", data=fields)
        return answer.status_code, answer.location

    with ThreadPoolExecutor(AT_ONCE) as threads:
        answers = set(threads.map(press, range(AT_ONCE)))

    assert answers == {(303, "/sign-in")}
    with real_app.app_context():
        count = select(func.count()).where(User.email == email)
        assert db.session().scalar(count) == 1
