"""The address ::1, which the framework's list of trusted hosts cannot hold."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

Environment = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environment, StartResponse], Iterable[bytes]]

LOOPBACK = "[::1]"
SAME_MACHINE = "localhost"


class LoopbackNames:
    """Lets ::1 pass as the other name of this machine; no link is made of a host."""

    def __init__(self, inner: Application) -> None:
        self._inner = inner

    def __call__(
        self, variables: Environment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request under the name that the list knows."""
        host = variables.get("HTTP_HOST", "")
        rest = host.removeprefix(LOOPBACK)
        if rest != host and (not rest or rest.startswith(":")):
            variables["HTTP_HOST"] = SAME_MACHINE + rest
        return self._inner(variables, start_response)


def init_app(app: Flask) -> None:
    """Bind the name, where only this machine is served."""
    if app.config["IS_LOOPBACK"]:
        app.wsgi_app = LoopbackNames(app.wsgi_app)  # type: ignore[assignment, method-assign] # Flask's own documented way
