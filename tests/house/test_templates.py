"""Templates say what they need, run nothing, and let no text pass as HTML."""

import re
from pathlib import Path

import pytest

from tests.house.source_tree import TEMPLATES, shown, template_files

COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?P<rest>[^>]*)>", re.IGNORECASE)
INERT = re.compile(r'type="application/(?:ld\+)?json"')
HANDLER = re.compile(r"<[a-z][^<>]*?\son[a-z]+\s*=", re.IGNORECASE)
STYLE_ATTRIBUTE = re.compile(r"<[a-z][^<>]*?\sstyle\s*=", re.IGNORECASE)
STYLE_ELEMENT = re.compile(r"<style\b", re.IGNORECASE)
BYPASS = re.compile(r"\|\s*safe\b(?!_)|autoescape|Markup")
OWN_STYLE = {
    # Read outside the site, under a policy of its own: one file, no other request.
    "public/offline.html",
    # Programs for mail read styles on the elements only.
    "mail/base.html",
    "mail/parts.html",
}

TEMPLATE = pytest.mark.parametrize(
    "path",
    [path for path in template_files() if path.suffix == ".html"],
    ids=lambda path: path.relative_to(TEMPLATES).as_posix(),
)


def name(path: Path) -> str:
    """Write a template as it is rendered."""
    return path.relative_to(TEMPLATES).as_posix()


def source(path: Path) -> str:
    """Read a template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@TEMPLATE
def test_a_template_begins_with_a_comment_that_says_what_it_needs(path: Path) -> None:
    begins = path.read_text(encoding="utf-8").lstrip().startswith("{#")

    assert begins, f"{shown(path)}: begin with {{# what it shows; its names #}}"


@TEMPLATE
def test_a_template_lets_no_text_pass_as_html(path: Path) -> None:
    found = BYPASS.findall(source(path))

    assert not found, f"{shown(path)}: HTML is made in domain.markup only: {found}"


@TEMPLATE
def test_a_template_carries_no_script_of_its_own(path: Path) -> None:
    text = source(path)
    scripts = [m[0] for m in SCRIPT.finditer(text) if not INERT.search(m["rest"])]
    handlers = HANDLER.findall(text)

    assert not scripts, f"{shown(path)}: put it into static/js: {scripts}"
    assert not handlers, f"{shown(path)}: listen in static/js instead: {handlers}"


@TEMPLATE
def test_a_template_carries_no_style_of_its_own(path: Path) -> None:
    text = source(path)
    found = STYLE_ATTRIBUTE.findall(text) + STYLE_ELEMENT.findall(text)

    assert not found or name(path) in OWN_STYLE, (
        f"{shown(path)}: use a class of static/components.css"
    )
