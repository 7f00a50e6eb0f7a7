"""Certificates that no verifier may accept, made from one that all accept.

Each case says in a word why it is to be refused, so that none is refused by accident.
"""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from tests.interop import forging
from tests.interop.issuer_site import Issued, Json
from tests.interop.lists import list_of, signed_list
from tests.interop.refusals import ACCEPTED, REFUSALS
from tests.issuer_keys import other_pems


@dataclass(frozen=True, slots=True)
class Case:
    """A certificate as it is presented, and why it is not to be accepted.

    Attributes:
        name: What was done to it, as in `refusals`.
        text: As it is presented.
        issued: The issuer, with what it publishes in this case.
        at: When it is presented.
        email: Of whom presents it; empty when nobody asks.
    """

    name: str
    text: str
    issued: Issued
    at: datetime
    email: str = ""

    @property
    def code(self) -> str:
        """The word of the refusal; empty where it is to be accepted."""
        return "" if self.name in ACCEPTED else REFUSALS[self.name]


Change = Callable[[Json], Any]


def changed(document: Json, change: Change) -> Json:
    """Return a copy of a document in which something was changed."""
    copied = copy.deepcopy(document)
    change(copied)
    return copied


def cases(issued: Issued) -> Iterator[Case]:
    """List the cases of both forms in which the issuer publishes what it should."""
    yield from _edited(issued)
    yield from _signed_wrongly(issued)
    yield from _signed_by_us(issued)
    yield from _out_of_time(issued)
    yield from _other_holder(issued)


def _case(issued: Issued, name: str, document: Json | str) -> Case:
    text = document if isinstance(document, str) else json.dumps(document)
    return Case(name, text, issued, issued.at)


def set_name(document: Json) -> None:
    for each in document["credentialSubject"]["identifier"]:
        if each["identityType"] == "name":
            each["identityHash"] = "Otra Persona"


def set_result(document: Json) -> None:
    document["credentialSubject"]["result"][0]["value"] = "100"


def set_expiry(document: Json) -> None:
    document["validUntil"] = "2099-12-31T23:59:59Z"


def _edited(issued: Issued) -> Iterator[Case]:
    """Change what is signed, and leave the signature as it is."""
    edits: list[tuple[str, Change]] = [
        ("name", set_name),
        ("score", set_result),
        ("expiry", set_expiry),
        ("title", lambda it: it.update(name="Otro curso")),
        ("status removed", lambda it: it.pop("credentialStatus")),
        ("term added", lambda it: it.update(honours="cum laude")),
        ("created changed", _set_created),
        ("no proof", lambda it: it.pop("proof")),
        ("two proofs", lambda it: it["proof"].append(it["proof"][0])),
        ("context added", lambda it: it["@context"].append({"a": "urn:a"})),
        (
            "place in the list changed",
            lambda it: it["credentialStatus"].update(statusListIndex="1"),
        ),
        (
            "list of somebody else",
            lambda it: it["credentialStatus"].update(
                statusListCredential="https://evil.example/status/revocation/1"
            ),
        ),
    ]
    for name, edit in edits:
        document = changed(issued.credential, edit)
        yield _case(issued, f"json, {name}", document)
    header, payload, signature = issued.token.split(".")
    swapped = forging.unsigned_token({}, changed(issued.payload, set_name))
    yield _case(
        issued,
        "jwt, payload changed",
        f"{header}.{swapped.split('.')[1]}.{signature}",
    )
    flipped = ("A" if signature[0] != "A" else "B") + signature[1:]
    yield _case(issued, "jwt, signature changed", f"{header}.{payload}.{flipped}")


def _set_created(document: Json) -> None:
    document["proof"][0]["created"] = "2026-01-01T00:00:00Z"


def _signed_wrongly(issued: Issued) -> Iterator[Case]:
    """Sign it with what is not the issuer's, or with what is not a signature."""
    ed25519, rsa = other_pems()
    key = forging.public_multikey(ed25519)
    did_key = f"did:key:{key}#{key}"
    for name, method in (
        ("key of somebody else", issued.method),
        ("did:key of somebody else", did_key),
        ("key that is not published", f"{issued.did}#{key}"),
    ):
        document = forging.embedded(issued.credential, ed25519, method)
        yield _case(issued, f"json, {name}", document)
    theirs = changed(
        issued.credential, lambda it: it["issuer"].update(id="did:web:evil.example")
    )
    document = forging.embedded(theirs, ed25519, f"did:web:evil.example#{key}")
    yield _case(issued, "json, another issuer", document)
    header, payload = {"alg": "RS256", "kid": issued.kid}, issued.payload
    none = forging.unsigned_token(header | {"alg": "none"}, payload) + "."
    yield _case(issued, "jwt, alg none", none)
    hs256 = forging.hmac_token(payload, forging.public_pem(issued.rsa), issued.kid)
    yield _case(issued, "jwt, HS256 with the public key", hs256)
    jwk = forging.public_jwk(rsa)
    for name, head in (
        ("foreign key with our kid", header),
        ("foreign jwk in the header", header | {"jwk": jwk}),
        ("kid of somebody else", header | {"kid": "did:web:evil.example#1"}),
    ):
        token = forging.resigned_token(payload, rsa, head)
        yield _case(issued, f"jwt, {name}", token)


def _without_recipient(document: Json) -> None:
    document["credentialSubject"]["identifier"] = []


def _without_criteria(document: Json) -> None:
    document["credentialSubject"]["achievement"]["criteria"] = {}


def _without_element(document: Json) -> None:
    achievement = document["credentialSubject"]["achievement"]
    achievement["alignment"] = [
        each
        for each in achievement["alignment"]
        if each["targetType"] != "ext:AssessmentType"
    ]


def _signed_by_us(issued: Issued) -> Iterator[Case]:
    """Sign what the issuer must never sign, with its own keys."""
    for name, edit in (
        ("no criteria", _without_criteria),
        ("no recipient", _without_recipient),
        ("element missing", _without_element),
    ):
        document = changed(issued.credential, edit)
        signed = forging.embedded(document, issued.ed25519, issued.method)
        yield _case(issued, f"json, {name}", signed)
    header = {"alg": "RS256", "kid": issued.kid}
    for name, claim in (
        ("sub of somebody else", {"sub": "urn:uuid:0"}),
        ("no exp", {"exp": None}),
        ("another jti", {"jti": f"{issued.public_url}/credentials/0"}),
        ("another iss", {"iss": "did:web:evil.example"}),
        ("nbf in the past", {"nbf": 1}),
    ):
        payload = {
            key: value
            for key, value in (issued.payload | claim).items()
            if value is not None
        }
        token = forging.resigned_token(payload, issued.rsa, header)
        yield _case(issued, f"jwt, {name}", token)


def _with_lists_until(issued: Issued, ends: datetime) -> Issued:
    """Publish lists that still count when the certificate ends."""
    moment = f"{ends + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    for form in ("json", "jwt"):
        document = list_of(issued, form) | {"validUntil": moment}
        keys = (issued.ed25519, issued.rsa)
        body = signed_list(issued, document, form, keys)
        issued = issued.serving(issued.list_path(form), body)
    return issued


def _out_of_time(issued: Issued) -> Iterator[Case]:
    ends = datetime.fromisoformat(issued.credential["validUntil"])
    begins = datetime.fromisoformat(issued.credential["validFrom"])
    second = timedelta(seconds=1)
    # In the second of `validUntil` itself verifiers differ (RFC 7519 refuses `exp`).
    for form, text in (("json", issued.json_text), ("jwt", issued.token)):
        case = _case(_with_lists_until(issued, ends), form, text)
        yield replace(case, name=f"{form}, before its last second", at=ends - second)
        yield replace(case, name=f"{form}, a second late", at=ends + second)
        yield replace(case, name=f"{form}, a second early", at=begins - second)


def _other_holder(issued: Issued) -> Iterator[Case]:
    for form, text in (("json", issued.json_text), ("jwt", issued.token)):
        yield _case(issued, f"{form}, as issued", text)
        for name, email in (
            ("address of the holder", f" {issued.email.upper()} "),
            ("address of somebody else", "somebody@example.org"),
        ):
            yield replace(_case(issued, f"{form}, {name}", text), email=email)
