"""`flask keys`: made, listed, changed; what is private is never printed."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.cli.keys import keys
from conexx_learn.models.credentials import IssuerKey
from conexx_learn.queries.issuer_keys import public_keys
from tests.issuer_keys import install_keys


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "keys"
    monkeypatch.setitem(app.config, "ISSUER_KEYS", folder)
    return folder


@pytest.fixture
def kept(session: Session, folder: Path) -> Path:
    """Return the folder of an issuer that has keys."""
    install_keys(session, folder, now=now() - timedelta(hours=1))
    session.commit()
    return folder


def run(app: Flask, *line: str, lang: str = "en_GB.UTF-8", typed: str = "") -> Result:
    environment = {"LANG": lang, "LC_ALL": "", "LC_MESSAGES": ""}
    runner = app.test_cli_runner()
    result = runner.invoke(args=["keys", *line], env=environment, input=typed)
    assert "PRIVATE" not in result.output
    return result


def test_the_first_keys_are_made_and_a_second_call_makes_none(
    app: Flask, session: Session, folder: Path
) -> None:
    first, second = run(app, "init"), run(app, "init", lang="es_MX.UTF-8")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert f"Back up the folder {folder}" in first.output
    assert second.output == "Claves de firma: ya existen, no se creó nada\n"
    assert len(public_keys(session)) == 2


def test_a_folder_that_cannot_be_is_one_line(
    app: Flask, folder: Path, tmp_path: Path
) -> None:
    folder.write_text("in the way", encoding="ascii")

    result = run(app, "init")

    assert result.exit_code == 1
    assert result.stderr.startswith("ISSUER_KEYS: ")
    assert len(result.stderr.splitlines()) == 1


def test_the_list_of_nothing_says_what_to_do(app: Flask, folder: Path) -> None:
    result = run(app, "list")

    assert result.stdout == "There are no signing keys yet.\n"
    assert result.stderr.endswith("flask keys init\n")
    assert json.loads(run(app, "list", "--format", "json").stdout) == {
        "keys": [],
        "stray_files": [],
        "trouble": "keys-missing",
    }


def test_the_list_says_where_each_key_stands(
    app: Flask, session: Session, kept: Path
) -> None:
    (kept / "stray.pem").write_text("whatever", encoding="ascii")
    run(app, "rotate")

    text = run(app, "list").stdout.splitlines()
    answer = json.loads(run(app, "list", "--format", "json").stdout)

    assert [line.rpartition("  ")[2] for line in text[:4]] == [
        "signs",
        "signs",
        "published, will sign",
        "published, will sign",
    ]
    assert text[4] == "File that belongs to no published key: stray"
    assert [key["state"] for key in answer["keys"]] == ["signing"] * 2 + ["waiting"] * 2
    assert answer["keys"][0]["address"].startswith("did:web:127.0.0.1%3A8000#z6Mk")
    assert answer["keys"][0]["retired_at"] == answer["keys"][2]["signs_from"]
    assert answer["stray_files"] == ["stray"]
    assert answer["trouble"] is None


def test_a_file_that_others_read_is_told_with_what_to_do(
    app: Flask, kept: Path
) -> None:
    for path in kept.iterdir():
        path.chmod(0o644)

    result = run(app, "list", lang="es")

    assert "chmod 600 ./" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_second_rotation_says_when_the_first_begins(app: Flask, kept: Path) -> None:
    first, second = run(app, "rotate"), run(app, "rotate")

    assert "signs from" in first.output
    assert "no other was made" in second.output
    assert "UTC" in second.output


def test_a_rotation_at_once_is_for_lost_files(
    app: Flask, session: Session, kept: Path
) -> None:
    for path in kept.iterdir():
        path.unlink()

    assert run(app, "rotate", "--now").exit_code == 0

    assert run(app, "list").stderr == ""
    assert len(public_keys(session)) == 4


def test_rotating_nothing_is_refused(app: Flask, folder: Path) -> None:
    result = run(app, "rotate")

    assert result.exit_code == 1
    assert "flask keys init" in result.stderr


@pytest.mark.parametrize("typed", ["\n", "n\n", "no\n", "what?\n", ""])
def test_who_does_not_agree_changes_nothing(
    app: Flask, session: Session, kept: Path, typed: str
) -> None:
    fragment = public_keys(session)[0].fragment

    result = run(app, "compromise", fragment, typed=typed)

    assert result.exit_code == 1
    assert "Certificates that are signed again: 0" in result.output
    assert public_keys(session)[0].compromised_at is None


@pytest.mark.parametrize(
    ("lang", "typed"), [("es", "s\n"), ("es", "Sí\n"), ("en", "y\n")]
)
def test_who_agrees_marks_the_key(
    app: Flask, session: Session, kept: Path, lang: str, typed: str
) -> None:
    fragment = public_keys(session)[0].fragment

    result = run(app, "compromise", fragment, typed=typed, lang=lang)

    assert result.exit_code == 0
    lost, _rsa, replacement = public_keys(session)
    assert lost.compromised_at is not None
    assert replacement.fragment in result.output


def test_marking_again_says_so(app: Flask, session: Session, kept: Path) -> None:
    fragment = public_keys(session)[1].fragment
    assert run(app, "compromise", fragment, "--yes").exit_code == 0

    again = run(app, "compromise", fragment, "--yes")

    assert again.exit_code == 0
    assert (
        again.output == "It was marked as compromised already; nothing was changed.\n"
    )


def test_a_name_that_begins_with_a_dash_is_a_name(
    app: Flask, session: Session, kept: Path
) -> None:
    row = session.scalars(select(IssuerKey).where(IssuerKey.kind == "rsa")).one()
    row.fragment = "-KJ8kYlvlQ"
    session.commit()

    assert run(app, "compromise", "-KJ8kYlvlQ", "--yes").exit_code == 0
    assert row.compromised_at is not None


def test_an_unknown_key_is_named(app: Flask, kept: Path) -> None:
    result = run(app, "compromise", "nobody", "--yes")

    assert result.exit_code == 1
    assert "“nobody”" in result.stderr


@pytest.mark.parametrize("command", sorted(keys.commands))
def test_every_command_shows_an_example(app: Flask, command: str) -> None:
    assert f"flask keys {command}" in run(app, command, "--help").output
