"""The XML of a Word document, made ready for mammoth: it reads less than Word writes.

What mammoth would pass over in silence is counted here, with the words beside it: text
boxes, changes, colours, formulas, page breaks, headers. Lists lettered a) b) c) get a
style of their own, since mammoth knows numbers and dots only.
"""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from conexx_learn.adapters.office_archive import OfficeParts
from conexx_learn.domain.word_import.remarks import ArrivalNotes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

LETTER_UNDER_NUMBER = "LetterUnderNumber"
LETTER_ALONE = "LetterAlone"
"""Styles given to lettered entries of lists; mammoth is told what they are."""

_LETTERS = frozenset({"lowerLetter", "upperLetter"})
_NO_NUMBERS = frozenset({"", "bullet", "none"})
_NO_COLOURS = frozenset({"auto", "000000", "FFFFFF", ""})
_EMBEDDED = ("}chart", "}relIds", "}OLEObject")
_REFERENCES = (f"{R}embed", f"{R}link", f"{R}id")


def ready_body(part: Element, relations: Mapping[str, tuple[str, bool]]) -> None:
    """Change a part so that mammoth finds in it all that it can bring.

    Args:
        part: Root of the document, or of its footnotes or endnotes.
        relations: Id to target, and whether that is a part of the file.
    """
    for element in list(part.iter()):
        _drop_lost_references(element, relations)
        _offer_text_box(element)
        for place, child in enumerate(list(element)):
            if child.tag in {f"{M}oMath", f"{M}oMathPara"}:
                _put(element, place, _typed_formula(child), child.tail)


def _drop_lost_references(
    element: Element, relations: Mapping[str, tuple[str, bool]]
) -> None:
    """Take out what leads to a part that is not there, or to a picture elsewhere."""
    is_picture = element.tag in {f"{A}blip", f"{V}imagedata"}
    for name in _REFERENCES:
        target = element.get(name)
        if target is None:
            continue
        inside = target in relations and relations[target][1]
        is_link = element.tag == f"{W}hyperlink" and target in relations
        if not (inside or is_link) and (is_picture or element.tag == f"{W}hyperlink"):
            del element.attrib[name]


def _offer_text_box(element: Element) -> None:
    """Let a text box without an older form be read like one that has it."""
    if element.tag != f"{MC}AlternateContent":
        return
    if any(len(older) for older in element.findall(f"{MC}Fallback")):
        return
    boxes = list(element.iter(f"{W}txbxContent"))
    if boxes:
        for known in element.findall(f"{MC}Fallback"):
            element.remove(known)
        older = SubElement(SubElement(element, f"{MC}Fallback"), f"{W}pict")
        older.extend(boxes)


def _put(parent: Element, place: int, child: Element, tail: str | None) -> None:
    child.tail = tail
    parent[place] = child


def _typed_formula(formula: Element) -> Element:
    run = Element(f"{W}r")
    text = SubElement(run, f"{W}t")
    text.text = "".join(one.text or "" for one in formula.iter(f"{M}t"))
    return run


def relations_of(
    rels: Element | None, parts: frozenset[str]
) -> dict[str, tuple[str, bool]]:
    """Read where the references of a part lead: id to target, and whether inside."""
    found: dict[str, tuple[str, bool]] = {}
    for one in rels if rels is not None else ():
        target = one.get("Target", "")
        path = target[1:] if target.startswith("/") else f"word/{target}"
        outside = one.get("TargetMode") == "External"
        found[one.get("Id", "")] = (target, not outside and path in parts)
    return found


def style_letters(document: Element, numbering: Element | None) -> None:
    """Give lettered paragraphs their style: below a number, or on their own."""
    formats = _formats(numbering)
    under = False
    for paragraph in document.iter(f"{W}p"):
        number, depth = _number_of(paragraph)
        form = formats.get((number, depth), "")
        if form in _LETTERS:
            style = LETTER_UNDER_NUMBER if under else LETTER_ALONE
            _restyle(paragraph, style)
        elif depth == "0":
            under = form not in _NO_NUMBERS


def _number_of(paragraph: Element) -> tuple[str, str]:
    """Read list and level of a paragraph; where its style has them, the style."""
    number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    level = paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl")
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    depth = level.get(f"{W}val", "0") if level is not None else "0"
    if number is not None:
        return number.get(f"{W}val", ""), depth
    return (
        (f"style {style.get(f'{W}val', '')}", "0") if style is not None else ("", "0")
    )


def _formats(numbering: Element | None) -> dict[tuple[str, str], str]:
    """Read what each level of each list is numbered with."""
    if numbering is None:
        return {}
    found: dict[tuple[str, str], str] = {}
    plans: dict[str, dict[str, str]] = {}
    for plan in numbering.iter(f"{W}abstractNum"):
        levels = plans.setdefault(plan.get(f"{W}abstractNumId", ""), {})
        for level in plan.findall(f"{W}lvl"):
            form = level.find(f"{W}numFmt")
            if form is not None:
                levels[level.get(f"{W}ilvl", "0")] = form.get(f"{W}val", "")
            linked = level.find(f"{W}pStyle")
            if form is not None and linked is not None:
                style = f"style {linked.get(f'{W}val', '')}"
                found[style, "0"] = form.get(f"{W}val", "")
    for number in numbering.iter(f"{W}num"):
        plan_id = number.find(f"{W}abstractNumId")
        key = plan_id.get(f"{W}val", "") if plan_id is not None else ""
        for depth, form_name in plans.get(key, {}).items():
            found[number.get(f"{W}numId", ""), depth] = form_name
    return found


def _restyle(paragraph: Element, style: str) -> None:
    settings = paragraph.find(f"{W}pPr")
    if settings is None:
        return
    for old in [*settings.findall(f"{W}pStyle"), *settings.findall(f"{W}numPr")]:
        settings.remove(old)
    SubElement(settings, f"{W}pStyle").set(f"{W}val", style)


def losses(parts: OfficeParts, document: Element) -> ArrivalNotes:
    """Count what a document has and a course has no place for."""
    notes = ArrivalNotes()
    body = document.find(f"{W}body")
    for block in body if body is not None else ():
        words = "".join(one.text or "" for one in block.iter(f"{W}t"))[:200]
        for code in _block_losses(block):
            notes.add(code, words)
    _part_losses(parts, notes)
    return notes


_LOSSES = {
    f"{W}txbxContent": "text-box",
    f"{W}ins": "insertion-accepted",
    f"{W}moveTo": "insertion-accepted",
    f"{W}del": "deletion-accepted",
    f"{W}moveFrom": "deletion-accepted",
    f"{M}oMath": "formula-typed",
}
"""What is a loss whatever it says."""


def _block_losses(block: Element) -> Iterator[str]:
    older = {id(inner) for one in block.iter(f"{MC}Fallback") for inner in one.iter()}
    for element in block.iter():
        code = _LOSSES.get(element.tag) or _stated_loss(element)
        if code and id(element) not in older:
            yield code


def _stated_loss(element: Element) -> str:
    """Name a loss that depends on what an element says; empty for none."""
    tag = element.tag
    if tag == f"{W}color" and element.get(f"{W}val", "").upper() not in _NO_COLOURS:
        return "colour-lost"
    if tag == f"{W}br" and element.get(f"{W}type") == "page":
        return "page-break-lost"
    if tag == f"{W}pgSz" and element.get(f"{W}orient") == "landscape":
        return "landscape-lost"
    if tag == f"{A}blip" and element.get(f"{R}embed") is None:
        return "picture-outside"
    return "object-lost" if str(tag).endswith(_EMBEDDED) else ""


def _part_losses(parts: OfficeParts, notes: ArrivalNotes) -> None:
    for path in sorted(parts.trees):
        name = path.rpartition("/")[2]
        tree = parts.trees[path]
        if name == "comments.xml":
            for comment in tree.iter(f"{W}comment"):
                notes.add("comment-lost", _text(comment))
        if name.startswith(("header", "footer")) and _text(tree).strip():
            notes.add("header-lost", _text(tree))


def _text(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))[:200]
