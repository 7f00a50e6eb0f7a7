"""The paper in the eyes of other programs: a screen reader, a printer, a camera."""

import json
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
import segno
from PIL import Image

from conexx_learn.adapters.typesetting import certificate_pdf
from conexx_learn.domain.certificates import Claims, CompetencyClaim, PlanClaim
from tests.integration.test_typesetting import LETTERS, LONG_NAME, URL
from tests.sample_claims import make_claims

MILLIMETRES_AN_INCH = 25.4
DOTS_AN_INCH = 300
QR_LEFT, QR_TOP, QR_SIDE = 243, 163, 30
"""Where the code stands, in millimetres: the design's right margin and foot."""
PLAN = PlanClaim(
    "Ayuntamiento de Xaltepec",
    "Plan de capacitación 2026-2028, " + "con cofinanciamiento y seguimiento " * 2,
    {"es": "Requisito 3: personal del área «Obras»", "en": "Requirement 3: “Obras”"},
)
SAMPLES = {
    "plain": make_claims(),
    "demonstration": make_claims(demo=True, plan=PLAN),
    "everything": make_claims(
        holder=LONG_NAME,
        plan=PLAN,
        outcomes={
            lang: tuple(f"{n}: " + "formula y defiende " * 9 for n in range(8))
            for lang in ("es", "en")
        },
        competencies=tuple(
            CompetencyClaim(f"K{n}", {"es": "Diseño " * 8, "en": "Design " * 8}, 3)
            for n in range(1, 6)
        ),
        supervision={"es": "En presencia de una persona " * 15, "en": "Seen " * 90},
    ),
    "little": make_claims(
        holder="Ñ", competencies=(), valid_until=None, second_lang=None, eqf_level=None
    ),
    "letters": make_claims(holder=LETTERS),
    "Arabic": make_claims(holder="محمد الأمين"),
    "Georgian": make_claims(holder="ნინო ჩხეიძე"),
    "Hebrew": make_claims(holder="יעל כהן־לוי"),
    "Vietnamese": make_claims(holder="Nguyễn Thị Ngọc Ánh"),
}
EVERY_SAMPLE = pytest.mark.parametrize("name", SAMPLES)


@pytest.fixture
def path(tmp_path: Path, name: str) -> Path:
    return written(tmp_path, SAMPLES[name])


def written(folder: Path, claims: Claims) -> Path:
    path = folder / "paper.pdf"
    attached = json.dumps({"number": claims.number})
    path.write_bytes(certificate_pdf(claims, verify_url=URL, credential_json=attached))
    return path


def told(*command: str) -> str:
    """Run a program of poppler-utils; without it the test fails."""
    done = subprocess.run(command, capture_output=True, check=True)
    # Attributes of a heading come in an encoding of their own.
    return done.stdout.decode(errors="replace")


@EVERY_SAMPLE
def test_the_paper_is_one_landscape_page_of_a4(path: Path) -> None:
    said = told("pdfinfo", str(path))

    assert "Pages:           1\n" in said
    assert "(A4)" in said
    assert "Tagged:          yes" in said
    assert "JavaScript:      no" in said
    assert "Form:            none" in said


@EVERY_SAMPLE
def test_every_face_is_embedded(path: Path) -> None:
    lines = told("pdffonts", str(path)).splitlines()[2:]

    assert len(lines) >= 3
    for line in lines:
        # From the right: embedded, subset, Unicode, and the two numbers of the object.
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line


@EVERY_SAMPLE
def test_a_screen_reader_finds_headings_table_and_pictures(path: Path) -> None:
    said = told("pdfinfo", "-struct-text", str(path))
    kinds = [line.split()[0].strip(":") for line in said.splitlines() if line.strip()]

    assert kinds.count("H1") == 1
    assert kinds.count("H2") >= 2
    for kind in ("Table", "TH", "TD", "L", "LI", "Figure", "Link"):
        assert kind in kinds, kind


def test_a_demonstration_says_so_before_the_heading(tmp_path: Path) -> None:
    path = written(tmp_path, SAMPLES["demonstration"])
    said = told("pdfinfo", "-struct-text", str(path))

    assert said.index("Demostración, sin validez") < said.index("H1")


@EVERY_SAMPLE
def test_a_camera_reads_the_code(path: Path) -> None:
    seen = code_on(path)

    assert seen == [list(row) for row in segno.make(URL, error="m", micro=False).matrix]


def code_on(path: Path) -> list[list[int]]:
    """Read the squares of the code from the printed page: 1 for dark."""
    page = subprocess.run(
        ["pdftoppm", "-png", "-r", str(DOTS_AN_INCH), "-singlefile", path],
        capture_output=True,
        check=True,
    ).stdout
    picture = Image.open(BytesIO(page)).convert("L")
    squares = len(segno.make(URL, error="m", micro=False).matrix)

    def dot(start: int, square: int) -> int:
        millimetres = start + (square + 0.5) * QR_SIDE / squares
        return round(millimetres * DOTS_AN_INCH / MILLIMETRES_AN_INCH)

    return [
        [
            int(dark_at(picture, dot(QR_LEFT, column), dot(QR_TOP, row)))
            for column in range(squares)
        ]
        for row in range(squares)
    ]


def dark_at(picture: Image.Image, x: int, y: int) -> bool:
    shade = picture.getpixel((x, y))
    assert isinstance(shade, int)
    return shade < 128
