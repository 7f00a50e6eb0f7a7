"""The places in the header that belong to a role."""

from collections.abc import Iterator

from flask import Flask
from flask_login import current_user

from conexx_learn.domain.permissions import Role, holds
from conexx_learn.web.access import actor
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _


class Areas:
    """Lists, when a template asks, where the roles of who is signed in lead to."""

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Yield address, text and place."""
        managed: tuple[str, ...] = getattr(current_user, "managed", ())
        is_coordinator = holds(actor(), Role.COORDINATOR)
        if len(managed) == 1 and not is_coordinator:
            yield (
                url_for("readiness.show", slug=managed[0]),
                _("Are we ready?"),
                "institution",
            )
        if len(managed) > 1 or holds(actor(), Role.OBSERVER):
            yield url_for("institutions.index"), _("Institutions"), "institutions"
        if len(managed) > 1:
            yield f"{url_for('account.show')}#hand-over", _("Codes"), "codes"
        if is_coordinator:
            yield url_for("learning_claims.index"), _("Claims"), "claims"
            yield url_for("graded_works.index"), _("Works"), "works"
            yield url_for("certificate_desk.index"), _("Certificates"), "certificates"
        if holds(actor(), Role.TRAINER):
            yield url_for("trainer_courses.index"), _("Drafts"), "trainer"
        if any(place.role is Role.TRAINER for place in actor().places):
            yield url_for("grading.index"), _("Grading"), "grading"


def _page_values() -> dict[str, object]:
    return {"areas": Areas()}


def init_app(app: Flask) -> None:
    """Offer the places to every page."""
    app.context_processor(_page_values)
