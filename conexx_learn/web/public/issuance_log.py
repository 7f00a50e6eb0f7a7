"""The daily head of the issuance log: who keeps a copy notices any later change."""

import json
from datetime import UTC, datetime, time

from flask import Blueprint, Response, current_app

from conexx_learn.adapters.clock import now
from conexx_learn.domain.issuer_addresses import issuer_did
from conexx_learn.services.issuance_log import log_head
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.published_documents import published_document

issuance_log = Blueprint("issuance_log", __name__)
HOUR_SECONDS = 3600


@issuance_log.get("/issuance-log.json")
@public
def head() -> Response:
    """Give the log's last line of yesterday: the same for the whole day."""
    midnight = datetime.combine(now().astimezone(UTC).date(), time(), tzinfo=UTC)
    found = log_head(reading(), before=midnight)
    document = {
        "issuer": issuer_did(current_app.config["PUBLIC_URL"]),
        "before": midnight.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "lines": found.lines,
        "hash": found.hash,
    }
    body = json.dumps(document, indent=2)
    return published_document(body, media_type="application/json", seconds=HOUR_SECONDS)
