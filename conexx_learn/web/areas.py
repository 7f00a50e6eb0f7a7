"""The places in the header that belong to a role."""

from collections.abc import Iterator

from flask import Flask

from conexx_learn.domain.permissions import Role, holds
from conexx_learn.web.access import actor
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _


class Areas:
    """Lists, when a template asks, where the roles of who is signed in lead to."""

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Yield address, text and place."""
        if holds(actor(), Role.TRAINER):
            yield url_for("trainer_courses.index"), _("Drafts"), "trainer"
        elif holds(actor(), Role.MANAGER):
            yield f"{url_for('account.show')}#hand-over", _("Codes"), "codes"


def _page_values() -> dict[str, object]:
    return {"areas": Areas()}


def init_app(app: Flask) -> None:
    """Offer the places to every page."""
    app.context_processor(_page_values)
