"""Course folders and archives: what is read, what is refused, what is written."""

import ctypes
import io
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from conexx_learn.adapters import course_archive
from conexx_learn.adapters.course_archive import (
    is_safe_path,
    read_archive,
    write_archive,
)
from conexx_learn.adapters.course_repository import (
    course_folders,
    is_course_folder,
    read_course_archive,
    read_folder,
    write_course_archive,
    write_files,
    write_folder,
)
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.sentences import problem_sentence
from tests.sample_folders import SLUG, make_files

Entries = list[tuple[str | zipfile.ZipInfo, bytes]]


def packed(entries: Entries, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = mode << 16
    return entry


def locked(data: bytes) -> bytes:
    """Set the encryption bit of the first entry, in both of its headers."""
    changed = bytearray(data)
    changed[6] |= 1
    changed[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def twice(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, b"1")
        archive.writestr(f"{name[:-1]}_", b"2")
    return target.getvalue().replace(f"{name[:-1]}_".encode(), name.encode())


def lying(data: bytes, size: int) -> bytes:
    """Understate the unpacked size of the only entry, in both of its headers."""
    claimed = size.to_bytes(4, "little")
    central = data.index(b"PK\x01\x02")
    changed = bytearray(data)
    changed[22:26] = claimed
    changed[central + 24 : central + 28] = claimed
    return bytes(changed)


ATTACKS = [
    pytest.param(packed([("../a.md", b"x")]), "E007", id="parent"),
    pytest.param(packed([("a/../../b.md", b"x")]), "E007", id="parent inside"),
    pytest.param(packed([("/etc/a.md", b"x")]), "E007", id="absolute"),
    pytest.param(packed([("C:/a.md", b"x")]), "E007", id="drive"),
    pytest.param(packed([("a\\b.md", b"x")]), "E007", id="backslash"),
    pytest.param(packed([("a\nb.md", b"x")]), "E007", id="control sign"),
    pytest.param(packed([("a//b.md", b"x")]), "E007", id="empty part"),
    pytest.param(packed([("a" * 300, b"x")]), "E007", id="long name"),
    pytest.param(twice("aa.md"), "E007", id="twice"),
    pytest.param(packed([("a.md", b"x"), ("A.md", b"y")]), "E007", id="case twice"),
    pytest.param(packed([("a", b"x"), ("a/b", b"y")]), "E007", id="file and folder"),
    pytest.param(
        packed([(special("a.md", stat.S_IFLNK | 0o777), b"/etc/passwd")]),
        "E009",
        id="link",
    ),
    pytest.param(
        packed([(special("a.md", stat.S_IFIFO | 0o777), b"")]), "E009", id="pipe"
    ),
    pytest.param(packed([("a.zip", b"x")]), "E009", id="nested by name"),
    pytest.param(
        packed([("a.md", packed([("b", b"x")]))]), "E009", id="nested by content"
    ),
    pytest.param(locked(packed([("a.md", b"x" * 50)])), "E009", id="locked"),
    pytest.param(
        packed([("a.md", b"x" * 50)], zipfile.ZIP_BZIP2), "E009", id="other method"
    ),
    pytest.param(b"no archive", "E009", id="no archive"),
    pytest.param(b"", "E009", id="empty"),
    pytest.param(packed([("a.md", b"x" * 500)])[:-30], "E009", id="cut"),
    pytest.param(
        lying(packed([("a.md", b"x" * 100_000)]), 10), "E009", id="lying size"
    ),
    pytest.param(packed([("a.md", b"0" * 5_000_000)]), "E008", id="bomb"),
    pytest.param(
        packed([(f"{n}.md", b"") for n in range(2001)]), "E008", id="too many"
    ),
]


@pytest.mark.parametrize(("data", "code"), ATTACKS)
def test_an_unsafe_archive_is_refused_with_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(ContentError) as refusal:
        read_archive(data, name="course.zip")

    (problem,) = refusal.value.problems
    assert (problem.code, problem.path) == (code, "course.zip")
    assert problem_sentence(problem, "es") != problem_sentence(problem, "en")


def test_bytes_are_counted_over_the_whole_archive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(course_archive, "MOST_BYTES", 1000)
    data = packed([(f"{n}.md", os.urandom(300)) for n in range(4)])

    with pytest.raises(ContentError) as refusal:
        read_archive(data, name="course.zip")

    assert refusal.value.problems[0].facts["variant"] == "archive-size"


def test_every_cut_of_an_archive_is_refused_or_read() -> None:
    data = write_archive({"a.md": b"some text", "media/b.svg": b"<svg/>"})

    for length in range(len(data)):
        with pytest.raises(ContentError):
            read_archive(data[:length], name="a.zip")


def test_every_changed_byte_is_refused_or_read() -> None:
    data = write_archive({"a.md": b"some text"})

    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
        read = _read_or_refused(changed)
        assert read is None or set(read) <= {"a.md"} or len(read) <= 1


def _read_or_refused(data: bytes) -> dict[str, bytes] | None:
    try:
        return read_archive(data, name="a.zip")
    except ContentError:
        return None


def test_an_archive_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    files = make_files()

    first = write_archive(files)
    second = write_archive(dict(reversed(files.items())))

    assert first == second
    assert read_archive(first, name="a.zip") == files


def test_export_import_export_changes_no_byte(tmp_path: Path) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    write_course_archive(one, slug=SLUG, files=make_files())

    slug, files = read_course_archive(one)
    write_folder(tmp_path / "courses" / slug, files)
    again = read_folder(tmp_path / "courses" / SLUG)
    write_course_archive(two, slug=SLUG, files=again)

    assert slug == SLUG
    assert two.read_bytes() == one.read_bytes()


def test_an_archive_without_a_folder_is_named_after_itself(tmp_path: Path) -> None:
    path = tmp_path / "my-course.zip"
    path.write_bytes(write_archive(make_files()))

    slug, files = read_course_archive(path)

    assert slug == "my-course"
    assert files == make_files()


def test_a_missing_archive_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        read_course_archive(tmp_path / "nothing.zip")


def test_a_folder_is_read_without_hidden_files(tmp_path: Path) -> None:
    write_folder(tmp_path / SLUG, make_files())
    (tmp_path / SLUG / ".DS_Store").write_bytes(b"x")
    (tmp_path / SLUG / ".git").mkdir()

    assert read_folder(tmp_path / SLUG) == make_files()


def _link(path: Path) -> None:
    path.symlink_to("/etc/hosts")


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    "make", [pytest.param(_link, id="link"), pytest.param(_pipe, id="pipe")]
)
def test_a_folder_with_something_special_is_refused(
    make: Callable[[Path], None], tmp_path: Path
) -> None:
    write_folder(tmp_path / SLUG, make_files())
    make(tmp_path / SLUG / "media" / "map.svg")

    with pytest.raises(ContentError) as refusal:
        read_folder(tmp_path / SLUG)

    assert refusal.value.problems[0].path == "media/map.svg"


@pytest.mark.parametrize("name", ["../x.md", "/x.md", "a/../../x.md", "a\\x.md", ""])
def test_nothing_is_written_outside_of_a_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        write_folder(tmp_path / "courses" / SLUG, {name: b"x"})

    assert list(tmp_path.iterdir()) == []
    assert not is_safe_path(name)


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / SLUG, {"old.md": b"old"})

    write_folder(tmp_path / SLUG, {"new.md": b"new"})

    assert read_folder(tmp_path / SLUG) == {"new.md": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == [SLUG]


def test_what_is_hidden_stays_when_a_folder_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    (folder / ".git" / "objects").mkdir(parents=True)
    (folder / ".git" / "objects" / "one").write_bytes(b"history")
    (folder / "media").mkdir()
    (folder / "media" / ".keep").write_bytes(b"")
    (folder / "old.md").write_bytes(b"old")

    write_folder(folder, {"new.md": b"new"})

    assert read_folder(folder) == {"new.md": b"new"}
    assert (folder / ".git" / "objects" / "one").read_bytes() == b"history"
    assert (folder / "media" / ".keep").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_is_replaced_on_every_system(
    can_exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not can_exchange:
        monkeypatch.setattr(ctypes, "CDLL", lambda *_a, **_k: object())
    folder = tmp_path / "course"
    write_folder(folder, {"a.md": b"one", "b.md": b"two"})

    write_folder(folder, {"a.md": b"three"})

    assert read_folder(folder) == {"a.md": b"three"}
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_who_reads_while_a_folder_is_replaced_sees_one_or_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "course"
    before, after = ({"a.md": text, "b.md": text} for text in (b"one", b"two"))
    write_folder(folder, before)
    read_bytes = Path.read_bytes
    read: list[Path] = []

    def replaced_after_the_first(path: Path) -> bytes:
        content = read_bytes(path)
        read.append(path)
        if len(read) == 1:
            write_folder(folder, after)
        return content

    monkeypatch.setattr(Path, "read_bytes", replaced_after_the_first)

    assert read_folder(folder) == after
    assert len(read) > len(after)


def test_what_a_desktop_adds_to_an_archive_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "sent.zip"
    path.write_bytes(
        write_archive(
            {
                "water/course.toml": b"1",
                "water/.DS_Store": b"2",
                "__MACOSX/water/._course.toml": b"3",
            }
        )
    )

    assert read_course_archive(path) == ("water", {"course.toml": b"1"})


def test_files_are_replaced_and_keep_their_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("old")
    path.chmod(0o640)

    write_files(tmp_path, {"a.md": "nuevo, sí\n"})

    assert path.read_bytes() == "nuevo, sí\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.md"]


def test_courses_are_told_from_other_folders(tmp_path: Path) -> None:
    write_folder(tmp_path / SLUG, make_files())
    write_folder(tmp_path / "unfinished", {"01-a-b.es.md": b"x"})
    write_folder(tmp_path / "pictures", {"a.png": b"x"})
    (tmp_path / "README.md").write_text("x")

    assert [path.name for path in course_folders(tmp_path)] == ["unfinished", SLUG]
    assert is_course_folder(tmp_path / SLUG)
    assert not is_course_folder(tmp_path)
