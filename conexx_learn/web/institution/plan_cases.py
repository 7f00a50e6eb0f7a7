"""The worklist of a plan: each exception in words, with what can be done about it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conexx_learn.domain.planning.accepted import Matter
from conexx_learn.domain.planning.states import PlanState
from conexx_learn.domain.readiness.plan_exceptions import ExceptionKind, PlanException
from conexx_learn.web.addresses import url_for
from conexx_learn.web.institution.exception_words import (
    exception_heading,
    exception_sentence,
)
from conexx_learn.web.institution.plan_desk import PlanDesk
from conexx_learn.web.language import gettext as _

FIELD = "accept "
"""How the name of a field begins that carries the reason of an acceptance."""


@dataclass(frozen=True, slots=True)
class Way:
    """Something that can be done: its words and where."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Case:
    """One exception as a page lists it.

    Attributes:
        kind: Code of its kind.
        heading: Its kind in words.
        text: The sentence.
        subject: What it is about, as an acceptance keeps it.
        is_blocking: Whether an approval waits for it.
        accepted: The reason with which it was accepted, or "".
        ways: What can be done.
        typed: A reason that was typed and not kept yet.
        error: What is wrong with that, or "".
    """

    kind: str
    heading: str
    text: str
    subject: str
    is_blocking: bool
    accepted: str
    ways: tuple[Way, ...]
    typed: str = ""
    error: str = ""

    @property
    def field(self) -> str:
        """Name the field of its reason."""
        return f"{FIELD}{self.kind} {self.subject}"

    @property
    def name(self) -> str:
        """Name it within its plan, in the letters that an id may have."""
        return re.sub(r"[^a-z0-9]+", "-", f"{self.kind} {self.subject}".lower())

    @property
    def is_open(self) -> bool:
        """Say whether an approval waits for it still."""
        return self.is_blocking and not self.accepted


def cases(
    plan: PlanDesk, typed: Mapping[Matter, str], *, must_say: bool = False
) -> list[Case]:
    """List the exceptions of a plan, those that wait first.

    Args:
        plan: In full.
        typed: Reasons that were typed and not kept.
        must_say: Whether to tell which of them still lack a reason.
    """
    found = [_case(plan, one, typed, must_say=must_say) for one in plan.exceptions]
    return sorted(found, key=lambda case: (not case.is_open, not case.is_blocking))


def _case(
    plan: PlanDesk,
    exception: PlanException,
    typed: Mapping[Matter, str],
    *,
    must_say: bool,
) -> Case:
    what = plan.matter(exception)
    reason = typed.get(what, "")
    accepted = plan.accepted.get(what, "")
    is_open = exception.is_blocking and not accepted
    lacks = must_say and is_open and not reason
    kind, subject = what
    return Case(
        kind=kind,
        heading=exception_heading(exception.kind),
        text=exception_sentence(exception, plan),
        subject=subject,
        is_blocking=exception.is_blocking,
        accepted=accepted,
        ways=tuple(_ways(plan, exception)),
        typed=reason,
        error=_("Settle this, or say why it stays as it is.") if lacks else "",
    )


def _ways(plan: PlanDesk, exception: PlanException) -> Iterator[Way]:
    """Yield what can be done, the most helpful first."""
    match exception.kind:
        case ExceptionKind.NO_APPOINTMENT_DATE:
            yield _person(plan, exception, _("Enter the date"))
        case ExceptionKind.IMPOSSIBLE_DUE:
            yield _line(plan, exception, _("Move the due date"), "due_on")
            yield _exemption(plan, exception)
            yield _line(plan, exception, _("Ask somebody else"), "audience")
        case ExceptionKind.EMPTY_AUDIENCE:
            yield _line(plan, exception, _("Choose for whom"), "audience")
            yield Way(
                _("Look at the posts"),
                url_for("posts.index", slug=plan.plans.place.slug),
            )
        case ExceptionKind.COURSE_RETIRED:
            yield _line(plan, exception, _("Choose another course"), "course")
        case ExceptionKind.MERGED_DUPLICATE:
            yield _line(plan, exception, _("Look at the requirement"), "audience")
        case ExceptionKind.VACANT_SEAT:
            yield Way(
                _("Fill the seat"),
                url_for(
                    "posts.show",
                    slug=plan.plans.place.slug,
                    post_id=exception.post_id,
                ),
            )
        case ExceptionKind.LEAVES_BEFORE_DUE:
            yield _line(plan, exception, _("Move the due date"), "due_on")
            yield _person(plan, exception, _("Look at the appointment"))
            yield _exemption(plan, exception)
            yield _line(plan, exception, _("Ask somebody else"), "audience")


def _person(plan: PlanDesk, exception: PlanException, text: str) -> Way:
    return Way(
        text,
        url_for("people.show", slug=plan.plans.place.slug, user_id=exception.person_id),
    )


def _exemption(plan: PlanDesk, exception: PlanException) -> Way:
    return Way(
        _("Exempt this person"),
        url_for(
            "exemptions.new",
            slug=plan.plans.place.slug,
            person=exception.person_id,
            course=exception.course,
        ),
    )


def _line(plan: PlanDesk, exception: PlanException, text: str, field: str) -> Way:
    """Lead to a line of a draft; what is in force is changed by a new version."""
    slug, document = plan.plans.place.slug, plan.document
    if document.state is PlanState.DRAFT:
        address = url_for(
            "plan_lines.edit",
            slug=slug,
            plan_id=document.id,
            requirement_id=exception.requirement_ids[0],
        )
        return Way(text, f"{address}#{field}")
    if document.state is PlanState.IN_REVIEW:
        return Way(
            text, f"{url_for('plans.show', slug=slug, plan_id=document.id)}#acts"
        )
    if plan.next_draft is not None:
        shown = url_for("plans.show", slug=slug, plan_id=plan.next_draft.id)
        return Way(text, shown)
    return Way(text, url_for("plans.amendment", slug=slug, plan_id=document.id))
