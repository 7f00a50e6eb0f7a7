"""The issuer's public keys, where verifiers look for them."""

import json
from typing import Any

from flask import Blueprint, Response, current_app

from conexx_learn.adapters.clock import now
from conexx_learn.domain.did_documents import bare_key, did_document, key_set
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.issuer_keys import PublicKey
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.published_documents import published_document

issuer_documents = Blueprint("issuer_documents", __name__, url_prefix="/.well-known")
HOUR_SECONDS = 3600


@issuer_documents.get("/did.json")
@public
def did() -> Response:
    """Give the document that the issuer's name leads to."""
    document = did_document(_keys(), public_url=_public_url(), now=now())
    return _answer(document, "application/did+json")


@issuer_documents.get("/jwks.json")
@public
def jwks() -> Response:
    """Give the keys of the compact form as a key set."""
    document = key_set(_keys(), public_url=_public_url(), now=now())
    return _answer(document, "application/jwk-set+json")


@issuer_documents.get("/keys/<thumbprint>")
@public
def key(thumbprint: str) -> Response:
    """Give one key of the compact form alone."""
    document = bare_key(_keys(), thumbprint, public_url=_public_url(), now=now())
    if document is None:
        raise NotFoundError
    return _answer(document, "application/jwk+json")


def _keys() -> list[PublicKey]:
    """Return the keys; an issuer without any has nothing to publish yet.

    Raises:
        NotFoundError: None were made.
    """
    keys = public_keys(reading())
    if not keys:
        raise NotFoundError
    return keys


def _public_url() -> str:
    return str(current_app.config["PUBLIC_URL"])


def _answer(document: dict[str, Any], media_type: str) -> Response:
    body = json.dumps(document, indent=2)
    return published_document(body, media_type=media_type, seconds=HOUR_SECONDS)
