"""The product as an issuer: what it serves, fetched as a stranger would fetch it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flask.testing import FlaskClient

from conexx_learn.adapters.clock import now
from conexx_learn.services.signing import Signed, sign_all
from conexx_learn.services.status_lists import sign_status_lists
from tests.interop.issuer_site import Issued, Json, Served, part_of

Fetch = Callable[[str], Served | None]
SPOOFED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "Forwarded": "host=evil.example;proto=https",
    "Accept-Language": "en",
}
"""A stranger says what they like; nothing that is served may follow from it."""


def fetch_with(client: FlaskClient) -> Fetch:
    """Fetch paths from the application, as if they had been asked for elsewhere."""

    def fetch(path: str) -> Served | None:
        answer = client.get(path, headers=SPOOFED)
        if answer.status_code != 200:
            return None
        return Served(answer.content_type, answer.get_data(as_text=True))

    return fetch


@dataclass(frozen=True, slots=True)
class Place:
    """Where an issuer is reached, and where its private keys lie.

    Attributes:
        public_url: Origin that the certificates name.
        fetch: Answers a path.
        folder: Of the private keys, one file each.
    """

    public_url: str
    fetch: Fetch
    folder: Path

    def issued(self, uuid: str, *, at: datetime, email: str) -> Issued:
        """Fetch both forms of a certificate and all that is published about it.

        Args:
            uuid: Of the certificate.
            at: When it is looked at.
            email: Of its holder.
        """
        credential = json.loads(self._body(f"/credentials/{uuid}.json"))
        token = self._body(f"/credentials/{uuid}.jwt")
        method = credential["proof"][0]["verificationMethod"].split("#")[1]
        thumbprint = part_of(token, 0)["kid"].split("#")[1]
        found = Issued(
            public_url=self.public_url,
            site={},
            credential=credential,
            token=token,
            ed25519=self._key(method),
            rsa=self._key(thumbprint),
            at=at,
            email=email,
        )
        paths = (
            "/.well-known/did.json",
            "/.well-known/jwks.json",
            f"/.well-known/keys/{thumbprint}",
            found.list_path("json"),
            found.list_path("jwt"),
        )
        return replace(found, site={path: self._served(path) for path in paths})

    def today(self, issued: Issued) -> Issued:
        """Return a certificate as it was handed out, with what is published now."""
        thumbprints = [each["kid"].split("#")[1] for each in self._published_keys()]
        paths = {*issued.site, *(f"/.well-known/keys/{each}" for each in thumbprints)}
        site = {path: self.fetch(path) for path in sorted(paths)}
        there = {path: served for path, served in site.items() if served is not None}
        return replace(issued, site=there, at=now())

    def _published_keys(self) -> list[Json]:
        keys: list[Json] = json.loads(self._body("/.well-known/jwks.json"))["keys"]
        return keys

    def _served(self, path: str) -> Served:
        served = self.fetch(path)
        assert served is not None, f"{path} is not served"
        return served

    def _body(self, path: str) -> str:
        return self._served(path).body

    def _key(self, fragment: str) -> bytes:
        return (self.folder / f"{fragment}.pem").read_bytes()


def sign_everything(place: Place, at: datetime | None = None) -> Signed:
    """Sign what waits, then the lists, as the jobs of a minute do.

    Args:
        place: The issuer.
        at: When; without it, now.
    """
    moment = at or now()
    done = sign_all(
        public_url=place.public_url, folder=place.folder, demo=True, now=moment
    )
    sign_status_lists(
        public_url=place.public_url, folder=place.folder, demo=True, now=moment
    )
    return done
