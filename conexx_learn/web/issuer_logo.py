"""The logo of who certifies: for the paper, and its address for the page."""

from pathlib import Path

from flask import Flask, current_app

from conexx_learn.adapters.logos import kept_logo
from conexx_learn.domain.issuers import Issuer
from conexx_learn.web.addresses import url_for


def init_app(app: Flask) -> None:
    """Offer the address of an issuer's logo to the pages."""
    app.jinja_env.filters["logo_address"] = logo_address


def mark_of(issuer: Issuer) -> str | None:
    """Return the logo that an issuer had when it certified; None for a drawn mark.

    A certificate names its logo by the file, so that a new one takes a new name.
    """
    return logo_named(issuer.logo) if issuer.logo and not issuer.demo else None


def logo_named(name: str) -> str | None:
    """Return a logo beside the issuer file by its name; None where there is none."""
    return kept_logo(Path(current_app.config["ISSUER_FOLDER"]) / name)


def logo_address(issuer: Issuer) -> str:
    """Return the address of an issuer's logo; empty for a drawn mark."""
    if mark_of(issuer) is None:
        return ""
    return url_for("issuer_logos.show", name=issuer.logo.removesuffix(".svg"))
