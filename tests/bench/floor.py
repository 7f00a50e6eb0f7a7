"""The floor: a bare Flask and SQLAlchemy page on the same database and server.

It loads session and user, runs as many indexed statements as the page it is compared
with, and renders a Jinja template of the same size; it does nothing else.
"""

from flask import Flask, Response, request
from sqlalchemy import Engine, create_engine, text

from conexx_learn.models.base import configure_sqlite

PAGE = """<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1><p>{{ name }}</p>
<ul>{% for row in rows %}<li><a href="/{{ row }}">{{ row }}</a></li>{% endfor %}</ul>
{% for part in parts %}<p>{{ part }}</p>{% endfor %}</body></html>"""
USER = text('SELECT id, full_name FROM "user" WHERE id = :id')
ROW = text("SELECT slug FROM module WHERE id = :id")
WRITE = text("UPDATE user_session SET last_seen_at = last_seen_at WHERE user_id = :id")


def create_floor(database_url: str, user_id: int) -> Flask:
    """Make the bare application; its addresses say statements and bytes."""
    app = Flask("floor")
    app.jinja_env.autoescape = True
    engine = create_engine(database_url)
    configure_sqlite(engine)
    template = app.jinja_env.from_string(PAGE)

    @app.get("/read/<int:statements>/<int:size>")
    def read(statements: int, size: int) -> str:
        name, rows = _rows(engine, user_id, statements)
        parts = ["lorem ipsum dolor " * 5] * (size // 100)
        return render_template_string_cached(template, name, rows, parts)

    @app.post("/write/<int:statements>")
    def write(statements: int) -> Response:
        assert request.get_json() is not None
        _rows(engine, user_id, statements - 1)
        with engine.begin() as connection:
            connection.execute(WRITE, {"id": user_id})
        return Response(status=204)

    return app


def render_template_string_cached(
    template: object, name: str, rows: list[str], parts: list[str]
) -> str:
    """Render the compiled template."""
    return template.render(  # type: ignore[attr-defined, no-any-return] # a Template
        title="The floor", name=name, rows=rows, parts=parts
    )


def _rows(engine: Engine, user_id: int, statements: int) -> tuple[str, list[str]]:
    with engine.connect() as connection:
        name = connection.execute(USER, {"id": user_id}).one()[1]
        rows = [
            str(connection.scalar(ROW, {"id": number}))
            for number in range(1, statements)
        ]
    return name, rows
