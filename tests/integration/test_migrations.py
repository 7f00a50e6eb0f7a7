"""Migrations: up, equal to the models, down to nothing, and up again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select

from conexx_learn.config import Config
from conexx_learn.factory import create_app
from conexx_learn.models.catalogue import Course, CourseVersion, LiveVersion, Module
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.progress import ModuleCompletion
from conexx_learn.models.registry import db
from tests.conftest import empty_database
from tests.factories import NOW, make_user
from tests.institutions import make_course
from tests.published import publish_sample


@pytest.fixture
def empty_app(config: Config, tmp_path: Path) -> Iterator[Flask]:
    url = empty_database(tmp_path, "migrations")
    app = create_app(replace(config, database_url=url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_migrations_lead_to_the_models_and_back(empty_app: Flask) -> None:
    folder = empty_app.config["MIGRATIONS"]
    assert tables() == set()

    upgrade(directory=folder)
    assert tables() == set(db.metadata.tables)

    downgrade(directory=folder, revision="base")
    assert tables() == set()

    upgrade(directory=folder)
    assert tables() == set(db.metadata.tables)


def test_the_models_need_no_other_migration(empty_app: Flask) -> None:
    upgrade(directory=empty_app.config["MIGRATIONS"])

    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, db.metadata) == []


def test_a_written_course_takes_the_place_of_what_was_announced(
    empty_app: Flask,
) -> None:
    folder = empty_app.config["MIGRATIONS"]
    upgrade(directory=folder, revision="0013")
    session = db.session()
    course = make_course(session, "small-course")
    announced = session.scalars(select(CourseVersion)).one()
    announced.access, announced.major, announced.minor = "preparation", 0, 1
    module = session.scalars(select(Module)).one()
    begun, certified = make_user(session, "Ana"), make_user(session, "Beto")
    for user, ended_at in ((begun, None), (certified, NOW)):
        row = Enrolment(
            user_id=user.id,
            course_id=course.id,
            course_version_id=announced.id,
            cycle=1,
            started_at=NOW,
            ended_at=ended_at,
        )
        session.add(row)
        session.flush()
        session.add(
            ModuleCompletion(enrolment_id=row.id, module_id=module.id, completed_at=NOW)
        )
    session.commit()

    upgrade(directory=folder)
    session.expire_all()
    left = session.execute(
        select(Enrolment.user_id, CourseVersion.access)
        .join(ModuleCompletion, ModuleCompletion.enrolment_id == Enrolment.id)
        .join(CourseVersion, CourseVersion.id == Enrolment.course_version_id)
    ).all()
    publish_sample(session)

    assert [tuple(row) for row in left] == [(certified.id, "open")]
    live = session.execute(
        select(Course.id, CourseVersion.major)
        .join(LiveVersion, LiveVersion.course_id == Course.id)
        .join(CourseVersion, CourseVersion.id == LiveVersion.course_version_id)
    ).all()
    assert [tuple(row) for row in live] == [(course.id, 1)]


def test_every_constraint_has_a_name() -> None:
    nameless = [
        (table.name, type(constraint).__name__)
        for table in db.metadata.sorted_tables
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert nameless == []
