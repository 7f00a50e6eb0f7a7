"""What the public page of a certificate shows, from the register alone."""

from babel import Locale
from flask import current_app, render_template

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificate_life import is_without_holder
from conexx_learn.domain.certificates import CertificateState
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.issuer_addresses import verify_address
from conexx_learn.domain.register_checks import RegisterChecks
from conexx_learn.queries.certification import (
    HeldCertificate,
    Neighbours,
    neighbours,
)
from conexx_learn.services.register_checks import check_register
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.credential_files import credential_files
from conexx_learn.web.language import page_language
from conexx_learn.web.public.check_words import check_lines

NOBODY = Neighbours(successor=None, predecessor=None)


def certificate_page(
    held: HeldCertificate, template: str = "public/verification.html", **more: object
) -> str:
    """Render a page with a certificate as the register has it.

    Args:
        held: The certificate with its verdict.
        template: Of the page; it reads what `public/verification.html` reads.
        more: What else it reads.
    """
    claims = held.claims
    origin = current_app.config["PUBLIC_URL"]
    around = _around(held)
    checked = check_register(reading(), held=held, public_url=origin, now=now())
    return render_template(
        template,
        claims=claims,
        verdict=held.verdict,
        checked_at=now(),
        number=grouped(claims.number),
        verify_url=verify_address(origin, claims.number),
        country=lambda: _country(claims.issuer.country),
        events=sorted(held.events, key=lambda event: event.at),
        successor=around.successor,
        predecessor=around.predecessor,
        holder_hidden=held.hides_name or is_without_holder(claims),
        show_score=held.shows_score,
        downloads=lambda: _files(held, checked),
        checks=lambda: check_lines(checked),
        results=checked.checks,
        is_altered=checked.is_altered,
        fingerprint=checked.fingerprint,
        can_ask_person=claims.recipient is not None,
        **more,
    )


def _country(code: str) -> str:
    names = Locale.parse(page_language()).territories
    return str(names.get(code, code))


def _files(held: HeldCertificate, checked: RegisterChecks) -> list[tuple[str, str]]:
    """List the files; none where they would tell a hidden name, or are not ours."""
    tells_a_name = held.hides_name or is_without_holder(held.claims)
    is_kept_back = tells_a_name or checked.is_altered
    return [] if is_kept_back else credential_files(held.claims)


def _around(held: HeldCertificate) -> Neighbours:
    """Look for what it replaces and what replaces it, only where there is something."""
    is_replaced = held.verdict.state is CertificateState.SUPERSEDED
    if not held.is_correction and not is_replaced:
        return NOBODY
    return neighbours(reading(), number=held.claims.number)
