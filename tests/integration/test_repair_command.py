"""`flask courses publish`: the dry run, the repair that follows, and who is told."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.cli.repairs import applying, finish_repairs
from conexx_learn.models.accounts import User
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.repairs import Correction
from conexx_learn.services.repair import apply_repairs
from tests.factories import NOW
from tests.learning import SMALL, begin_attempt, enrolled_user, submit
from tests.mails import mails_to
from tests.published import publish_sample
from tests.right_answers import right_responses, sitting_of
from tests.voids import publish_voided, voiding_copy


@pytest.fixture
def ana(session: Session) -> User:
    """Let Ana fail the quiz of the well by the question that is voided."""
    publish_sample(session)
    ana = enrolled_user(session)
    attempt_id = begin_attempt(session, ana, "the-well")
    right = right_responses(sitting_of(session, attempt_id, ana.id))
    for question in ("well-single", "well-truth", "well-order"):
        del right[question]
    submit(session, ana, attempt_id, dict(right))
    return ana


def publish(app: Flask, folder: Path, *options: str) -> Result:
    command = ["courses", "publish", str(folder / SMALL), *options]
    return app.test_cli_runner(env={"LC_ALL": "en_GB.UTF-8"}).invoke(args=command)


def corrections(session: Session) -> int:
    return session.scalars(select(func.count(Correction.id))).one()


def test_the_dry_run_says_who_rises_and_writes_nothing(
    app: Flask, session: Session, ana: User, tmp_path: Path
) -> None:
    done = publish(app, voiding_copy(tmp_path), "--dry-run")

    assert done.exit_code == 0, done.output
    assert "small-course 1.1: would be published" in done.output
    assert "Would rise: 1, of 1 people. Would be passed: 1." in done.output
    assert f"{ana.full_name}, Quiz of the well, attempt 1: 57.1 % → 71.4 %, passed" in (
        done.output
    )
    assert corrections(session) == 0
    assert session.scalars(select(func.count(CourseVersion.id))).one() == 1


def test_a_dry_run_of_a_version_that_was_not_raised_says_what_is_in_the_way(
    app: Flask, session: Session, ana: User, tmp_path: Path
) -> None:
    done = publish(app, voiding_copy(tmp_path, number="1.0"), "--dry-run")

    assert done.exit_code == 1
    assert "E016" in done.output


def test_publishing_applies_it_and_tells_the_learner(
    app: Flask, session: Session, ana: User, tmp_path: Path
) -> None:
    done = publish(app, voiding_copy(tmp_path))

    assert done.exit_code == 0, done.output
    assert "Corrected results: 1. Attempts passed because of it: 1." in done.output
    (mail,) = mails_to(session, ana.email or "")
    assert "57.1" in mail.text
    assert "71.4" in mail.text
    assert "Two answers are right." in mail.text
    assert "With this result you pass the quiz." in mail.text


def test_the_job_finishes_what_was_noted(
    app: Flask, session: Session, ana: User, tmp_path: Path
) -> None:
    publish_voided(session, tmp_path)

    assert finish_repairs(app) == 1
    assert finish_repairs(app) == 0


def test_who_reads_spanish_is_told_in_spanish(
    app: Flask, session: Session, ana: User, tmp_path: Path
) -> None:
    ana.locale = "es"
    session.commit()
    publish_voided(session, tmp_path)

    apply_repairs(applying(app), now=NOW)

    (mail,) = mails_to(session, ana.email or "")
    assert mail.subject == "Su resultado se corrigió"
    assert "Tiene dos respuestas correctas." in mail.text


def test_who_has_no_mailbox_is_corrected_all_the_same(
    app: Flask, session: Session, ana: User, tmp_path: Path
) -> None:
    ana.email, ana.username = None, "ana.robles"
    session.commit()
    publish_voided(session, tmp_path)

    assert apply_repairs(applying(app), now=NOW).corrected == 1
