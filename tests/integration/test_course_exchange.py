"""Files are the truth: out, in and out again gives the same bytes, always."""

import random
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from conexx_learn.adapters import course_repository as repository
from conexx_learn.adapters.course_archive import is_safe_path, write_archive
from conexx_learn.domain.course_parcels import Parcel, SentFile, packed, unpacked
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.queries.course_authors import authors_of
from conexx_learn.services.course_exchange import draft_archive, version_archive
from conexx_learn.services.course_parcels import read_parcel, report_on
from conexx_learn.services.draft_reading import draft_of
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.drafts import begin_with, bring_files
from tests.factories import COURSES, NOW, SAMPLES, make_user
from tests.published import publish_sample

FOLDERS = [
    folder for home in (COURSES, SAMPLES) for folder in repository.course_folders(home)
]
SLUG = "small-course"
SEEDS = range(12)


def parcel_of(archive: bytes) -> Parcel:
    return Parcel((SentFile("sent.zip", archive),), replaces_all=True)


def round_trip(session: Session, by: DraftAct, archive: bytes) -> bytes:
    """Bring an archive into a course, new or there already, and take it out again."""
    reading = read_parcel(parcel_of(archive))
    assert reading.problems == ()
    begin_with(session, by, reading.files)
    return draft_archive(session, slug=by.slug, homes=by.homes)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_course_survives_the_journey(
    session: Session, tmp_path: Path, folder: Path
) -> None:
    first = draft_archive(session, slug=folder.name, homes=[folder.parent])
    by = DraftAct(folder.name, [tmp_path], make_user(session).id, NOW)

    assert round_trip(session, by, first) == first


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_bringing_a_course_into_itself_changes_nothing(
    session: Session, folder: Path
) -> None:
    homes = [folder.parent]
    draft = draft_of(session, slug=folder.name, homes=homes)
    archive = draft_archive(session, slug=folder.name, homes=homes)

    report = report_on(parcel_of(archive), draft, homes=homes, today=NOW.date())

    assert dict(report.changes.files) == {}
    assert set(report.changes.same) == set(draft.files)


@pytest.mark.parametrize("seed", SEEDS)
def test_edited_drafts_survive_the_journey(
    session: Session, tmp_path: Path, seed: int
) -> None:
    home = tmp_path / "home"
    shutil.copytree(SAMPLES / SLUG, home / SLUG)
    by = DraftAct(SLUG, [home], make_user(session).id, NOW)
    chance = random.Random(seed)  # noqa: S311 (the same edits each time)
    bring_files(session, by, random_edits(chance, home / SLUG))
    first = draft_archive(session, slug=SLUG, homes=by.homes)
    elsewhere = replace(by, homes=[tmp_path / "elsewhere"], slug="moved-course")

    second = round_trip(session, elsewhere, first)

    files = read_parcel(parcel_of(first)).files
    assert second == repository.write_named_archive("moved-course", files)
    assert files == draft_of(session, slug=SLUG, homes=by.homes).files


def random_edits(chance: random.Random, folder: Path) -> dict[str, bytes | None]:
    """Change files as people and their editors do: line ends, marks, names, media."""
    paths = sorted(repository.read_folder(folder))
    edits: dict[str, bytes | None] = {
        path: edited(chance, (folder / path).read_bytes())
        for path in chance.sample(paths, k=3)
    }
    edits["REVIEW.md"] = b"# Se\xc3\xb1ales\r\n\r\nAl final sin salto"
    edits["media/image.png"] = chance.randbytes(chance.randrange(1, 3000))
    edits["notes with spaces and \xc3\xb1.md".encode().decode()] = b""
    return edits


def edited(chance: random.Random, content: bytes) -> bytes | None:
    return chance.choice(
        [
            None,
            b"",
            b"\xef\xbb\xbf" + content,
            content.replace(b"\n", b"\r\n"),
            content + chance.randbytes(40),
            content.rstrip(b"\n"),
        ]
    )


PATHS = st.text(
    st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\\/:."),
    min_size=1,
    max_size=12,
).filter(lambda name: name.strip() == name and is_safe_path(name))

CONTENTS = st.binary(max_size=60).map(lambda content: b"\xef\xbb\xbf" + content)
"""Anything but an archive, which no course may hold."""


@given(
    st.dictionaries(PATHS.map(lambda name: f"{name}.md"), CONTENTS, max_size=6),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_any_folder_is_the_same_on_disk_and_in_an_archive(
    files: dict[str, bytes], is_kept: bool
) -> None:
    with tempfile.TemporaryDirectory() as place:
        repository.write_folder(Path(place) / "course", files)
        lying = repository.read_folder(Path(place) / "course")
    assert lying == files
    archive = repository.write_named_archive("course", files)
    sent = Parcel((SentFile("c.zip", archive),), replaces_all=is_kept)
    folded = {name.casefold() for name in files}
    if files and len(folded) == len(files):
        reading = read_parcel(unpacked(packed(sent)))
        assert (reading.slug, dict(reading.files)) == ("course", files)


def test_hidden_files_are_no_part_of_a_course(session: Session, tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / SLUG, tmp_path / SLUG)
    before = draft_archive(session, slug=SLUG, homes=[tmp_path])
    (tmp_path / SLUG / ".gitattributes").write_bytes(b"* -text")

    assert draft_archive(session, slug=SLUG, homes=[tmp_path]) == before


def test_a_version_is_what_was_published_whatever_the_folder_says(
    session: Session,
) -> None:
    publish_sample(session)

    archive = version_archive(session, slug=SLUG, version="1.0")

    assert archive == draft_archive(session, slug=SLUG, homes=[SAMPLES])
    with pytest.raises(NotFoundError):
        version_archive(session, slug=SLUG, version="1.1")


def test_an_archive_without_a_folder_is_named_after_its_file() -> None:
    files = {"course.toml": b"1", "course.es.md": b"2"}
    sent = SentFile("water-for-all.zip", write_archive(files))

    reading = read_parcel(Parcel((sent,)))

    assert (reading.slug, reading.files) == ("water-for-all", files)


def import_into_draft(app: Flask, file: Path, identity: str) -> Result:
    return app.test_cli_runner().invoke(
        args=["courses", "import", str(file), "--draft-of", identity]
    )


def test_the_shell_brings_a_course_into_its_draft(
    app: Flask, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "COURSE_HOME", tmp_path / "home")
    person = make_user(session, "Iker Zabala", email="iker@xaltepec.example")
    session.commit()
    folder = tmp_path / "brought-course"
    shutil.copytree(SAMPLES / SLUG, folder)

    done = import_into_draft(app, folder, "Iker@xaltepec.example")

    assert done.exit_code == 0, done.output
    draft = draft_of(session, slug="brought-course", homes=[])
    assert draft.files == repository.read_folder(folder)
    assert [one.user_id for one in authors_of(session, draft.slug)] == [person.id]
    unknown = import_into_draft(app, folder, "nobody@xaltepec.example")
    assert (unknown.exit_code, "nobody@" in unknown.output) == (1, True)
    unsafe = tmp_path / "unsafe.zip"
    unsafe.write_bytes(write_archive({"../evil.md": b"1"}))
    refused = import_into_draft(app, unsafe, "iker@xaltepec.example")
    assert (refused.exit_code, "../evil.md" in refused.output) == (1, True)


def test_the_shell_exports_what_is_not_published_yet(
    app: Flask,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path / "home"
    shutil.copytree(SAMPLES / SLUG, home / SLUG)
    monkeypatch.setitem(app.config, "COURSE_HOME", home)
    person = make_user(session, "Iker Zabala", email="iker@xaltepec.example")
    by = DraftAct(SLUG, [home], person.id, NOW)
    bring_files(session, by, {"course.es.md": b"nuevo"})
    session.commit()
    target = tmp_path / f"{SLUG}.zip"

    result = app.test_cli_runner().invoke(
        args=["courses", "export", SLUG, str(target), "--draft"]
    )

    assert result.exit_code == 0, result.output
    assert target.read_bytes() == draft_archive(session, slug=SLUG, homes=by.homes)
    again = import_into_draft(app, target, "iker@xaltepec.example")
    assert again.output.endswith("0.\n"), "what is there already changes nothing"
    missing = app.test_cli_runner().invoke(
        args=["courses", "export", "no-such-course", str(target), "--draft"]
    )
    assert missing.exit_code == 1
