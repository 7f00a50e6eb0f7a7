"""What a running product serves, fetched over the wire."""

from urllib.error import HTTPError
from urllib.request import urlopen

from tests.interop.issuer_site import Served
from tests.interop.second_opinion import Fetch

PATIENCE = 10


def fetch_from(origin: str) -> Fetch:
    """Fetch paths from an origin of this machine.

    Args:
        origin: Without a trailing slash.
    """

    def fetch(path: str) -> Served | None:
        try:
            with urlopen(f"{origin}{path}", timeout=PATIENCE) as answer:  # noqa: S310 (our own address)
                return Served(answer.headers["Content-Type"], answer.read().decode())
        except HTTPError:
            return None

    return fetch
