"""Keys that follow one another, and keys that somebody else may hold."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.key_folder import key_files
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.issuer_keys import (
    PUBLISHED_FIRST,
    KeyKind,
    KeyState,
    SigningPair,
    state_of,
)
from conexx_learn.models.audit import AuditEntry
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.services.issuer_keys import (
    mark_compromised,
    rotate_keys,
    signing_pair,
)
from tests.factories import NOW
from tests.issuer_keys import install_keys

PUBLIC_URL = "https://learn.example.org"
LATER = NOW + timedelta(days=365)
SECOND = timedelta(seconds=1)


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    """Return the folder of an issuer that has signed for a year."""
    folder = tmp_path / "keys"
    install_keys(session, folder, now=NOW)
    session.commit()
    return folder


def pair_at(session: Session, folder: Path, moment: datetime) -> SigningPair:
    return signing_pair(session, folder=folder, public_url=PUBLIC_URL, now=moment)


def states(session: Session, moment: datetime) -> list[str]:
    """Say where each key stands, the oldest first."""
    return [state_of(key, moment).value for key in public_keys(session)]


def fragment_of(session: Session, kind: KeyKind, place: int = 0) -> str:
    return [key.fragment for key in public_keys(session) if key.kind is kind][place]


def acts(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


def test_a_new_pair_is_published_a_day_before_it_signs(
    session: Session, folder: Path
) -> None:
    first = pair_at(session, folder, LATER)

    done = rotate_keys(folder=folder, now=LATER)

    begins = LATER + PUBLISHED_FIRST
    assert (done.signs_from, done.is_new) == (begins, True)
    assert pair_at(session, folder, LATER) == first
    assert pair_at(session, folder, begins - SECOND) == first
    second = pair_at(session, folder, begins)
    assert second.rsa.id != first.rsa.id
    assert second.ed25519.id != first.ed25519.id
    assert states(session, LATER) == ["signing"] * 2 + ["waiting"] * 2
    assert states(session, begins) == ["retired"] * 2 + ["signing"] * 2
    assert acts(session) == ["rotate-key"] * 2


def test_asking_twice_for_another_pair_makes_one(
    session: Session, folder: Path
) -> None:
    first = rotate_keys(folder=folder, now=LATER)
    again = rotate_keys(folder=folder, now=LATER + timedelta(hours=23))

    assert (again.signs_from, again.is_new) == (first.signs_from, False)
    assert len(public_keys(session)) == len(key_files(folder)) == 4


def test_lost_files_are_followed_at_once_and_their_signatures_count(
    session: Session, folder: Path
) -> None:
    rotate_keys(folder=folder, now=LATER)
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(RuleError, match="key-file-missing"):
        pair_at(session, folder, LATER)

    rotate_keys(folder=folder, now=LATER + SECOND, at_once=True)

    # The pair that waited is lost too: it never gets its turn.
    for moment in (LATER + SECOND, LATER + 2 * PUBLISHED_FIRST):
        assert states(session, moment) == ["retired"] * 4 + ["signing"] * 2
        assert pair_at(session, folder, moment)


def test_there_is_nothing_to_rotate_before_the_first_keys(
    session: Session, tmp_path: Path
) -> None:
    with pytest.raises(RuleError, match="keys-missing"):
        rotate_keys(folder=tmp_path / "keys", now=NOW)

    assert public_keys(session) == []
    assert not (tmp_path / "keys").exists()


def test_a_key_that_somebody_holds_is_replaced_at_once(
    session: Session, folder: Path
) -> None:
    before = pair_at(session, folder, LATER)
    lost = fragment_of(session, KeyKind.ED25519)

    loss = mark_compromised(lost, folder=folder, now=LATER)

    after = pair_at(session, folder, LATER)
    assert loss.is_new
    assert loss.signs_from == LATER
    assert after.ed25519.address == f"{after.did}#{loss.replacement}"
    assert after.rsa == before.rsa
    assert states(session, LATER) == ["compromised", "signing", "signing"]
    assert acts(session) == ["compromise-key", "replace-key"]


def test_marking_twice_and_by_the_whole_address_is_once(
    session: Session, folder: Path
) -> None:
    address = pair_at(session, folder, LATER).rsa.address
    mark_compromised(address, folder=folder, now=LATER)

    again = mark_compromised(f" {address} ", folder=folder, now=LATER + SECOND)

    assert (again.is_new, again.replacement) == (False, None)
    assert len(public_keys(session)) == len(key_files(folder)) == 3
    assert acts(session) == ["compromise-key", "replace-key"]


def test_a_retired_key_that_somebody_holds_needs_no_other(
    session: Session, folder: Path
) -> None:
    lost = fragment_of(session, KeyKind.RSA)
    rotate_keys(folder=folder, now=LATER)
    after = LATER + PUBLISHED_FIRST
    pair = pair_at(session, folder, after)

    loss = mark_compromised(lost, folder=folder, now=after)

    assert (loss.is_new, loss.replacement) == (True, None)
    assert pair_at(session, folder, after) == pair
    assert states(session, after).count(KeyState.COMPROMISED) == 1


def test_a_waiting_key_that_somebody_holds_never_signs(
    session: Session, folder: Path
) -> None:
    first = pair_at(session, folder, LATER)
    rotate_keys(folder=folder, now=LATER)
    lost = fragment_of(session, KeyKind.RSA, 1)
    noon = LATER + timedelta(hours=3)

    loss = mark_compromised(lost, folder=folder, now=noon)

    begins = noon + PUBLISHED_FIRST
    assert loss.signs_from == begins
    # The present one goes on until the replacement has been published long enough.
    assert pair_at(session, folder, begins - SECOND).rsa == first.rsa
    assert pair_at(session, folder, begins).rsa.address.endswith(str(loss.replacement))


def test_a_loss_in_the_middle_of_a_rotation_leaves_no_gap(
    session: Session, folder: Path
) -> None:
    rotate_keys(folder=folder, now=LATER)
    lost = fragment_of(session, KeyKind.RSA)
    mark_compromised(lost, folder=folder, now=LATER + SECOND)

    used = {
        pair_at(session, folder, LATER + SECOND + timedelta(hours=hours)).rsa.id
        for hours in (0, 12, 24, 48)
    }

    compromised = [key.id for key in public_keys(session) if key.compromised_at]
    assert len(used) == 2
    assert used.isdisjoint(compromised)


@pytest.mark.parametrize("name", ["", "#", "unknown", "../../etc/passwd", "z" * 9000])
def test_an_unknown_key_changes_nothing(
    session: Session, folder: Path, name: str
) -> None:
    with pytest.raises(NotFoundError) as told:
        mark_compromised(name, folder=folder, now=LATER)

    assert told.value.code == "key-unknown"
    assert len(str(told.value.facts["fragment"])) <= 120
    assert states(session, LATER) == ["signing"] * 2
