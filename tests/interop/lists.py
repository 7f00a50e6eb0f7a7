"""Status lists of an issuer, read without verifying and signed with any keys."""

import json

from tests.interop import forging
from tests.interop.issuer_site import Issued, Json, part_of


def status_of(issued: Issued, form: str) -> Json:
    """Return the status of a form (`json` or `jwt`)."""
    document = issued.credential if form == "json" else issued.payload
    status: Json = document["credentialStatus"]
    return status


def list_of(issued: Issued, form: str) -> Json:
    """Return what the published status list of a form says."""
    body = issued.site[issued.list_path(form)].body
    if form == "jwt":
        return part_of(body, 1)
    document: Json = json.loads(body)
    return document


def signed_list(
    issued: Issued, document: Json, form: str, keys: tuple[bytes, bytes]
) -> str:
    """Sign a status list in a form, in the name of the issuer, with any keys."""
    if form == "jwt":
        return forging.token_of(document, keys[1], issued.kid)
    return json.dumps(forging.embedded(document, keys[0], issued.method))
