"""What stands at the end of each section of a module: pairs, one's own questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from conexx_learn.domain.catalogue import ModulePage
from conexx_learn.domain.section_questions import QuestionState
from conexx_learn.queries.catalogue import reading_in
from conexx_learn.queries.section_questions import (
    ModuleQuestions,
    OwnQuestion,
    PublishedPair,
    module_questions,
)
from conexx_learn.services.unit_of_work import reading
from conexx_learn.web.addresses import url_for
from conexx_learn.web.section_question_words import SHAPES, own_state_words


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One's own question under a section.

    Attributes:
        question: It.
        state: For the shape and colour of the word.
        words: How it stands.
        is_open: Whether it can be withdrawn.
    """

    question: OwnQuestion
    state: str
    words: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class SectionThread:
    """What stands under one section, or under the whole module.

    Attributes:
        heading: Of the section; empty for the module.
        address: Where to ask; empty for a visitor.
        pairs: What everybody reads.
        own: The reader's.
    """

    heading: str
    address: str
    pairs: tuple[PublishedPair, ...]
    own: tuple[ShownQuestion, ...]


def section_threads(
    page: ModulePage, *, user_id: int | None
) -> Mapping[str, SectionThread]:
    """Return anchor to what stands there; "" is the end of the module.

    One statement; what was asked in another language takes a second where that text
    was not read before.
    """
    found = module_questions(
        reading(),
        course_id=page.place.course_id,
        module=page.slug,
        user_id=user_id,
    )
    places = _places(page, found)
    headings = {one.anchor: one.heading for one in page.reading.sections}
    return {
        anchor: SectionThread(
            heading=heading,
            address=_address(page, anchor) if user_id else "",
            pairs=tuple(
                one for one in found.pairs if places[one.anchor, one.lang] == anchor
            ),
            own=tuple(
                _shown(one)
                for one in found.own
                if places[one.anchor, one.lang] == anchor
            ),
        )
        for anchor, heading in {**headings, "": ""}.items()
    }


def _places(page: ModulePage, found: ModuleQuestions) -> dict[tuple[str, str], str]:
    """Say for each anchor and language under which section of this page it belongs."""
    asked = {(one.anchor, one.lang) for one in found.pairs}
    asked |= {(one.anchor, one.lang) for one in found.own}
    return {(anchor, lang): _place(page, anchor, lang) for anchor, lang in asked}


def _place(page: ModulePage, anchor: str, lang: str) -> str:
    """Find a section here; one that is gone is the end of the module."""
    if page.reading.heading(anchor) is not None:
        return anchor
    if lang == page.lang:
        return ""
    other = reading_in(reading(), page, lang)
    return page.reading.anchor_of(anchor, other) or ""


def _address(page: ModulePage, anchor: str) -> str:
    values = {"section": anchor} if anchor else {}
    return url_for(
        "section_questions.new", course=page.place.slug, module=page.slug, **values
    )


def _shown(one: OwnQuestion) -> ShownQuestion:
    return ShownQuestion(
        question=one,
        state=SHAPES[one.state],
        words=own_state_words(one.state),
        is_open=one.state in (QuestionState.WAITING, QuestionState.LATE),
    )
