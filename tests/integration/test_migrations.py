"""Migrations: up, equal to the models, down to nothing, and up again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from conexx_learn.config import Config
from conexx_learn.factory import create_app
from conexx_learn.models.registry import db
from tests.conftest import empty_database


@pytest.fixture
def empty_app(config: Config, tmp_path: Path) -> Iterator[Flask]:
    url = empty_database(tmp_path, "migrations")
    app = create_app(replace(config, database_url=url))
    with app.app_context():
        yield app
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


def test_every_constraint_has_a_name() -> None:
    nameless = [
        (table.name, type(constraint).__name__)
        for table in db.metadata.sorted_tables
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert nameless == []
