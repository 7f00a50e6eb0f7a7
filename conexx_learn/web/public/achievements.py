"""What a version of a course certifies: for people, and for programs that follow it."""

import json
import re

from flask import Blueprint, Response, current_app, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from conexx_learn.domain.credentials.course_facts import CourseFacts
from conexx_learn.domain.credentials.document import achievement_document
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import is_slug
from conexx_learn.domain.issuer_addresses import achievement_address
from conexx_learn.domain.sentences import micro_credentials as words
from conexx_learn.queries.course_achievements import course_achievement
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.language import page_language

achievements = Blueprint("achievements", __name__, url_prefix="/achievements")

JSON_TYPES = ("application/ld+json", "application/json")
PAGE = "text/html"
_VERSION = re.compile(r"(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})")


@achievements.get("/<slug>/<version>")
@public
def show(slug: str, version: str) -> BaseResponse:
    """Show the criteria of a published version; it never changes."""
    course = _course(slug, version)
    wanted = request.accept_mimetypes.best_match([PAGE, *JSON_TYPES], default=PAGE)
    if wanted == PAGE:
        response = Response(_page(course), mimetype=PAGE)
    else:
        origin = current_app.config["PUBLIC_URL"]
        document = achievement_document(course, public_url=origin)
        body = json.dumps(document, ensure_ascii=False, indent=1)
        response = Response(body.encode(), content_type=wanted)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.add_etag()
    response.vary.update(("Accept", "Accept-Language"))
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)


def _course(slug: str, version: str) -> CourseFacts:
    """Return what is certified.

    Raises:
        NotFoundError: It was never published; a malformed address answers alike.
    """
    numbers = _VERSION.fullmatch(version)
    if not is_slug(slug) or numbers is None:
        raise NotFoundError
    found = course_achievement(
        reading(),
        slug=slug,
        version=(int(numbers[1]), int(numbers[2])),
        lang=page_language(),
        demo=current_app.config["DEMO"],
    )
    if found is None:
        raise NotFoundError
    return found


def _page(course: CourseFacts) -> str:
    lang = page_language()
    return render_template(
        "public/achievement.html",
        course=course,
        title=course.in_own_language(course.titles),
        outcomes=course.outcomes[course.lang],
        assessment=[
            (code, words.in_words(words.ASSESSMENT, [code], lang))
            for code in course.assessment_codes
        ],
        participation=words.in_words(
            words.PARTICIPATION, [course.participation_code], lang
        ),
        supervision=course.supervision.get(lang, ""),
        address=achievement_address(
            current_app.config["PUBLIC_URL"], course.course_slug, course.course_version
        ),
    )
