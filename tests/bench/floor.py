"""The floor: a bare Flask and SQLAlchemy page on the same database and server.

It loads session and user, runs as many indexed selects of rows as the page it is
compared with, and renders a Jinja template of the same size; it does nothing else.
"""

from flask import Flask, Response, request, session
from jinja2 import Template
from sqlalchemy import Engine, create_engine, select, update
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User, UserSession
from conexx_learn.models.base import WRITE_LOCK_FIRST, configure_sqlite
from conexx_learn.models.catalogue import Module

PAGE = """<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1><p>{{ user.full_name }}</p>
<ul>{% for row in rows %}<li><a href="/{{ row.slug }}">{{ row.slug }}</a></li>
{% endfor %}</ul>
{% for part in parts %}<p class="part">{{ part }}</p>
{% endfor %}</body></html>"""
PART = "A line of about eighty signs, as long as a short sentence of a page may be."
SIGNED_IN = select(UserSession, User).join(User, User.id == UserSession.user_id)


def create_floor(database_url: str, user_id: int) -> Flask:
    """Make the bare application; its addresses say statements and bytes."""
    app = Flask("floor")
    app.secret_key = "the secret of the floor, which guards nothing"
    engine = create_engine(database_url)
    configure_sqlite(engine)
    template = app.jinja_env.from_string(PAGE)

    @app.get("/enter")
    def enter() -> str:
        session["user_id"] = user_id
        return "in"

    @app.get("/read/<int:statements>/<int:size>")
    def read(statements: int, size: int) -> str:
        with Session(engine) as database:
            return _page(database, template, session["user_id"], statements, size)

    @app.post("/write/<int:statements>")
    def write(statements: int) -> Response:
        assert request.get_json() is not None
        _write(engine, session["user_id"], statements)
        return Response(status=204)

    return app


def _rows(database: Session, user_id: int, count: int) -> tuple[User, list[Module]]:
    signed_in = database.execute(SIGNED_IN.where(User.id == user_id)).first()
    assert signed_in is not None
    modules = [
        database.scalars(select(Module).where(Module.id == number)).one()
        for number in range(1, count)
    ]
    return signed_in[1], modules


def _page(
    database: Session, template: Template, user_id: int, statements: int, size: int
) -> str:
    user, rows = _rows(database, user_id, statements)
    parts = [PART] * (size // (len(PART) + 22))
    return template.render(title="The floor", user=user, rows=rows, parts=parts)


def _write(engine: Engine, user_id: int, statements: int) -> None:
    with Session(engine) as database:
        database.connection(execution_options={WRITE_LOCK_FIRST: True})
        _rows(database, user_id, statements - 1)
        database.execute(
            update(UserSession)
            .where(UserSession.user_id == user_id)
            .values(user_agent="floor")
        )
        database.commit()
