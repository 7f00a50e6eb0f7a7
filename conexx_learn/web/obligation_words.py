"""Why a course is required, in words: of the plan, of the post, of the person."""

from collections.abc import Callable
from dataclasses import dataclass

from conexx_learn.domain.readiness.fact_index import FactIndex
from conexx_learn.domain.readiness.facts import AudienceKind, Reason, Requirement
from conexx_learn.domain.readiness.obligations import Obligation
from conexx_learn.domain.sentences.reasons import reason_sentence
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language


@dataclass(frozen=True, slots=True)
class Why:
    """What makes somebody owe a course; each thing once.

    Attributes:
        posts: Titles of their posts that it is asked of.
        units: Names of their units that it is asked of.
        in_project_unit: It is asked of the project unit.
        of_everybody: It is asked of everybody in a post.
        in_person: It is asked of them alone.
        causes: Priorities, calls and other reasons.
    """

    posts: tuple[str, ...]
    units: tuple[str, ...]
    in_project_unit: bool
    of_everybody: bool
    in_person: bool
    causes: tuple[Reason, ...]


def why(index: FactIndex, owed: Obligation) -> Why:
    """Find what makes somebody owe a course."""
    lines = [
        line
        for plan in index.facts.plans
        for line in plan.requirements
        if line.id in owed.requirement_ids
    ]
    kinds = {line.audience.kind for line in lines}
    units = {str(unit.id): unit.name for unit in index.facts.units}
    return Why(
        posts=_each(lines, lambda line: _posts(index, line, owed)),
        units=_each(
            lines,
            lambda line: (
                [units[line.audience.key]]
                if line.audience.kind is AudienceKind.UNIT
                and line.audience.key in units
                else []
            ),
        ),
        in_project_unit=AudienceKind.PMU in kinds,
        of_everybody=AudienceKind.INSTITUTION in kinds,
        in_person=AudienceKind.PERSON in kinds,
        causes=tuple(reason for reason in owed.reasons if reason.kind != "profile"),
    )


def learner_sentence(found: Why) -> str:
    """Say to somebody why they owe a course: Because your post is Finance."""
    said = [
        *(_("because your post is %(post)s", post=post) for post in found.posts),
        *(_("because you work in %(unit)s", unit=unit) for unit in found.units),
    ]
    if found.in_project_unit:
        said.append(_("because you work in the project unit"))
    if found.of_everybody:
        said.append(_("because everybody in a post takes it"))
    if found.in_person:
        said.append(_("because it was asked of you in person"))
    said.extend(cause_words(reason) for reason in found.causes)
    return _sentence(said)


def manager_phrase(found: Why) -> str:
    """Say to a manager why somebody owes a course: Finance; Priority 2. Ecotourism."""
    said = [*found.posts, *found.units]
    if found.in_project_unit:
        said.append(_("Project unit"))
    if found.of_everybody:
        said.append(_("Everybody in a post"))
    if found.in_person:
        said.append(_("Asked of them in person"))
    said.extend(cause_words(reason) for reason in found.causes)
    return "; ".join(said)


def cause_words(reason: Reason) -> str:
    """Name a priority or a call, or say what was typed or proposed."""
    match reason.kind:
        case "priority":
            return _("Priority %(title)s", title=reason.text)
        case "call":
            return _("Call: %(title)s", title=reason.text)
        case _:
            return reason_sentence(reason, page_language())


def _posts(index: FactIndex, line: Requirement, owed: Obligation) -> list[str]:
    if line.audience.kind not in (AudienceKind.PROFILE, AudienceKind.POST):
        return []
    named = index.posts_of(line.audience, frozenset(owed.post_ids))
    return [post.title for post in named]


def _each(
    lines: list[Requirement], found: Callable[[Requirement], list[str]]
) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for line in lines for text in found(line)))


def _sentence(said: list[str]) -> str:
    """Make one sentence: a capital first, semicolons between, a full stop."""
    text = "; ".join(part.rstrip(".") for part in said if part)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
