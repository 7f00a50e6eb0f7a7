"""The element tree that Markdown made, dressed as the design asks.

Tables scroll inside their own labelled box, asides and footnotes get the markup of the
design, images and links get their addresses, and every id of an author its prefix.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import (  # Elements are made here, no XML is read.
    Element,
    SubElement,
)

Size = tuple[int, int]

_WORDS = {
    "es": {
        "note": "Nota",
        "tip": "Consejo",
        "warning": "Atención",
        "example": "Ejemplo",
        "task": "En su municipio",
        "table": "Tabla {number}",
        "footnotes": "Notas y fuentes",
        "footnote": "Nota {number}",
        "back": "Volver",
        "back_title": "Volver al texto, nota %d",
    },
    "en": {
        "note": "Note",
        "tip": "Tip",
        "warning": "Warning",
        "example": "Example",
        "task": "In your municipality",
        "table": "Table {number}",
        "footnotes": "Notes and sources",
        "footnote": "Note {number}",
        "back": "Back",
        "back_title": "Back to the text, note %d",
    },
}
_ASIDE_CLASSES = {
    "warning": "aside-note aside-note--warn",
    "task": "aside-note aside-note--task",
    "example": "aside-note aside-note--task",
}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ESCAPED = re.compile(r"\x02(\d{2,3})\x03")
"""A sign after a backslash, as Markdown keeps it until the end."""

_ALLOWED_SCHEME = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_PLAIN_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def words(locale: str) -> dict[str, str]:
    """Return the words that rendering adds, in Spanish unless it is English."""
    return _WORDS["en" if locale.lower().startswith("en") else "es"]


@dataclass(slots=True)
class Dressing:
    """What dressing a tree needs to know, and the ids that it has given out.

    Attributes:
        locale: Language of the added words.
        prefix: Of every id.
        media_url: Name of a file in `media/` to its address; empty for an unknown one.
            Without it images are shown as their alternative text.
        media_size: Name of a file in `media/` to its width and height in pixels.
        link_url: A relative link as written to its address; empty for an unknown one.
    """

    locale: str
    prefix: str
    media_url: Callable[[str], str] | None = None
    media_size: Callable[[str], Size | None] | None = None
    link_url: Callable[[str], str] | None = None
    anchors: dict[str, str] = field(default_factory=dict)

    def anchor(self, raw: str) -> str:
        """Give an id its prefix; one that is no plain word gets a number instead."""
        if raw not in self.anchors:
            bare = raw.removeprefix(self.prefix)
            name = bare if _PLAIN_ID.fullmatch(bare) else f"n{len(self.anchors) + 1}"
            self.anchors[raw] = self.prefix + name
        return self.anchors[raw]


def dress(root: Element, dressing: Dressing) -> None:
    """Change a whole tree in place."""
    for element in root.iter():
        _dress_element(element, dressing)
    for parent in list(root.iter()):
        if any(child.tag == "table" for child in parent):
            _box_tables(parent)
    _label_tables(root, dressing)


def _dress_element(element: Element, dressing: Dressing) -> None:
    if "id" in element.attrib:
        element.set("id", dressing.anchor(element.attrib["id"]))
    if element.tag == "h1":
        element.tag = "h2"
    elif element.tag == "img":
        _dress_image(element, dressing)
    elif element.tag == "a":
        _dress_link(element, dressing)
    elif element.tag == "div":
        _dress_division(element, dressing)
    elif element.tag == "table":
        _dress_table(element)


def _dress_image(image: Element, dressing: Dressing) -> None:
    """Give an image its address and size, or show its alternative text instead."""
    name = _media_name(image.get("src", ""))
    source = dressing.media_url(name) if dressing.media_url and name else ""
    alternative = image.get("alt", "")
    tail = image.tail
    image.clear()
    image.tail = tail
    if not source:
        image.tag = "span"
        image.text = alternative
        return
    image.set("src", source)
    image.set("alt", alternative)
    size = dressing.media_size(name) if dressing.media_size else None
    if size:
        image.set("width", str(size[0]))
        image.set("height", str(size[1]))
    image.set("loading", "lazy")


def _media_name(source: str) -> str:
    """Say which file of `media/` an image names; empty for anything else."""
    name = source.removeprefix("./").removeprefix("media/")
    is_foreign = _SCHEME.match(name) or name.startswith("/") or ".." in name
    return "" if is_foreign else name


def _dress_link(link: Element, dressing: Dressing) -> None:
    href = link.get("href", "")
    if link.get("class") == "footnote-ref":
        link.set("aria-label", _footnote_label(link.text or "", dressing))
    elif link.get("class") == "footnote-backref":
        link.set("aria-label", link.attrib.pop("title", ""))
        link.text = words(dressing.locale)["back"]
    link.attrib.pop("class", None)
    address = _address(href, dressing)
    if address:
        link.set("href", address)
    else:
        link.attrib.pop("href", None)


def _footnote_label(number: str, dressing: Dressing) -> str:
    return words(dressing.locale)["footnote"].format(number=number)


def _address(href: str, dressing: Dressing) -> str:
    """Say where a link leads; empty for nowhere."""
    href = _ESCAPED.sub(lambda sign: chr(int(sign[1])), href)
    if href.startswith("#"):
        return "#" + dressing.anchor(href[1:])
    if "\x02" in href or _ALLOWED_SCHEME.match(href):
        return href  # Markdown hides mail addresses behind signs of its own.
    # Browsers read a backslash as a slash, and two of them as the way to another site.
    if href.replace("\\", "/").startswith("//") or _SCHEME.match(href):
        return ""
    is_media = href.removeprefix("./").startswith("media/")
    if is_media and dressing.media_url:
        return dressing.media_url(_media_name(href))
    if dressing.link_url and not href.startswith(("/", "?")):
        return dressing.link_url(href)
    return href


def _dress_division(division: Element, dressing: Dressing) -> None:
    classes = division.get("class", "").split()
    if classes[:1] == ["admonition"]:
        _dress_aside(division, classes[1] if len(classes) > 1 else "note", dressing)
    elif classes == ["footnote"]:
        division.tag = "section"
        division.set("class", "footnotes")
        division.set("aria-label", words(dressing.locale)["footnotes"])
        for rule in division.findall("hr"):
            division.remove(rule)


def _dress_aside(aside: Element, kind: str, dressing: Dressing) -> None:
    aside.set("class", _ASIDE_CLASSES.get(kind.lower(), "aside-note"))
    aside.set("role", "note")
    for title in aside.findall("p"):
        if title.get("class") == "admonition-title":
            title.tag = "strong"
            del title.attrib["class"]
            if title.text == kind.capitalize():  # The author gave no title.
                title.text = words(dressing.locale).get(kind.lower(), title.text)


def _dress_table(table: Element) -> None:
    """Scope the headings; the first cell of a row is its heading."""
    for cell in table.iter():
        if cell.tag in ("th", "td") and cell.attrib.pop("align", None) == "right":
            cell.set("class", "num")
    for cell in table.findall("thead/tr/th"):
        if len(cell) or (cell.text or "").strip():
            cell.set("scope", "col")
        else:
            cell.tag = "td"
    for row in table.findall("tbody/tr"):
        first = row.find("td")
        is_named = first is not None and (len(first) or (first.text or "").strip())
        if first is not None and len(row) > 1 and is_named:
            first.tag = "th"
            first.set("scope", "row")


def _box_tables(parent: Element) -> None:
    """Put each table in a box of its own; a bold paragraph before it is its caption."""
    children = list(parent)
    dressed: list[Element] = []
    for child in children:
        if child.tag != "table":
            dressed.append(child)
            continue
        box = Element("div", {"class": "scroll", "tabindex": "0", "role": "region"})
        box.tail, child.tail = child.tail, None
        if dressed and is_caption(dressed[-1]):
            _give_caption(child, dressed.pop()[0])
        box.append(child)
        dressed.append(box)
    parent[:] = dressed


def is_caption(element: Element) -> bool:
    """Say whether a paragraph is one bold run: the caption of the table after it."""
    return (
        element.tag == "p"
        and len(element) == 1
        and element[0].tag == "strong"
        and not (element.text or "").strip()
        and not (element[0].tail or "").strip()
    )


def _give_caption(table: Element, bold: Element) -> None:
    caption = Element("caption")
    caption.text = bold.text
    caption.extend(bold)
    table.insert(0, caption)


def _label_tables(root: Element, dressing: Dressing) -> None:
    """Name each box by its caption, else by its number and the heading above it."""
    heading = ""
    for number, (above, box) in enumerate(_boxes(root, heading), start=1):
        caption = box.find("table/caption")
        if caption is not None:
            caption.set("id", dressing.anchor(f"table-{number}"))
            box.set("aria-labelledby", dressing.anchor(f"table-{number}"))
            continue
        label = words(dressing.locale)["table"].format(number=number)
        box.set("aria-label", f"{label}: {above}" if above else label)


def _boxes(root: Element, heading: str) -> Iterator[tuple[str, Element]]:
    for element in root.iter():
        if element.tag in _HEADINGS:
            heading = " ".join("".join(element.itertext()).split())
        elif element.get("class") == "scroll":
            yield heading, element


def code_block(text: str) -> Element:
    """Make the element of a fenced block; it may scroll, so it takes the focus."""
    block = Element("pre", {"tabindex": "0"})
    SubElement(block, "code").text = text
    return block
