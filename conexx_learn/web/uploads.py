"""Pages that take a file take a larger request than the others."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

LARGEST = "_largest_body"
"""Attribute of a view that says how many bytes its request may have."""

MOST_PARTS = "_most_parts"
"""Attribute of a view that says how many fields and files its request may have."""

LONGEST = "_longest_text"
"""Attribute of a view that says how many bytes its text fields may have."""

V = TypeVar("V", bound=Callable[..., object])


def takes_file(
    *, most_bytes: int, most_parts: int | None = None, most_text: int = 0
) -> Callable[[V], V]:
    """Let the request of a view be so large; the file in it has a limit of its own.

    What is a little too large then comes back with a message and with all that was
    typed, instead of being cut off at the door.

    Args:
        most_bytes: Of the whole request.
        most_parts: Fields and files in it; None for as many as any page takes.
        most_text: Of what is typed in it; 0 for as much as any page takes.
    """

    def note(view: V) -> V:
        setattr(view, LARGEST, most_bytes)
        setattr(view, MOST_PARTS, most_parts)
        setattr(view, LONGEST, most_text)
        return view

    return note


def widen_door() -> None:
    """Set the limit of the page that is asked for, before its body is read."""
    view = current_app.view_functions.get(request.endpoint or "")
    largest: int | None = getattr(view, LARGEST, None)
    if largest is not None:
        request.max_content_length = largest
    parts: int | None = getattr(view, MOST_PARTS, None)
    if parts is not None:
        request.max_form_parts = parts
    longest: int = getattr(view, LONGEST, 0)
    if longest:
        request.max_form_memory_size = longest


def init_app(app: Flask) -> None:
    """Bind the limits to the application; before anything reads a body."""
    app.before_request(widen_door)
