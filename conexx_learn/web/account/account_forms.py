"""The forms of the account page."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from conexx_learn.domain.accounts import LONGEST_EMAIL
from conexx_learn.domain.names import LONGEST_NAME
from conexx_learn.web.account.new_passwords import NewPasswordForm
from conexx_learn.web.own_password import password_asked_again
from conexx_learn.web.page_forms import PageForm


class NameForm(PageForm):
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


class LanguageForm(PageForm):
    """The language in which the account is greeted."""

    locale = RadioField(
        _l("Language of the pages and messages"),
        choices=[SelectChoice("es", "Español"), SelectChoice("en", "English")],
        default="es",
    )


class EmailForm(PageForm):
    """Another address; the password of today proves who asks."""

    email = StringField(
        _l("E-mail address"),
        validators=[
            InputRequired(_l("Write the e-mail address.")),
            Length(max=LONGEST_EMAIL, message=_l("This is too long.")),
        ],
    )
    current_password = password_asked_again()


class PasswordForm(NewPasswordForm):
    """The password of today and the next one."""

    current_password = password_asked_again()


class ErasureForm(PageForm):
    """The proof of who asks for erasure."""

    current_password = password_asked_again()
