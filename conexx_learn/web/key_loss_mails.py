"""The mail that asks holders to download their certificates again."""

from contextlib import nullcontext
from datetime import date

from flask import Flask, current_app, has_request_context

from conexx_learn.domain.messages import Message
from conexx_learn.queries.issuer_keys import HolderToTell
from conexx_learn.services.issuer_keys import KEY_LOSS_LETTER
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.mails import (
    absolute,
    account_message,
    demonstration_words,
    speaking,
)


def init_app(app: Flask) -> None:
    """Offer the mail to commands, which know no pages."""
    app.extensions[KEY_LOSS_LETTER] = key_loss_mail


def key_loss_mail(holder: HolderToTell, day: date) -> Message:
    """Tell that files of before no longer verify, and that all else stays."""
    apart = (
        nullcontext() if has_request_context() else current_app.test_request_context()
    )
    lang = holder.locale or str(current_app.config["BABEL_DEFAULT_LOCALE"])
    with apart, speaking(lang):
        return account_message(
            key=f"key-loss.{day.isoformat()}.{holder.user_id}",
            recipient=holder.email,
            subject=_("Download your certificates again"),
            paragraphs=[
                _("Good day, %(name)s.", name=holder.full_name),
                *demonstration_words(demo=current_app.config["DEMO"]),
                _(
                    "The secret key with which we signed certificates of yours may be "
                    "known to somebody else, so that its signatures no longer count. "
                    "Your certificates stay as they are: the same numbers, dates and "
                    "public pages."
                ),
                _(
                    "We sign them again with another key within minutes. If you "
                    "downloaded one or put it into a digital wallet, download it "
                    "again: elsewhere the files of before no longer verify."
                ),
            ],
            action=(absolute(url_for("certificates.index")), _("My certificates")),
            lang=lang,
        )
