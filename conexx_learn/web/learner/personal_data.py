"""Everything held about me, as a file to keep."""

import io
import json
import zipfile
from datetime import date, datetime

from flask import Blueprint, Response, render_template
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.permissions import Role
from conexx_learn.queries import personal_data as query
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import requires

personal_data = Blueprint("personal_data", __name__)


@personal_data.get("/me/data")
@requires(Role.LEARNER)
def show() -> Response:
    """Give the data as JSON for programs and as a page for people, in one ZIP."""
    sections = query.personal_data(reading(), user_id=current_user.id)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "data.json",
            json.dumps(sections, ensure_ascii=False, indent=2, default=_as_text),
        )
        page = render_template(
            "learner/personal_data.html", sections=sections, made_at=now()
        )
        file.writestr("data.html", page)
        for name, content in query.evidence_files(reading(), user_id=current_user.id):
            file.writestr(f"files/{name}", content)
    response = Response(archive.getvalue(), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="conexx-learn.zip"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _as_text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
