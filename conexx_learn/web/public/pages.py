"""Pages that explain: help, the privacy notice, the accessibility statement."""

from datetime import date

from flask import Blueprint, current_app, render_template

from conexx_learn.domain.accounts import PRIVACY_VERSION
from conexx_learn.domain.issuers import Issuer
from conexx_learn.web.access import public
from conexx_learn.web.language import page_language

ACCESSIBILITY_REVIEWED_ON = date(2026, 11, 20)
"""Day of the last review of the accessibility statement."""

pages = Blueprint("pages", __name__)


def _responsible_body() -> Issuer | None:
    """Name who answers for the site; None before an issuer is set."""
    return current_app.config.get("ISSUER")


@pages.get("/help")
@public
def help() -> str:  # noqa: A001 (the endpoint is called `pages.help`)
    """Explain how to learn here, and where to report a problem."""
    return render_template(
        f"public/help.{page_language()}.html", issuer=_responsible_body()
    )


@pages.get("/privacy")
@public
def privacy() -> str:
    """Say which data are kept, why, on which basis and for how long."""
    return render_template(
        f"public/privacy.{page_language()}.html",
        issuer=_responsible_body(),
        version=PRIVACY_VERSION,
    )


@pages.get("/accessibility")
@public
def accessibility() -> str:
    """State how accessible the site is, after article 7 of Directive 2016/2102."""
    return render_template(
        f"public/accessibility.{page_language()}.html",
        issuer=_responsible_body(),
        reviewed_on=ACCESSIBILITY_REVIEWED_ON,
    )
