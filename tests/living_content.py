"""The small course with what living content is about: sources, and a last day."""

from datetime import date
from pathlib import Path

from tests.published import Edits, edited_copy

TITLE, RESTS = "title: El pozo\n", "sources: W-001 y W-002 Ley de aguas, art. 3"
SINGLE = "## well-single | De dónde sale\n"
FINAL = "## final-pump | La bomba\n"
MINUTES = 'slug = "the-well"\nminutes = 15\n'


def sourced(
    place: Path, *, number: str = "1.0", until: date | None = None, rests: str = RESTS
) -> Path:
    """Copy the small course: its well rests on two laws, its final on another."""
    edits: Edits = {
        "01-the-well.es.md": (TITLE, f"{TITLE}{rests}\n"),
        "01-the-well.quiz.es.md": (SINGLE, f"{SINGLE}fuente: W-002\n"),
        "final.quiz.es.md": (FINAL, f"{FINAL}fuente: W-003\n"),
        "course.toml": (
            MINUTES,
            f"{MINUTES}valid_until = {until}\n" if until else MINUTES,
        ),
    }
    folder = edited_copy(place / number, edits)
    settings = folder / "small-course" / "course.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('version = "1.0"', f'version = "{number}"')
    settings.write_text(text, encoding="utf-8")
    return folder
