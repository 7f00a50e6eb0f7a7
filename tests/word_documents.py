"""Five documents of about ten pages, each as one kind of person writes them."""

from dataclasses import dataclass, field
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from PIL import Image

from tests.word_footnotes import with_footnotes
from tests.word_prose import paragraphs

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:r="{OFFICE}" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and what its writer put into it.

    Attributes:
        data: The bytes of the .docx.
        words: Of its body, in order; those of footnotes and tables included.
        counts: What there is of it: `tables`, `footnotes`, `pictures` …
    """

    data: bytes
    words: list[str]
    counts: dict[str, int] = field(default_factory=dict)


def saved(document: WordFile) -> bytes:
    """Return the bytes of a document."""
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def picture(width: int = 640, height: int = 400, kind: str = "PNG") -> BytesIO:
    """Draw a picture with a pattern that depends on its size."""
    image = Image.new("RGB", (width, height), (240, 240, 235))
    for x in range(0, width, 16):
        image.paste((x % 255, 90, 120), (x, 0, x + 8, height))
    target = BytesIO()
    image.save(target, kind)
    target.seek(0)
    return target


class _Writer:
    """Writes a document and remembers every word of it."""

    def __init__(self) -> None:
        self.file = Document()
        self.words: list[str] = []

    def heading(self, text: str, level: int) -> None:
        self.file.add_heading(text, level)
        self.words += text.split()

    def text(self, text: str, style: str | None = None) -> Paragraph:
        self.words += text.split()
        return self.file.add_paragraph(text, style)

    def pages(self, count: int, first: int) -> None:
        for one in paragraphs(count, first=first):
            self.text(one)

    def table(self, rows: list[list[str]]) -> None:
        table = self.file.add_table(rows=len(rows), cols=len(rows[0]))
        table.style = "Table Grid"
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
                self.words += text.split()


@cache
def call_guide() -> Made:
    """Write the guide of a call: six chapters, four tables, five footnotes, links."""
    writer = _Writer()
    writer.file.add_heading("Guía de la convocatoria de agua y saneamiento", 0)
    titles = (
        "Qué financia la convocatoria",
        "Quién puede participar",
        "Gastos elegibles",
        "Cómo se presenta la solicitud",
        "Cómo se evalúa",
        "Después de la firma",
    )
    for number, title in enumerate(titles, start=1):
        writer.heading(title, 1)
        writer.pages(4, first=number * 20)
        writer.heading(f"Lo que conviene saber de {title.lower()}", 2)
        if number < 6:
            writer.text(
                f"El plazo se cuenta en días hábiles {{{{note:{number}}}}} "
                "y no se amplía."
            )
        writer.pages(4, first=number * 20 + 10)
        if number < 5:
            writer.table(
                [["Concepto", "Límite", "Prueba"]]
                + [
                    [
                        f"Partida {number}.{row}",
                        f"{row * 5} % del total",
                        f"Factura {row}",
                    ]
                    for row in range(1, 7)
                ]
            )
        writer.heading("Un caso", 3)
        writer.pages(1, first=number * 20 + 18)
    link(
        writer.text("Las bases están en "),
        "https://example.org/bases",
        "la página de la convocatoria",
    )
    writer.words += ["la", "página", "de", "la", "convocatoria"]
    notes = [
        f"Nota {number}: véase el artículo {number * 3} de las bases."
        for number in range(1, 6)
    ]
    words = [word for word in writer.words if not word.startswith("{{note")]
    words += [word for note in notes for word in note.split()]
    data = with_footnotes(saved(writer.file), notes)
    return Made(
        data,
        words,
        {"modules": 6, "headings": 12, "tables": 4, "footnotes": 5, "links": 1},
    )


def link(paragraph: Paragraph, address: str, text: str) -> None:
    """Put a link at the end of a paragraph."""
    relation = paragraph.part.relate_to(
        address, f"{OFFICE}/hyperlink", is_external=True
    )
    run = f"<w:r><w:t>{text}</w:t></w:r>"
    _append(paragraph, f'<w:hyperlink {NAMES} r:id="{relation}">{run}</w:hyperlink>')


def _append(paragraph: Paragraph, xml: str) -> None:
    """Put XML at the end of a paragraph: what the library has no words for."""
    paragraph._p.append(parse_xml(xml))  # noqa: SLF001


@cache
def manual() -> Made:
    """Write a manual: nested lists, numbered steps, six pictures, two with words."""
    writer = _Writer()
    for number in range(1, 5):
        writer.heading(f"Procedimiento {number}: compras y contratos", 1)
        writer.pages(6, first=number * 30)
        for step in range(1, 4):
            writer.text(f"Paso mayor {number}.{step} del procedimiento", "List Bullet")
            for inner in range(1, 3):
                writer.text(
                    f"Detalle {number}.{step}.{inner} que conviene anotar",
                    "List Bullet 2",
                )
        writer.pages(3, first=number * 30 + 12)
        for step in range(1, 6):
            writer.text(f"Acción numerada {number}-{step} de la lista", "List Number")
        if number < 4:
            writer.file.add_picture(picture(600 + number * 10))
            writer.file.add_picture(picture(300 + number * 10, kind="JPEG"))
    _describe(writer, 0, "Diagrama de las tres etapas de una compra")
    _describe(writer, 1, "Imagen con texto. Descripción generada automáticamente")
    return Made(
        saved(writer.file),
        writer.words,
        {"modules": 4, "pictures": 6, "bullets": 36, "numbers": 20},
    )


def _describe(writer: _Writer, number: int, words: str) -> None:
    shape = writer.file.inline_shapes[number]
    shape._inline.docPr.set("descr", words)  # noqa: SLF001 (nor alternative texts)


@cache
def old_document() -> Made:
    """Write as twenty years ago: bold lines for titles, typed dots and numbers."""
    writer = _Writer()
    for number in range(1, 6):
        title = writer.text("")
        title.add_run(f"TEMA {number}. LA RENDICIÓN DE CUENTAS").bold = True
        writer.words += f"TEMA {number}. LA RENDICIÓN DE CUENTAS".split()
        writer.pages(5, first=number * 40)
        inner = writer.text("")
        inner.add_run(f"Qué se archiva en la etapa {number}").bold = True
        writer.words += f"Qué se archiva en la etapa {number}".split()
        for item in range(1, 5):
            writer.file.add_paragraph(f"•\tDocumento {number}-{item} firmado y foliado")
            writer.words += f"Documento {number}-{item} firmado y foliado".split()
        for item in range(1, 4):
            writer.file.add_paragraph(f"{item}. Copia {number}-{item} para el archivo")
            writer.words += f"Copia {number}-{item} para el archivo".split()
        writer.pages(4, first=number * 40 + 20)
        writer.text(
            f"Se cobra 3*4 y 5_6 de [1] # {number}, sin <b>recargo</b> ni 50 % de más."
        )
    return Made(
        saved(writer.file),
        writer.words,
        {"modules": 5, "headings": 5, "dots": 20, "numbers": 15},
    )


@cache
def with_questions() -> Made:
    """Write a course with its questions typed below each chapter."""
    writer = _Writer()
    for number in range(1, 5):
        writer.heading(f"Unidad {number}: indicadores", 1)
        writer.pages(8, first=number * 50)
        writer.heading("Preguntas", 2)
        _bold_question(writer, number)
        _starred_question(writer, number)
        _keyed_question(writer, number)
        _several_question(writer, number)
    _truth_question(writer)
    _silent_question(writer)
    return Made(
        saved(writer.file),
        writer.words,
        {"modules": 4, "questions": 18, "answered": 17},
    )


def _bold_question(writer: _Writer, number: int) -> None:
    writer.file.add_paragraph(f"1. ¿Qué mide el indicador {number}?")
    for letter, text, right in (
        ("a", f"El costo {number}", False),
        ("b", f"El cambio {number} en la población", True),
        ("c", f"El número {number} de reuniones", False),
    ):
        run = writer.file.add_paragraph().add_run(f"{letter}) {text}")
        run.bold = right


def _starred_question(writer: _Writer, number: int) -> None:
    writer.file.add_paragraph(f"2. ¿Cuándo se levanta la línea de base {number}?")
    writer.file.add_paragraph(f"a) Antes de empezar la obra {number} *")
    writer.file.add_paragraph(f"b) Al terminar la obra {number}")


def _keyed_question(writer: _Writer, number: int) -> None:
    writer.file.add_paragraph(f"3) ¿Quién firma el informe {number}?")
    for letter, text in zip(
        "abcd",
        ("la tesorería", "la coordinación", "nadie", "la auditoría"),
        strict=True,
    ):
        writer.file.add_paragraph(f"{letter}. Firma {text}")
    writer.file.add_paragraph("Respuesta correcta: b")
    writer.file.add_paragraph("Retroalimentación: lo dice el manual de la entidad.")


def _several_question(writer: _Writer, number: int) -> None:
    writer.file.add_paragraph(
        f"4. Marque los medios de verificación del caso {number}:"
    )
    for letter, text, right in (
        ("a", "Actas firmadas", True),
        ("b", "Rumores", False),
        ("c", "Fotografías fechadas", True),
    ):
        run = writer.file.add_paragraph().add_run(f"{letter}) {text}")
        if right:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _truth_question(writer: _Writer) -> None:
    writer.file.add_paragraph(
        "5. Un indicador sin fuente de verificación se puede medir."
    )
    writer.file.add_paragraph("Respuesta: Falso")


def _silent_question(writer: _Writer) -> None:
    writer.file.add_paragraph("6. ¿Cuál de estas es una actividad?")
    writer.file.add_paragraph("a) Capacitar a 30 personas")
    writer.file.add_paragraph("b) Menos casos de diarrea")


@cache
def decorated() -> Made:
    """Write what no course can hold: boxes, comments, joined cells, wide pages."""
    writer = _Writer()
    for number in range(1, 4):
        writer.heading(f"Informe de avance {number}", 1)
        writer.pages(7, first=number * 60)
        _text_box(writer, f"Aviso {number} en un recuadro")
        writer.pages(6, first=number * 60 + 20)
    _comment(writer)
    _changes(writer)
    _formula(writer)
    _merged(writer)
    run = writer.text("").add_run("Este texto es rojo")
    run.font.color.rgb = RGBColor(200, 0, 0)
    run.underline = True
    writer.words += ["Este", "texto", "es", "rojo"]
    writer.text("").add_run().add_break(WD_BREAK.PAGE)
    writer.file.sections[0].header.paragraphs[0].text = "Municipio de Villa Esperanza"
    section = writer.file.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    writer.pages(3, first=300)
    return Made(saved(writer.file), writer.words, {"modules": 3, "boxes": 3})


def _text_box(writer: _Writer, text: str) -> None:
    box = f"<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>"
    paragraph = writer.file.add_paragraph()
    _append(
        paragraph,
        f'<w:r {NAMES}><mc:AlternateContent><mc:Choice Requires="wps">'
        '<w:drawing><wp:anchor><a:graphic><a:graphicData uri="x">'
        f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice>"
        "</mc:AlternateContent></w:r>",
    )
    writer.words += text.split()


def _comment(writer: _Writer) -> None:
    paragraph = writer.text("Esta frase tiene un comentario al margen.")
    writer.file.add_comment(paragraph.runs, text="Revisar con finanzas", author="Ana")


def _changes(writer: _Writer) -> None:
    paragraph = writer.text("El plazo es de")
    stamp = 'w:id="7" w:author="Ana" w:date="2026-01-01T00:00:00Z"'
    gone = "<w:r><w:delText> treinta</w:delText></w:r>"
    new = '<w:r><w:t xml:space="preserve"> sesenta días</w:t></w:r>'
    for xml in (
        f"<w:del {NAMES} {stamp}>{gone}</w:del>",
        f"<w:ins {NAMES} {stamp}>{new}</w:ins>",
    ):
        _append(paragraph, xml)
    writer.words += ["sesenta", "días"]


def _formula(writer: _Writer) -> None:
    paragraph = writer.text("La razón es ")
    _append(paragraph, f"<m:oMath {NAMES}><m:r><m:t>a/b=2</m:t></m:r></m:oMath>")
    writer.words += ["a/b=2"]


def _merged(writer: _Writer) -> None:
    table = writer.file.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Presupuesto conjunto"
    for row in (1, 2):
        for column in range(3):
            table.cell(row, column).text = f"Celda {row}{column}"
            writer.words += ["Celda", f"{row}{column}"]
    writer.words += ["Presupuesto", "conjunto"]


@cache
def numbered_by_word() -> bytes:
    """Write two questions whose numbers and letters Word itself counts."""
    file = Document()
    numbers = file.part.numbering_part.element
    for key, form in ((90, "decimal"), (91, "lowerLetter")):
        level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="{form}"/></w:lvl>'
        plan = f'<w:abstractNum {NAMES} w:abstractNumId="{key}">{level}'
        numbers.insert(0, parse_xml(f"{plan}</w:abstractNum>"))
        numbers.append(
            parse_xml(
                f'<w:num {NAMES} w:numId="{key}">'
                f'<w:abstractNumId w:val="{key}"/></w:num>'
            )
        )
    file.add_heading("Prueba", 1)
    for prompt, right in (("¿Qué se archiva?", "Factura"), ("¿Qué no?", "Rumor")):
        _count(file.add_paragraph(prompt), 90)
        for text in ("Factura", "Rumor"):
            paragraph = file.add_paragraph()
            paragraph.add_run(text).bold = text == right
            _count(paragraph, 91)
    return saved(file)


def _count(paragraph: Paragraph, number: int) -> None:
    settings = paragraph._p.get_or_add_pPr()  # noqa: SLF001 (nor numbers of lists)
    levels = f'<w:ilvl w:val="0"/><w:numId w:val="{number}"/>'
    settings.append(parse_xml(f"<w:numPr {NAMES}>{levels}</w:numPr>"))
