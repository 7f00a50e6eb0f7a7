"""The home page: what this is, for whom, and where to begin."""

from flask import Blueprint, current_app, render_template
from flask_login import current_user

from conexx_learn.domain.course_order import recommended
from conexx_learn.queries.course_cards import course_list
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.addresses import url_for
from conexx_learn.web.demo_doors import demo_doors
from conexx_learn.web.language import page_language
from conexx_learn.web.public.catalogue import card

home = Blueprint("home", __name__)
SHOWN = 3


@home.get("/")
@public
def index() -> str:
    """Show what the product is, with the first courses."""
    user_id = current_user.id if current_user.is_authenticated else None
    courses = course_list(reading(), lang=page_language(), user_id=user_id)
    return render_template(
        "public/home.html",
        courses=[card(course) for course in recommended(courses)[:SHOWN]],
        course_count=len(courses),
        doors=demo_doors() if current_app.config["DEMO"] else [],
        door_address=lambda key: url_for("demo.enter", door=key),
    )
