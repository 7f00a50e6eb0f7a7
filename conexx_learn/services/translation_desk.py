"""A translation beside its source: read as it stands, and the past of the source."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository as repository
from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.front_matter import source_hash
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.domain.quiz_source import QuizReading, check_translation, read_quiz
from conexx_learn.domain.translation_desk import (
    Comparison,
    Document,
    compare,
    followed_hash,
    read_document,
)
from conexx_learn.domain.translation_desk.course_files import (
    CourseLanguages,
    SourceText,
    course_languages,
)
from conexx_learn.queries.translation_sources import kept_texts, published_texts
from conexx_learn.services.draft_reading import Draft

STRUCTURE_CODES = frozenset({"E401", "E402", "E403"})
"""What the check says of a translation that is built otherwise than its source."""

_ANY_PASS = Fraction(100)


@dataclass(frozen=True, slots=True)
class FileStanding:
    """How one file stands in one language.

    Attributes:
        path: Of the translation, present or not.
        is_there: Whether there is one.
        is_readable: Whether both it and its source are texts.
        is_current: Whether it follows the source as it is.
        is_known: Whether it is known what the source said when it was translated.
        to_do: Passages that somebody has to look at.
        copied: Passages that still say what the source says.
    """

    path: str
    is_there: bool
    is_readable: bool = True
    is_current: bool = True
    is_known: bool = True
    to_do: int = 0
    copied: int = 0


@dataclass(frozen=True, slots=True)
class TranslationTable:
    """The files of a course by language.

    Attributes:
        languages: What is translated into what.
        rows: Each file of the source with its standing in each language.
    """

    languages: CourseLanguages
    rows: tuple[tuple[SourceText, tuple[FileStanding, ...]], ...]


@dataclass(frozen=True, slots=True)
class TranslationView:
    """One translation beside its source.

    Attributes:
        path: Of the translation.
        source: Path of the source.
        language: Of the translation.
        source_language: Of the source.
        seen: Fingerprint of the translation.
        seen_source: Hash of the source.
        comparison: Row by row; None where one of the two is no text.
        problems: Where the check finds that the structure disagrees, or that one of
            the two quizzes cannot be read.
    """

    path: str
    source: str
    language: str
    source_language: str
    seen: str
    seen_source: str
    comparison: Comparison | None
    problems: tuple[Problem, ...]


def translation_table(session: Session, draft: Draft) -> TranslationTable:
    """Say how each file of a course stands in each language.

    At most two statements however many files, on top of reading the draft.
    """
    languages = course_languages(draft.files)
    pasts = _pasts(session, draft, _stale_sources(draft, languages))
    rows = [
        (text, tuple(_standing(draft, text, path, pasts) for path in _all(text)))
        for text in languages.texts
    ]
    return TranslationTable(languages, tuple(rows))


def _all(text: SourceText) -> list[str]:
    return [text.paths[language] for language in sorted(text.paths)]


def translation_view(session: Session, draft: Draft, path: str) -> TranslationView:
    """Put a translation of a draft beside its source.

    Raises:
        NotFoundError: There is no such translation, or no source of it.
    """
    source = _source_of(draft, path)
    name = file_name(path)
    now = read_document(source, draft.files[source])
    target = read_document(path, draft.files[path])
    comparison: Comparison | None = None
    problems: tuple[Problem, ...] = ()
    if now and target:
        followed = followed_hash(target, source)
        stale = {(source, followed)} if followed != _hash(draft, source) else set()
        pasts = _pasts(session, draft, stale)
        comparison, problems = compared(draft, now, target, pasts)
    return TranslationView(
        path,
        source,
        name.lang,
        file_name(source).lang,
        draft.sha256(path) or "",
        _hash(draft, source),
        comparison,
        problems,
    )


def _source_of(draft: Draft, path: str) -> str:
    languages = course_languages(draft.files)
    for text in languages.texts:
        if path in text.paths.values() and path in draft.files:
            return text.name.path
    raise NotFoundError


def compared(
    draft: Draft,
    now: Document,
    target: Document,
    pasts: Mapping[tuple[str, str], bytes],
) -> tuple[Comparison, tuple[Problem, ...]]:
    """Compare two files that were read, with what is known of the past."""
    followed = followed_hash(target, now.path)
    past = pasts.get((now.path, followed))
    then = read_document(now.path, past) if past is not None else None
    problems = structure_problems(now, target) if now.is_quiz else ()
    rescored = _rescored(now, then) if then and now.is_quiz else frozenset()
    comparison = compare(
        now,
        target,
        then=then,
        is_current=followed == _hash(draft, now.path),
        rescored=rescored,
        refused=[problem.facts.get("id", "") for problem in problems],
    )
    return comparison, problems


def structure_problems(now: Document, target: Document) -> tuple[Problem, ...]:
    """List where the quizzes disagree, or why one of them cannot be compared."""
    data = now.text.encode()
    source = _reading(now.path, data)
    there = _reading(target.path, target.text.encode())
    found = [*source.problems, *there.problems]
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    if errors or source.quiz is None or there.quiz is None:
        return tuple(errors)
    told = check_translation(source.quiz, data, there.quiz)
    return tuple(problem for problem in told if problem.code in STRUCTURE_CODES)


def _reading(path: str, data: bytes) -> QuizReading:
    is_final = file_name(path).kind is FileKind.FINAL
    return read_quiz(data, path=path, is_final=is_final, default_pass=_ANY_PASS)


def _rescored(now: Document, then: Document) -> frozenset[str]:
    """List the questions that are marked in another way since."""
    before = _reading(then.path, then.text.encode()).quiz
    after = _reading(now.path, now.text.encode()).quiz
    if before is None or after is None:
        return frozenset()
    marks = {one.id: one.scoring_revision for one in before.questions}
    return frozenset(
        one.id
        for one in after.questions
        if marks.get(one.id, one.scoring_revision) != one.scoring_revision
    )


def _standing(
    draft: Draft,
    text: SourceText,
    path: str,
    pasts: Mapping[tuple[str, str], bytes],
) -> FileStanding:
    if path not in draft.files:
        return FileStanding(path, is_there=False)
    source = text.name.path
    now = read_document(source, draft.files[source])
    target = read_document(path, draft.files[path])
    if not (now and target):
        return FileStanding(path, is_there=True, is_readable=False)
    comparison, _ = compared(draft, now, target, pasts)
    copied = sum(row.state == "copied" for row in comparison.rows)
    return FileStanding(
        path,
        is_there=True,
        is_current=comparison.is_current,
        is_known=comparison.is_known,
        to_do=len(comparison.to_do) if comparison.is_known else 0,
        copied=copied,
    )


def _hash(draft: Draft, path: str) -> str:
    return source_hash(draft.files[path])


def _stale_sources(draft: Draft, languages: CourseLanguages) -> set[tuple[str, str]]:
    """List which past of which source is looked for: path and its twelve digits."""
    wanted: set[tuple[str, str]] = set()
    for text in languages.texts:
        source = text.name.path
        for path in text.paths.values():
            there = draft.files.get(path)
            target = read_document(path, there) if there is not None else None
            followed = followed_hash(target, source) if target else ""
            if followed and followed != _hash(draft, source):
                wanted.add((source, followed))
    return wanted


def _pasts(
    session: Session, draft: Draft, wanted: set[tuple[str, str]]
) -> dict[tuple[str, str], bytes]:
    """Find what sources said at some time: in versions, drafts and the folder."""
    found: dict[tuple[str, str], bytes] = {}
    left = {one for one in wanted if one[1]}
    if not left:
        return found
    for path, data in _known_pasts(session, draft, {path for path, _ in left}):
        for one in [one for one in left if path in (one[0], "")]:
            if source_hash(data) == one[1]:
                found[one] = data
                left.discard(one)
        if not left:
            break
    return found


def _known_pasts(
    session: Session, draft: Draft, paths: set[str]
) -> Iterator[tuple[str, bytes]]:
    for content in kept_texts(session, draft.slug, sorted(paths)):
        yield "", content
    for texts in published_texts(session, draft.slug):
        for path in sorted(paths & texts.keys()):
            yield path, texts[path].encode()
    yield from _lying(draft.folder, paths)


def _lying(folder: Path | None, paths: set[str]) -> Iterator[tuple[str, bytes]]:
    lying = repository.read_folder(folder) if folder else {}
    for path in sorted(paths & lying.keys()):
        yield path, lying[path]
