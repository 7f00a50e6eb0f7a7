"""A verb that said no, told above the form that asked: what was typed is kept."""

from conexx_learn.domain.errors import LearnError, RuleError, ShapeError
from conexx_learn.domain.sentences.errors import error_sentence
from conexx_learn.web.language import page_language
from conexx_learn.web.page_forms import PageForm

UNPROCESSABLE, CONFLICT = 422, 409
CHANGED = "changed-meanwhile"
REFUSALS = (RuleError, ShapeError)
"""What a form can tell; anything else is a page of its own."""


def told(form: PageForm, error: LearnError) -> int:
    """Put a refusal above a form, and return the status of the answer."""
    sentence = error_sentence(error.code, error.facts, page_language())
    form.form_errors.append(sentence)
    return CONFLICT if error.code == CHANGED else UNPROCESSABLE
