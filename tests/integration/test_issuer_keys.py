"""The issuer's keys: made once, and the pair that signs."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from conexx_learn.adapters.key_folder import key_files
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.issuer_keys import KeyKind
from conexx_learn.models.audit import AuditEntry
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.services.issuer_keys import (
    keys_trouble,
    make_first_keys,
    signing_pair,
)
from tests.factories import NOW
from tests.issuer_keys import install_keys

PUBLIC_URL = "http://127.0.0.1:8000"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def test_without_keys_nothing_signs_and_the_command_is_named(
    session: Session, folder: Path
) -> None:
    with pytest.raises(RuleError, match="keys-missing"):
        signing_pair(session, folder=folder, public_url=PUBLIC_URL, now=NOW)


def test_the_first_keys_are_made_once_and_sign_at_once(
    session: Session, folder: Path
) -> None:
    assert make_first_keys(folder=folder, now=NOW)
    assert not make_first_keys(folder=folder, now=NOW + timedelta(days=1))

    keys = public_keys(session)
    pair = signing_pair(session, folder=folder, public_url=PUBLIC_URL, now=NOW)
    by_kind = {key.kind: key for key in keys}

    assert len(keys) == len(KeyKind)
    assert key_files(folder) == {key.fragment for key in keys}
    assert pair.did == "did:web:127.0.0.1%3A8000"
    assert pair.rsa.address == f"{pair.did}#{by_kind[KeyKind.RSA].fragment}"
    assert pair.ed25519.address == f"{pair.did}#{by_kind[KeyKind.ED25519].fragment}"
    assert pair.rsa.id == by_kind[KeyKind.RSA].id
    assert "PRIVATE" not in repr(pair)


def test_making_keys_is_in_the_audit_trail_without_what_is_private(
    session: Session, folder: Path
) -> None:
    make_first_keys(folder=folder, now=NOW)

    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()

    assert [entry.act for entry in entries] == ["make-key"] * 2
    assert {entry.thing for entry in entries} == {
        f"key:{key.fragment}" for key in public_keys(session)
    }
    assert not any(entry.facts for entry in entries)


def test_a_key_whose_file_is_gone_is_told_and_does_not_fall_back(
    session: Session, app: Flask, folder: Path
) -> None:
    install_keys(session, folder, now=NOW)
    session.commit()
    facts = {"folder": folder, "public_url": app.config["PUBLIC_URL"], "now": NOW}
    assert keys_trouble(session, **facts) is None

    for path in folder.iterdir():
        path.unlink()
    trouble = keys_trouble(session, **facts)

    assert trouble is not None
    assert trouble.code == "key-file-missing"


def test_a_process_that_dies_before_the_rows_publishes_nothing(
    session: Session, folder: Path
) -> None:
    class PowerCut(BaseException):
        """What no handler of ours expects."""

    def cut(_session: Session) -> None:
        raise PowerCut

    event.listen(session, "before_commit", cut)
    with pytest.raises(PowerCut):
        make_first_keys(folder=folder, now=NOW)
    event.remove(session, "before_commit", cut)
    left = key_files(folder)

    assert len(left) == len(KeyKind)
    assert public_keys(session) == []
    assert make_first_keys(folder=folder, now=NOW)
    assert left.isdisjoint(key.fragment for key in public_keys(session))


def test_a_folder_that_cannot_be_written_publishes_nothing(
    session: Session, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")

    with pytest.raises(RuleError, match="key-folder-unwritable"):
        make_first_keys(folder=tmp_path / "file" / "keys", now=NOW)

    assert public_keys(session) == []
