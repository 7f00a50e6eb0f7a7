"""Courses written in the browser: laid over their folder, nothing overwritten."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.drafts import fingerprint
from conexx_learn.domain.errors import (
    ContentError,
    EditConflictError,
    NotFoundError,
    RuleError,
)
from conexx_learn.models.drafts import DraftBlob, DraftFile, DraftSave
from conexx_learn.queries.course_authors import authors_of
from conexx_learn.queries.drafts import kept_content, steps_of
from conexx_learn.services.course_desk import check_draft
from conexx_learn.services.draft_reading import Draft, draft_of
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.drafts import (
    begin_course,
    bring_files,
    go_back,
    save_file,
    settle_published,
    take_from_folder,
)
from tests.factories import NOW, SAMPLES, make_user

SLUG = "small-course"
PAGE = "course.es.md"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLES / SLUG, tmp_path / SLUG)
    return tmp_path


@pytest.fixture
def by(session: Session, home: Path) -> DraftAct:
    return DraftAct(SLUG, (home,), make_user(session, "Iker").id, NOW)


def drafted(session: Session, by: DraftAct) -> Draft:
    return draft_of(session, slug=by.slug, homes=by.homes)


def save(session: Session, by: DraftAct, text: str, **facts: bool) -> str:
    seen = drafted(session, by).sha256(PAGE)
    return save_file(session, by, path=PAGE, content=text.encode(), seen=seen, **facts)


def test_a_draft_is_its_folder_while_nothing_was_changed(
    session: Session, by: DraftAct, home: Path
) -> None:
    draft = drafted(session, by)

    assert draft.files[PAGE] == (home / SLUG / PAGE).read_bytes()
    assert (draft.changed, draft.revision) == ({}, 0)


def test_a_saved_file_changes_no_folder(
    session: Session, by: DraftAct, home: Path
) -> None:
    before = (home / SLUG / PAGE).read_bytes()

    save(session, by, "nuevo")

    assert drafted(session, by).files[PAGE] == b"nuevo"
    assert (home / SLUG / PAGE).read_bytes() == before


def test_two_on_one_file_overwrite_nothing(session: Session, by: DraftAct) -> None:
    seen = drafted(session, by).sha256(PAGE)
    other = replace(by, user_id=make_user(session, "Nerea").id)
    first = save_file(session, by, path=PAGE, content=b"uno", seen=seen)

    with pytest.raises(EditConflictError) as refusal:
        save_file(session, other, path=PAGE, content=b"dos", seen=seen)

    assert refusal.value.current == first
    assert drafted(session, by).files[PAGE] == b"uno"
    assert kept_content(session, str(seen)), "the merge needs what both began with"


def test_the_same_text_twice_is_no_conflict(session: Session, by: DraftAct) -> None:
    seen = drafted(session, by).sha256(PAGE)
    save_file(session, by, path=PAGE, content=b"uno", seen=seen)

    save_file(session, by, path=PAGE, content=b"uno", seen=seen)

    assert session.scalar(select(func.count(DraftSave.id))) == 1


def test_a_text_typed_back_leaves_nothing_over_the_folder(
    session: Session, by: DraftAct, home: Path
) -> None:
    before = (home / SLUG / PAGE).read_bytes()
    save(session, by, "nuevo")

    save(session, by, before.decode())

    assert session.scalar(select(func.count()).select_from(DraftFile)) == 0
    assert drafted(session, by).revision == 2


def test_a_folder_that_moved_on_is_told_until_it_is_merged(
    session: Session, by: DraftAct, home: Path
) -> None:
    save(session, by, "mío")
    (home / SLUG / PAGE).write_bytes(b"de git")
    assert drafted(session, by).beneath == {PAGE}

    save(session, by, "mío, otra vez")
    assert drafted(session, by).beneath == {PAGE}

    save(session, by, "los dos", is_merged=True)
    assert drafted(session, by).beneath == frozenset()
    assert drafted(session, by).files[PAGE] == b"los dos"


def test_a_merge_that_keeps_the_text_counts_too(
    session: Session, by: DraftAct, home: Path
) -> None:
    save(session, by, "mío")
    (home / SLUG / PAGE).write_bytes(b"de git")

    save(session, by, "mío", is_merged=True)

    assert drafted(session, by).beneath == frozenset()


def test_the_folders_own_change_shows_where_nothing_was_typed(
    session: Session, by: DraftAct, home: Path
) -> None:
    save(session, by, "mío")
    (home / SLUG / "course.toml").write_bytes(b"version = '2.0'")

    assert drafted(session, by).files["course.toml"] == b"version = '2.0'"
    assert drafted(session, by).beneath == frozenset()


def test_one_goes_back_to_any_step(session: Session, by: DraftAct) -> None:
    save(session, by, "uno")
    save(session, by, "dos")
    first = steps_of(session, slug=SLUG, path=PAGE, most=9)[-1]

    seen = drafted(session, by).sha256(PAGE)
    go_back(session, by, step_id=first.id, seen=seen)

    assert drafted(session, by).files[PAGE] == b"uno"
    assert len(steps_of(session, slug=SLUG, path=PAGE, most=9)) == 3


def test_a_step_of_another_course_is_none_of_this(
    session: Session, by: DraftAct
) -> None:
    save(session, by, "uno")
    step = steps_of(session, slug=SLUG, path=PAGE, most=1)[0]
    begun = replace(by, slug="another-course")
    begin_course(session, begun, source_language="es")

    with pytest.raises(NotFoundError):
        go_back(session, begun, step_id=step.id, seen=None)


def test_autosaves_of_a_sitting_are_one_step(session: Session, by: DraftAct) -> None:
    for minute, text in enumerate(["a", "b", "c"]):
        later = replace(by, now=NOW + timedelta(minutes=minute))
        save(session, later, text, is_autosave=True)
    save(session, replace(by, now=NOW + timedelta(hours=1)), "d", is_autosave=True)

    assert len(steps_of(session, slug=SLUG, path=PAGE, most=9)) == 2


def test_files_come_all_or_none(session: Session, by: DraftAct) -> None:
    files = {"02-next.en.md": b"x", "../outside.md": b"y"}

    with pytest.raises(ContentError):
        bring_files(session, by, files)

    assert "02-next.en.md" not in drafted(session, by).files
    assert session.scalar(select(func.count(DraftBlob.sha256))) == 0


@pytest.mark.parametrize(
    "path", ["../x.md", "/x.md", ".git/config", "a//b", "media/.x", "x\ny.md", ""]
)
def test_a_path_stays_in_the_folder(session: Session, by: DraftAct, path: str) -> None:
    with pytest.raises(ContentError):
        save_file(session, by, path=path, content=b"x", seen=None)


def test_a_file_over_its_limit_is_refused(session: Session, by: DraftAct) -> None:
    with pytest.raises(ContentError) as refusal:
        save(session, by, "x" * (64 * 1024 + 1))

    assert refusal.value.problems[0].code == "E008"


def test_a_draft_changed_meanwhile_is_not_rearranged(
    session: Session, by: DraftAct
) -> None:
    save(session, by, "uno")

    with pytest.raises(EditConflictError):
        bring_files(session, by, {PAGE: None}, seen_revision=0)


def test_a_course_begins_sound_and_with_its_author(
    session: Session, by: DraftAct
) -> None:
    begun = replace(by, slug="agua-segura")

    begin_course(session, begun, source_language="es")

    draft = drafted(session, begun)
    checked = check_draft(
        draft.files, slug=begun.slug, homes=by.homes, today=NOW.date()
    )
    assert checked.course is not None, checked.problems
    assert [one.user_id for one in authors_of(session, begun.slug)] == [by.user_id]


@pytest.mark.parametrize("slug", [SLUG, "agua-segura"])
def test_a_name_is_taken_once(session: Session, by: DraftAct, slug: str) -> None:
    begin_course(session, replace(by, slug="agua-segura"), source_language="es")

    with pytest.raises(RuleError):
        begin_course(session, replace(by, slug=slug), source_language="es")


@pytest.mark.parametrize("slug", ["", "../x", "Agua", "a", "x" * 61])
def test_a_course_needs_a_name_that_can_be_an_address(
    session: Session, by: DraftAct, slug: str
) -> None:
    with pytest.raises(ContentError):
        begin_course(session, replace(by, slug=slug), source_language="es")


def test_ids_that_another_course_uses_are_told(
    session: Session, by: DraftAct, home: Path
) -> None:
    draft = drafted(session, by)
    checked = check_draft(
        draft.files, slug="copied-course", homes=(home,), today=NOW.date()
    )

    assert {problem.code for problem in checked.problems} >= {"E113"}


def test_what_was_published_is_let_go_and_later_changes_stay(
    session: Session, by: DraftAct, home: Path
) -> None:
    save(session, by, "publicado")
    bring_files(session, by, {"course.toml": b"later"})
    (home / SLUG / PAGE).write_bytes(b"publicado")

    lying = {
        path.name: fingerprint(path.read_bytes())
        for path in (home / SLUG).iterdir()
        if path.is_file()
    }
    settle_published(session, slug=SLUG, published=lying)

    assert set(drafted(session, by).changed) == {"course.toml"}
    assert drafted(session, by).beneath == frozenset()


def test_changes_are_given_up_for_the_folder(session: Session, by: DraftAct) -> None:
    save(session, by, "mío")
    bring_files(session, by, {"course.en.md": b"x"})

    take_from_folder(session, by, [PAGE, "course.en.md"])

    assert drafted(session, by).changed == {}


def test_an_unknown_course_has_no_draft(session: Session, by: DraftAct) -> None:
    for slug in ("nothing-here", "..", "", "x" * 300):
        with pytest.raises(NotFoundError):
            draft_of(session, slug=slug, homes=by.homes)
        with pytest.raises(NotFoundError):
            save_file(
                session, replace(by, slug=slug), path=PAGE, content=b"", seen=None
            )
