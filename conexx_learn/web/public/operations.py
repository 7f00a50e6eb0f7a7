"""What operators ask: does the process live, can it serve."""

import shutil

from alembic.script import ScriptDirectory
from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now
from conexx_learn.queries.operations import schema_version
from conexx_learn.services.issuer_keys import keys_trouble
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public

operations = Blueprint("operations", __name__)
UNAVAILABLE = 503
LEAST_FREE_BYTES = 200_000_000
"""Room for a day of writing: papers, the journal of the database, courses taken in.

Below it we say so, while what is under way can still be stored.
"""


@operations.get("/healthz")
@public
def healthz() -> Response:
    """Say that the process answers; asks nobody."""
    return Response("ok\n", mimetype="text/plain")


@operations.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Say whether database, schema, keys and disk let us serve; no details."""
    script = ScriptDirectory(current_app.config["MIGRATIONS"])
    is_ours = schema_version(reading()) == script.get_current_head()
    free_bytes = shutil.disk_usage(current_app.instance_path).free
    if not is_ours or free_bytes < LEAST_FREE_BYTES or not _can_sign():
        return Response("not ready\n", status=UNAVAILABLE, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


def _can_sign() -> bool:
    """Say whether the keys of the issuer are there, and ours alone to read."""
    trouble = keys_trouble(
        reading(),
        folder=current_app.config["ISSUER_KEYS"],
        public_url=current_app.config["PUBLIC_URL"],
        now=now(),
    )
    return trouble is None
