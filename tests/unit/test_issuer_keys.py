"""Which key signs at a moment, and what follows when another takes over."""

import hashlib
import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conexx_learn.domain.issuer_keys import (
    PUBLISHED_FIRST,
    KeyKind,
    KeyState,
    PublicKey,
    replacement_begins,
    signing_key,
    state_of,
    thumbprint,
    turns,
)

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def key(number: int, begins: timedelta, kind: KeyKind = KeyKind.RSA) -> PublicKey:
    """Return a key that begins to sign so long after now."""
    return PublicKey(
        id=number,
        kind=kind,
        fragment=f"key-{number}",
        jwk={},
        created_at=NOW - 365 * 24 * HOUR,
        signs_from=NOW + begins,
    )


def test_a_key_waits_signs_and_retires() -> None:
    one = replace(key(1, HOUR), retired_at=NOW + 3 * HOUR)

    states = [state_of(one, NOW + hours * HOUR) for hours in range(5)]

    assert states == [
        KeyState.WAITING,
        KeyState.SIGNING,
        KeyState.SIGNING,
        KeyState.RETIRED,
        KeyState.RETIRED,
    ]


def test_a_compromised_key_is_nothing_else() -> None:
    lost = replace(key(1, -HOUR), retired_at=NOW, compromised_at=NOW)

    assert state_of(lost, NOW - 9 * HOUR) is KeyState.COMPROMISED
    assert signing_key([lost], KeyKind.RSA, NOW) is None


def test_at_every_moment_of_a_rotation_one_key_of_each_kind_signs() -> None:
    keys = turns(
        key(number, begins, kind)
        for number, (kind, begins) in enumerate(
            (kind, begins)
            for kind in KeyKind
            for begins in (-9 * HOUR, PUBLISHED_FIRST)
        )
    )

    for hours in range(30):
        moment = NOW + hours * HOUR
        signing = [one for one in keys if state_of(one, moment) is KeyState.SIGNING]
        assert {one.kind for one in signing} == set(KeyKind)
        assert len(signing) == len(KeyKind)
        assert (signing[0].signs_from > NOW) is (moment >= NOW + PUBLISHED_FIRST)


def test_of_two_that_begin_at_the_same_second_the_later_made_signs() -> None:
    keys = turns([key(1, -HOUR), key(2, -HOUR)])

    signing = signing_key(keys, KeyKind.RSA, NOW)

    assert signing is not None
    assert signing.id == 2


def test_nobody_retires_for_a_key_that_was_given_up_before_its_turn() -> None:
    lost = replace(key(2, HOUR), compromised_at=NOW)
    withdrawn = replace(key(3, 2 * HOUR), retired_at=NOW)

    settled = turns([key(1, -HOUR), lost, withdrawn, key(4, 5 * HOUR)])

    assert [one.retired_at for one in settled] == [
        NOW + 5 * HOUR,
        None,
        NOW,
        None,
    ]


def test_a_retired_key_stays_retired_when_its_successor_is_lost() -> None:
    lost = replace(key(2, -HOUR), compromised_at=NOW)

    first, second, third = turns([key(1, -9 * HOUR), lost, key(3, timedelta())])

    assert first.retired_at == NOW - HOUR
    assert second.retired_at == NOW
    assert third.retired_at is None


def test_what_follows_a_loss_depends_on_where_the_key_stood() -> None:
    retired = replace(key(1, -9 * HOUR), retired_at=NOW)
    lost = replace(key(1, -9 * HOUR), compromised_at=NOW)

    assert replacement_begins(key(1, -HOUR), NOW) == NOW
    assert replacement_begins(key(1, HOUR), NOW) == NOW + PUBLISHED_FIRST
    assert replacement_begins(retired, NOW) is None
    assert replacement_begins(lost, NOW) is None


@pytest.mark.parametrize("extra", [{}, {"alg": "RS256", "kid": "any", "use": "sig"}])
def test_a_thumbprint_is_of_the_three_members_of_the_key(extra: dict[str, str]) -> None:
    members = '{"e":"AQAB","kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZpt"}'
    digest = hashlib.sha256(members.encode()).digest()

    assert thumbprint(json.loads(members) | extra) == (
        urlsafe_b64encode(digest).decode().rstrip("=")
    )


def test_the_thumbprint_of_the_standard() -> None:
    # The example of RFC 7638, section 3.1.
    modulus = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L"
        "6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4Qy"
        "Q5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbI"
        "SD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-"
        "kEgU8awapJzKnqDKgw"
    )

    found = thumbprint({"kty": "RSA", "n": modulus, "e": "AQAB"})

    assert found == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
