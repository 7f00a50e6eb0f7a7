"""The form that every page with a new password shares."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import InputRequired

from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.passwords import password_problem


class NewPasswordForm(PageForm):
    """A new password; the page shows it once, and a password manager keeps it."""

    password = PasswordField(
        _l("New password"),
        validators=[InputRequired(_l("Choose a password."))],
        description=_l(
            "At least 12 characters. A few words that do not belong together are easy "
            "to remember and hard to guess."
        ),
    )

    def accepts(self, names: Iterable[str | None] = ()) -> bool:
        """Say whether the form may go on; a weak password becomes an error of it."""
        if not self.validate():
            return False
        known = [name for name in names if name]
        problem = password_problem(self.password.data, known)
        if problem:
            self.password.errors = [*self.password.errors, problem]
        return problem is None
