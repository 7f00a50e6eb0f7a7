"""The root of the forms of pages: what a browser's form sends, and nothing else."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm


class PageForm(FlaskForm):
    """A form of a page.

    A body of JSON fills none of its fields: its values could be of any kind.
    """

    class Meta(FlaskForm.Meta):
        """Where the fields come from."""

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:  # noqa: ANN401 (the signature is the library's)
            """Return what was sent as a form; None where nothing was sent."""
            is_given = formdata is None or hasattr(formdata, "getlist")
            if request.is_json and not is_given:
                return None
            return super().wrap_formdata(form, formdata)
