"""Everything to verify certificates with when the product is gone."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from conexx_learn.adapters.verification_bundle import bundle_page, checksums
from conexx_learn.domain.did_documents import did_document, key_set
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.issuer_addresses import issuer_did, key_address
from conexx_learn.domain.issuer_keys import KeyKind, PublicKey
from conexx_learn.domain.sentences.verification_bundle import BUNDLE_NOTES, BUNDLE_PAGE
from conexx_learn.queries.issued_files import IssuedFile, issued_files
from conexx_learn.queries.issuer_keys import public_keys
from conexx_learn.queries.status_lists import KeptList, kept_lists, list_numbers


@dataclass(frozen=True, slots=True)
class Bundle:
    """What goes into the zip.

    Attributes:
        files: Name to content.
        issued_count: How many files that were handed out it knows.
        list_count: How many status lists are in it.
    """

    files: dict[str, bytes]
    issued_count: int
    list_count: int


def verification_bundle(
    session: Session, *, public_url: str, demo: bool, now: datetime
) -> Bundle:
    """Collect keys, lists and hashes; the same data give the same bytes.

    Args:
        session: To read with.
        public_url: Origin of absolute links.
        demo: Whether nothing that was issued here counts.
        now: Decides the order of the keys alone.

    Raises:
        RuleError: A status list is missing or does not count: without it the bundle
            would say of revoked certificates that nothing is known.
    """
    keys, lists = public_keys(session), kept_lists(session)
    sound = {each.number for each in lists if not each.has_lost_key}
    missing = [number for number in list_numbers(session) if number not in sound]
    if missing:
        raise RuleError("status-list-missing", number=missing[0])
    issued = issued_files(session)
    did = issuer_did(public_url)
    files = {
        "did.json": _json(did_document(keys, public_url=public_url, now=now)),
        "jwks.json": _json(key_set(keys, public_url=public_url, now=now)),
        "keys.json": _json([_key(key, public_url) for key in keys]),
        "issued-files.txt": "".join(map(_line, issued)).encode("ascii"),
        "LEEME.txt": BUNDLE_NOTES["readme"]["es"].format(did=did).encode(),
        "README.txt": BUNDLE_NOTES["readme"]["en"].format(did=did).encode(),
        "index.html": bundle_page(
            _page_data(keys, lists, issued, public_url=public_url, demo=demo),
            BUNDLE_PAGE,
        ),
    }
    for each in lists:
        files[f"status/revocation-{each.number}.json"] = each.json_body.encode()
        files[f"status/revocation-{each.number}.jwt"] = each.jwt_body.encode()
    files["SHA256SUMS"] = checksums(files)
    return Bundle(files, len(issued), len(lists))


def _page_data(
    keys: list[PublicKey],
    lists: list[KeptList],
    issued: list[IssuedFile],
    *,
    public_url: str,
    demo: bool,
) -> dict[str, Any]:
    """Give the page what its script reads; it verifies the compact forms."""
    return {
        "did": issuer_did(public_url),
        "demo": demo,
        "keys": [_key(key, public_url) for key in keys if key.kind is KeyKind.RSA],
        "lists": [{"number": each.number, "jwt": each.jwt_body} for each in lists],
        "issued": "".join(map(_line, issued)),
    }


def _key(key: PublicKey, public_url: str) -> dict[str, Any]:
    """Tell a key and its days; of a JWK only the public members, whatever is there."""
    members = ("kty", "crv", "x", "n", "e")
    return {
        "address": key_address(public_url, key.fragment),
        "kind": key.kind.value,
        "jwk": {name: key.jwk[name] for name in members if name in key.jwk},
        "created": key.created_at.isoformat(),
        "signs-from": key.signs_from.isoformat(),
        "retired": key.retired_at.isoformat() if key.retired_at else None,
        "compromised": key.compromised_at.isoformat() if key.compromised_at else None,
    }


def _line(file: IssuedFile) -> str:
    return f"{file.form} {file.sha256} {file.list_number} {file.status_index}\n"


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
