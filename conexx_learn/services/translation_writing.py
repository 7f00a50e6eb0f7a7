"""The verbs of a translator: add a language, begin a file, save it, say it is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from conexx_learn.domain.course_source.file_names import file_name
from conexx_learn.domain.course_source.source_files import LIMITS, over_limit
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.problems import Problem
from conexx_learn.domain.translation_desk import (
    Comparison,
    Edits,
    Row,
    State,
    begun_translation,
    compose,
    following,
    read_document,
)
from conexx_learn.domain.translation_desk.course_files import course_languages
from conexx_learn.domain.translation_desk.stated_sources import in_language
from conexx_learn.services.draft_reading import draft_of
from conexx_learn.services.draft_writing import DraftAct, hold
from conexx_learn.services.drafts import save_file
from conexx_learn.services.translation_desk import (
    TranslationView,
    structure_problems,
    translation_view,
)


@dataclass(frozen=True, slots=True)
class TypedTranslation:
    """What a translator sends.

    Attributes:
        texts: Key of a row to what was typed.
        confirmed: Rows that are right as they are.
        copies_missing: What is missing shall be copied from the source.
        seen: Fingerprint of the translation that the page showed.
        seen_source: Hash of the source that the page showed.
        is_review: The whole file shall follow the source as it is.
        is_all_confirmed: Every row was looked at, where nobody knows what changed.
    """

    texts: Mapping[str, str]
    confirmed: frozenset[str]
    copies_missing: bool
    seen: str
    seen_source: str
    is_review: bool
    is_all_confirmed: bool


@dataclass(frozen=True, slots=True)
class SavedTranslation:
    """What came of it.

    Attributes:
        view: The translation and its source as they were when it was sent.
        is_saved: Whether it was written.
        is_conflict: Somebody saved one of the two files meanwhile.
        refused: Row to why it cannot be written: `lacking`, `structure`, `unreviewed`.
        problems: What the check says against the whole.
        needs_confirmation: A review needs the word that everything was looked at.
    """

    view: TranslationView
    is_saved: bool = False
    is_conflict: bool = False
    refused: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    needs_confirmation: bool = False


def add_language(session: Session, by: DraftAct, *, language: str) -> str:
    """Begin the course page in another language; returns its path.

    Raises:
        NotFoundError: No such course, or it has no page in its own language.
        RuleError: The course has this language.
    """
    draft = draft_of(session, slug=by.slug, homes=by.homes)
    languages = course_languages(draft.files)
    if language in {languages.source_language, *languages.languages}:
        raise RuleError("language-taken", language=language)
    return _begun(session, by, f"course.{language}.md", languages.source_language)


def begin_translation(session: Session, by: DraftAct, *, path: str) -> str:
    """Begin a file of a language that the course has; returns its path.

    Raises:
        NotFoundError: No such course, language or source.
        EditConflictError: Somebody began it meanwhile.
    """
    draft = draft_of(session, slug=by.slug, homes=by.homes)
    languages = course_languages(draft.files)
    paths = [path for text in languages.texts for path in text.paths.values()]
    if path not in paths:
        raise NotFoundError
    return _begun(session, by, path, languages.source_language)


def _begun(session: Session, by: DraftAct, path: str, source_language: str) -> str:
    draft = draft_of(session, slug=by.slug, homes=by.homes)
    source = in_language(path, source_language)
    data = draft.files.get(source)
    if data is None or read_document(source, data) is None:
        raise NotFoundError
    language = file_name(path).lang
    content = begun_translation(source, data, path=path, language=language)
    save_file(session, by, path=path, content=content, seen=None)
    return path


def save_translation(
    session: Session, by: DraftAct, *, path: str, typed: TypedTranslation
) -> SavedTranslation:
    """Write what a translator sent: all of it, or nothing.

    Raises:
        NotFoundError: No such course or translation.
    """
    hold(session, by)
    draft = draft_of(session, slug=by.slug, homes=by.homes)
    view = translation_view(session, draft, path)
    if view.comparison is None:
        raise NotFoundError
    if (view.seen, view.seen_source) != (typed.seen, typed.seen_source):
        return SavedTranslation(view, is_conflict=True)
    edits = Edits(typed.texts, typed.confirmed, typed.copies_missing)
    composed = compose(view.comparison, edits)
    refused = {**composed.refused, **_unreviewed(view.comparison, edits, typed)}
    if refused:
        return SavedTranslation(view, refused=refused)
    if typed.is_review and not view.comparison.is_known and not typed.is_all_confirmed:
        return SavedTranslation(view, needs_confirmation=True)
    text = composed.text
    if typed.is_review:
        data = draft.files[view.source]
        text = following(text, source=view.source, data=data)
    problems = _against(view, text, is_review=typed.is_review)
    if problems:
        return SavedTranslation(view, problems=problems)
    if text != view.comparison.target.text:
        content = view.comparison.target.encoded(text)
        save_file(session, by, path=path, content=content, seen=typed.seen)
    return SavedTranslation(view, is_saved=True)


def _unreviewed(
    comparison: Comparison, edits: Edits, typed: TypedTranslation
) -> dict[str, str]:
    """List the rows that a review leaves open."""
    if not typed.is_review or not comparison.is_known:
        return {}
    return {
        row.key: "unreviewed"
        for row in comparison.to_do
        if not _is_settled(comparison, edits, row)
    }


def _is_settled(comparison: Comparison, edits: Edits, row: Row) -> bool:
    """Say whether a review may pass over a row."""
    if edits.is_edited(row) or (row.is_confirmable and row.key in edits.confirmed):
        return True
    is_mended = row.state is State.MISSING or not comparison.is_writable(row)
    return edits.copies_missing and is_mended


def _against(
    view: TranslationView, text: str, *, is_review: bool
) -> tuple[Problem, ...]:
    """Say what speaks against a text: too long, or built worse than it was."""
    data = text.encode()
    most = LIMITS[file_name(view.path).kind]
    if len(data) > most:
        return (over_limit(view.path, len(data), most),)
    comparison = view.comparison
    written = read_document(view.path, data)
    if comparison is None or written is None or not comparison.now.is_quiz:
        return ()
    after = structure_problems(comparison.now, written)
    before = {(one.code, one.facts.get("id")) for one in view.problems}
    if is_review:
        return after
    return tuple(one for one in after if (one.code, one.facts.get("id")) not in before)
