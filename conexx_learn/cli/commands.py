"""The list of all commands."""

from flask import Flask

from conexx_learn.cli.certificate_bundle import bundle
from conexx_learn.cli.certificate_life import correct, reinstate, revoke, suspend
from conexx_learn.cli.certificate_signing import log, sign
from conexx_learn.cli.certificate_verification import verify
from conexx_learn.cli.certificates import certificates
from conexx_learn.cli.demo import demo
from conexx_learn.cli.institutions import institutions
from conexx_learn.cli.keys import keys
from conexx_learn.cli.people import people
from conexx_learn.cli.publication import courses
from conexx_learn.cli.quiz_export import quizzes
from conexx_learn.cli.readiness import readiness
from conexx_learn.cli.reminders import reminders
from conexx_learn.cli.serving import serve
from conexx_learn.cli.users import users

OF_CERTIFICATES = (
    verify,
    sign,
    log,
    suspend,
    reinstate,
    revoke,
    correct,
    bundle,
)
"""Each has a file of its own, and none needs to know of the others."""


def init_app(app: Flask) -> None:
    """Register every command."""
    for command in OF_CERTIFICATES:
        certificates.add_command(command)
    for command in (
        courses,
        certificates,
        keys,
        quizzes,
        institutions,
        users,
        people,
        readiness,
        reminders,
        demo,
        serve,
    ):
        app.cli.add_command(command)
