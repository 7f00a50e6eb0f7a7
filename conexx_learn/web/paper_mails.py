"""The mail about a certificate whose paper cannot be printed."""

from flask import current_app

from conexx_learn.domain.certificates import Claims
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.issuer_addresses import verify_address
from conexx_learn.domain.messages import Message
from conexx_learn.queries.question_desk import Coordinator
from conexx_learn.web.language import gettext as _
from conexx_learn.web.mails import account_message, demonstration_words, speaking


def unprinted_mail(coordinator: Coordinator, claims: Claims, character: str) -> Message:
    """Tell a coordinator which character the paper of a certificate cannot print."""
    lang = coordinator.locale or str(current_app.config["BABEL_DEFAULT_LOCALE"])
    number = grouped(claims.number)
    titles = claims.titles
    with speaking(lang):
        return account_message(
            key=f"paper-impossible.{claims.number}.{coordinator.user_id}",
            recipient=coordinator.email,
            subject=_(
                "Certificate %(number)s cannot be printed on paper", number=number
            ),
            paragraphs=[
                _("Good day, %(name)s.", name=coordinator.full_name),
                *demonstration_words(demo=claims.demo),
                _(
                    "The certificate %(number)s of the course “%(course)s” is issued "
                    "and can be verified, but its paper lacks the character "
                    "%(character)s (%(code)s).",
                    number=number,
                    course=titles.get(lang) or next(iter(titles.values()), ""),
                    character=character,
                    code=" ".join(f"U+{ord(sign):04X}" for sign in character),
                ),
                _(
                    "Agree with the holder on how the name is written in another "
                    "script, and correct the certificate."
                ),
            ],
            action=(
                verify_address(current_app.config["PUBLIC_URL"], claims.number),
                _("See the certificate"),
            ),
            lang=lang,
        )
