"""Who can prove what, in words: with which evidence, until when, and why no longer."""

from dataclasses import dataclass
from datetime import date

from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.readiness.capabilities import Holder, Proof
from conexx_learn.web.addresses import url_for
from conexx_learn.web.competency_words import level_word
from conexx_learn.web.filters import day as in_words
from conexx_learn.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class ProofWords:
    """One piece of evidence.

    Attributes:
        text: What it is, at which level.
        number: Of the certificate, or "".
        address: Where anybody verifies it, or "".
        until: How long it counts.
    """

    text: str
    number: str
    address: str
    until: str


def holder_name(holder: Holder) -> str:
    """Name a holder, and say when nothing but prior learning proves it."""
    if holder.rests_on_prior_learning:
        return _("%(name)s (recognised prior learning)", name=holder.person.name)
    return holder.person.name


def loss_words(holder: Holder) -> str:
    """Say why somebody who is there today is not on a later day."""
    name, proof, post = holder.person.name, holder.valid_until, holder.in_post_until
    if proof is not None and (post is None or proof <= post):
        return _("%(name)s: expires on %(day)s", name=name, day=in_words(proof))
    if post is not None:
        return _("%(name)s: in post until %(day)s", name=name, day=in_words(post))
    return _("%(name)s: no longer there", name=name)


def proof_words(proof: Proof) -> ProofWords:
    """Say what a piece of evidence is; prior learning is never called a certificate."""
    level, until = level_word(proof.level), _until(proof.valid_until)
    if proof.certificate is None:
        text = _("recognised prior learning, %(level)s", level=level)
        return ProofWords(text, "", "", until)
    number = grouped(proof.certificate.number)
    return ProofWords(
        text=_("certificate, %(level)s", level=level),
        number=number,
        address=url_for("verification.show", number=number),
        until=until,
    )


def post_words(holder: Holder) -> str:
    """Say until when somebody is in post; "" where no end is known."""
    until = holder.in_post_until
    return _("in post until %(day)s", day=in_words(until)) if until else ""


def _until(day: date | None) -> str:
    return _("until %(day)s", day=in_words(day)) if day else _("without an end")
