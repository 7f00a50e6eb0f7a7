"""`flask users` and `flask institutions`: accounts made at the shell."""

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.models.institutions import Institution, Membership
from tests.factories import make_user
from tests.mails import link_in, mails_to

XALTEPEC = (
    "institutions create xaltepec --name Ayuntamiento --kind municipality --country mx"
)


def run(app: Flask, line: str, *more: str, lang: str = "en_GB.UTF-8") -> Result:
    environment = {"LANG": lang, "LC_ALL": "", "LC_MESSAGES": ""}
    runner = app.test_cli_runner()
    return runner.invoke(args=[*line.split(), *more], env=environment)


def test_an_institution_is_taken_in_once(app: Flask, session: Session) -> None:
    assert run(app, XALTEPEC).exit_code == 0
    made = session.scalars(select(Institution)).one()
    assert (made.slug, made.country, made.timezone) == (
        "xaltepec",
        "MX",
        "America/Mexico_City",
    )
    again = run(app, XALTEPEC)
    assert again.exit_code == 1
    assert again.stderr == "There is already an institution “xaltepec”.\n"


@pytest.mark.parametrize(
    "wrong",
    [
        "--kind town",
        "--country XX",
        "--timezone America/Atlantis",
        "--timezone ../../etc",
    ],
)
def test_a_wrong_value_is_named(app: Flask, session: Session, wrong: str) -> None:
    result = run(app, XALTEPEC, *wrong.split())
    assert result.exit_code == 1
    assert result.stderr.startswith(wrong.split(maxsplit=1)[0].strip("-"))
    assert session.scalar(select(func.count()).select_from(Institution)) == 0


def test_a_person_with_a_mailbox_is_invited_by_mail(
    app: Flask, session: Session
) -> None:
    run(app, XALTEPEC)
    line = "users create Ana@Xaltepec.example --role manager --institution xaltepec"
    result = run(app, line, "--name", "Ana Ruiz")
    assert result.exit_code == 0
    assert link_in(mails_to(session, "ana@xaltepec.example")[0]) in result.output
    user = session.scalars(select(User)).one()
    assert (user.full_name, user.password) == ("Ana Ruiz", None)
    assert session.scalars(select(Membership)).one().role == "manager"


def test_the_printed_link_opens_the_account(app: Flask, session: Session) -> None:
    result = run(app, "users create ana.ruiz --role coordinator", "--name", "Ana")
    assert result.exit_code == 0
    assert mails_to(session, "ana.ruiz") == []
    code = result.output.split("Code: ")[1].strip()
    answer = app.test_client().get("/join", query_string={"code": code})
    assert app.test_client().get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("ana@ --role learner", "neither an e-mail address nor a username"),
        ("ana --role manager", "exists only at an institution"),
        ("ana --role learner --institution nada", "no institution “nada”"),
    ],
    ids=["identity", "role", "institution"],
)
def test_a_refusal_is_one_line_and_makes_nothing(
    app: Flask, session: Session, arguments: str, told: str
) -> None:
    result = run(app, f"users create {arguments}", "--name", "Ana")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert told in result.stderr
    assert session.scalar(select(func.count()).select_from(User)) == 0
    assert session.scalar(select(func.count()).select_from(AccessCode)) == 0


def test_the_same_person_twice_is_refused_in_ones_language(app: Flask) -> None:
    run(app, "users create ana --role learner", "--name", "Ana")
    again = run(app, "users create Ana --role learner", "--name", "Ana", lang="es_MX")
    assert again.exit_code == 1
    assert again.stderr == "Ya existe una cuenta con «ana».\n"


@pytest.mark.parametrize("group", ["users", "institutions"])
def test_help_shows_an_example(app: Flask, group: str) -> None:
    assert f"Example: flask {group} create" in run(app, f"{group} create --help").output


def test_extra_time_is_granted_and_taken_back(app: Flask, session: Session) -> None:
    make_user(session, email="ana@xaltepec.example")
    session.commit()

    granted = run(app, "users extra-time ANA@xaltepec.example 50")

    assert granted.output == ("ANA@xaltepec.example: 50 % more time in every quiz\n")
    assert session.scalar(select(User.extra_time_percent)) == 50
    assert run(app, "users extra-time ana@xaltepec.example 0").exit_code == 0
    assert session.scalar(select(User.extra_time_percent)) == 0
    assert run(app, "users extra-time ana@xaltepec.example 900").exit_code == 2
    unknown = run(app, "users extra-time bo@xaltepec.example 10")
    assert unknown.stderr == "There is no account with “bo@xaltepec.example”.\n"
