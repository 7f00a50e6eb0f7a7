"""The one-click doors of the demonstration: who comes in, and where they land."""

from dataclasses import dataclass

from conexx_learn.services.demo_people import (
    ANA,
    ASSESSOR,
    COORDINATOR,
    MANAGER,
    MAYOR,
    TRAINER,
)
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
            ANA,
            _("Ana, municipal technician"),
            _("In the middle of a course: continue with module 5."),
        ),
        Door(
            "manager",
            MANAGER,
            _("The training manager"),
            _("A town hall on one screen: how it stands, and what to do next."),
        ),
        Door(
            "mayor",
            MAYOR,
            _("The mayor"),
            _("A call in hand: can we apply, and if not, who does what?"),
        ),
        Door(
            "trainer",
            TRAINER,
            _("The trainer"),
            _("A course in the making, with its one warning beside the line."),
        ),
        Door(
            "assessor",
            ASSESSOR,
            _("Who grades a dossier"),
            _("A project without names waits for its second assessor."),
        ),
        Door(
            "coordinator",
            COORDINATOR,
            _("The coordination"),
            _("Five institutions side by side, and what waits for an answer."),
        ),
        Door(
            "verifier",
            "",
            _("Who was handed a certificate"),
            _("A number in each state, and a file to compare with what was issued."),
        ),
    ]
