"""Somebody shows a file: it is compared with what was issued, and not kept."""

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.presented_files import MOST_BYTES
from conexx_learn.queries.certification import certificate_by_number
from conexx_learn.services.presented_files import (
    Comparison,
    Outcome,
    compare_presented,
)
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.access import public
from conexx_learn.web.limits import count_presented
from conexx_learn.web.public.presented_words import member_words, told
from conexx_learn.web.public.register_page import certificate_page
from conexx_learn.web.public.verification import uncached
from conexx_learn.web.uploads import takes_file

presented_files = Blueprint("presented_files", __name__)
UNPROCESSABLE = 422
ROOM_FOR_FIELDS = 64 * 1024
ASKS_AGAIN = frozenset({Outcome.UNREADABLE, Outcome.ASKS_NUMBER})


@presented_files.post("/verify")
@takes_file(
    most_bytes=MOST_BYTES + ROOM_FOR_FIELDS,
    most_parts=8,
    most_text=MOST_BYTES + ROOM_FOR_FIELDS,
)
@public
def compare() -> ResponseReturnValue:
    """Compare a file, or a pasted text, with what was issued."""
    count_presented()
    typed = request.form.get("number", "").strip()[:64]
    pasted = request.form.get("text", "")
    comparison = compare_presented(
        reading(), content=_sent_file() or pasted.encode(), typed_number=typed
    )
    if comparison.outcome in ASKS_AGAIN:
        return _asked_again(comparison, typed, pasted), UNPROCESSABLE
    return uncached(Response(_answer(comparison), mimetype="text/html"))


def _sent_file() -> bytes:
    sent = request.files.get("file")
    if sent is None:
        return b""
    content = sent.read(MOST_BYTES + 1)
    # A large one lies in a file of its own until it is closed.
    sent.close()
    return content


def _asked_again(comparison: Comparison, typed: str, pasted: str) -> str:
    g.form_path = request.path
    return render_template(
        "public/verify.html",
        entry="",
        told=told(comparison),
        typed=typed,
        pasted=pasted if len(pasted) <= ROOM_FOR_FIELDS else "",
    )


def _answer(comparison: Comparison) -> str:
    g.form_path = request.path
    held = (
        certificate_by_number(reading(), number=comparison.number, today=today())
        if comparison.number
        else None
    )
    if held is None:
        return render_template(
            "public/presented.html",
            told=told(comparison),
            members=(),
            claims=None,
            checked_at=now(),
        )
    if comparison.outcome is Outcome.IDENTICAL:
        return certificate_page(held, is_identical=True)
    return certificate_page(
        held,
        "public/presented.html",
        told=told(comparison),
        # Of a hidden name they would tell whether a guess was right.
        members=[]
        if held.hides_name
        else [(member_words(name), name) for name in comparison.members],
    )
