"""What operators ask: does the process live, can it serve."""

from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from conexx_learn.queries.operations import schema_version
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public

operations = Blueprint("operations", __name__)
UNAVAILABLE = 503


@operations.get("/healthz")
@public
def healthz() -> Response:
    """Say that the process answers; asks nobody."""
    return Response("ok\n", mimetype="text/plain")


@operations.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Say whether the database answers and its schema is ours; no details."""
    script = ScriptDirectory(current_app.config["MIGRATIONS"])
    if schema_version(reading()) != script.get_current_head():
        return Response("not ready\n", status=UNAVAILABLE, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
