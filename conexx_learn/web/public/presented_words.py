"""How the answer to a file that somebody shows is told."""

from dataclasses import dataclass

from conexx_learn.domain.identifiers import grouped
from conexx_learn.services.presented_files import Comparison, Outcome
from conexx_learn.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Told:
    """An answer in words.

    Attributes:
        state: Of the verdict that shows it.
        word: The answer at once.
        sentence: What it means.
        advice: What to do; may be empty.
    """

    state: str
    word: str
    sentence: str
    advice: str = ""


def told(comparison: Comparison) -> Told:
    """Say what a comparison came to."""
    match comparison.outcome:
        case Outcome.ALTERED:
            return Told(
                "revoked",
                _("Altered"),
                _("This file does not say what we issued. Do not accept it."),
            )
        case Outcome.OTHER_FILE:
            return Told(
                "revoked",
                _("Another file"),
                _("This PDF is not the file that we issued. Do not accept it."),
                _("The data below are the true ones: compare the paper with them."),
            )
        case Outcome.OTHER_SIGNATURE:
            return Told(
                "expired",
                _("Another signature"),
                _("It says what we issued, but its signature is not the one of today."),
                _("Download the file again from the page of the certificate."),
            )
        case Outcome.WITHDRAWN:
            return Told(
                "revoked",
                _("Withdrawn by the holder"),
                _(
                    "The holder withdrew this certificate and had their data erased. "
                    "It proves nothing."
                ),
            )
        case Outcome.OTHER_NUMBER:
            return Told(
                "revoked",
                _("Another number"),
                _(
                    "This file belongs to the certificate %(number)s, "
                    "not to the number that you typed.",
                    number=grouped(comparison.number or ""),
                ),
            )
        case _:
            return _without_certificate(comparison)


def member_words(name: str) -> str:
    """Say what a member of a credential is about; empty where no word fits.

    Args:
        name: Path of the member, such as `credentialSubject.achievement.name`.
    """
    words = {
        "credentialSubject.identifier": _("The holder"),
        "credentialSubject.licenseNumber": _("Certificate number"),
        "credentialSubject.result": _("Workload"),
        "credentialSubject.achievement": _("The course and what was learned"),
        "name": _("The course and what was learned"),
        "description": _("The course and what was learned"),
        "issuer": _("The issuer"),
        "awardedDate": _("The days"),
        "validFrom": _("The days"),
        "validUntil": _("The days"),
        "credentialStatus": _("The status list"),
        "proof": _("The signature"),
    }
    return next((word for path, word in words.items() if name.startswith(path)), "")


def _without_certificate(comparison: Comparison) -> Told:
    match comparison.outcome:
        case Outcome.NOT_ISSUED:
            return Told(
                "revoked",
                _("Not issued here"),
                _("We have issued no certificate to which this file belongs."),
                _("Ask who showed it to you for the number of the certificate."),
            )
        case Outcome.NOT_READY:
            return Told(
                "none",
                _("Not signed yet"),
                _("The certificate exists, but its files are still being signed."),
                _("Try again in a minute."),
            )
        case Outcome.ASKS_NUMBER:
            return Told(
                "none",
                _("Which certificate?"),
                _("This PDF shows no number of a certificate, or more than one."),
                _("Type the number that stands on the paper, and send it again."),
            )
        case _:
            return Told("none", _("Not readable"), _unreadable(comparison.reason))


def _unreadable(reason: str) -> str:
    sentences = {
        "empty": _("Choose a file, or paste the text of one."),
        "too-large": _("It is too large: no certificate of ours comes near that size."),
        "too-deep": _("None of our files has so many parts inside one another."),
        "twice": _("It says the same thing twice, which none of our files does."),
        "no-credential": _("There is no certificate of ours in it."),
    }
    other = _("It is no PDF, JSON, JWT or SVG of a certificate.")
    return sentences.get(reason, other)
