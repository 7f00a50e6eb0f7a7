"""What waits to be signed is signed: after each commit that issues, and each minute."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from conexx_learn.domain.credentials.validation import UnsignableError
from conexx_learn.domain.errors import RuleError
from conexx_learn.queries.credentials import WaitingCertificate, waiting_certificates
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.services.issuance_log import first_break
from conexx_learn.services.issuer_keys import signing_pair
from conexx_learn.services.signed_forms import Signer, made_forms, store_forms
from conexx_learn.services.status_places import status_place
from conexx_learn.services.unit_of_work import reading, unit_of_work

BATCH = 50
NEWEST = 10


@dataclass(frozen=True, slots=True)
class Refusal:
    """A certificate that could not be signed; it waits for who can help.

    Attributes:
        number: Without hyphens.
        reason: Names the member, for an operator; nothing of what it says.
    """

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signed:
    """What a run did.

    Attributes:
        first: Ids of certificates that were signed for the first time.
        anew: Ids of those that were signed anew after a key was compromised.
        refusals: What could not be signed.
    """

    first: tuple[int, ...] = ()
    anew: tuple[int, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def count(self) -> int:
        """Count what was signed."""
        return len(self.first) + len(self.anew)


def sign_all(*, public_url: str, folder: Path, demo: bool, now: datetime) -> Signed:
    """Sign every certificate that waits, one short transaction each.

    Safe to repeat, to interrupt at any point, and to run twice at once: what is
    stored is stored whole, and a second set of forms never replaces the first.

    Args:
        public_url: Origin of absolute links.
        folder: Of the private keys.
        demo: Whether this is a demonstration: only its own kind is signed.
        now: When it is signed.

    Raises:
        RuleError: Something waits, and there are no keys to sign it with.
    """
    done, log = Signed(), _Log()
    passed = 0
    while batch := waiting_certificates(
        reading(), demo=demo, after=passed, limit=BATCH
    ):
        passed = batch[-1].id
        signer = _signer(public_url, folder, now)
        done = _together(done, _sign(batch, signer, log))
        if len(batch) < BATCH:
            break
    return done


def sign_newest(*, public_url: str, folder: Path, demo: bool, now: datetime) -> Signed:
    """Sign the few newest certificates that wait: what was issued a moment ago.

    Whoever serves pages calls this, so that thousands of old ones, as after an upgrade
    or the loss of a key, are the work of the job alone.

    Args:
        public_url: Origin of absolute links.
        folder: Of the private keys.
        demo: Whether this is a demonstration: only its own kind is signed.
        now: When it is signed.

    Raises:
        RuleError: Something waits, and there are no keys to sign it with.
    """
    batch = waiting_certificates(reading(), demo=demo, limit=NEWEST, newest=True)
    if not batch:
        return Signed()
    return _sign(batch, _signer(public_url, folder, now), _Log())


def sign_waiting(*, public_url: str, folder: Path, demo: bool, now: datetime) -> int:
    """Sign every certificate that waits, and count them; without keys they wait on.

    Args:
        public_url: Origin of absolute links.
        folder: Of the private keys.
        demo: Whether this is a demonstration: only its own kind is signed.
        now: When it is signed.
    """
    try:
        return sign_all(public_url=public_url, folder=folder, demo=demo, now=now).count
    except RuleError:
        # /readyz says that keys are missing; nobody is held up by it.
        return 0


def sign_certificate(
    certificate_id: int, *, public_url: str, folder: Path, demo: bool, now: datetime
) -> bool:
    """Sign one certificate if it waits.

    Args:
        certificate_id: Which.
        public_url: Origin of absolute links.
        folder: Of the private keys.
        demo: Whether this is a demonstration: only its own kind is signed.
        now: When it is signed.

    Returns:
        True when this call stored its forms.

    Raises:
        RuleError: It waits, and there are no keys to sign it with.
        UnsignableError: It cannot be signed as it is.
    """
    batch = waiting_certificates(reading(), demo=demo, only=certificate_id)
    if not batch:
        return False
    done = _sign(batch, _signer(public_url, folder, now), _Log())
    for refusal in done.refusals:
        raise UnsignableError(refusal.reason)
    return bool(done.count)


class _Log:
    """The log as one run needs it: recomputed once, and only when it must vouch."""

    @cached_property
    def first_break(self) -> int | None:
        return first_break(reading())

    def vouch(self, waiting: WaitingCertificate) -> None:
        """Let what was signed before be signed anew only if the chain leads to it.

        Raises:
            UnsignableError: Its line was added or changed by somebody else.
        """
        if waiting.line is None or self.first_break is None:
            return
        if waiting.line >= self.first_break:
            raise UnsignableError(f"log: broken at line {self.first_break}")


def _signer(public_url: str, folder: Path, now: datetime) -> Signer:
    session = reading()
    pair = signing_pair(session, folder=folder, public_url=public_url, now=now)
    published = {key.id: key.jwk for key in public_keys(session)}
    return Signer(public_url, pair, published, now)


def _sign(batch: list[WaitingCertificate], signer: Signer, log: _Log) -> Signed:
    with unit_of_work() as session:
        places = [status_place(session, certificate_id=each.id) for each in batch]
    done = Signed()
    for each, place in zip(batch, places, strict=True):
        done = _together(done, _sign_one(each, place, signer, log))
    return done


def _sign_one(
    waiting: WaitingCertificate, place: tuple[int, int], signer: Signer, log: _Log
) -> Signed:
    try:
        log.vouch(waiting)
        forms = made_forms(waiting, place, signer)
    except UnsignableError as error:
        return Signed(refusals=(Refusal(waiting.number, str(error)),))
    with unit_of_work() as session:
        is_stored = store_forms(session, waiting, forms, place, now=signer.now)
    if not is_stored:
        return Signed()
    if waiting.logged is None:
        return Signed(first=(waiting.id,))
    return Signed(anew=(waiting.id,))


def _together(one: Signed, other: Signed) -> Signed:
    return Signed(
        one.first + other.first,
        one.anew + other.anew,
        one.refusals + other.refusals,
    )
