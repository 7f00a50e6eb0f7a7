"""What happened lately to one's certificates: not everybody has a mailbox."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.identifiers import grouped
from conexx_learn.queries.certification import HeldCertificate
from conexx_learn.web.filters import in_language
from conexx_learn.web.language import gettext as _

TOLD_FOR = timedelta(days=14)
"""How long it is told; the state itself is shown for ever."""


@dataclass(frozen=True, slots=True)
class CertificateNews:
    """The last thing that happened to a certificate.

    Attributes:
        text: What.
        number: In groups.
        title: Of the course.
    """

    text: str
    number: str
    title: str


def certificate_news(
    held: Iterable[HeldCertificate], now: datetime
) -> list[CertificateNews]:
    """List what a holder has to know, one line a certificate."""
    words = {
        EventKind.SUSPENDED: _("Your certificate is suspended"),
        EventKind.REINSTATED: _("Your certificate is reinstated"),
        EventKind.REVOKED: _("Your certificate was revoked"),
        EventKind.SUPERSEDED: _("Your certificate was corrected"),
        EventKind.CORRECTION_DECLINED: _("Your certificate was not corrected"),
    }
    found = []
    for one in held:
        told = [event for event in one.events if event.kind in words]
        if told and now - told[-1].at < TOLD_FOR:
            title = in_language(one.claims.titles)
            number = grouped(one.claims.number)
            found.append(CertificateNews(words[told[-1].kind], number, title))
    return found
