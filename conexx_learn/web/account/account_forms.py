"""The forms of the account page."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from conexx_learn.domain.accounts import LONGEST_EMAIL
from conexx_learn.domain.names import LONGEST_NAME
from conexx_learn.web.account.new_passwords import NewPasswordForm


def _asked_again() -> PasswordField:
    return PasswordField(
        _l("Your password of today"),
        validators=[InputRequired(_l("Write your password."))],
    )


class NameForm(FlaskForm):
    """The name as it is printed."""

    full_name = StringField(
        _l("Full name"),
        validators=[
            InputRequired(_l("Write your name.")),
            Length(max=LONGEST_NAME, message=_l("This is too long.")),
        ],
        description=_l(
            "You can correct accents, order and capitals; for more, write to your "
            "training manager."
        ),
    )


class LanguageForm(FlaskForm):
    """The language in which the account is greeted."""

    locale = RadioField(
        _l("Language of the pages and messages"),
        choices=[SelectChoice("es", "Español"), SelectChoice("en", "English")],
        default="es",
    )


class EmailForm(FlaskForm):
    """Another address; the password of today proves who asks."""

    email = StringField(
        _l("E-mail address"),
        validators=[
            InputRequired(_l("Write the e-mail address.")),
            Length(max=LONGEST_EMAIL, message=_l("This is too long.")),
        ],
    )
    current_password = _asked_again()


class PasswordForm(NewPasswordForm):
    """The password of today and the next one."""

    current_password = _asked_again()


class ErasureForm(FlaskForm):
    """The proof of who asks for erasure."""

    current_password = _asked_again()
