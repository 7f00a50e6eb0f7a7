"""What the page of a review shows: the difference, the talk, and what may be done."""

from flask_login import current_user

from conexx_learn.adapters.clock import today
from conexx_learn.domain.course_changes import CourseChanges
from conexx_learn.domain.course_changes.text_changes import BlockState
from conexx_learn.domain.course_changes.version_bump import Bump
from conexx_learn.domain.course_reviews import (
    ReviewState,
    is_ready,
    may_allow_alone,
    may_decide,
    may_publish,
)
from conexx_learn.domain.permissions import Role, holds
from conexx_learn.domain.repairs import course_marks
from conexx_learn.queries.course_reviews import (
    Comment,
    ReviewRow,
    comments_of,
    review_files,
)
from conexx_learn.queries.course_versions import learner_count
from conexx_learn.services.publishing import label
from conexx_learn.services.repair_preview import RepairPreview, repair_preview
from conexx_learn.services.review_publication import next_version
from conexx_learn.services.unit_of_work import reading
from conexx_learn.services.version_comparison import (
    CourseFiles,
    base_files,
    compared,
    course_as_read,
)
from conexx_learn.web.access import actor
from conexx_learn.web.language import gettext as _
from conexx_learn.web.trainer.change_words import WORDS
from conexx_learn.web.trainer.homes import course_homes

WHOLE = "whole"
"""The place of what is said about all of it."""

MOST_FORMS = 150
"""Changed blocks that each get a form; where there are more, each text gets one."""


def review_facts(row: ReviewRow) -> dict[str, object]:
    """Return what `trainer/course_review.html` asks for, but for its forms."""
    after = CourseFiles(
        row.slug, review_files(reading(), review_id=row.id), course_homes(), today()
    )
    before = base_files(
        reading(),
        slug=row.slug,
        version_id=row.base_id,
        homes=course_homes(),
        today=today(),
    )
    found = compared(before, after)
    comments = comments_of(reading(), review_id=row.id)
    return {
        "row": row,
        "title": _title(after),
        "state": state_word(row),
        "found": found,
        "words": WORDS,
        "threads": _by_place(comments, _places(found)),
        "comments": comments,
        "has_block_forms": _changed_blocks(found) <= MOST_FORMS,
        "learners": learner_count(reading(), slug=row.slug),
        "preview": _preview(row, after),
        "next_label": label(next_version(reading(), row.slug, Bump(row.bump))),
        **_rights(row),
    }


def _title(files: CourseFiles) -> str:
    course = course_as_read(files)
    return course.texts[course.source_language].title


def _rights(row: ReviewRow) -> dict[str, bool]:
    facts = row.facts
    is_coordinator = holds(actor(), Role.COORDINATOR)
    is_theirs = current_user.id in {facts.sent_by, *facts.authors}
    return {
        "may_decide": may_decide(actor(), facts),
        "may_publish": may_publish(actor(), facts),
        "may_allow_alone": may_allow_alone(actor(), facts),
        "may_withdraw": facts.is_waiting and (is_theirs or is_coordinator),
        "may_comment": facts.is_waiting or facts.state is ReviewState.CHANGES_ASKED,
        "is_ready": is_ready(facts),
    }


def _by_place(
    comments: tuple[Comment, ...], places: frozenset[str]
) -> dict[str, list[Comment]]:
    """Put each comment where it belongs; what names no place is about all of it."""
    found: dict[str, list[Comment]] = {}
    for comment in comments:
        place = comment.place if comment.place in places else WHOLE
        found.setdefault(place, []).append(comment)
    return found


def _places(found: CourseChanges) -> frozenset[str]:
    """Name every place that the difference shows, as `components/changes.html` does."""
    blocks = (
        f"{text.path}:{one.place}" for text in found.texts for one in text.text.blocks
    )
    return frozenset(
        {
            "settings",
            "rules",
            "files",
            *(f"text:{one.path}" for one in found.texts),
            *(f"module:{one.slug}" for one in found.changed_modules),
            *(f"question:{one.id}" for one in found.questions),
            *blocks,
        }
    )


def _changed_blocks(found: CourseChanges) -> int:
    quiet = {BlockState.KEPT, BlockState.SKIPPED}
    return sum(
        block.state not in quiet for text in found.texts for block in text.text.blocks
    )


def _preview(row: ReviewRow, after: CourseFiles) -> RepairPreview | None:
    """Say what voided questions would do to results; None without any."""
    marks = course_marks(course_as_read(after)) if row.facts.is_waiting else ()
    if not marks:
        return None
    return repair_preview(reading(), slug=row.slug, marks=marks)


def state_word(row: ReviewRow) -> tuple[str, str]:
    """Return shape and word of how far a review is."""
    match row.facts.state:
        case ReviewState.OPEN:
            word = _("waits for %(name)s", name=row.asked) if row.asked else ""
            return "progress", word or _("waits for a second person")
        case ReviewState.APPROVED:
            return "met", _("approved")
        case ReviewState.CHANGES_ASKED:
            return "exception", _("sent back")
        case ReviewState.PUBLISHED:
            published = _("published as %(version)s", version=row.version_label)
            return "valid", published
        case ReviewState.WITHDRAWN:
            return "none", _("withdrawn")
