"""The files and modules of a course as its workspace lists them."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from conexx_learn.domain.course_editing.outline import OutlinedModule, outline
from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.course_source.source_files import normalised, shown_size
from conexx_learn.domain.drafts import FileState, file_states, fingerprint
from conexx_learn.domain.front_matter import COURSE_CODES, read_front_matter
from conexx_learn.domain.problems import Problem, Severity
from conexx_learn.queries.drafts import PublishedFiles
from conexx_learn.services.draft_reading import Draft
from conexx_learn.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the workspace.

    Attributes:
        path: Inside the folder.
        state: Beside what learners have.
        word: The state, or what is wrong, in a word.
        shape: Of the word, for `standing`.
        errors: Problems in it that keep the course from being published.
        warnings: Problems that do not.
        size: As people write it; empty for a file that goes.
        saved_at: When it was changed in the browser; None where it was not.
        is_text: Whether it can be opened as text.
        is_beneath: Whether the folder's file changed since.
    """

    path: str
    state: FileState
    word: str
    shape: str
    errors: int
    warnings: int
    size: str
    saved_at: datetime | None
    is_text: bool
    is_beneath: bool


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A module of the outline.

    Attributes:
        module: Its files.
        title: In the source language; its slug while it has none.
        minutes: Of all its work.
        languages: Each language of the course, and whether the module has it.
        has_quiz: Whether it ends with a quiz.
        errors: Of all its files.
        is_first: Nothing stands before it.
        is_last: Nothing comes after it.
    """

    module: OutlinedModule
    title: str
    minutes: int
    languages: tuple[tuple[str, bool], ...]
    has_quiz: bool
    errors: int
    is_first: bool
    is_last: bool


def file_rows(
    draft: Draft, published: PublishedFiles | None, problems: Sequence[Problem]
) -> list[FileRow]:
    """List the files of a draft, and those that it takes away."""
    errors = _counted(problems, Severity.ERROR)
    warnings = _counted(problems, Severity.WARNING)
    states = file_states(_published_hashes(published), _hashes(draft.files))
    return [
        _file_row(draft, path, state, errors[path], warnings[path])
        for path, state in states.items()
        if file_name(path).kind is not FileKind.MEDIA
    ]


def _published_hashes(published: PublishedFiles | None) -> dict[str, str]:
    if published is None:
        return {}
    texts = {path: fingerprint(text.encode()) for path, text in published.texts.items()}
    return texts | published.media


def _hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """Compare texts as the check reads them."""
    return {
        path: fingerprint(
            body if file_name(path).kind is FileKind.MEDIA else normalised(body)
        )
        for path, body in files.items()
    }


def _counted(problems: Sequence[Problem], severity: Severity) -> Counter[str]:
    return Counter(one.path for one in problems if one.severity is severity)


def _file_row(
    draft: Draft, path: str, state: FileState, errors: int, warnings: int
) -> FileRow:
    changed = draft.changed.get(path)
    shape, word = _state_word(state)
    if errors:
        shape, word = "blocked", _("With errors")
    if path in draft.beneath:
        shape, word = "exception", _("Changed in two places")
    body = draft.files.get(path)
    return FileRow(
        path=path,
        state=state,
        word=word,
        shape=shape,
        errors=errors,
        warnings=warnings,
        size=shown_size(len(body)) if body is not None else "",
        saved_at=changed.saved_at if changed else None,
        is_text=body is not None and file_name(path).kind is not FileKind.MEDIA,
        is_beneath=path in draft.beneath,
    )


def _state_word(state: FileState) -> tuple[str, str]:
    return {
        FileState.UNCHANGED: ("met", _("As published")),
        FileState.EDITED: ("progress", _("Edited")),
        FileState.ADDED: ("progress", _("New")),
        FileState.REMOVED: ("none", _("Removed")),
    }[state]


def module_rows(
    draft: Draft, problems: Sequence[Problem], languages: Sequence[str]
) -> list[ModuleRow]:
    """List the modules of a draft in their order."""
    errors = _counted(problems, Severity.ERROR)
    modules = outline(draft.files)
    minutes = _minutes(draft)
    return [
        ModuleRow(
            module=module,
            title=_title(draft, module, languages),
            minutes=minutes.get(module.slug, 0),
            languages=tuple((lang, lang in module.texts) for lang in languages),
            has_quiz=bool(module.quizzes),
            errors=sum(errors[path] for path in module.paths),
            is_first=place == 0,
            is_last=place == len(modules) - 1,
        )
        for place, module in enumerate(modules)
    ]


def course_languages(draft: Draft) -> tuple[str, ...]:
    """List the languages that a course is written in, its own first."""
    found = {
        name.lang
        for path in draft.files
        if (name := file_name(path)).kind in {FileKind.COURSE_TEXT, FileKind.MODULE}
    }
    source = source_language(draft)
    return tuple(sorted(found, key=lambda lang: (lang != source, lang)))


def source_language(draft: Draft) -> str:
    """Return the language that the others translate; empty while it is not stated."""
    stated = settings_values(draft).get("source_language")
    return stated if isinstance(stated, str) else ""


def settings_values(draft: Draft) -> dict[str, object]:
    """Return what `course.toml` says; nothing while it cannot be read."""
    text = draft.files.get("course.toml", b"").decode(errors="replace")
    try:
        return tomllib.loads(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def module_tables(draft: Draft) -> dict[str, dict[str, object]]:
    """Return slug to what `course.toml` says of each module."""
    tables = settings_values(draft).get("modules")
    entries = tables if isinstance(tables, list) else []
    return {
        str(entry.get("slug")): entry for entry in entries if isinstance(entry, dict)
    }


def _minutes(draft: Draft) -> dict[str, int]:
    keys = ("minutes", "quiz_minutes", "task_minutes")
    return {
        slug: sum(value for key in keys if isinstance(value := table.get(key), int))
        for slug, table in module_tables(draft).items()
    }


def _title(draft: Draft, module: OutlinedModule, languages: Sequence[str]) -> str:
    for lang in languages:
        path = module.texts.get(lang)
        if path:
            return head_value(draft.files[path], "title") or module.slug
    return module.slug


def head_value(content: bytes, key: str) -> str:
    """Return a value of the head of a text file; empty where it has none."""
    text = normalised(content).decode(errors="replace")
    head, _problems = read_front_matter(text.split("\n"), path="", codes=COURSE_CODES)
    return head.values.get(key, "")
