"""Who certifies, for the verbs that may issue a certificate."""

from flask import current_app

from conexx_learn.services.certification import Issuing


def issuing() -> Issuing:
    """Return the issuer that the application was made with."""
    return Issuing(issuer=current_app.config["ISSUER"], demo=current_app.config["DEMO"])
