"""A sound folder made into the canonical `Course`."""

from collections.abc import Mapping

from conexx_learn.domain.course import Course, CourseText, Grant, Module, ModuleText
from conexx_learn.domain.course_source.course_quizzes import CourseQuizzes
from conexx_learn.domain.course_source.file_names import FileKind, file_name
from conexx_learn.domain.course_source.folder import CourseFolder, ModuleFiles
from conexx_learn.domain.course_source.media import media_files
from conexx_learn.domain.course_source.references import images_of
from conexx_learn.domain.course_source.settings import CourseTable, ModuleTable
from conexx_learn.domain.course_source.source_files import normalised, source_files
from conexx_learn.domain.course_source.text_files import TextFile
from conexx_learn.domain.course_source.versions import content_hash


def assemble(
    files: Mapping[str, bytes],
    folder: CourseFolder,
    quizzes: CourseQuizzes,
    table: CourseTable,
    *,
    slug: str,
) -> Course:
    """Make the model of a folder in which no error was found."""
    major, minor = table.version.split(".")
    contents = {file.path: file.data for file in source_files(files)}
    return Course(
        slug=slug,
        version=(int(major), int(minor)),
        source_language=table.source_language,
        hours=table.hours,
        eqf_level=table.eqf_level,
        validity_months=table.validity_months,
        pass_mark=table.pass_mark,
        grants=tuple(Grant(item.competency, item.level) for item in table.grants),
        prerequisites=table.prerequisites,
        outcomes=table.outcomes,
        assessment=table.assessment,
        participation=table.participation,
        quality_assurance=table.quality_assurance,
        ects=table.ects,
        supervision=table.supervision,
        access=table.access,
        final_minutes=table.final_minutes,
        texts=_course_texts(folder, table.outcomes),
        modules=_modules(folder, quizzes, table),
        finals=quizzes.of(folder.finals),
        rubric_md={lang: text.file.text for lang, text in folder.rubrics.items()},
        media=media_files(folder.media),
        content_hash=content_hash(contents),
        files=_text_files(files),
    )


def _course_texts(
    folder: CourseFolder, outcomes: tuple[str, ...]
) -> dict[str, CourseText]:
    texts = sorted(folder.texts.items())
    return {lang: _course_text(text, outcomes) for lang, text in texts}


def _modules(
    folder: CourseFolder, quizzes: CourseQuizzes, table: CourseTable
) -> tuple[Module, ...]:
    entries = enumerate(table.modules, start=1)
    return tuple(_module(folder, quizzes, entry, number) for number, entry in entries)


def _course_text(text: TextFile, outcomes: tuple[str, ...]) -> CourseText:
    return CourseText(
        lang=text.file.name.lang,
        title=text.value("title"),
        summary=text.value("summary"),
        outcomes={outcome: text.value(outcome) for outcome in outcomes},
        body_md=text.body_md,
    )


def _module(
    folder: CourseFolder, quizzes: CourseQuizzes, entry: ModuleTable, number: int
) -> Module:
    module = folder.modules[entry.slug]
    return Module(
        slug=entry.slug,
        number=number,
        minutes=entry.minutes,
        quiz_minutes=entry.quiz_minutes,
        task_minutes=entry.task_minutes,
        required=entry.required,
        outcomes=entry.outcomes,
        valid_until=entry.valid_until,
        texts={
            lang: _module_text(text, quizzes)
            for lang, text in sorted(module.texts.items())
        },
        quizzes=quizzes.of(module.quizzes),
        content_hash=_module_hash(folder, module),
    )


def _module_text(text: TextFile, quizzes: CourseQuizzes) -> ModuleText:
    sources = (part.strip() for part in text.value("sources").split(";"))
    return ModuleText(
        lang=text.file.name.lang,
        title=text.value("title"),
        body_md=text.body_md,
        sources=tuple(source for source in sources if source),
        self_checks=quizzes.self_checks.get(text.file.path, ()),
        path=text.file.path,
        byte_count=len(text.file.data),
    )


def _module_hash(folder: CourseFolder, module: ModuleFiles) -> str:
    """Hash what a learner reads and answers, but not the module's place or file name.

    Renumbering the files of a course must not lose anybody's progress.
    """
    images = {path for text in module.texts.values() for path in images_of(text.prose)}
    parts = {file.path: file.data for file in folder.media if file.path in images}
    parts |= {f"text.{lang}": text.file.data for lang, text in module.texts.items()}
    parts |= {f"quiz.{lang}": file.data for lang, file in module.quizzes.items()}
    return content_hash(parts)


def _text_files(files: Mapping[str, bytes]) -> dict[str, str]:
    """Keep every text file for export, those for the folder's readers included."""
    return {
        path: normalised(data).decode(errors="replace")
        for path, data in sorted(files.items())
        if file_name(path).kind is not FileKind.MEDIA and not path.startswith(".")
    }
