"""A module's text is cut at its sections, and stays what it was."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from conexx_learn.domain.markup import RenderedDocument, render_document
from conexx_learn.domain.reading_sections import ModuleReading, module_reading
from tests.factories import COURSES, SAMPLES

SELF_CHECK = "```quiz\n## a | b\n\nc?\n\n- (x) d\n```"
TEXTS = sorted(
    path
    for folder in (COURSES, SAMPLES)
    for path in folder.glob("*/*.md")
    if ".quiz." not in path.name
)


class Balance(HTMLParser):
    """Counts what is open, as a browser would read it."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],  # noqa: ARG002 (the parser's signature)
    ) -> None:
        self.depth += tag not in {"br", "hr", "img"}

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (the parser's signature)
        self.depth -= 1


def rendered(text: str) -> RenderedDocument:
    return render_document(text, media_url=lambda name: f"/media/{name}")


def cut(text: str) -> ModuleReading:
    document = rendered(text)
    return module_reading(document.segments, document.headings)


def pieces(reading: ModuleReading) -> list[str | int]:
    sections = [segment for one in reading.sections for segment in one.segments]
    return [*reading.lead, *sections, *reading.notes]


def told(segments: list[str | int]) -> str:
    """Write all in one, without the blanks between pieces."""
    return "".join("".join(str(one) for one in segments).split())


def test_a_section_goes_from_its_heading_to_the_next() -> None:
    reading = cut("Intro.\n\n## One\n\nA.\n\n### Deeper\n\nB.\n\n## Two\n\nC.")

    assert [one.heading for one in reading.sections] == ["One", "Two"]
    assert [one.anchor for one in reading.sections] == ["u-one", "u-two"]
    assert reading.lead == ("<p>Intro.</p>\n",)
    assert "Deeper" in str(reading.sections[0].segments)
    assert reading.heading("u-two") == "Two"
    assert reading.heading("u-deeper") is None
    assert reading.heading("") == ""


def test_a_self_check_stays_in_its_section() -> None:
    reading = cut(f"## One\n\nA.\n\n{SELF_CHECK}\n\nB.\n\n## Two\n\n{SELF_CHECK}")

    one, two = reading.sections
    assert [type(piece) for piece in one.segments] == [str, int, str]
    assert two.segments[1:] == (1,)


def test_footnotes_belong_to_the_whole() -> None:
    reading = cut("## One\n\nA.[^1]\n\n[^1]: A note.")

    assert "footnotes" not in str(reading.sections)
    assert "A note." in str(reading.notes)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> ## Quoted\n> x", id="in a quotation"),
        pytest.param("!!! note\n    ## Inner\n\n    x", id="in a note"),
        pytest.param("    ## code", id="in code"),
        pytest.param("`<h2 id='u-x'>`", id="in words"),
        pytest.param('![> <h2 id="u-x">](media/a.png)', id="in a description"),
    ],
)
def test_no_cut_is_made_inside_of_anything(text: str) -> None:
    assert cut(f"{text}\n\nEnd.").sections == ()


def test_a_module_without_sections_is_all_lead() -> None:
    assert cut("").lead == ()
    assert cut("Text.") == ModuleReading(lead=("<p>Text.</p>",))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_text_that_ships_is_cut_into_whole_pieces(path: Path) -> None:
    text = path.read_text(encoding="utf-8").split("---\n", 2)[-1]
    document = rendered(text)

    reading = module_reading(document.segments, document.headings)

    assert told(pieces(reading)) == told(document.segments)
    for piece in pieces(reading):
        balance = Balance()
        balance.feed(str(piece))
        balance.close()
        assert balance.depth == 0, piece
    assert all(one.heading for one in reading.sections)
