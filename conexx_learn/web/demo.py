"""The demonstration's doors and its slim bar; registered only while DEMO=1.

Who comes in by a door needs no password, so that a door opens from this machine
alone: for any other peer there is no such page.
"""

from dataclasses import dataclass
from ipaddress import ip_address

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.domain.certificates import EventKind
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.identifiers import grouped
from conexx_learn.queries.accounts import account_by_identity
from conexx_learn.queries.demonstration import (
    newest_numbers,
    numbers_by_fate,
    open_call_id,
)
from conexx_learn.services.demo_people import (
    ANA,
    ASSESSOR,
    COORDINATOR,
    MANAGER,
    MAYOR,
    OBSERVER,
    TRAINER,
)
from conexx_learn.services.demo_stories import LONG_COURSE
from conexx_learn.services.demonstration import DRAFT
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web import sign_in
from conexx_learn.web.access import public
from conexx_learn.web.addresses import url_for
from conexx_learn.web.demo_doors import demo_doors
from conexx_learn.web.headers import POLICY
from conexx_learn.web.language import gettext as _
from conexx_learn.web.local_paths import local_path

demo = Blueprint("demo", __name__, url_prefix="/demo")

VISITOR = "visitor"
TOWN = "xaltepec"
IDENTITIES = {
    "learner": ANA,
    "manager": MANAGER,
    "mayor": MAYOR,
    "trainer": TRAINER,
    "assessor": ASSESSOR,
    "coordinator": COORDINATOR,
    "observer": OBSERVER,
}
"""Role to the account that the bar enters with."""

FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""The policy of a page inside the phone: our own pages may frame it, nobody else."""


@dataclass(frozen=True, slots=True)
class RoleSwitch:
    """A button of the bar."""

    role: str
    text: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class OfferedNumber:
    """A certificate that the demonstration offers for a check."""

    number: str
    about: str


@demo.before_request
def _this_machine_only() -> None:
    if not ip_address(request.remote_addr or "0.0.0.0").is_loopback:  # noqa: S104 (an unknown peer counts as foreign)
        raise NotFoundError


@demo.post("/doors/<door>")
@public
def enter(door: str) -> ResponseReturnValue:
    """Come in by a door, as the person whom it names, and land where they work."""
    found = next((known for known in demo_doors() if known.key == door), None)
    if found is None:
        raise NotFoundError
    _become(found.identity)
    return redirect(_door_landing(door), code=303)


@demo.post("/role")
@public
def switch_role() -> ResponseReturnValue:
    """Go on as somebody of another role, or as a visitor."""
    role = request.form.get("role", "")
    if role != VISITOR and role not in IDENTITIES:
        raise NotFoundError
    _become(IDENTITIES.get(role, ""))
    return redirect(_role_landing(role), code=303)


@demo.get("/phone")
@public
def phone() -> str:
    """Show a page in the width of a phone."""
    path = local_path(request.args.get("path"), "/")
    if path.startswith(demo.url_prefix or "/demo"):
        path = "/"
    return render_template("public/phone.html", path=path)


@demo.after_app_request
def _let_the_phone_frame(response: Response) -> Response:
    """Allow our own pages to frame a page that the browser asks for as a frame.

    Media queries follow the width of the window, so that only a frame shows a phone's
    layout. The browser itself says what a request is for, and no page can forge it.
    """
    if request.headers.get("Sec-Fetch-Dest") == "iframe":
        response.headers.setdefault("Content-Security-Policy", FRAMED)
    return response


@demo.app_context_processor
def _values() -> dict[str, object]:
    return {
        "demo_roles": demo_roles,
        "demo_numbers": demo_numbers,
        "is_in_phone": request.headers.get("Sec-Fetch-Dest") == "iframe",
    }


def demo_roles() -> list[RoleSwitch]:
    """List the roles of the bar, the one that is on marked."""
    identity = current_user.email if current_user.is_authenticated else None
    role = next((key for key, who in IDENTITIES.items() if who == identity), None)
    current = VISITOR if not current_user.is_authenticated else role
    words = {
        VISITOR: _("Visitor"),
        "learner": _("Technician"),
        "manager": _("Training manager"),
        "mayor": _("Mayor"),
        "trainer": _("Trainer"),
        "assessor": _("Assessor"),
        "coordinator": _("Coordination"),
        "observer": _("Association"),
    }
    return [RoleSwitch(key, text, key == current) for key, text in words.items()]


def demo_numbers() -> list[OfferedNumber]:
    """List a certificate of each state; empty without demonstration data."""
    abouts = {
        EventKind.SUSPENDED.value: _("Suspended"),
        EventKind.SUPERSEDED.value: _("Replaced"),
        EventKind.REVOKED.value: _("Revoked"),
    }
    valid = newest_numbers(reading(), emails=[ANA])
    others = numbers_by_fate(reading(), kinds=[*abouts, EventKind.REINSTATED.value])
    return [
        *(OfferedNumber(grouped(number), _("Valid")) for number in valid.values()),
        *(
            OfferedNumber(grouped(others[kind]), about)
            for kind, about in abouts.items()
            if kind in others
        ),
    ]


def _become(identity: str) -> None:
    """Sign in as somebody; with no identity, sign out."""
    if not identity:
        sign_in.leave()
        return
    user = account_by_identity(reading(), identity=identity)
    if user is None:
        raise NotFoundError
    sign_in.enter(user.id)


def _door_landing(door: str) -> str:
    if door == "verifier":
        return url_for("verification.index")
    return _role_landing(door)


def _role_landing(role: str) -> str:
    if role == "learner":
        return url_for("catalogue.show", course=LONG_COURSE)
    if role == "trainer":
        return url_for("trainer_courses.show", course=DRAFT)
    if role == "assessor":
        return url_for("grading.index")
    if role == "manager":
        return url_for("readiness.show", slug=TOWN)
    if role == "mayor":
        return _mayor_landing()
    if role in ("coordinator", "observer"):
        return url_for("institutions.index")
    return url_for("home.index")


def _mayor_landing() -> str:
    """Return the page that says whether the town can apply to its call in hand."""
    call_id = open_call_id(reading(), slug=TOWN)
    if call_id is None:
        return url_for("readiness.show", slug=TOWN)
    return url_for("calls.show", slug=TOWN, call_id=call_id)
