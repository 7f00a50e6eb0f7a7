"""What an issuer publishes, served on a port of this machine for Node to fetch."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from tests.interop.issuer_site import Served


class _Quiet(WSGIRequestHandler):
    """Answers, and says nothing about it."""

    def log_message(self, *_args: Any) -> None:
        """Leave the output to what is tested."""


@contextmanager
def mirror(fetch: Callable[[str], Served | None]) -> Iterator[str]:
    """Serve what a function of a path answers, to everybody; gives the origin."""

    def answered(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        served = fetch(environ["PATH_INFO"])
        headers = [
            ("Content-Type", served.type if served else "text/plain"),
            ("Access-Control-Allow-Origin", "*"),
        ]
        start("200 OK" if served else "404 Not Found", headers)
        return [served.body.encode() if served else b""]

    with make_server("127.0.0.1", 0, answered, handler_class=_Quiet) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
