"""Fields that say in our words what cannot be read, and the sentence of a rule."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, SelectField
from wtforms.validators import ValidationError

from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.names import printed_name
from conexx_learn.domain.sentences.errors import error_sentence
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language

TOO_LONG = _l("This is too long.")
NO_DAY = _l("Write the whole date.")
NO_NUMBER = _l("Write a whole number.")


def squeezed(text: str | None) -> str:
    """Return a text on one line, without blanks around it and signs nobody sees.

    A sign that turns the direction of writing would let a title say something else in
    a list, a file or a mail than on its form.
    """
    return printed_name(text or "")


def tells(field: Field, refusal: RuleError | None) -> bool:
    """Show a rule's refusal beside a field; say whether there was none."""
    if refusal is None:
        return True
    sentence = error_sentence(refusal.code, refusal.facts, page_language())
    field.errors = [*field.errors, sentence]
    return False


class WholeNumberField(IntegerField):
    """A whole number; what was typed stays in the field."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read decimal digits of the plain script."""
        self.data = None
        entry = "".join(valuelist).strip()
        if not entry:
            return
        if not (entry.isascii() and entry.isdigit()) or len(entry) > len("1000000000"):
            raise ValueError(NO_NUMBER)
        self.data = int(entry)


class ChoiceField(SelectField):
    """A choice out of a list, in groups where there are some."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a choice; what is none of its kind is not in the list."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Choose one of the list.")) from error

    def pre_validate(self, form: object) -> None:
        """Refuse what is not in the list: it is foreign, or gone."""
        try:
            super().pre_validate(form)
        except ValidationError as error:
            raise ValidationError(_("Choose one of the list.")) from error
