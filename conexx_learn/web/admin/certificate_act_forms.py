"""The forms with which the coordination acts on a certificate."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from conexx_learn.domain.certificate_life import LONGEST_NOTE, REVOCATION_REASONS
from conexx_learn.domain.certificates import RevocationReason, SuspensionReason
from conexx_learn.domain.names import LONGEST_NAME, printed_name
from conexx_learn.web.language import gettext as _
from conexx_learn.web.own_password import is_own_password, password_asked_again
from conexx_learn.web.page_forms import PageForm

REASON_LABELS = {
    RevocationReason.ISSUED_IN_ERROR: _l("It was issued by mistake"),
    RevocationReason.FRAUD: _l("The final quiz was not answered by the holder"),
    RevocationReason.HOLDER_REQUEST: _l("The holder asks for it"),
    RevocationReason.DATA_CORRECTION: _l("Its data are wrong and cannot be corrected"),
}


def trimmed(text: str | None) -> str:
    """Return a text without blanks around it and with plain line ends."""
    return (text or "").replace("\r\n", "\n").replace("\0", "").strip()


class ActForm(PageForm):
    """What every act may carry: a remark that stays with the coordination."""

    note = TextAreaField(
        _l("Internal remark (optional)"),
        filters=[trimmed],
        validators=[
            Length(max=LONGEST_NOTE, message=_l("Write at most 500 characters."))
        ],
        description=_l(
            "Only the coordination reads it, on the page of the certificate. It is in "
            "no mail and on no public page."
        ),
    )

    def accepts(self, holder: str) -> bool:  # noqa: ARG002 (a correction asks for it)
        """Check what was sent.

        Args:
            holder: What the certificate says now.
        """
        return self.validate()


class SuspensionForm(ActForm):
    """Why a certificate is suspended."""

    reason = RadioField(
        _l("Public reason"),
        choices=[
            SelectChoice(
                SuspensionReason.UNDER_REVIEW.value, _l("Its issue is being reviewed")
            ),
            SelectChoice(
                SuspensionReason.HOLDER_REQUEST.value,
                REASON_LABELS[RevocationReason.HOLDER_REQUEST],
            ),
        ],
        default=SuspensionReason.UNDER_REVIEW.value,
        validators=[InputRequired(_l("Choose a reason."))],
    )


class RevocationForm(ActForm):
    """Why a certificate is to be taken back."""

    reason = RadioField(
        _l("Public reason"),
        choices=[
            SelectChoice(one.value, REASON_LABELS[one]) for one in REVOCATION_REASONS
        ],
        validators=[InputRequired(_l("Choose a reason."))],
    )


class ApprovalForm(ActForm):
    """The approval of a proposal that one has read, with one's password."""

    proposal = HiddenField()
    current_password = password_asked_again()

    def accepts(self, holder: str) -> bool:
        """Check what was sent, and that it is the coordinator at the keyboard."""
        return super().accepts(holder) and is_own_password(self.current_password)


class CorrectionForm(ActForm):
    """The right name."""

    holder = StringField(
        _l("Name, as the new certificate will say it"),
        validators=[InputRequired(_l("Write the name."))],
    )

    def accepts(self, holder: str) -> bool:
        """Check that it is a name, and another one."""
        if not self.validate():
            return False
        name = printed_name(self.holder.data)
        if not name or len(name) > LONGEST_NAME:
            self.holder.errors = [_("Write a name of 1 to 200 characters.")]
        elif name == holder:
            self.holder.errors = [_("The certificate already says this name.")]
        return not self.holder.errors


class RefusalForm(PageForm):
    """Why a name is not corrected."""

    answer = TextAreaField(
        _l("Answer to the holder"),
        filters=[trimmed],
        validators=[
            InputRequired(_l("Say why it is not corrected.")),
            Length(
                min=1, max=LONGEST_NOTE, message=_l("Write at most 500 characters.")
            ),
        ],
        description=_l("The holder reads it in a mail and under the certificate."),
    )

    def accepts(self, holder: str) -> bool:  # noqa: ARG002 (as the others are asked)
        """Check what was sent."""
        return self.validate()
