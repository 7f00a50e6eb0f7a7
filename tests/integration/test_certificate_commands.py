"""Certificates from the shell: as from the pages, told by mail, once."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.status_bits import encoded_list
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import StatusPlace
from conexx_learn.queries.status_lists import kept_list
from tests.institutions import make_coordinator
from tests.issuer_keys import install_keys
from tests.learning import complete_small_course, enrolled_user
from tests.mails import mails_to
from tests.published import publish_sample


@pytest.fixture
def ana(session: Session) -> User:
    publish_sample(session)
    user = enrolled_user(session, now=now())
    complete_small_course(session, user, now=now())
    return user


@pytest.fixture
def number(session: Session, ana: User) -> str:
    numbers = select(Certificate.number).where(Certificate.user_id == ana.id)
    return grouped(session.scalars(numbers).one())


@pytest.fixture
def clara(session: Session) -> str:
    user = make_coordinator(session, "Clara")
    session.commit()
    return user.email or ""


@pytest.fixture
def tomas(session: Session) -> str:
    user = make_coordinator(session, "Tomás")
    session.commit()
    return user.email or ""


def run(app: Flask, *line: str, lang: str = "en_GB.UTF-8") -> Result:
    environment = {"LANG": lang, "LC_ALL": "", "LC_MESSAGES": ""}
    return app.test_cli_runner().invoke(args=["certificates", *line], env=environment)


def subjects(session: Session, user: User) -> list[str]:
    return [mail.subject for mail in mails_to(session, user.email or "")]


def test_suspended_and_reinstated_once_each(
    app: Flask, session: Session, ana: User, number: str, clara: str
) -> None:
    by = ("--by", clara)
    first = run(app, "suspend", number, *by, "--reason", "under-review")
    again = run(app, "suspend", number, *by, "--reason", "under-review")

    assert first.output == "Suspended. The public page says so now.\n"
    assert again.output == "It was so already: nothing changed.\n"
    assert run(app, "verify", number).exit_code == 1
    assert run(app, "reinstate", number, *by).output == "The suspension is lifted.\n"
    assert run(app, "verify", number).exit_code == 0
    assert subjects(session, ana) == [
        "Your certificate is suspended",
        "Your certificate is reinstated",
    ]


def test_revoked_by_two_and_the_second_is_asked(
    app: Flask, session: Session, ana: User, number: str, clara: str, tomas: str
) -> None:
    def revoke(by: str, reason: str = "fraud") -> Result:
        return run(app, "revoke", number, "--by", by, "--reason", reason)

    assert "still to approve" in revoke(clara).output
    assert "still to approve" in revoke(clara).output
    (asked,) = mails_to(session, tomas)
    assert number in asked.subject + asked.text
    differs = revoke(tomas, "issued-in-error")
    assert differs.exit_code == 1
    assert "fraud" in differs.stderr
    assert "Revoked." in revoke(tomas).output
    assert "Revoked." in revoke(clara).output
    assert subjects(session, ana) == ["Your certificate was revoked"]


def test_corrected_to_a_number_of_its_own(
    app: Flask, session: Session, ana: User, number: str, clara: str
) -> None:
    done = run(app, "correct", number, "--by", clara, "--name", "Ana María")
    again = run(app, "correct", number, "--by", clara, "--name", "Ana María")

    new = done.output.splitlines()[-1]
    assert again.output.splitlines() == ["It was so already: nothing changed.", new]
    assert run(app, "verify", new).exit_code == 0
    assert "replaced" in run(app, "verify", number).output
    assert subjects(session, ana) == ["Your certificate was corrected"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("suspend {number} --by {ana} --reason under-review", "no coordinator"),
        ("suspend 0000 --by {clara} --reason under-review", "no certificate"),
        ("reinstate {number} --by nobody@conexx.example", "no coordinator"),
        ("correct {number} --by {clara} --name Ana", "already says"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    app: Flask, ana: User, number: str, clara: str, line: str, said: str
) -> None:
    filled = line.format(number=number, ana=ana.email, clara=clara)

    result = run(app, *filled.split())

    assert result.exit_code == 1
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("reason", ["superseded", "nonsense"])
def test_nobody_revokes_for_a_reason_that_is_none(
    app: Flask, number: str, clara: str, reason: str
) -> None:
    result = run(app, "revoke", number, "--by", clara, "--reason", reason)

    assert result.exit_code != 0


def test_the_commands_speak_spanish(app: Flask, number: str, clara: str) -> None:
    done = run(
        app,
        "suspend",
        number,
        "--by",
        clara,
        "--reason",
        "under-review",
        lang="es_MX.UTF-8",
    )

    assert done.output == "Suspendida. La página pública ya lo dice.\n"


def test_what_the_shell_revokes_is_in_the_status_list_when_the_command_ends(
    app: Flask,
    session: Session,
    number: str,
    clara: str,
    tomas: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "ISSUER_KEYS", tmp_path / "keys")
    install_keys(session, tmp_path / "keys", now=now())
    session.commit()
    for by in (clara, tomas):
        done = run(app, "revoke", number, "--by", by, "--reason", "fraud")
        assert done.exit_code == 0

    place = session.scalars(select(StatusPlace)).one()
    kept = kept_list(session, number=place.list_number)
    assert kept is not None
    said = json.loads(kept.json_body)["credentialSubject"]["encodedList"]
    assert said == encoded_list([place.status_index])


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_shown_has_no_salt(
    app: Flask, session: Session, number: str, form: str
) -> None:
    claims = session.scalars(select(Certificate.claims)).one()
    shown = run(app, "show", number, "--format", form)
    assert shown.exit_code == 0
    assert claims["holder"] in shown.stdout
    assert claims["recipient"]["salt"] not in shown.stdout
