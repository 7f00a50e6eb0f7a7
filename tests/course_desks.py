"""A course on the desks of two trainers, for tests of its review."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from conexx_learn.domain.course_changes.version_bump import Bump
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.models.accounts import User
from conexx_learn.services.course_reviews import Sending, send_for_review
from conexx_learn.services.draft_reading import draft_of
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.drafts import save_file
from tests.factories import NOW, SAMPLES, make_membership
from tests.people import make_person

SLUG = "small-course"
WELL = "01-the-well.es.md"
CARE = "Con una tapa y una cerca."
SENTENCES = {"es": "Se explica la tapa.", "en": "The lid is explained."}


def lay_course(home: Path, slug: str = SLUG) -> Path:
    """Put a sample course into a folder of courses."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SAMPLES / slug, home / slug)
    shutil.copy(SAMPLES / "competencies.toml", home)
    return home


def make_trainer(session: Session, name: str, role: str = "trainer") -> User:
    """Make somebody who writes for the platform, or coordinates it."""
    person = make_person(session, full_name=name)
    make_membership(session, person, role)
    session.commit()
    return person


def acting(person: User, role: Role = Role.TRAINER) -> Actor:
    """Return who asks, with a role on the whole platform."""
    return Actor(person.id, (Place(role, None),))


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a course lies, and where publishing writes to."""

    home: Path
    target: Path

    def by(self, person: User) -> DraftAct:
        """Say who changes the course."""
        return DraftAct(SLUG, (self.target, self.home), person.id, NOW)

    def edit(
        self, session: Session, person: User, old: str, new: str, path: str = WELL
    ) -> None:
        """Save an edit in the browser."""
        by = self.by(person)
        draft = draft_of(session, slug=SLUG, homes=by.homes)
        text = draft.files[path].decode()
        assert old in text
        save_file(
            session,
            by,
            path=path,
            content=text.replace(old, new).encode(),
            seen=draft.sha256(path),
        )
        session.commit()

    def send(
        self,
        session: Session,
        person: User,
        *,
        bump: Bump = Bump.MINOR,
        asked: User | None = None,
    ) -> int:
        """Send the course for review."""
        sending = Sending(bump, "Please look.", SENTENCES, asked.id if asked else None)
        review_id = send_for_review(session, self.by(person), sending)
        session.commit()
        return review_id
