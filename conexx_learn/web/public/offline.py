"""A course to read without internet: one file, no scripts, no keys of quizzes."""

import base64
import re

from flask import Blueprint, Response, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.glossary import GLOSSARY_ADDRESS, Entry, term_address
from conexx_learn.queries.catalogue import course_modules, course_page, version_media
from conexx_learn.services.glossary import glossary_entries
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import ask_to_sign_in, public
from conexx_learn.web.language import LANGUAGES

offline = Blueprint("offline", __name__)
SITE_ADDRESS = re.compile(
    r'href="(?P<path>/(?:courses/(?P<course>[a-z0-9-]+)/(?P<module>[a-z0-9-]+))?'
    r'(?:#(?P<anchor>u-[^"]*))?[^"]*)"'
)
TERM_ADDRESS = re.compile(rf'href="(?P<address>{GLOSSARY_ADDRESS}#[^"]*)"')
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
    numbers = {module.slug: module.number for module in page.outline.modules}
    modules = []
    terms = {
        term_address(entry.id): entry
        for entry in glossary_entries(current_app.config["COURSES"], lang=lang)
    }
    used: set[str] = set()
    for number, text in course_modules(reading(), version_id=version_id, lang=lang):
        html = _own_anchors("".join(_reading(text.segments)), number)
        used |= set(TERM_ADDRESS.findall(html))
        html = _own_terms(html, terms)
        modules.append(
            {
                "number": number,
                "title": text.title,
                "lang": text.lang,
                "html": _inlined(_inner_links(html, course, numbers), files),
            }
        )
    html = render_template(
        "public/offline.html",
        page=page,
        modules=modules,
        entries=[entry for address, entry in terms.items() if address in used],
    )
    response = Response(html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{course}.{lang}.html"'
    )
    return response


def _reading(segments: list[object]) -> list[str]:
    """Keep the text; the self-checks between need a connection."""
    return [segment for segment in segments if isinstance(segment, str)]


def _own_anchors(html: str, number: int) -> str:
    """Tell the anchors of one module from equal ones of another in the same file."""
    return html.replace('id="u-', f'id="m{number}-u-').replace(
        'href="#u-', f'href="#m{number}-u-'
    )


def _own_terms(html: str, terms: dict[str, Entry]) -> str:
    """Let the words of the glossary lead to its part in the same file."""

    def link(match: re.Match[str]) -> str:
        entry = terms.get(match["address"])
        return f'href="#{entry.anchor}"' if entry else match[0]

    return TERM_ADDRESS.sub(link, html)


def _inner_links(html: str, course: str, numbers: dict[str, int]) -> str:
    """Let links to other modules stay in the file, and the rest lead to the site."""

    def link(match: re.Match[str]) -> str:
        slug, module, anchor = match["course"], match["module"], match["anchor"]
        if slug == course and module in numbers:
            place = f"m{numbers[module]}-{anchor}" if anchor else None
            return f'href="#{place or f"module-{numbers[module]}"}"'
        return f'href="{current_app.config["PUBLIC_URL"]}{match["path"]}"'

    return SITE_ADDRESS.sub(link, html)


def _inlined(html: str, files: dict[str, tuple[str, bytes]]) -> str:
    """Put the images into the text itself."""

    def inline(match: re.Match[str]) -> str:
        mime, content = files[match[1]]
        return f'src="data:{mime};base64,{base64.b64encode(content).decode()}"'

    return MEDIA_ADDRESS.sub(inline, html)
