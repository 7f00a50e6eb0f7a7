"""The list of all blueprints: the site map of the house."""

from flask import Flask
from werkzeug.routing import IntegerConverter

from conexx_learn.web import areas
from conexx_learn.web.account.account import account
from conexx_learn.web.account.admissions import admissions
from conexx_learn.web.account.calendars import calendars
from conexx_learn.web.account.handed_codes import handed_codes
from conexx_learn.web.account.joining import joining
from conexx_learn.web.account.optional_mail import optional_mail
from conexx_learn.web.account.recovery import recovery
from conexx_learn.web.account.registration import registration
from conexx_learn.web.account.sign_in import security
from conexx_learn.web.admin.certificates import certificate_desk
from conexx_learn.web.admin.graded_works import graded_works
from conexx_learn.web.admin.late_questions import late_question_list
from conexx_learn.web.admin.prior_learning import learning_claims
from conexx_learn.web.demo import demo
from conexx_learn.web.institution.appointments import appointments
from conexx_learn.web.institution.calls import calls
from conexx_learn.web.institution.departures import departures
from conexx_learn.web.institution.exceptions import exceptions
from conexx_learn.web.institution.exemption_answers import exemption_answers
from conexx_learn.web.institution.exemptions import exemptions
from conexx_learn.web.institution.first_day import first_day
from conexx_learn.web.institution.functions import functions
from conexx_learn.web.institution.institutions import institutions
from conexx_learn.web.institution.matrix import matrix
from conexx_learn.web.institution.people import people
from conexx_learn.web.institution.people_import import people_import
from conexx_learn.web.institution.person import person
from conexx_learn.web.institution.plan_approvals import plan_approvals
from conexx_learn.web.institution.plan_lines import plan_lines
from conexx_learn.web.institution.plans import plans
from conexx_learn.web.institution.post_readiness import post_readiness
from conexx_learn.web.institution.posts import posts
from conexx_learn.web.institution.priorities import priorities
from conexx_learn.web.institution.readiness import readiness
from conexx_learn.web.institution.roles import roles
from conexx_learn.web.institution.tell import tell
from conexx_learn.web.institution.units import units
from conexx_learn.web.learner.appeals import appeals
from conexx_learn.web.learner.attempts import attempts
from conexx_learn.web.learner.certificate_choices import certificate_choices
from conexx_learn.web.learner.certificate_corrections import certificate_corrections
from conexx_learn.web.learner.certificates import certificates
from conexx_learn.web.learner.dashboard import dashboard
from conexx_learn.web.learner.enrolments import enrolments
from conexx_learn.web.learner.exemption_requests import exemption_requests
from conexx_learn.web.learner.folder import folder
from conexx_learn.web.learner.graded_work import graded_work
from conexx_learn.web.learner.modules import modules
from conexx_learn.web.learner.personal_data import personal_data
from conexx_learn.web.learner.prior_learning import prior_learning
from conexx_learn.web.learner.quizzes import finals, quizzes
from conexx_learn.web.learner.section_questions import section_questions
from conexx_learn.web.learner.self_checks import self_checks
from conexx_learn.web.learner.sheets import sheets
from conexx_learn.web.learner.work_receipts import work_receipts
from conexx_learn.web.learner.work_teams import work_teams
from conexx_learn.web.learner.work_uploads import work_uploads
from conexx_learn.web.public.achievements import achievements
from conexx_learn.web.public.catalogue import catalogue
from conexx_learn.web.public.credentials import credentials
from conexx_learn.web.public.glossary import glossary
from conexx_learn.web.public.holder_checks import holder_checks
from conexx_learn.web.public.home import home
from conexx_learn.web.public.issuance_log import issuance_log
from conexx_learn.web.public.issuer_documents import issuer_documents
from conexx_learn.web.public.issuer_logos import issuer_logos
from conexx_learn.web.public.media import media
from conexx_learn.web.public.offline import offline
from conexx_learn.web.public.operations import operations
from conexx_learn.web.public.pages import pages
from conexx_learn.web.public.post_box import post_box
from conexx_learn.web.public.presented_files import presented_files
from conexx_learn.web.public.status_lists import status_lists
from conexx_learn.web.public.verification import verification
from conexx_learn.web.trainer.appeals import course_appeals
from conexx_learn.web.trainer.arrivals import arrivals
from conexx_learn.web.trainer.content_review import content_review
from conexx_learn.web.trainer.course_activity import course_activity
from conexx_learn.web.trainer.course_files import course_files
from conexx_learn.web.trainer.course_settings import course_settings
from conexx_learn.web.trainer.courses import courses as trainer_courses
from conexx_learn.web.trainer.editor import editor
from conexx_learn.web.trainer.extra_time import extra_time
from conexx_learn.web.trainer.file_history import file_history
from conexx_learn.web.trainer.grading import grading
from conexx_learn.web.trainer.media import draft_media
from conexx_learn.web.trainer.merging import merges
from conexx_learn.web.trainer.modules import course_modules
from conexx_learn.web.trainer.new_course import new_course
from conexx_learn.web.trainer.pastes import pastes
from conexx_learn.web.trainer.previews import previews
from conexx_learn.web.trainer.question_files import question_files
from conexx_learn.web.trainer.question_statistics import question_statistics
from conexx_learn.web.trainer.repairs import course_repairs
from conexx_learn.web.trainer.review_sending import review_sending
from conexx_learn.web.trainer.reviews import course_reviews
from conexx_learn.web.trainer.section_questions import course_questions
from conexx_learn.web.trainer.team import course_team
from conexx_learn.web.trainer.translations import translations
from conexx_learn.web.trainer.version_reading import version_reading
from conexx_learn.web.trainer.versions import course_versions

BLUEPRINTS = (
    home,
    catalogue,
    verification,
    presented_files,
    holder_checks,
    credentials,
    achievements,
    status_lists,
    pages,
    glossary,
    issuer_logos,
    media,
    offline,
    operations,
    issuance_log,
    issuer_documents,
    post_box,
    security,
    registration,
    recovery,
    joining,
    admissions,
    account,
    handed_codes,
    optional_mail,
    calendars,
    enrolments,
    modules,
    self_checks,
    section_questions,
    sheets,
    folder,
    quizzes,
    finals,
    attempts,
    appeals,
    certificates,
    certificate_choices,
    certificate_corrections,
    dashboard,
    exemption_requests,
    personal_data,
    prior_learning,
    graded_work,
    work_teams,
    work_uploads,
    work_receipts,
    institutions,
    readiness,
    matrix,
    people,
    person,
    people_import,
    appointments,
    departures,
    roles,
    posts,
    post_readiness,
    units,
    first_day,
    plans,
    plan_lines,
    plan_approvals,
    exceptions,
    exemptions,
    exemption_answers,
    functions,
    calls,
    priorities,
    tell,
    learning_claims,
    certificate_desk,
    new_course,
    late_question_list,
    graded_works,
    trainer_courses,
    course_modules,
    arrivals,
    course_settings,
    draft_media,
    course_team,
    course_activity,
    content_review,
    course_appeals,
    course_questions,
    course_repairs,
    question_statistics,
    question_files,
    course_files,
    extra_time,
    translations,
    grading,
    editor,
    previews,
    pastes,
    merges,
    file_history,
    course_versions,
    version_reading,
    review_sending,
    course_reviews,
)

LARGEST_ID = 2**31 - 1


NO_ID = 0


class IdConverter(IntegerConverter):
    """An id in an address; one that no row can have is simply not there.

    A converter that refused it would let the address answer 405 where another method
    has a page: the view is asked instead, and finds nothing.
    """

    def to_python(self, value: str) -> int:
        """Read digits; what is larger than any key is the key that no row has."""
        is_short = len(value) <= len(str(LARGEST_ID))
        number = int(super().to_python(value)) if is_short else NO_ID
        return number if number <= LARGEST_ID else NO_ID


def init_app(app: Flask) -> None:
    """Register every page."""
    app.url_map.converters["id"] = IdConverter
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    areas.init_app(app)
    if app.config["DEMO"]:
        app.register_blueprint(demo)
