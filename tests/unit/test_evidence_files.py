"""Files handed in as evidence: four kinds, told by content and name; none bursts."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.evidence_files import (
    MOST_BYTES,
    Evidence,
    EvidenceFault,
    EvidenceKind,
    read_evidence,
)

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SECRET = b"GPS 19.4326 N, 99.1332 W"


def png(width: int = 2, height: int = 2, *, remark: bytes = b"") -> bytes:
    """Write a PNG file, with a text beside the picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header)]
    if remark:
        chunks += [(b"tEXt", b"Comment\x00" + remark), (b"eXIf", remark)]
    chunks += [(b"IDAT", zlib.compress(b"\x00" * 6)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body))
        + name
        + body
        + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def jpeg(width: int = 2, height: int = 2, *, remark: bytes = b"") -> bytes:
    """Write the frame of a JPEG file, with a remark of a camera."""

    def segment(marker: int, body: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body

    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    parts = [segment(0xE0, b"JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00")]
    if remark:
        parts += [segment(0xE1, b"Exif\x00\x00" + remark), segment(0xFE, remark)]
    parts += [segment(0xC0, frame), segment(0xDA, b"\x01\x01\x00\x00\x3f\x00")]
    return b"\xff\xd8" + b"".join(parts) + b"\x12\xff\x00\x34\xff\xd9"


def docx(*more: tuple[str, bytes], wanted: bool = True) -> bytes:
    """Write the archive of a text document with more parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if wanted:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", "<w:document/>" * 20)
        for name, content in more:
            archive.writestr(name, content)
    return target.getvalue()


def taken(content: bytes, name: str) -> Evidence:
    found = read_evidence(content, name)
    assert isinstance(found, Evidence)
    return found


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "acta.pdf", EvidenceKind.PDF),
        (png(), "captura.PNG", EvidenceKind.PNG),
        (jpeg(), "foto.jpg", EvidenceKind.JPEG),
        (jpeg(), "foto.jpeg", EvidenceKind.JPEG),
        (docx(), "informe.docx", EvidenceKind.DOCX),
    ],
)
def test_each_kind_is_taken(content: bytes, name: str, kind: EvidenceKind) -> None:
    found = taken(content, name)

    assert found.kind is kind
    assert found.name == name.lower()


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        pytest.param(b"", "a.pdf", EvidenceFault.EMPTY, id="empty"),
        pytest.param(
            PDF + b" " * MOST_BYTES, "a.pdf", EvidenceFault.TOO_LARGE, id="too large"
        ),
        pytest.param(PDF, "a.exe", EvidenceFault.UNKNOWN_KIND, id="a program"),
        pytest.param(PDF, "a", EvidenceFault.UNKNOWN_KIND, id="no ending"),
        pytest.param(PDF, "a.pdf.html", EvidenceFault.UNKNOWN_KIND, id="two endings"),
        pytest.param(b"<svg/>", "a.svg", EvidenceFault.UNKNOWN_KIND, id="a drawing"),
    ],
)
def test_what_is_not_taken_says_why(
    content: bytes, name: str, fault: EvidenceFault
) -> None:
    assert read_evidence(content, name) is fault


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param(png(), "a.pdf", id="a picture named PDF"),
        pytest.param(b"MZ\x90\x00" + PDF, "a.pdf", id="a program before the PDF"),
        pytest.param(PDF[:20], "a.pdf", id="half a PDF"),
        pytest.param(b"<script>alert(1)</script>", "a.png", id="a page named PNG"),
        pytest.param(png()[:40], "a.png", id="half a PNG"),
        pytest.param(png(20_000, 20_000), "a.png", id="a picture that fills memory"),
        pytest.param(png(0, 5), "a.png", id="a picture without width"),
        pytest.param(jpeg()[:-2], "a.jpg", id="a JPEG without its end"),
        pytest.param(jpeg(60_000, 60_000), "a.jpg", id="a JPEG that fills memory"),
        pytest.param(b"\xff\xd8\xff\xd9", "a.jpg", id="a JPEG without a picture"),
        pytest.param(docx(wanted=False), "a.docx", id="an empty archive"),
        pytest.param(docx(("a.txt", b"x"), wanted=False), "a.docx", id="any archive"),
        pytest.param(
            docx(("word/media/image1.bin", bytes(90_000_000))), "a.docx", id="a bomb"
        ),
        pytest.param(
            docx(("word/vbaProject.bin", b"x")), "a.docx", id="a document with macros"
        ),
        pytest.param(docx()[:-30], "a.docx", id="a cut archive"),
        pytest.param(
            docx(*((f"part{n}.xml", b"") for n in range(1001))),
            "a.docx",
            id="too many parts",
        ),
    ],
)
def test_other_content_than_the_name_says_is_refused(content: bytes, name: str) -> None:
    assert read_evidence(content, name) is EvidenceFault.OTHER_CONTENT


@pytest.mark.parametrize(
    ("content", "name"),
    [(png(remark=SECRET), "a.png"), (jpeg(remark=SECRET), "a.jpg")],
)
def test_where_and_by_whom_a_picture_was_taken_is_forgotten(
    content: bytes, name: str
) -> None:
    assert SECRET in content

    kept = taken(content, name).content

    assert SECRET not in kept
    assert taken(kept, name).content == kept


def test_what_hangs_behind_a_picture_is_cut_off() -> None:
    hidden = b"PK\x03\x04 a program"

    assert taken(png() + hidden, "a.png").content == png()
    assert taken(jpeg() + hidden, "a.jpg").content == jpeg()


@pytest.mark.parametrize(
    ("name", "label"),
    [
        (r"C:\Users\ana\acta.pdf", "acta.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ('a"b<c>\r\nSet-Cookie: x.pdf', "a b c Set-Cookie x.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        (".pdf", "evidence.pdf"),
        ("ñ" * 300 + ".pdf", "ñ" * 100 + ".pdf"),
    ],
)
def test_the_name_is_a_label_of_harmless_signs(name: str, label: str) -> None:
    assert taken(PDF, name).name == label


@given(
    st.sampled_from([png(), jpeg(), docx(), PDF]),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=6),
    st.sampled_from(["a.png", "a.jpg", "a.docx", "a.pdf"]),
)
def test_no_damage_leads_to_anything_but_an_answer(
    content: bytes, damage: list[tuple[int, int]], name: str
) -> None:
    broken = bytearray(content)
    for place, value in damage:
        broken[place % len(broken)] = value

    found = read_evidence(bytes(broken), name)

    assert isinstance(found, Evidence | EvidenceFault)
