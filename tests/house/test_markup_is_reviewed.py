"""Text becomes HTML in few places; each of them is listed here and was read."""

import re

from tests.house.source_tree import (
    PACKAGE,
    TEMPLATES,
    called_name,
    calls,
    python_files,
    shown,
    syntax_tree,
    template_files,
)

MAKERS = {
    # The filter that passes what domain.markup made and cleaned.
    "conexx_learn/web/filters.py",
    # Messages of our own catalogues.
    "conexx_learn/web/language.py",
    # Takes the tags out again, for the options of a match.
    "conexx_learn/web/question_views.py",
}
READERS = {
    # Two versions compared, cleaned after the marks were set.
    "components/changes.html",
    # An explanation, cleaned when the glossary was read.
    "components/glossary.html",
    # HTML of a course, cleaned when it was published.
    "components/question.html",
    "components/question_sheet.html",
    "components/reading.html",
    "components/trial.html",
    "learner/attempt.html",
    "public/course.html",
    "public/offline.html",
}
FROM_TEXT = {"render_template_string", "from_string", "Template"}
PASSES = re.compile(r"\|\s*safe_html\b")


def test_markup_is_made_in_the_reviewed_files_only() -> None:
    found = {
        shown(path)
        for path in python_files()
        if path.is_relative_to(PACKAGE)
        for call in calls(syntax_tree(path))
        if called_name(call) == "Markup"
    }

    assert not found - MAKERS, f"Let the template escape in {sorted(found - MAKERS)}"
    assert not MAKERS - found, f"No longer makes markup: {sorted(MAKERS - found)}"


def test_no_template_is_made_of_text_at_run_time() -> None:
    found = [
        f"{shown(path)}:{call.lineno}"
        for path in python_files()
        if path.is_relative_to(PACKAGE)
        for call in calls(syntax_tree(path))
        if called_name(call) in FROM_TEXT
    ]

    assert not found, f"Write a file in web/templates instead: {found}"


def test_clean_html_enters_the_reviewed_templates_only() -> None:
    found = {
        path.relative_to(TEMPLATES).as_posix()
        for path in template_files()
        if PASSES.search(path.read_text(encoding="utf-8"))
    }

    assert not found - READERS, (
        "Is it HTML that domain.markup made? Then list these here: "
        f"{sorted(found - READERS)}"
    )
    assert not READERS - found, f"No longer shows HTML: {sorted(READERS - found)}"
