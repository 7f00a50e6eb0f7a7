"""Mails about being added: to whose account it is, and to who asked."""

from datetime import datetime
from hashlib import sha256

from conexx_learn.domain.messages import Message
from conexx_learn.services.admissions import Declined
from conexx_learn.web.addresses import url_for
from conexx_learn.web.filters import day
from conexx_learn.web.language import gettext as _
from conexx_learn.web.mails import absolute, account_message, speaking


def admission_mail(
    *, recipient: str, institution: str, path: str, expires_at: datetime, lang: str
) -> Message:
    """Ask who has an account already whether an institution may add them."""
    with speaking(lang):
        return account_message(
            key=f"admission.{sha256(path.encode()).hexdigest()[:16]}",
            recipient=recipient,
            subject=_("%(institution)s would like to add you", institution=institution),
            paragraphs=[
                _(
                    "%(institution)s would like to add you to its people, with the "
                    "account that you have. Sign in with it to accept or to say no.",
                    institution=institution,
                ),
                _(
                    "Until you accept, it sees nothing of your account: neither your "
                    "courses nor your certificates, nor that you have one."
                ),
                _("The link lasts until %(day)s.", day=day(expires_at)),
            ],
            action=(absolute(path), _("Read and answer")),
            lang=lang,
        )


def declined_mail(declined: Declined, *, recipient: str) -> Message:
    """Tell a training manager that somebody is not to be added."""
    with speaking(declined.locale):
        path = url_for("people.show", slug=declined.slug, user_id=declined.user_id)
        return account_message(
            key=f"admission-refused.{declined.admission_id}",
            recipient=recipient,
            subject=_("%(name)s does not wish to be added", name=declined.person),
            paragraphs=[
                _("Good day, %(name)s.", name=declined.asker),
                _(
                    "%(name)s answered that they do not wish to be added to "
                    "%(institution)s. Their appointments there have ended.",
                    name=declined.person,
                    institution=declined.institution,
                ),
            ],
            action=(absolute(path), _("See the person")),
            lang=declined.locale,
        )
