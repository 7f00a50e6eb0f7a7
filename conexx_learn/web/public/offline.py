"""A course to read without internet: one file, no scripts, no keys of quizzes."""

import base64
import re

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.queries.catalogue import course_modules, course_page, version_media
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import ask_to_sign_in, public
from conexx_learn.web.language import LANGUAGES

offline = Blueprint("offline", __name__)
MEDIA_ADDRESS = re.compile(r'src="/media/([0-9a-f]{64})\.[a-z]+"')
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"


@offline.get("/courses/<course>/offline.<lang>.html")
@public
def show(course: str, lang: str) -> ResponseReturnValue:
    """Give the whole text of a course in one language."""
    if lang not in LANGUAGES:
        raise NotFoundError
    user_id = current_user.id if current_user.is_authenticated else None
    page = course_page(reading(), slug=course, user_id=user_id, lang=lang)
    if page.place.access != "open" and user_id is None:
        return ask_to_sign_in()
    version_id = page.place.version_id
    files = version_media(reading(), version_id=version_id)
    modules = [
        {
            "number": number,
            "title": text.title,
            "lang": text.lang,
            "html": _inlined("".join(_reading(text.segments)), files),
        }
        for number, text in course_modules(reading(), version_id=version_id, lang=lang)
    ]
    html = render_template("public/offline.html", page=page, modules=modules, lang=lang)
    response = Response(html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{course}.{lang}.html"'
    )
    return response


def _reading(segments: list[object]) -> list[str]:
    """Keep the text; the self-checks between need a connection."""
    return [segment for segment in segments if isinstance(segment, str)]


def _inlined(html: str, files: dict[str, tuple[str, bytes]]) -> str:
    """Put the images into the text itself."""

    def inline(match: re.Match[str]) -> str:
        mime, content = files[match[1]]
        return f'src="data:{mime};base64,{base64.b64encode(content).decode()}"'

    return MEDIA_ADDRESS.sub(inline, html)
