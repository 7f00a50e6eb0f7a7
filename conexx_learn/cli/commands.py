"""The list of all commands."""

from flask import Flask

from conexx_learn.cli.publication import courses
from conexx_learn.cli.quizzes import quizzes
from conexx_learn.cli.serving import serve


def init_app(app: Flask) -> None:
    """Register every command."""
    for command in (courses, quizzes, serve):
        app.cli.add_command(command)
