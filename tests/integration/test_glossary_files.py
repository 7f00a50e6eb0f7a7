"""The glossary beside the courses: checked with them, linked at publication."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.course_source import GLOSSARY_FILES, read_glossary
from conexx_learn.models.catalogue import Module, ModuleText
from conexx_learn.services import course_publication
from conexx_learn.services.course_checking import PROJECT_COURSES, check_folder
from conexx_learn.services.course_publication import publish_folder
from conexx_learn.services.glossary import glossary_entries
from tests.factories import NOW
from tests.published import edited_copy

FAULTY = "## pozo\n\nUn hoyo.\n\n## pozo\n\nOtro.\n"


def test_the_shipped_glossary_is_sound_and_whole_in_both_languages() -> None:
    paths = PROJECT_COURSES.glob(GLOSSARY_FILES)
    glossary, problems = read_glossary({path.name: path.read_bytes() for path in paths})
    ids = {lang: {term.id for term in terms} for lang, terms in glossary.items()}

    assert problems == []
    assert set(ids) == {"es", "en"}
    assert ids["es"] == ids["en"]
    assert len(ids["es"]) > 150


def test_the_check_of_all_courses_checks_the_glossary(tmp_path: Path) -> None:
    home = edited_copy(tmp_path / "courses", {})
    (home / "glossary.es.md").write_text(FAULTY, encoding="utf-8")

    found = check_folder(home, today=NOW.date())
    single = check_folder(home / "small-course", today=NOW.date())

    assert ("glossary.es.md", 5, "E113") in [(p.path, p.line, p.code) for p in found]
    assert not [problem for problem in single if "glossary" in problem.path]


def test_publishing_links_the_words_of_the_installation(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = edited_copy(tmp_path / "courses", {})
    (home / "glossary.es.md").write_text("## pozo\n\nUn hoyo.\n", encoding="utf-8")
    monkeypatch.setattr(course_publication, "PROJECT_COURSES", home)

    outcomes = list(publish_folder(home, change_note={}, now=NOW))

    assert [outcome.problems for outcome in outcomes] == [()]
    html = {
        lang: "".join(str(segment) for segment in segments)
        for lang, segments in session.execute(
            select(ModuleText.lang, ModuleText.segments)
            .join(Module, Module.id == ModuleText.module_id)
            .where(Module.slug == "the-well")
        )
    }
    assert html["es"].count('href="/glossary#u-pozo"') == 1
    assert "/glossary" not in html["en"]


def test_a_glossary_that_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "glossary.en.md"
    path.write_text("## well\n\nA hole.\n", encoding="utf-8")
    before = glossary_entries(tmp_path, lang="en")

    path.write_text("## well\n\nA hole.\n\n## pump\n\nIt lifts.\n", encoding="utf-8")

    assert [entry.id for entry in before] == ["well"]
    assert [e.id for e in glossary_entries(tmp_path, lang="en")] == ["pump", "well"]
