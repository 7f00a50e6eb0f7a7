"""Loading the demonstration: fictional people with real courses, once."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository as repository
from conexx_learn.domain.accounts import PRIVACY_VERSION
from conexx_learn.models.accounts import User
from conexx_learn.models.insertion import insert_once
from conexx_learn.models.institutions import Institution
from conexx_learn.services.accounts import register_user
from conexx_learn.services.certification import Issuing
from conexx_learn.services.demo_folder import write_folders
from conexx_learn.services.demo_office import HIRED
from conexx_learn.services.demo_people import EVERYBODY, INSTITUTIONS, DemoInstitution
from conexx_learn.services.demo_questions import ask_and_answer
from conexx_learn.services.demo_review import send_change
from conexx_learn.services.demo_scene import LANG, Cast
from conexx_learn.services.demo_stories import tell_stories
from conexx_learn.services.demo_towns import tell_towns
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.memberships import grant_role
from conexx_learn.services.unit_of_work import reading, unit_of_work

DRAFTS = Path(repository.__file__).parent / "drafts"
"""Courses in the making that only the demonstration shows."""

DEMO_COURSES = "demo-courses"
"""Folder in `instance/` where they are put."""

DRAFT = "water-projects"
"""The one that the trainer's door leads to: it holds one warning on purpose."""


def is_empty() -> bool:
    """Say whether nobody has an account yet."""
    is_there: int | None = reading().scalar(select(User.id).limit(1))
    return is_there is None


def load_demonstration(
    *, password_hash: str, issuing: Issuing, instance: Path, now: datetime
) -> bool:
    """Load places, people and what they did, in one transaction.

    Args:
        password_hash: Of the one password of all accounts.
        issuing: Who certifies.
        instance: Folder that a run writes to, for the course in the making.
        now: This moment; every day of the demonstration is counted back from it.

    Returns:
        False where somebody has an account already: nothing was done then.
    """
    place_drafts(instance / DEMO_COURSES)
    with unit_of_work() as session:
        if session.scalar(select(User.id).limit(1)) is not None:
            return False
        load_standards(session, now=now)
        _found_institutions(session, now)
        ids = _register_accounts(session, password_hash, now)
        cast = Cast(session, ids, issuing, now)
        tell_stories(cast)
        tell_towns(cast)
        write_folders(cast)
        ask_and_answer(cast)
        send_change(cast)
    return True


def place_drafts(folder: Path) -> None:
    """Put the courses in the making where trainers find them; a changed one stays."""
    for source in repository.course_folders(DRAFTS):
        if not (folder / source.name).exists():
            files = repository.read_folder(source)
            repository.write_folder(folder / source.name, files)


def _found_institutions(session: Session, now: datetime) -> None:
    for body in INSTITUTIONS:
        insert_once(
            session,
            Institution,
            slug=body.slug,
            name=body.name,
            kind=body.kind,
            country=body.country,
            timezone=body.timezone,
            default_locale=LANG,
            created_at=now,
            population=body.population,
            mandate_ends_on=_mandate_end(body, now),
            association_id=session.scalar(
                select(Institution.id).where(Institution.slug == body.association)
            ),
        )


def _mandate_end(body: DemoInstitution, now: datetime) -> date | None:
    if body.mandate_days is None:
        return None
    today = now.astimezone(ZoneInfo(body.timezone)).date()
    return today + timedelta(days=body.mandate_days)


def _register_accounts(
    session: Session, password_hash: str, now: datetime
) -> Mapping[str, int]:
    ids: dict[str, int] = {}
    hired = now + timedelta(days=HIRED)
    for account in EVERYBODY:
        ids[account.identity] = register_user(
            session,
            identity=account.identity,
            full_name=account.full_name,
            password_hash=password_hash if account.is_invited else None,
            locale=None,
            now=hired,
            privacy_version=PRIVACY_VERSION if account.is_invited else None,
        )
        grant_role(
            session,
            user_id=ids[account.identity],
            role=account.role,
            institution_slug=account.institution,
            now=hired,
            by=None,
        )
    session.execute(
        update(User)
        .where(User.email.is_not(None), User.password.is_not(None))
        .values(confirmed_at=now)
    )
    return ids
