"""An issuer as the world sees it: what it publishes, and what it has handed out."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

LD_JSON = "application/vc+ld+json"


@dataclass(frozen=True, slots=True)
class Served:
    """What is answered at an address.

    Attributes:
        type: Media type.
        body: As text.
    """

    type: str
    body: str


@dataclass(frozen=True, slots=True)
class Issued:
    """One certificate of an issuer, with all that is needed to verify it, and to forge.

    Attributes:
        public_url: Origin of the issuer, whatever this machine calls it.
        site: Path to what is served there: key documents and status lists.
        credential: With its embedded proof.
        token: The same in its compact form.
        ed25519: Private key of the embedded proof, PEM.
        rsa: Private key of the compact form, PEM.
        at: A moment at which it is valid.
        email: Of the holder.
    """

    public_url: str
    site: Mapping[str, Served]
    credential: Json
    token: str
    ed25519: bytes = field(repr=False)
    rsa: bytes = field(repr=False)
    at: datetime
    email: str

    @property
    def did(self) -> str:
        """The issuer."""
        host = urlsplit(self.public_url).netloc.replace(":", "%3A")
        return f"did:web:{host}"

    @property
    def json_text(self) -> str:
        """The embedded form as it is handed out."""
        return json.dumps(self.credential, ensure_ascii=False)

    @property
    def payload(self) -> Json:
        """What the compact form signs."""
        return part_of(self.token, 1)

    @property
    def method(self) -> str:
        """The address of the key of the embedded proof."""
        address: str = self.credential["proof"][0]["verificationMethod"]
        return address

    @property
    def kid(self) -> str:
        """The address of the key of the compact form."""
        address: str = part_of(self.token, 0)["kid"]
        return address

    def list_path(self, form: str) -> str:
        """Return where the status list of a form (`json` or `jwt`) is served."""
        document = self.credential if form == "json" else self.payload
        address: str = document["credentialStatus"]["statusListCredential"]
        return urlsplit(address).path

    def serving(self, path: str, body: str | None) -> "Issued":
        """Return it with something else served at a path; None for nothing."""
        site = {key: value for key, value in self.site.items() if key != path}
        if body is not None:
            site[path] = Served(self.site[path].type, body)
        return replace(self, site=site)


def part_of(token: str, number: int) -> Json:
    """Decode the header (0) or the payload (1) of a compact JWS, and verify nothing."""
    part = token.split(".")[number]
    decoded: Json = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return decoded
