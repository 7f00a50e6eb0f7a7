"""What an issuer may publish, or fail to publish, so that nothing is accepted."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.interop import forging
from tests.interop.issuer_site import Issued, Json
from tests.interop.lists import list_of, signed_list, status_of
from tests.interop.tampering import Case, Change, changed
from tests.issuer_keys import other_pems


def site_cases(issued: Issued) -> Iterator[Case]:
    """List the cases in which the certificate is right, but not what is published."""
    yield from _keys(issued)
    for form in ("json", "jwt"):
        yield from _lists(issued, form)


def _both(issued: Issued, name: str) -> Iterator[Case]:
    for form, text in (("json", issued.json_text), ("jwt", issued.token)):
        yield Case(f"{form}, {name}", text, issued, issued.at)


def _keys(issued: Issued) -> Iterator[Case]:
    path = "/.well-known/did.json"
    document = json.loads(issued.site[path].body)
    edits: list[tuple[str, Change]] = [
        ("keys no longer assert", lambda it: it.update(assertionMethod=[])),
        ("keys of another controller", _of_another_controller),
        ("keys removed", lambda it: it.update(verificationMethod=[])),
        ("document of another", lambda it: it.update(id="did:web:evil.example")),
    ]
    for name, edit in edits:
        body = json.dumps(changed(document, edit))
        yield from _both(issued.serving(path, body), name)
    yield from _both(issued.serving(path, None), "keys unreachable")


def _of_another_controller(document: Json) -> None:
    for method in document["verificationMethod"]:
        method["controller"] = "did:web:evil.example"


def _lists(issued: Issued, form: str) -> Iterator[Case]:
    path = issued.list_path(form)
    text = issued.json_text if form == "json" else issued.token
    for name, body in _forged_lists(issued, form):
        there = issued.serving(path, body)
        yield Case(f"{form}, {name}", text, there, issued.at)
    ends = datetime.fromisoformat(list_of(issued, form)["validUntil"])
    late = ends + timedelta(seconds=1)
    yield Case(f"{form}, list of the past", text, issued, late)


def _suspending(document: Json) -> None:
    document["credentialSubject"]["statusPurpose"] = "suspension"


def _forged_lists(issued: Issued, form: str) -> Iterator[tuple[str, str | None]]:
    ed25519, rsa = other_pems()
    document = list_of(issued, form)
    ours = (issued.ed25519, issued.rsa)
    place = int(status_of(issued, form)["statusListIndex"])
    revoking = forging.with_bits(document, [place])
    shorter = forging.with_bits(document, [], size=8_192)
    wrong: list[tuple[str, Json]] = [
        ("list too short", shorter),
        ("list of another purpose", changed(document, _suspending)),
        ("list of another issuer", document | {"issuer": "did:web:evil.example"}),
        ("list of another number", document | {"id": f"{document['id']}0"}),
    ]
    yield "list unreachable", None
    yield "a page instead of the list", "<!doctype html><p>Welcome."
    yield "revoked", signed_list(issued, revoking, form, ours)
    yield "forged list", signed_list(issued, document, form, (ed25519, rsa))
    for name, changed_list in wrong:
        yield name, signed_list(issued, changed_list, form, ours)
