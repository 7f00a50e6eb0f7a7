"""The list of all blueprints: the site map of the house."""

from flask import Flask
from werkzeug.routing import IntegerConverter

from conexx_learn.web import areas
from conexx_learn.web.account.account import account
from conexx_learn.web.account.handed_codes import handed_codes
from conexx_learn.web.account.joining import joining
from conexx_learn.web.account.recovery import recovery
from conexx_learn.web.account.registration import registration
from conexx_learn.web.account.sign_in import security
from conexx_learn.web.demo import demo
from conexx_learn.web.learner.attempts import attempts
from conexx_learn.web.learner.certificates import certificates
from conexx_learn.web.learner.dashboard import dashboard
from conexx_learn.web.learner.enrolments import enrolments
from conexx_learn.web.learner.modules import modules
from conexx_learn.web.learner.personal_data import personal_data
from conexx_learn.web.learner.quizzes import finals, quizzes
from conexx_learn.web.public.catalogue import catalogue
from conexx_learn.web.public.glossary import glossary
from conexx_learn.web.public.home import home
from conexx_learn.web.public.media import media
from conexx_learn.web.public.offline import offline
from conexx_learn.web.public.operations import operations
from conexx_learn.web.public.pages import pages
from conexx_learn.web.public.post_box import post_box
from conexx_learn.web.public.verification import verification
from conexx_learn.web.trainer.courses import courses as trainer_courses

BLUEPRINTS = (
    home,
    catalogue,
    verification,
    pages,
    glossary,
    media,
    offline,
    operations,
    post_box,
    security,
    registration,
    recovery,
    joining,
    account,
    handed_codes,
    enrolments,
    modules,
    quizzes,
    finals,
    attempts,
    certificates,
    dashboard,
    personal_data,
    trainer_courses,
)

LARGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """An id in an address; one that no row can have is simply not there."""

    def __init__(self, url_map: object) -> None:
        super().__init__(url_map, max=LARGEST_ID)  # type: ignore[arg-type] # a Map


def init_app(app: Flask) -> None:
    """Register every page."""
    app.url_map.converters["id"] = IdConverter
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    areas.init_app(app)
    if app.config["DEMO"]:
        app.register_blueprint(demo)
