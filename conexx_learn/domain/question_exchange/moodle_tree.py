"""XML as a small tree in which every element knows its line.

The parser refuses document types, entities and everything from outside; what is left
is bounded in depth and number here, so that nothing can grow.
"""

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError  # No XML is read by this module.

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from conexx_learn.domain.question_exchange.remarks import MalformedFileError

MOST_DEPTH = 20
MOST_ELEMENTS = 100_000


@dataclass(slots=True)
class XmlElement:
    """An element.

    Attributes:
        tag: As written, in lower case.
        line: Where it begins, from 1.
        attributes: Name to value.
        children: Elements, in order.
        pieces: The text directly inside, in pieces.
    """

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["XmlElement"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Join the text directly inside, trimmed."""
        return "".join(self.pieces).strip()

    def child(self, tag: str) -> "XmlElement | None":
        """Find the first child of a name."""
        return next((one for one in self.children if one.tag == tag), None)

    def all(self, tag: str) -> list["XmlElement"]:
        """List the children of a name."""
        return [one for one in self.children if one.tag == tag]

    def text_of(self, tag: str) -> str:
        """Read the text of a child, or of the `text` inside it; empty for none."""
        found = self.child(tag)
        if found is None:
            return ""
        inner = found.child("text")
        return inner.text if inner else found.text


def xml_tree(text: str) -> XmlElement:
    """Read XML.

    Raises:
        MalformedFileError: Not well-formed, too deep, too much, or it declares a
            document type or entities.
    """
    builder = _Builder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    builder.parser = parser
    try:
        parser.feed(_without_declaration(text))
        root: XmlElement = parser.close()
    except DefusedXmlException as error:
        raise MalformedFileError(builder.line, "xml-declares") from error
    except ParseError as error:
        line, column = error.position
        raise MalformedFileError(
            line, "xml-malformed", column=str(column + 1), reason=_reason(error)
        ) from error
    return root


def _without_declaration(text: str) -> str:
    """Take off what says the encoding: the text is decoded already.

    Its line stays, so that lines are counted as the file has them.
    """
    start = len(text) - len(text.lstrip())
    if not text.startswith("<?xml", start):
        return text
    end = text.find("?>", start)
    if end < 0:
        return text
    return "\n" * text.count("\n", 0, end) + text[end + 2 :]


def _reason(error: ParseError) -> str:
    return str(error).partition(":")[0]


class _Builder:
    """Takes what the parser finds, and puts it together."""

    def __init__(self) -> None:
        self.parser: Any = None
        self.root = XmlElement("", 1)
        self._open = [self.root]
        self._count = 0

    @property
    def line(self) -> int:
        """Say where the parser is."""
        line: int = self.parser.parser.CurrentLineNumber
        return line

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) > MOST_DEPTH or self._count > MOST_ELEMENTS:
            raise MalformedFileError(self.line, "xml-too-much")
        element = XmlElement(tag.lower(), self.line, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, _tag: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        self._open[-1].pieces.append(text)

    def close(self) -> XmlElement:
        return self.root.children[0]
