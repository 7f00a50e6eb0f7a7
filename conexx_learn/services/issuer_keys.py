"""The issuer's keys: made, followed by others, given up; and the pair that signs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from conexx_learn.adapters.key_folder import read_key, remove_key, write_key
from conexx_learn.adapters.key_making import MadeKey, new_key
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.issuer_addresses import issuer_did, key_address
from conexx_learn.domain.issuer_keys import (
    PUBLISHED_FIRST,
    KeyKind,
    KeyState,
    PublicKey,
    SigningKey,
    SigningPair,
    next_turn,
    replacement_begins,
    state_of,
    turns,
)
from conexx_learn.domain.issuer_keys import signing_key as key_that_signs
from conexx_learn.domain.messages import Message
from conexx_learn.models.credentials import IssuerKey
from conexx_learn.queries.issuer_keys import (
    HolderToTell,
    holders_to_tell,
    public_keys,
)
from conexx_learn.services import audit
from conexx_learn.services.locks import one_at_a_time
from conexx_learn.services.outbox import post_all
from conexx_learn.services.unit_of_work import reading, unit_of_work

LOCK = "issuer keys"
LONGEST_NAME = 120
KEY_LOSS_LETTER = "key_loss_letter"
"""Where the application keeps what writes to the holders."""

Letter = Callable[[HolderToTell, date], Message]
"""Writes to a holder on a day."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """What came of asking for another pair.

    Attributes:
        signs_from: When the pair that waits begins.
        is_new: False when it was waiting already.
    """

    signs_from: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """What came of marking a key as compromised.

    Attributes:
        is_new: False when it was marked already.
        replacement: Fragment of the key made in its place; None where none was needed.
        signs_from: When that one begins.
        told: How many holders are written to.
    """

    is_new: bool
    replacement: str | None
    signs_from: datetime | None
    told: int = 0


def signing_pair(
    session: Session, *, folder: Path, public_url: str, now: datetime
) -> SigningPair:
    """Return the two keys that sign now, with their private halves.

    Reads files: call it outside `unit_of_work`.

    Args:
        session: To read with.
        folder: Of the private keys.
        public_url: Origin of absolute links.
        now: Decides which keys sign.

    Raises:
        RuleError: `keys-missing` where none were made; `key-…` where a file of theirs
            is missing, damaged, another key's, or open to others.
    """
    keys = public_keys(session)
    found = []
    for kind in (KeyKind.ED25519, KeyKind.RSA):
        key = key_that_signs(keys, kind, now)
        if key is None:
            raise RuleError("keys-missing")
        pem = read_key(folder, key.fragment)
        found.append(SigningKey(key.id, key_address(public_url, key.fragment), pem))
    return SigningPair(issuer_did(public_url), *found)


def keys_trouble(
    session: Session, *, folder: Path, public_url: str, now: datetime
) -> RuleError | None:
    """Say what keeps the issuer from signing; None where nothing does."""
    try:
        signing_pair(session, folder=folder, public_url=public_url, now=now)
    except RuleError as trouble:
        return trouble
    return None


def make_first_keys(*, folder: Path, now: datetime) -> bool:
    """Make the first pair, which signs at once; where keys are, nothing happens.

    The files come before the rows: what a crash leaves between is a file that nothing
    names, never a published key that cannot sign. Of two processes at once one wins,
    and the other takes its files back.

    Returns:
        True when this call made them.

    Raises:
        RuleError: The folder cannot be written.
    """
    if public_keys(reading()):
        return False
    made = _made(folder, KeyKind)
    with unit_of_work() as session:
        one_at_a_time(session, LOCK)
        is_first = not public_keys(session)
        if is_first:
            _publish(session, made, "make-key", signs_from=now, now=now)
    if not is_first:
        _take_back(folder, made)
    return is_first


def rotate_keys(*, folder: Path, now: datetime, at_once: bool = False) -> Rotation:
    """Make the next pair: published now, it signs a day later and the other retires.

    While a pair is waiting already, a second call makes no other.

    Args:
        folder: Of the private keys.
        now: When it is done.
        at_once: The files of the present pair are lost, so nothing else can sign; a
            pair that waits is given up with it.

    Raises:
        RuleError: There are no keys, or the folder cannot be written.
    """
    keys = public_keys(reading())
    if not keys:
        raise RuleError("keys-missing")
    begins = None if at_once else next_turn(keys, now)
    if begins is not None:
        return Rotation(begins, is_new=False)
    made = _made(folder, KeyKind)
    with unit_of_work() as session:
        one_at_a_time(session, LOCK)
        if at_once:
            _give_up_waiting(session, now)
        begins = next_turn(public_keys(session), now)
        signs_from = now if at_once else now + PUBLISHED_FIRST
        if begins is None:
            _publish(session, made, "rotate-key", signs_from=signs_from, now=now)
    if begins is not None:
        _take_back(folder, made)
    return Rotation(begins or signs_from, is_new=begins is None)


def mark_compromised(
    fragment: str, *, folder: Path, now: datetime, letter: Letter | None = None
) -> Loss:
    """Stop counting what a key signed; another takes its place where one is missing.

    What it signed waits to be signed anew from this moment on. A key that is marked
    already stays as it is.

    Args:
        fragment: Of the key, or its whole address.
        folder: Of the private keys.
        now: When it is done.
        letter: Writes to the holders of what the key signed; without it nobody is told.

    Raises:
        NotFoundError: There is no such key.
        RuleError: The folder cannot be written.
    """
    key = key_by_name(public_keys(reading()), fragment)
    is_needed = replacement_begins(key, now) is not None
    made = _made(folder, [key.kind] if is_needed else [])
    letters = _letters(letter, key, now)
    told: set[str] = set()
    with unit_of_work() as session:
        one_at_a_time(session, LOCK)
        key = key_by_name(public_keys(session), fragment)
        begins = replacement_begins(key, now)
        is_new = key.compromised_at is None
        if is_new:
            session.get_one(IssuerKey, key.id).compromised_at = now
            thing = f"key:{key.fragment}"
            audit.record(session, act="compromise-key", thing=thing, now=now)
            told = post_all(session, letters, now=now)
        if begins is not None:
            _publish(session, made, "replace-key", signs_from=begins, now=now)
    if begins is None:
        _take_back(folder, made)
    return Loss(
        is_new=is_new,
        replacement=made[0].fragment if begins is not None else None,
        signs_from=begins,
        told=len(told),
    )


def _letters(letter: Letter | None, key: PublicKey, now: datetime) -> list[Message]:
    """Write to the holders: one letter a day, however many keys are lost on it."""
    if letter is None or key.compromised_at is not None:
        return []
    holders = holders_to_tell(reading(), key_id=key.id)
    written = [letter(holder, now.astimezone(UTC).date()) for holder in holders]
    return sorted(written, key=lambda message: message.key)


def key_by_name(keys: Iterable[PublicKey], name: str) -> PublicKey:
    """Find a key by its fragment or its whole address.

    Raises:
        NotFoundError: There is no such key.
    """
    fragment = name.strip().rpartition("#")[2]
    found = next((key for key in keys if key.fragment == fragment), None)
    if found is None:
        raise NotFoundError("key-unknown", fragment=fragment[:LONGEST_NAME])
    return found


def _give_up_waiting(session: Session, now: datetime) -> None:
    for key in public_keys(session):
        if state_of(key, now) is KeyState.WAITING:
            session.get_one(IssuerKey, key.id).retired_at = now
    session.flush()


def _settle_turns(session: Session) -> None:
    """Write when each key is followed by the next of its kind."""
    for key in turns(public_keys(session)):
        session.get_one(IssuerKey, key.id).retired_at = key.retired_at
    session.flush()


def _made(folder: Path, kinds: Iterable[KeyKind]) -> list[MadeKey]:
    """Make keys and write their files; both take longer than a transaction should."""
    made = [new_key(kind) for kind in kinds]
    for key in made:
        write_key(folder, key)
    return made


def _take_back(folder: Path, made: Iterable[MadeKey]) -> None:
    """Remove the files of keys that were not needed, as we know for certain.

    After an error nobody knows whether the rows were stored: then the files stay.
    """
    for key in made:
        remove_key(folder, key.fragment)


def _publish(
    session: Session,
    made: Iterable[MadeKey],
    act: str,
    *,
    signs_from: datetime,
    now: datetime,
) -> None:
    """Add the rows of keys whose files are written."""
    for key in made:
        session.add(
            IssuerKey(
                kind=key.kind,
                fragment=key.fragment,
                public_jwk=key.jwk,
                created_at=now,
                signs_from=signs_from,
            )
        )
        audit.record(session, act=act, thing=f"key:{key.fragment}", now=now)
    session.flush()
    _settle_turns(session)
