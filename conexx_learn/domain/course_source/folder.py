"""A course folder sorted out: which file serves which module in which language."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from conexx_learn.domain.course_source.file_names import (
    RESERVED,
    FileKind,
    FileName,
    file_name,
)
from conexx_learn.domain.course_source.settings_check import (
    SETTINGS_FILE,
    SettingsCheck,
    check_settings,
)
from conexx_learn.domain.course_source.source_files import SourceFile, source_files
from conexx_learn.domain.course_source.text_files import TextFile, read_text
from conexx_learn.domain.problems import Problem

_MODULE_KEYS = ("title", "translates", "sources")
_TEXTS_KEPT = 256
_COURSE_KEYS = ("title", "summary", "translates")


@dataclass(slots=True)
class ModuleFiles:
    """The files of one module.

    Attributes:
        slug: As in the file names.
        numbers: Every number that its files carry; one in a sound course.
        texts: Language to text.
        quizzes: Language to file.
    """

    slug: str
    numbers: set[int] = field(default_factory=set)
    texts: dict[str, TextFile] = field(default_factory=dict)
    quizzes: dict[str, SourceFile] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """Tell the lowest number; 0 for a module without files."""
        return min(self.numbers, default=0)


@dataclass(slots=True)
class CourseFolder:
    """Everything in a course folder that could be read.

    Attributes:
        check: What `course.toml` gave.
        source_language: Stated, or the one that most files have.
        texts: Language to `course.<lang>.md`.
        modules: Slug to files, by number.
        finals: Language to the final quiz's file.
        rubrics: Language to text.
        media: Files of `media/`, sound or not.
        problems: Of the heads and bodies of all texts.
    """

    check: SettingsCheck
    source_language: str
    texts: dict[str, TextFile] = field(default_factory=dict)
    modules: dict[str, ModuleFiles] = field(default_factory=dict)
    finals: dict[str, SourceFile] = field(default_factory=dict)
    rubrics: dict[str, TextFile] = field(default_factory=dict)
    media: list[SourceFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def languages(self) -> frozenset[str]:
        """Collect every language that the course page or a module is written in."""
        texts = (text for module in self.modules.values() for text in module.texts)
        return frozenset({self.source_language, *self.texts, *texts})


def read_folder(files: Mapping[str, bytes]) -> CourseFolder:
    """Sort a folder's files and read every text in it."""
    sources = source_files(files)
    settings = next((file.data for file in sources if file.path == SETTINGS_FILE), None)
    check = check_settings(settings)
    if settings is None and SETTINGS_FILE in files:
        check = SettingsCheck(None, None, ())
    names = [file.name for file in sources]
    folder = CourseFolder(check, _source_language(check, names))
    folder.problems += check.problems
    outcomes = check.table.outcomes if check.table else _stated_outcomes(check)
    for file in sorted(sources, key=lambda source: source.name.number):
        _place(folder, file, outcomes)
    return folder


def _source_language(check: SettingsCheck, names: Iterable[FileName]) -> str:
    stated = check.text_of("source_language")
    if stated:
        return stated
    counted = Counter(name.lang for name in names if name.lang)
    return max(sorted(counted), key=lambda lang: counted[lang], default="es")


def _stated_outcomes(check: SettingsCheck) -> tuple[str, ...]:
    """Take the outcomes of a faulty file as they stand, to spare wrong complaints."""
    stated = check.source.document.get("outcomes") if check.source else None
    values = stated if isinstance(stated, list) else []
    return tuple(value for value in values if isinstance(value, str))


def _place(folder: CourseFolder, file: SourceFile, outcomes: tuple[str, ...]) -> None:
    lang = file.name.lang
    match file.name.kind:
        case FileKind.MODULE:
            module = _module(folder, file)
            _keep(folder, module.texts, _read(folder, file, _MODULE_KEYS, ("title",)))
        case FileKind.QUIZ:
            _module(folder, file).quizzes[lang] = file
        case FileKind.COURSE_TEXT:
            needed = ("title", "summary", *outcomes)
            text = _read(folder, file, (*_COURSE_KEYS, *outcomes), needed)
            _keep(folder, folder.texts, text)
        case FileKind.RUBRIC:
            text = read_text(file, allowed=_MODULE_KEYS, obligatory=())
            _keep(folder, folder.rubrics, text)
        case FileKind.FINAL:
            folder.finals[lang] = file
        case FileKind.MEDIA:
            folder.media.append(file)


def _module(folder: CourseFolder, file: SourceFile) -> ModuleFiles:
    slug = file.name.slug
    module = folder.modules.setdefault(slug, ModuleFiles(slug))
    module.numbers.add(file.name.number)
    return module


def _read(
    folder: CourseFolder,
    file: SourceFile,
    allowed: tuple[str, ...],
    obligatory: tuple[str, ...],
) -> TextFile | Problem:
    translated = file.name.lang != folder.source_language
    needed = (*obligatory, "translates") if translated else obligatory
    return _remembered(file, allowed, needed)


@lru_cache(maxsize=_TEXTS_KEPT)
def _remembered(
    file: SourceFile, allowed: tuple[str, ...], obligatory: tuple[str, ...]
) -> TextFile | Problem:
    """Read a text once: who writes one file checks the others again."""
    return read_text(file, allowed=allowed, obligatory=obligatory)


def _keep(
    folder: CourseFolder, texts: dict[str, TextFile], text: TextFile | Problem
) -> None:
    if isinstance(text, Problem):
        folder.problems.append(text)
        return
    texts[text.file.name.lang] = text
    folder.problems += text.problems


def structure_problems(
    folder: CourseFolder, files: Mapping[str, bytes]
) -> Iterator[Problem]:
    """Report modules without files, files without modules, and order (E005, E006)."""
    present = [name for path in files if (name := file_name(path)).number]
    yield from _unlisted_files(folder, present)
    yield from _modules_without_file(folder, present)
    yield from _number_problems(folder)
    course_page = f"course.{folder.source_language}.md"
    if course_page not in files:
        facts = {"file": course_page, "variant": "course-text"}
        yield Problem(SETTINGS_FILE, 1, 1, "E005", facts)


def _unlisted_files(folder: CourseFolder, names: list[FileName]) -> Iterator[Problem]:
    listed = set(folder.check.module_slugs)
    with_text = {name.slug for name in names if name.kind is FileKind.MODULE}
    for name in names:
        facts = {"slug": name.slug}
        if name.slug in RESERVED:
            shown = {"key": "slug", "value": name.slug, "variant": "reserved"}
            yield Problem(name.path, 1, 1, "E004", shown)
        elif folder.check.source and name.slug not in listed:
            yield Problem(name.path, 1, 1, "E005", {**facts, "variant": "unlisted"})
        elif name.slug not in with_text:
            yield Problem(name.path, 1, 1, "E005", {**facts, "variant": "quiz-alone"})


def _modules_without_file(
    folder: CourseFolder, names: list[FileName]
) -> Iterator[Problem]:
    source, language = folder.check.source, folder.source_language
    written = {
        n.slug for n in names if n.kind is FileKind.MODULE and n.lang == language
    }
    quizzed = {n.slug for n in names if n.kind is FileKind.QUIZ and n.lang == language}
    for index, slug in enumerate(folder.check.module_slugs):
        if slug not in written and source:
            facts = {"slug": slug, "file": f"{index + 1:02}-{slug}.{language}.md"}
            yield source.problem(("modules", index, "slug"), "E005", **facts)
    for name in names:
        if name.kind is FileKind.QUIZ and name.slug not in quizzed:
            facts = {"slug": name.slug, "language": language, "variant": "quiz-source"}
            yield Problem(name.path, 1, 1, "E005", facts)


def _number_problems(folder: CourseFolder) -> Iterator[Problem]:
    source = folder.check.source
    before = 0
    seen: dict[int, str] = {}
    for module in folder.modules.values():
        other = seen.setdefault(module.number, module.slug)
        if other != module.slug or len(module.numbers) > 1:
            path = _some_path(module)
            facts = {"slug": module.slug, "other": other, "variant": "number"}
            yield Problem(path, 1, 1, "E006", facts)
    for index, slug in enumerate(folder.check.module_slugs):
        listed = folder.modules.get(slug)
        if listed is None or source is None:
            continue
        if listed.number < before:
            facts = {"slug": slug, "file": _some_path(listed)}
            yield source.problem(("modules", index, "slug"), "E006", **facts)
        before = max(before, listed.number)


def _some_path(module: ModuleFiles) -> str:
    texts = [text.file.path for text in module.texts.values()]
    return min([*texts, *(file.path for file in module.quizzes.values())], default="")
