"""Files that people handed in, given to who may have them: to keep, never to run."""

from io import BytesIO

from flask import Response, send_file

from conexx_learn.queries.prior_learning import KeptFile

SANDBOX = "sandbox; default-src 'none'"


def evidence_answer(file: KeptFile) -> Response:
    """Give a file as a download under the name of its label."""
    response = send_file(
        BytesIO(file.content),
        mimetype=file.mime,
        as_attachment=True,
        download_name=file.name,
        max_age=0,
        etag=False,
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "no-store"
    return response
