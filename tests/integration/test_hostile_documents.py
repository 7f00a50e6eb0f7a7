"""Files that would harm or mislead are refused by name, with what to do."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from PIL import Image

from conexx_learn.adapters import office_archive
from conexx_learn.adapters.pictures import shown_picture
from conexx_learn.domain.errors import ContentError
from conexx_learn.domain.pictures import MOST_PIXELS
from conexx_learn.domain.sentences import problem_sentence
from conexx_learn.services.word_import import word_arrival
from tests.word_documents import link, picture, saved


def document(text: str = "Un texto breve para el curso.") -> bytes:
    made = Document()
    made.add_heading("Módulo", 1)
    made.add_paragraph(text)
    return saved(made)


def changed(
    data: bytes, change: Callable[[str, bytes], bytes | None], **more: bytes
) -> bytes:
    """Write an archive again with some parts changed, left out, or added."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as to,
    ):
        for entry in source.infolist():
            content = change(entry.filename, source.read(entry))
            if content is not None:
                to.writestr(entry.filename, content)
        for path, content in more.items():
            to.writestr(path, content)
    return target.getvalue()


def same(_path: str, content: bytes) -> bytes:
    return content


def with_body(xml: str) -> bytes:
    """Write a document whose body begins with this XML."""

    def change(path: str, content: bytes) -> bytes:
        if path != "word/document.xml":
            return content
        return content.replace(b"<w:body>", b"<w:body>" + xml.encode(), 1)

    return changed(document(), change)


def refused(data: bytes, name: str = "guía.docx") -> str:
    with pytest.raises(ContentError) as caught:
        word_arrival(data, name=name, language="es")
    (problem,) = caught.value.problems
    for language in ("es", "en"):
        message, hint = problem_sentence(problem, language)
        assert name[-60:] in message
        assert hint
    return problem.facts["variant"]


def test_an_old_or_locked_document_is_told_to_be_saved_again() -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)) == "office-locked"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"{\\rtf1}", b"texto", b"PK"])
def test_what_is_no_document_is_told_so(data: bytes) -> None:
    assert refused(data) in {"office-kind", "office-damaged"}


def test_a_workbook_is_no_document() -> None:
    moved = changed(
        document(), lambda path, content: None if path.startswith("word/") else content
    )

    assert refused(moved) == "office-kind"


def test_macros_are_refused_by_name_by_part_and_by_type() -> None:
    typed = changed(
        document(),
        lambda _path, content: content.replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    )

    assert refused(document(), "guía.docm") == "office-macros"
    assert (
        refused(changed(document(), same, **{"word/vbaProject.bin": b"x"}))
        == "office-macros"
    )
    assert refused(typed) == "office-macros"


def test_a_document_that_bursts_is_refused_while_it_is_read() -> None:
    bomb = changed(document(), same, **{"word/media/a.png": bytes(40_000_000)})
    wide = changed(
        document(), same, **{"word/more.xml": b"<a>" + b" " * 30_000_000 + b"</a>"}
    )

    assert len(bomb) < 100_000
    assert refused(bomb) == "office-bursts"
    assert refused(wide) == "office-bursts"


def test_more_elements_than_any_document_has_are_refused_unread() -> None:
    assert refused(with_body("<w:p/>" * office_archive.MOST_TAGS)) == "office-long"


def test_more_parts_than_any_document_has_are_refused() -> None:
    many = {f"word/media/{number}.txt": b"" for number in range(1001)}

    assert refused(changed(document(), same, **many)) == "office-entries"


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]>',
        b'<!DOCTYPE a SYSTEM "file:///etc/hostname">',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "http://example.org/">]>',
    ],
)
def test_xml_that_declares_anything_is_refused(declared: bytes) -> None:
    def change(path: str, content: bytes) -> bytes:
        if not path.endswith("styles.xml"):
            return content
        head, _sign, rest = content.partition(b"?>")
        return head + b"?>" + declared + rest

    assert refused(changed(document(), change)) == "office-xml"


def test_a_part_that_leaves_its_folder_is_refused() -> None:
    assert (
        refused(changed(document(), same, **{"../outside.xml": b"<a/>"}))
        == "office-damaged"
    )


def test_deep_nesting_is_refused_and_no_recursion_is_seen() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 200 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 200

    assert refused(with_body(deep)) == "office-xml"


def test_nesting_that_is_just_allowed_arrives() -> None:
    levels = (office_archive.MOST_DEPTH - 8) // 3
    inner = "<w:p><w:r><w:t>dentro</w:t></w:r></w:p>"
    deep = "<w:tbl><w:tr><w:tc>" * levels + inner + "</w:tc></w:tr></w:tbl>" * levels

    arrived = word_arrival(with_body(deep), name="a.docx", language="es")

    assert "dentro" in arrived.body(arrived.modules[0])


@pytest.mark.parametrize(
    "xml",
    [
        (
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr><w:p/></w:tc>'
            "</w:tr></w:tbl>"
        ),
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="zz"/></w:r></w:p>',
        "<w:p><w:r><w:footnoteReference/></w:r></w:p>",
    ],
)
def test_what_the_library_stumbles_over_is_a_refusal_and_no_fault_of_ours(
    xml: str,
) -> None:
    assert refused(with_body(xml)) == "office-damaged"


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"],
)
def test_a_link_that_is_no_page_keeps_its_text_only(href: str) -> None:
    made = Document()
    link(made.add_paragraph("Vea "), href, "aquí")

    arrived = word_arrival(saved(made), name="a.docx", language="es")

    assert arrived.body(arrived.modules[0]) == "Vea aquí"


def test_a_picture_elsewhere_is_never_fetched_and_told() -> None:
    def change(path: str, content: bytes) -> bytes:
        if path == "word/_rels/document.xml.rels":
            return content.replace(
                b'Target="media/image1.png"',
                b'Target="http://127.0.0.1:9/a.png" TargetMode="External"',
            )
        return content.replace(b"r:embed=", b"r:link=")

    made = Document()
    made.add_paragraph("Con una imagen de fuera.")
    made.add_picture(picture())

    arrived = word_arrival(changed(saved(made), change), name="a.docx", language="es")

    assert not arrived.pictures
    assert [one.code for one in arrived.remarks] == ["picture-outside"]


def test_a_damaged_picture_stays_behind_and_the_text_comes() -> None:
    def change(path: str, content: bytes) -> bytes:
        return content[:200] if path.startswith("word/media/") else content

    made = Document()
    made.add_paragraph("Antes de la imagen.")
    made.add_picture(picture())

    arrived = word_arrival(changed(saved(made), change), name="a.docx", language="es")

    assert "Antes de la imagen." in arrived.body(arrived.modules[0])
    assert [(one.code, one.facts["what"]) for one in arrived.remarks] == [
        ("picture-unshown", "image1.png")
    ]


def test_a_document_without_text_is_told_to_be_looked_at() -> None:
    assert refused(saved(Document())) == "office-empty"


def picture_refused(data: bytes) -> str:
    with pytest.raises(ContentError) as caught:
        shown_picture(data, name="foto.png")
    return caught.value.problems[0].facts["variant"]


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    huge = picture(7000, 6000).getvalue()
    monkeypatch.setattr(Image.Image, "load", lambda _self: pytest.fail("decoded"))

    assert MOST_PIXELS < 7000 * 6000
    assert picture_refused(huge) == "picture-pixels"


def test_a_photograph_loses_what_the_camera_wrote_and_stands_upright() -> None:
    target = BytesIO()
    image = Image.open(picture(400, 200, "JPEG"))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Casa de Ana"
    exif[0x8825] = {1: "N", 2: (19.0, 2.0, 3.0)}
    image.save(target, "JPEG", exif=exif, comment=b"secreto")
    assert b"Casa de Ana" in target.getvalue()

    shown = shown_picture(target.getvalue(), name="foto.jpg")

    assert (shown.width, shown.height) == (200, 400)
    assert shown.ending == "jpg"
    assert b"Casa de Ana" not in shown.data
    assert b"secreto" not in shown.data
    assert not Image.open(BytesIO(shown.data)).getexif()


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("PNG", "png"),
        ("JPEG", "jpg"),
        ("WEBP", "webp"),
        ("GIF", "png"),
        ("BMP", "png"),
        ("TIFF", "png"),
    ],
)
def test_every_kind_that_word_keeps_becomes_one_that_browsers_show(
    kind: str, ending: str
) -> None:
    assert shown_picture(picture(50, 40, kind).getvalue(), name="a").ending == ending


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\xd7\xcd\xc6\x9a" + bytes(100),
        b"<svg/>",
        b"\x89PNG\r\n\x1a\n" + bytes(90),
    ],
)
def test_what_is_no_picture_is_told_to_be_saved_again(data: bytes) -> None:
    assert picture_refused(data) == "picture-kind"


def test_a_large_picture_becomes_as_large_as_a_page_shows_it() -> None:
    shown = shown_picture(picture(4000, 3000).getvalue(), name="a.png")

    assert (shown.width, shown.height) == (2000, 1500)
