"""The one-click doors of the demonstration: who comes in, and where they land."""

from dataclasses import dataclass

from conexx_learn.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class Door:
    """One door.

    Attributes:
        key: In its address.
        identity: Account that it opens; empty where none is needed.
        title: Who comes in.
        about: What they will see.
    """

    key: str
    identity: str
    title: str
    about: str


def demo_doors() -> list[Door]:
    """List the doors, in the reader's language."""
    return [
        Door(
            "learner",
            "ana@xaltepec.example",
            _("Ana, municipal technician"),
            _("In the middle of a course: continue with module 5."),
        ),
        Door(
            "trainer",
            "trainer@conexx.example",
            _("The trainer"),
            _("A course in the making, with its one warning beside the line."),
        ),
        Door(
            "verifier",
            "",
            _("Who was handed a certificate"),
            _("Two numbers: one valid, one revoked."),
        ),
    ]
