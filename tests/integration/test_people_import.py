"""Lists of people as real files come: stored whole, again, and from the shell."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from click.testing import Result
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.domain.errors import LearnError, NotFoundError
from conexx_learn.domain.people_import.changes import Coming
from conexx_learn.factory import create_app
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.base import Base
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.posts import Appointment, PeopleFile, Post, Unit
from conexx_learn.models.registry import db
from conexx_learn.services.database_files import prepare_database
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.people_import import (
    ComparedList,
    compared,
    keep_file,
    kept_file,
    read_list,
    store_list,
)
from conexx_learn.services.unit_of_work import unit_of_work
from conexx_learn.services.upkeep import sweep_traces
from tests.conftest import empty_database
from tests.factories import NOW, make_user
from tests.institutions import make_learner, make_town

REAL_FILE = """\
Lista de personal 2026;;;;
Apellidos;Nombre;Correo electrónico;Área;Puesto;Fecha de ingreso
HERNÁNDEZ LÓPEZ;JUAN;Juan@Xaltepec.example;Obras públicas;Jefe de obras;01/03/2024
Muñoz de la Cruz;María;;Obras públicas;Auxiliar;
Caal Xol;Íñigo;;Tesorería;Tesorero municipal;2025-01-15
"""
BAD_FILE = """\
Nombre,Correo,Puesto,Desde,Hasta
Juan Pérez,juan@@x,Chofer,31/02/2026,
,x@y.example,,,
Ana,=1+1,,03/25/2026,
Pedro,p@x.example,Jefe,2026-05-01,2025-01-01
"""


@pytest.fixture
def town(session: Session) -> Institution:
    load_standards(session, now=NOW)
    return make_town(session)


def look(session: Session, town: Institution, content: bytes) -> ComparedList:
    return compared(
        session,
        institution_id=town.id,
        reading=read_list(session, content=content),
        now=NOW,
        by=None,
    )


def store(session: Session, town: Institution, text: str) -> ComparedList:
    seen = look(session, town, text.encode())
    return store_list(session, institution_id=town.id, seen=seen, now=NOW, by=None)


def count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def shape(session: Session) -> list[int]:
    """Count everything that a list may make."""
    tables = (User, Membership, Unit, Post, Appointment, AuditEntry)
    return [count(session, table) for table in tables]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"], ids=str
)
def test_a_real_file_is_stored_whatever_wrote_it(
    session: Session, town: Institution, encoding: str
) -> None:
    seen = look(session, town, REAL_FILE.encode(encoding))
    done = store_list(session, institution_id=town.id, seen=seen, now=NOW, by=None)

    assert done.is_sound
    people = session.execute(
        select(User.full_name, User.email, User.username).order_by(User.id)
    ).all()
    assert [tuple(row) for row in people] == [
        ("Juan Hernández López", "juan@xaltepec.example", None),
        ("María Muñoz de la Cruz", None, "maria.munoz"),
        ("Íñigo Caal Xol", None, "inigo.caal"),
    ]
    posts = session.execute(
        select(Unit.name, Post.title, Post.profile_code)
        .join(Post, Post.unit_id == Unit.id)
        .order_by(Post.id)
    ).all()
    assert [tuple(row) for row in posts] == [
        ("Obras públicas", "Jefe de obras", "HEAD"),
        ("Obras públicas", "Auxiliar", "TECH"),
        ("Tesorería", "Tesorero municipal", "FIN"),
    ]
    assert count(session, Appointment) == 3
    assert set(session.scalars(select(Membership.from_on))) == {NOW.date()}


def test_the_same_file_again_changes_nothing(
    session: Session, town: Institution
) -> None:
    store(session, town, REAL_FILE)
    before = shape(session)

    again = store(session, town, REAL_FILE)

    assert again.plan.changes_nothing
    assert again.plan.unchanged == 3
    # The act itself is noted, nothing else.
    assert shape(session) == [*before[:-1], before[-1] + 1]


def test_a_later_file_fills_in_what_was_missing(
    session: Session, town: Institution
) -> None:
    store(session, town, REAL_FILE)
    later = (
        "Nombre,Correo,Puesto,Desde,Hasta\n"
        "María Muñoz de la Cruz,maria@x.example,Auxiliar,2026-02-01,\n"
        "Íñigo Caal Xol,,Tesorero municipal,,2026-10-31\n"
    )

    done = store(session, town, later)

    assert (done.plan.begun, done.plan.corrected) == (0, 2)
    emails = set(session.scalars(select(User.email)))
    assert emails == {"juan@xaltepec.example", "maria@x.example", None}
    days = session.execute(
        select(Appointment.from_on, Appointment.to_on).order_by(Appointment.id)
    ).all()
    assert [tuple(map(str, row)) for row in days] == [
        ("2024-03-01", "None"),
        ("2026-02-01", "None"),
        ("2025-01-15", "2026-10-31"),
    ]


def test_one_wrong_line_keeps_all_of_a_list_out(
    session: Session, town: Institution
) -> None:
    before = shape(session)

    done = store(session, town, REAL_FILE + "Sin Fecha;Eva;;Agua;Chofer;31/02/2026\n")

    assert [(one.line, one.code) for one in done.reading.problems] == [
        (6, "date-impossible")
    ]
    assert shape(session) == before


def test_every_wrong_line_is_told_at_once(session: Session, town: Institution) -> None:
    done = look(session, town, BAD_FILE.encode())

    assert [(one.line, one.code) for one in done.reading.problems] == [
        (2, "email-malformed"),
        (2, "date-impossible"),
        (3, "name-missing"),
        (4, "formula"),
        (4, "date-month-first"),
        (5, "dates-reversed"),
    ]


def test_what_another_manager_stored_meanwhile_counts(
    session: Session, town: Institution
) -> None:
    seen = look(session, town, REAL_FILE.encode())
    store(session, town, REAL_FILE)

    done = store_list(session, institution_id=town.id, seen=seen, now=NOW, by=None)

    assert done.plan.changes_nothing
    assert count(session, User) == 3


def test_usernames_that_others_have_are_passed_over(
    session: Session, town: Institution
) -> None:
    for name in ("ana.ruiz", "ana.ruiz2"):
        make_user(session, email=None, username=name)

    store(session, town, "Nombre\nAna Ruiz\n")

    assert "ana.ruiz3" in set(session.scalars(select(User.username)))


def test_the_shell_adds_accounts_from_elsewhere(
    session: Session, town: Institution
) -> None:
    eva = make_learner(session, make_town(session, "izalpa"), email="eva@x.example")

    done = store(session, town, "Nombre,Correo\nEva,eva@x.example\n")

    assert done.plan.arrivals(Coming.ELSEWHERE) == 1
    places = select(Membership.institution_id).where(Membership.user_id == eva.id)
    assert town.id in set(session.scalars(places))


def test_a_list_is_forgotten_after_a_day(session: Session, town: Institution) -> None:
    me = make_user(session)

    def keep(hours: int) -> int:
        return keep_file(
            session,
            institution_id=town.id,
            name="lista.csv",
            content=b"x",
            now=NOW.replace(day=16 + hours // 24, hour=hours % 24),
            user_id=me.id,
        )

    first = keep(0)
    assert kept_file(session, institution_id=town.id, file_id=first)[1] == b"x"
    keep(25)
    with pytest.raises(NotFoundError):
        kept_file(session, institution_id=town.id, file_id=first)
    assert count(session, PeopleFile) == 1


def test_the_clock_forgets_a_list_that_nobody_looked_at(
    session: Session, town: Institution
) -> None:
    keep_file(
        session,
        institution_id=town.id,
        name="lista.csv",
        content=b"x",
        now=NOW,
        user_id=make_user(session).id,
    )
    session.commit()

    sweep_traces(now=NOW + timedelta(hours=24))
    assert count(session, PeopleFile) == 1
    sweep_traces(now=NOW + timedelta(hours=24, seconds=1))
    assert count(session, PeopleFile) == 0


def many(number: int) -> str:
    """Write a list of people with and without mailbox in forty posts."""
    lines = ["Nombre,Apellidos,Correo,Área,Puesto,Desde"]
    for index in range(number):
        letters = "".join(chr(97 + int(digit)) for digit in str(index))
        email = f"p{index}@x.example" if index % 2 else ""
        lines.append(
            f"Ana{letters},Ruiz,{email},Área {index % 8},Puesto {index % 40},2024-03-01"
        )
    return "\n".join(lines)


def test_many_people_take_few_statements(
    session: Session, town: Institution, statements: list[str]
) -> None:
    seen = look(session, town, many(1500).encode())
    session.flush()
    statements.clear()

    done = store_list(session, institution_id=town.id, seen=seen, now=NOW, by=None)

    assert done.plan.begun == 1500
    # The inserts go in lots; a statement a person would be 3000.
    assert len(statements) < 100


# Two at once ------------------------------------------------------------------------


def test_two_managers_who_store_one_list_at_once_store_it_once(
    config: Config, tmp_path: Path
) -> None:
    app = create_app(
        replace(config, database_url=empty_database(tmp_path, "two_managers"))
    )
    with app.app_context():
        prepare_database()
        upgrade(directory=app.config["MIGRATIONS"])
        with unit_of_work() as session:
            load_standards(session, now=NOW)
            town_id = make_town(session).id
    gate = Barrier(2)

    def act(_number: int) -> str:
        with app.app_context():
            town = db.session().get_one(Institution, town_id)
            seen = look(db.session(), town, REAL_FILE.encode())
            gate.wait()
            try:
                with unit_of_work() as work:
                    store_list(
                        work, institution_id=town_id, seen=seen, now=NOW, by=None
                    )
            except LearnError as error:
                return error.code
            return "stored"

    with ThreadPoolExecutor(2) as threads:
        outcomes = set(threads.map(act, range(2)))
    with app.app_context():
        assert outcomes == {"stored"}
        assert count(db.session(), User) == 3
        assert count(db.session(), Appointment) == 3
    with app.app_context():
        db.engine.dispose()


# The command ------------------------------------------------------------------------


@pytest.fixture
def shelf(session: Session, town: Institution, tmp_path: Path) -> Path:
    session.commit()
    (tmp_path / "real.csv").write_bytes(REAL_FILE.encode("cp1252"))
    (tmp_path / "bad.csv").write_text(BAD_FILE, encoding="utf-8")
    return tmp_path


def run(app: Flask, *arguments: str, lang: str = "en_GB.UTF-8") -> Result:
    environment = {"LANG": lang, "LC_ALL": "", "LC_MESSAGES": ""}
    runner = app.test_cli_runner()
    return runner.invoke(args=["people", "import", *arguments], env=environment)


def test_a_dry_run_says_what_would_change_and_stores_nothing(
    app: Flask, session: Session, shelf: Path
) -> None:
    result = run(app, "xaltepec", str(shelf / "real.csv"), "--dry-run")

    assert result.exit_code == 0
    assert "people: 3 new" in result.output
    assert "Dry run: nothing is stored." in result.output
    assert count(session, User) == 0


def test_the_command_stores_and_repeats(
    app: Flask, session: Session, shelf: Path
) -> None:
    assert run(app, "xaltepec", str(shelf / "real.csv")).exit_code == 0
    assert count(session, User) == 3

    again = run(app, "xaltepec", str(shelf / "real.csv"))

    assert again.exit_code == 0
    assert "Nothing changes" in again.output
    assert count(session, User) == 3


def test_the_command_tells_each_wrong_line_and_exits_with_one(
    app: Flask, session: Session, shelf: Path
) -> None:
    result = run(app, "xaltepec", str(shelf / "bad.csv"), lang="es_MX.UTF-8")

    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0].startswith("línea 2: «juan@@x» no es un correo electrónico.")
    assert lines[-1] == "No se guardó nada: 6 por corregir."
    assert count(session, User) == 0


def test_the_command_speaks_json(app: Flask, session: Session, shelf: Path) -> None:
    told = run(app, "xaltepec", str(shelf / "real.csv"), "--format", "json")
    refused = run(app, "xaltepec", str(shelf / "bad.csv"), "--format", "json")

    stored = json.loads(told.stdout)
    assert (stored["stored"], stored["rows"], stored["changes"]["new"]) == (True, 3, 3)
    answer = json.loads(refused.stdout)
    assert refused.exit_code == 1
    assert answer["stored"] is False
    assert answer["problems"][0]["line"] == 2
    assert {"line", "column", "code", "message", "hint"} == set(answer["problems"][0])


def test_the_command_names_an_unknown_institution(app: Flask, shelf: Path) -> None:
    result = run(app, "nada", str(shelf / "real.csv"))

    assert result.exit_code == 1
    assert result.stderr == "There is no institution “nada”.\n"


def test_help_shows_an_example(app: Flask) -> None:
    assert "Example: flask people import" in run(app, "--help").output
