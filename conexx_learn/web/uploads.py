"""Pages that take a file take a larger request than the others."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

LARGEST = "_largest_body"
"""Attribute of a view that says how many bytes its request may have."""

V = TypeVar("V", bound=Callable[..., object])


def takes_file(*, most_bytes: int) -> Callable[[V], V]:
    """Let the request of a view be so large; the file in it has a limit of its own.

    What is a little too large then comes back with a message and with all that was
    typed, instead of being cut off at the door.
    """

    def note(view: V) -> V:
        setattr(view, LARGEST, most_bytes)
        return view

    return note


def widen_door() -> None:
    """Set the limit of the page that is asked for, before its body is read."""
    view = current_app.view_functions.get(request.endpoint or "")
    largest: int | None = getattr(view, LARGEST, None)
    if largest is not None:
        request.max_content_length = largest


def init_app(app: Flask) -> None:
    """Bind the limits to the application; before anything reads a body."""
    app.before_request(widen_door)
