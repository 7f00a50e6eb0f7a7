"""What is handed in: rounds, teams, files, and pieces of files."""

from datetime import UTC, datetime

import pytest

from conexx_learn.domain.errors import LearnError
from conexx_learn.domain.graded_work.handing_in import (
    next_round,
    refuse_large_team,
    work_label,
)
from conexx_learn.domain.graded_work.uploads import PIECE, is_new_piece
from conexx_learn.domain.graded_work.work_files import (
    MOST_BYTES,
    WorkFault,
    WorkFile,
    WorkKind,
    blind_name,
    read_work_file,
)
from tests.office_files import PDF, office_file

DOCX, XLSX = office_file("docx"), office_file("xlsx")
OVERRIDE = "\u202e"


def test_a_number_names_nobody() -> None:
    assert work_label(datetime(2026, 3, 1, tzinfo=UTC), 7) == "2026-0007"
    assert work_label(datetime(2026, 3, 1, tzinfo=UTC), 12345) == "2026-12345"


def test_two_further_rounds_follow_and_no_more() -> None:
    assert [next_round([]), next_round([0, 1]), next_round([2, 0])] == [1, 2, 3]
    with pytest.raises(LearnError, match="work-rounds-used"):
        next_round([0, 3])


def test_a_team_has_four_members_at_most() -> None:
    refuse_large_team(3)
    with pytest.raises(LearnError, match="work-team-full"):
        refuse_large_team(4)


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        pytest.param(PDF, "plan.pdf", WorkKind.PDF, id="pdf"),
        pytest.param(DOCX, "plan.DOCX", WorkKind.DOCX, id="docx"),
        pytest.param(XLSX, "plan.xlsx", WorkKind.XLSX, id="xlsx"),
        pytest.param(b"", "plan.pdf", WorkFault.EMPTY, id="empty"),
        pytest.param(
            b"%PDF-" + b" " * MOST_BYTES, "a.pdf", WorkFault.TOO_LARGE, id="large"
        ),
        pytest.param(PDF, "plan.exe", WorkFault.UNKNOWN_KIND, id="a program"),
        pytest.param(PDF, "plan", WorkFault.UNKNOWN_KIND, id="no ending"),
        pytest.param(DOCX, "plan.pdf", WorkFault.OTHER_CONTENT, id="not a pdf"),
        pytest.param(DOCX, "plan.xlsx", WorkFault.OTHER_CONTENT, id="not a sheet"),
        pytest.param(
            office_file("docx", "word/vbaProject.bin"),
            "plan.docx",
            WorkFault.OTHER_CONTENT,
            id="with a macro",
        ),
        pytest.param(
            office_file("xlsx", "big.xml", text=b" " * 30_000_000),
            "plan.xlsx",
            WorkFault.OTHER_CONTENT,
            id="that bursts",
        ),
        pytest.param(b"PK\x03\x04", "plan.docx", WorkFault.OTHER_CONTENT, id="broken"),
    ],
)
def test_only_sound_files_are_taken(
    content: bytes, name: str, expected: WorkKind | WorkFault
) -> None:
    found = read_work_file(content, name)

    assert (found.kind if isinstance(found, WorkFile) else found) is expected


@pytest.mark.parametrize(
    ("name", "label"),
    [
        pytest.param("C:\\docs\\plan.pdf", "plan.pdf", id="a path"),
        pytest.param(f"fdp{OVERRIDE}exe.pdf", "fdpexe.pdf", id="turned around"),
        pytest.param('a"b\r\nX: y.pdf', "a b X y.pdf", id="a line of a header"),
        pytest.param("../../.pdf", "work.pdf", id="nothing but a path"),
    ],
)
def test_a_name_is_only_a_harmless_label(name: str, label: str) -> None:
    found = read_work_file(PDF, name)

    assert isinstance(found, WorkFile)
    assert found.name == label


def test_assessors_get_a_file_without_its_name() -> None:
    assert blind_name("2026-0007", WorkKind.XLSX.value) == "work-2026-0007.xlsx"


def test_a_piece_counts_once_and_in_its_place() -> None:
    whole = PIECE + 10

    assert is_new_piece(received=0, expected=whole, offset=0, length=PIECE)
    assert not is_new_piece(received=PIECE, expected=whole, offset=0, length=PIECE)
    assert is_new_piece(received=PIECE, expected=whole, offset=PIECE, length=10)


@pytest.mark.parametrize(
    ("offset", "length", "code"),
    [
        pytest.param(0, PIECE - 1, "upload-piece", id="short"),
        pytest.param(1, PIECE, "upload-piece", id="between"),
        pytest.param(-PIECE, PIECE, "upload-piece", id="before"),
        pytest.param(2 * PIECE, 0, "upload-piece", id="behind the end"),
        pytest.param(PIECE, 10, "upload-offset", id="too early"),
    ],
)
def test_other_pieces_are_refused(offset: int, length: int, code: str) -> None:
    with pytest.raises(LearnError, match=code):
        is_new_piece(received=0, expected=PIECE + 10, offset=offset, length=length)
