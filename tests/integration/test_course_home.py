"""What is published lies in its folder, and git knows it: at once or later."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository as repository
from conexx_learn.adapters.git_history import CommitState
from conexx_learn.cli.job_list import JOBS
from conexx_learn.domain.errors import RuleError
from conexx_learn.services import audit
from conexx_learn.services.course_home import (
    PublishedWords,
    Publisher,
    commit_waiting,
    publish_files,
    write_published,
)
from conexx_learn.services.draft_reading import draft_of
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.drafts import bring_files, save_file, settle_published
from tests.factories import NOW, SAMPLES, make_user
from tests.published import publish_sample

SLUG = "small-course"
PAGE = "course.es.md"
HOST = "learn.example"
WORDS = PublishedWords(SLUG, "1.0", {"es": "Fechas nuevas"}, NOW, "Nerea Ruiz")
ANA = Publisher("Ana Robles", "ana@xaltepec.example")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of courses that is a git repository."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    home = tmp_path / "courses"
    home.mkdir()
    git(home, "init", "--quiet")
    return home


@pytest.fixture
def iker(session: Session) -> Iterator[str]:
    """Let what follows be done by Iker, in the browser."""
    person = make_user(session, "Iker Zabala", email="iker@xaltepec.example")
    mark = audit.origin.set(audit.Origin(person.id, "192.0.2.1", "request"))
    yield "Iker Zabala <iker@xaltepec.example>"
    audit.origin.reset(mark)


def git(home: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=home, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def sample_files() -> dict[str, bytes]:
    return repository.read_folder(SAMPLES / SLUG)


def test_a_publication_is_a_folder_and_a_commit_by_its_trainer(home: Path) -> None:
    outcome = publish_files(sample_files(), WORDS, ANA, home=home, host=HOST)

    assert outcome.state is CommitState.COMMITTED
    assert repository.read_folder(home / SLUG) == sample_files()
    assert git(home, "log", "--format=%an <%ae>%n%B") == (
        "Ana Robles <ana@xaltepec.example>\nsmall-course: Publish 1.0\n\n"
        "es: Fechas nuevas\n\nApproved-by: Nerea Ruiz"
    )


def test_a_folder_without_git_is_written_all_the_same(tmp_path: Path) -> None:
    outcome = publish_files(sample_files(), WORDS, ANA, home=tmp_path, host=HOST)

    assert outcome.state is CommitState.NO_REPOSITORY
    assert repository.read_folder(tmp_path / SLUG) == sample_files()


def test_a_folder_that_takes_no_changes_is_told(tmp_path: Path) -> None:
    home = tmp_path / "courses"
    home.write_text("a file where the folder should be")

    with pytest.raises(RuleError) as refusal:
        write_published(SLUG, sample_files(), home=home)

    assert refusal.value.code == "course-home-unwritable"


def test_what_was_killed_before_its_commit_is_committed_later(
    session: Session, home: Path, iker: str
) -> None:
    publish_sample(session, change_note={"es": "Fechas nuevas"})
    write_published(SLUG, sample_files(), home=home)

    done = commit_waiting(home=home, host=HOST)

    assert [(slug, one.state) for slug, one in done] == [(SLUG, CommitState.COMMITTED)]
    assert git(home, "log", "--format=%an <%ae>%n%s") == (
        f"{iker}\nsmall-course: Publish 1.0"
    )
    assert commit_waiting(home=home, host=HOST) == []


def test_a_failed_commit_is_told_and_repeated(
    session: Session, home: Path, iker: str
) -> None:
    publish_sample(session)
    write_published(SLUG, sample_files(), home=home)
    lock = home / ".git" / "index.lock"
    lock.touch()

    [(slug, failed)] = commit_waiting(home=home, host=HOST)
    assert (slug, failed.is_to_repeat) == (SLUG, True)
    assert "index.lock" in failed.reason

    lock.unlink()
    [(_, done)] = commit_waiting(home=home, host=HOST)
    assert done.state is CommitState.COMMITTED


def test_the_unfinished_work_of_an_editor_is_not_committed(
    session: Session, home: Path, iker: str
) -> None:
    publish_sample(session)
    write_published(SLUG, sample_files(), home=home)
    (home / SLUG / PAGE).write_text("half a sentence")

    assert commit_waiting(home=home, host=HOST) == []
    assert git(home, "status", "--porcelain") == f"?? {SLUG}/"


def test_what_a_command_published_is_its_operators_to_commit(
    session: Session, home: Path
) -> None:
    publish_sample(session)
    write_published(SLUG, sample_files(), home=home)

    assert commit_waiting(home=home, host=HOST) == []


def test_line_ends_and_marks_do_not_keep_a_folder_from_git(
    session: Session, home: Path, iker: str
) -> None:
    publish_sample(session)
    files = sample_files()
    files[PAGE] = b"\xef\xbb\xbf" + files[PAGE].replace(b"\n", b"\r\n")
    write_published(SLUG, files, home=home)

    assert [slug for slug, _ in commit_waiting(home=home, host=HOST)] == [SLUG]


def test_a_home_that_is_not_there_yet_has_nothing_to_commit(
    session: Session, tmp_path: Path
) -> None:
    assert commit_waiting(home=tmp_path / "none", host=HOST) == []


def test_the_job_commits_and_is_quiet_the_second_time(
    app: Flask,
    session: Session,
    home: Path,
    iker: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(app.config, "COURSE_HOME", home)
    publish_sample(session)
    write_published(SLUG, sample_files(), home=home)
    job = next(job for job in JOBS if job.name == "commit-published")

    assert [job.work(app), job.work(app)] == [1, 0]


def test_a_published_folder_shadows_the_shipped_one_and_lets_the_draft_go(
    session: Session, home: Path, tmp_path: Path
) -> None:
    shipped = tmp_path / "shipped"
    shutil.copytree(SAMPLES / SLUG, shipped / SLUG)
    homes = (home, shipped)
    by = DraftAct(SLUG, homes, make_user(session).id, NOW)
    bring_files(session, by, {PAGE: b"nuevo", "README.md": b"leer"})
    draft = draft_of(session, slug=SLUG, homes=homes)

    lying = write_published(SLUG, draft.files, home=home)
    settle_published(session, slug=SLUG, published=lying)

    after = draft_of(session, slug=SLUG, homes=homes)
    assert after.folder == home / SLUG
    assert (after.changed, after.files) == ({}, draft.files)
    assert (shipped / SLUG / PAGE).read_bytes() != b"nuevo"


def test_what_was_saved_after_the_snapshot_stays_in_the_draft(
    session: Session, home: Path
) -> None:
    shutil.copytree(SAMPLES / SLUG, home / SLUG)
    by = DraftAct(SLUG, (home,), make_user(session).id, NOW)
    bring_files(session, by, {PAGE: b"uno", "README.md": b"leer"})
    snapshot = draft_of(session, slug=SLUG, homes=by.homes)
    save_file(session, by, path=PAGE, content=b"dos", seen=snapshot.sha256(PAGE))

    lying = write_published(SLUG, snapshot.files, home=home)
    settle_published(session, slug=SLUG, published=lying)

    after = draft_of(session, slug=SLUG, homes=by.homes)
    assert set(after.changed) == {PAGE}
    assert after.files[PAGE] == b"dos"
    assert after.beneath == frozenset(), "nobody merges a text with its earlier self"


def test_the_words_of_a_publication_say_nothing_that_is_not_known(home: Path) -> None:
    words = replace(WORDS, change_note={"es": "  "}, approved_by="")

    publish_files(sample_files(), words, ANA, home=home, host=HOST)

    assert git(home, "log", "--format=%B") == "small-course: Publish 1.0"
