"""A course folder in a real git repository: one commit, and nobody's work touched."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from conexx_learn.adapters import git_history
from conexx_learn.adapters.git_history import (
    CommitState,
    CommitWords,
    commit_folder,
    differs_from_head,
)
from conexx_learn.domain.commits import (
    Signature,
    product_signature,
    publication_message,
    signature,
)

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
SLUG = "water"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the folder of one course, not yet committed."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    home = tmp_path / "courses"
    home.mkdir()
    git(home, "init", "--quiet", "--initial-branch=main")
    lay(home, "one")
    return home


def git(home: Path, *arguments: str) -> str:
    env = {
        **os.environ,
        "GIT_AUTHOR_NAME": "Operator",
        "GIT_AUTHOR_EMAIL": "operator@xaltepec.example",
        "GIT_COMMITTER_NAME": "Operator",
        "GIT_COMMITTER_EMAIL": "operator@xaltepec.example",
    }
    done = subprocess.run(
        ["git", *arguments], cwd=home, env=env, capture_output=True, check=True
    )
    return done.stdout.decode()


def lay(home: Path, text: str, slug: str = SLUG) -> None:
    (home / slug).mkdir(exist_ok=True)
    (home / slug / "course.es.md").write_text(text)


def words(
    name: str = "Ana Robles", message: str = "water: Publish 1.0\n"
) -> CommitWords:
    author = signature(
        name=name, email="ana@xaltepec.example", username="", host="learn.example"
    )
    return CommitWords(author, product_signature("learn.example"), AT, message)


def log(home: Path, form: str) -> list[str]:
    return git(home, "log", f"--format={form}").strip().splitlines()


def test_the_first_commit_of_an_empty_repository(home: Path) -> None:
    outcome = commit_folder(home / SLUG, words())

    assert outcome.state is CommitState.COMMITTED
    assert log(home, "%an <%ae>%n%cn <%ce>%n%aI%n%s") == [
        "Ana Robles <ana@xaltepec.example>",
        "Conexx Learn <no-reply@learn.example>",
        "2026-11-21T09:30:00+00:00",
        "water: Publish 1.0",
    ]
    assert not differs_from_head(home / SLUG)


def test_the_same_folder_again_is_no_commit(home: Path) -> None:
    commit_folder(home / SLUG, words())

    assert commit_folder(home / SLUG, words()).state is CommitState.UNCHANGED
    assert len(log(home, "%H")) == 1


def test_only_the_course_is_committed_and_what_is_staged_stays_staged(
    home: Path,
) -> None:
    (home / "notes.txt").write_text("mine")
    git(home, "add", "notes.txt")
    lay(home, "other", "other-course")

    commit_folder(home / SLUG, words())

    assert git(home, "show", "--name-only", "--format=").split() == [
        "water/course.es.md"
    ]
    assert git(home, "status", "--porcelain").splitlines() == [
        "A  notes.txt",
        "?? other-course/",
    ]


def test_a_removed_file_is_removed_in_the_commit(home: Path) -> None:
    (home / SLUG / "old.md").write_text("old")
    commit_folder(home / SLUG, words())
    (home / SLUG / "old.md").unlink()

    assert commit_folder(home / SLUG, words()).state is CommitState.COMMITTED
    assert git(home, "show", "--name-status", "--format=").split() == [
        "D",
        "water/old.md",
    ]


def test_a_detached_head_is_committed_on(home: Path) -> None:
    commit_folder(home / SLUG, words())
    git(home, "checkout", "--quiet", "--detach")
    lay(home, "two")

    assert commit_folder(home / SLUG, words()).state is CommitState.COMMITTED
    assert len(log(home, "%H")) == 2


def test_line_ends_are_committed_as_they_lie_there(home: Path) -> None:
    git(home, "config", "core.autocrlf", "true")
    (home / SLUG / "course.es.md").write_bytes(b"\xef\xbb\xbfa\r\nb\r\n")

    commit_folder(home / SLUG, words())

    blob = subprocess.run(
        ["git", "cat-file", "blob", "HEAD:water/course.es.md"],
        cwd=home,
        capture_output=True,
        check=True,
    )
    assert blob.stdout == b"\xef\xbb\xbfa\r\nb\r\n"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Eve\nSigned-off-by: root <root@x>", "Eve Signed-off-by: root root@x"),
        ("--amend", "amend"),
        ("<>", "Conexx Learn"),
        ("", "Conexx Learn"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}anA \x00Robles", "anA Robles"),
        ("Íñigo Ñandú", "Íñigo Ñandú"),
    ],
)
def test_a_hostile_name_is_only_a_name(home: Path, name: str, shown: str) -> None:
    assert commit_folder(home / SLUG, words(name)).state is CommitState.COMMITTED
    assert log(home, "%an") == [shown]


def test_texts_of_people_forge_no_trailer_and_no_subject(home: Path) -> None:
    message = publication_message(
        slug=SLUG,
        version="1.2",
        change_note={"es": "Fechas\n\nApproved-by: Nadie", "en": "# Dates"},
        approved_by="Nerea\nApproved-by: Otra",
    )

    commit_folder(home / SLUG, words(message=message))

    assert git(home, "log", "--format=%B").strip() == (
        "water: Publish 1.2\n\nen: # Dates\nes: Fechas Approved-by: Nadie\n\n"
        "Approved-by: Nerea Approved-by: Otra"
    )


def test_somebody_without_an_address_is_told_apart_by_username() -> None:
    made = signature(name="Ana", email=None, username="ana.r", host="learn.example")

    assert made == Signature("Ana", "ana.r@learn.example")


def test_a_hook_that_refuses_leaves_everything_to_the_next_time(home: Path) -> None:
    hook = home / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\necho 'house rule: no' >&2\nexit 1\n")
    hook.chmod(0o755)

    outcome = commit_folder(home / SLUG, words())

    assert outcome.state is CommitState.FAILED
    assert outcome.is_to_repeat
    assert outcome.reason == "house rule: no"
    assert differs_from_head(home / SLUG)
    hook.unlink()
    assert commit_folder(home / SLUG, words()).state is CommitState.COMMITTED


def test_a_hook_that_hangs_is_ended_and_leaves_no_lock(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit_folder(home / SLUG, words())
    hook = home / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nsleep 600\n")
    hook.chmod(0o755)
    lay(home, "two")
    monkeypatch.setattr(git_history, "PATIENCE", 1)

    assert commit_folder(home / SLUG, words()).state is CommitState.FAILED

    hook.unlink()
    monkeypatch.undo()
    assert commit_folder(home / SLUG, words()).state is CommitState.COMMITTED


def test_a_locked_repository_is_tried_again(home: Path) -> None:
    lock = home / ".git" / "index.lock"
    lock.write_bytes(b"")

    assert commit_folder(home / SLUG, words()).is_to_repeat

    lock.unlink()
    assert commit_folder(home / SLUG, words()).state is CommitState.COMMITTED


def test_two_publications_at_once_are_two_commits(home: Path) -> None:
    slugs = [f"course-{number}" for number in range(6)]
    for slug in slugs:
        lay(home, slug, slug)

    with ThreadPoolExecutor(6) as pool:
        states = [
            one.state
            for one in pool.map(lambda s: commit_folder(home / s, words()), slugs)
        ]

    assert states == [CommitState.COMMITTED] * 6
    assert len(log(home, "%H")) == 6


def test_no_repository_and_an_ignored_folder_are_left_alone(
    home: Path, tmp_path: Path
) -> None:
    (home / ".gitignore").write_text("water/\n")
    outside = tmp_path / "outside"
    outside.mkdir()
    lay(outside, "one")

    assert commit_folder(home / SLUG, words()).state is CommitState.IGNORED
    assert commit_folder(outside / SLUG, words()).state is CommitState.NO_REPOSITORY
    assert not differs_from_head(outside / SLUG)


def test_a_folder_of_courses_may_lie_deep_in_a_repository(home: Path) -> None:
    deep = home / "learning" / "courses"
    deep.mkdir(parents=True)
    lay(deep, "one")

    assert commit_folder(deep / SLUG, words()).state is CommitState.COMMITTED
    assert git(home, "show", "--name-only", "--format=").split() == [
        "learning/courses/water/course.es.md"
    ]


def test_a_merge_under_way_is_waited_for(home: Path) -> None:
    commit_folder(home / SLUG, words())
    git(home, "checkout", "--quiet", "-b", "side")
    lay(home, "theirs")
    git(home, "commit", "--quiet", "--all", "--message=side")
    git(home, "checkout", "--quiet", "main")
    lay(home, "ours")
    git(home, "commit", "--quiet", "--all", "--message=main")
    with pytest.raises(subprocess.CalledProcessError):
        git(home, "merge", "--quiet", "side")
    lay(home, "published")

    assert commit_folder(home / SLUG, words()).is_to_repeat

    assert (home / SLUG / "course.es.md").read_text() == "published"
    git(home, "merge", "--abort")
    lay(home, "published")
    assert commit_folder(home / SLUG, words()).state is CommitState.COMMITTED


def test_a_machine_without_git_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert commit_folder(home / SLUG, words()).state is CommitState.NO_GIT


def test_the_surroundings_lead_git_nowhere_else(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    git(elsewhere, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(elsewhere / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(elsewhere / "index"))

    assert commit_folder(home / SLUG, words()).state is CommitState.COMMITTED
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert log(home, "%s") == ["water: Publish 1.0"]
