"""The small course again with a voided question, for tests of repairs and appeals."""

from pathlib import Path

from sqlalchemy.orm import Session

from conexx_learn.domain.messages import Message
from conexx_learn.services.repair import Applying, CorrectionToTell
from tests.learning import ISSUING
from tests.published import edited_copy, publish_sample

WELL_FILE = "01-the-well.quiz"
SINGLE = ("## well-single | De dónde sale", "## well-single | Where it comes from")


def note_letter(told: CorrectionToTell) -> Message:
    """Write a mail without a page."""
    return Message(
        key=f"correction.{told.repair_id}.{told.attempt_id}",
        recipient=told.email,
        subject="A better result",
        text=told.full_name,
        html="",
    )


APPLYING = Applying(ISSUING, "es", note_letter)


def voiding_copy(
    place: Path,
    headings: tuple[str, str] = SINGLE,
    *,
    void: str = "full",
    number: str = "1.1",
) -> Path:
    """Copy the small course as a newer version that voids a question of the well."""
    folder = edited_copy(
        place, {"course.toml": ('version = "1.0"', f'version = "{number}"')}
    )
    edit(
        folder / "small-course" / f"{WELL_FILE}.es.md",
        headings[0],
        f"{headings[0]}\nanulada: {void}\nmotivo: Tiene dos respuestas correctas.",
    )
    edit(
        folder / "small-course" / f"{WELL_FILE}.en.md",
        headings[1],
        f"{headings[1]}\nvoid-reason: Two answers are right.",
    )
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace something that a file says."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not say {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def publish_voided(session: Session, place: Path, *, void: str = "full") -> None:
    """Publish that copy."""
    publish_sample(session, folder=voiding_copy(place, void=void))
