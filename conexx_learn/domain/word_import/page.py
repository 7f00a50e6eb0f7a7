"""The page of a document made even: the same blocks, whichever program wrote it.

Word says in styles what others say in elements: entries of lists, footnotes, bold. All
of it comes out as the plain elements of `html_tree`, with four of our own: `title`,
`note` (where a footnote is called), `item` (an entry of a list of Word, before the
entries are put together) and `gap` (nothing).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from conexx_learn.domain.question_exchange.html_tree import (
    EMBEDDED,
    Element,
    html_tree,
)
from conexx_learn.domain.refusals import refusal
from conexx_learn.domain.word_import.dress import (
    dress_tags,
    is_coloured,
    is_hidden,
    is_list_mark,
    is_unbold,
    list_level,
)
from conexx_learn.domain.word_import.remarks import ArrivalNotes
from conexx_learn.domain.word_import.word_lists import gathered, whole_list

Node = Element | str

MOST_OPEN = 1000
"""Elements inside one another before the page is cleaned; cleaning takes longer with
the square of it."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    [*HEADINGS, "p", "ul", "ol", "table", "blockquote", "pre", "hr", "title", "item"]
)
_KEPT = {"*": {"class", "style", "id", "name"}}
_TOLD = frozenset({"file", "ftp", "tel", "javascript", "vbscript"})
"""Schemes of links that no course may hold; the remarks name each that is dropped."""

_KEPT |= {tag: {*_KEPT["*"], "href", "name"} for tag in ("a",)}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,40})[^<>]{0,4000}>")
_UNCLOSED = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "br",
        "hr",
        "img",
        "input",
        "meta",
        "link",
        "col",
        "base",
        "wbr",
        "area",
        "tbody",
        "thead",
        "tfoot",
        "colgroup",
        "html",
        "head",
        "body",
        "embed",
        "source",
    ]
)
_CALL = re.compile(
    r"#(?:_?(?P<word>ftn|edn)|(?P<doc>footnote|endnote)-|sd(?P<libre>footnote|endnote)"
    r"|(?P<google>ftnt))(?P<number>\d{1,5})(?:sym)?"
)
_BACK = re.compile(
    r"#(?:_?(?:ftn|edn)ref|(?:footnote|endnote)-ref-|ftnt_ref)\d+"
    r"|#sd(?:foot|end)note\d+anc"
)
_PLACE = re.compile(
    r"(?:(?P<word>ftn|edn)|(?P<doc>footnote|endnote)-|sd(?P<libre>footnote|endnote)"
    r"|(?P<google>ftnt))(?P<number>\d{1,5})"
)
_CONTENTS_CLASS = re.compile(r"\b(?:MsoToc\w*|toc)\b", re.IGNORECASE)
_COMMENT_CLASS = re.compile(r"\bMsoComment\w*", re.IGNORECASE)
_TITLE_CLASS = re.compile(r"\b(?:MsoTitle|title)\b")
_TEXT_IN_NOTICE = 80


@dataclass(slots=True)
class Page:
    """A document whose blocks are even.

    Attributes:
        blocks: Headings, paragraphs, lists, tables, in order.
        footnotes: Key of a `note` to the blocks of its text.
        notes: What was passed over.
    """

    blocks: list[Element] = field(default_factory=list)
    footnotes: dict[str, list[Element]] = field(default_factory=dict)
    notes: ArrivalNotes = field(default_factory=ArrivalNotes)


def read_page(html: str, *, name: str) -> Page:
    """Make the page of a document even.

    Args:
        html: As mammoth or a clipboard gives it, whatever it is.
        name: Of the document, for the message.

    Raises:
        ContentError: Its elements stand too deep inside one another.
    """
    _refuse_depth(html, name)
    page = Page()
    root = html_tree(html, attributes=_KEPT, schemes=_TOLD)
    evener = _Evener(page)
    nodes = evener.nodes(root.children)
    page.blocks = [*_blocks(nodes)]
    return page


def _refuse_depth(html: str, name: str) -> None:
    """Follow open elements, over-estimating: only a matching end closes one."""
    opened: list[str] = []
    for found in _TAG.finditer(html):
        tag = found[2].lower()
        if tag in _UNCLOSED or found[0].endswith("/>"):
            continue
        if not found[1]:
            opened.append(tag)
        elif opened and opened[-1] == tag:
            opened.pop()
        if len(opened) > MOST_OPEN:
            raise refusal(name, "E008", "paste-nested")


def words_of(node: Node) -> str:
    """Join the text of a node; a line end where one was asked for."""
    if isinstance(node, str):
        return node
    if node.tag == "br":
        return "\n"
    return "".join(words_of(child) for child in node.children)


def holds_block(node: Node) -> bool:
    """Say whether a node is a block or has one inside."""
    if isinstance(node, str):
        return False
    return node.tag in _BLOCKS or any(map(holds_block, node.children))


def _blocks(nodes: Sequence[Node]) -> Iterator[Element]:
    """Yield blocks; containers are opened, and loose text becomes paragraphs."""
    yield from gathered(_spread(nodes))


def _spread(nodes: Sequence[Node]) -> Iterator[Element]:
    run: list[Node] = []
    for node in nodes:
        if isinstance(node, str) or not (
            holds_block(node) or node.tag in {"div", "section", "article"}
        ):
            run.append(node)
            continue
        yield from _paragraph(run)
        run = []
        if node.tag in _BLOCKS:
            if node.tag in {"hr", "table"} or words_of(node).strip() or _has_own(node):
                yield node
        else:
            yield from _spread(node.children)
    yield from _paragraph(run)


def _paragraph(run: Sequence[Node]) -> Iterator[Element]:
    whole = Element("p", {}, list(run))
    if words_of(whole).strip() or _has_own(whole):
        yield whole


def _has_own(element: Element) -> bool:
    """Say whether something without words is to be seen: a picture, a footnote."""
    return any(
        child.tag in {"img", "note"} or _has_own(child)
        for child in element.children
        if isinstance(child, Element)
    )


@dataclass(slots=True)
class _Evener:
    """Makes nodes even, from the inside out."""

    page: Page

    def nodes(self, nodes: Iterable[Node]) -> list[Node]:
        done: list[Node] = []
        for node in nodes:
            if isinstance(node, str):
                done.append(node)
            else:
                done += self._even(node)
        return done

    def _even(self, element: Element) -> list[Node]:
        style = element.attributes.get("style", "")
        kind = element.attributes.get("class", "")
        if self._is_passed_over(element, style, kind):
            return []
        if element.tag == "a":
            return self._anchor(element)
        key = _note_place(element)
        if key:
            self._keep_note(key, element)
            return []
        children = self.nodes(element.children)
        if not any(isinstance(one, Element) or one.strip() for one in children) and (
            element.tag in {"span", "b", "i", "u", "sup", "font", "strong", "em"}
        ):
            return children
        return self._renamed(element, children, style, kind)

    def _is_passed_over(self, element: Element, style: str, kind: str) -> bool:
        words = words_of(element)[:_TEXT_IN_NOTICE]
        if is_list_mark(style) or is_hidden(style):
            return True
        if "mso-element:comment" in style or _COMMENT_CLASS.search(kind):
            if "comment-list" not in style:
                self.page.notes.add("comment-lost", words)
            return True
        if _CONTENTS_CLASS.search(kind) and element.tag not in {"h1", "h2", "h3"}:
            self.page.notes.add("contents-lost", words)
            return True
        return element.tag == "hr" and "footnote" in kind.lower()

    def _anchor(self, element: Element) -> list[Node]:
        href = element.attributes.get("href", "")
        called = _CALL.fullmatch(href)
        if called:
            return [Element("note", {"key": _key(called)})]
        if _BACK.fullmatch(href):
            return []
        if not href or href.startswith("#"):
            return self.nodes(element.children)
        # Links are blue and underlined everywhere; that is no loss.
        label = _Evener(Page()).nodes(element.children)
        return [Element("a", {"href": href}, _without_line(label))]

    def _keep_note(self, key: str, element: Element) -> None:
        nodes = self.nodes(element.children)
        self.page.footnotes[key] = [*_blocks(_without_mark(nodes))]

    def _renamed(
        self, element: Element, children: list[Node], style: str, kind: str
    ) -> list[Node]:
        tag = element.tag
        if tag in {"ul", "ol"}:
            return [whole_list(tag, children, element.attributes, kind)]
        if tag == "p" and list_level(style):
            return [_entry(element, children, style)]
        if tag == "p" and _TITLE_CLASS.search(kind):
            return [Element("title", {}, children)]
        if tag in {"span", "font"}:
            return self._dressed(children, style)
        if tag in {"b", "strong", "i", "em"} and (
            is_unbold(style) or any(map(holds_block, children))
        ):
            return children
        if tag in {"sup", "sub"} and _are_notes(children):
            return children
        if tag in {"p", *HEADINGS}:
            children = _whole_dress(children, dress_tags(style))
        attributes = {
            name: value
            for name, value in element.attributes.items()
            if name not in {"class", "style", "id", "name"}
        }
        if tag in EMBEDDED:
            self.page.notes.add("object-lost", words_of(element)[:_TEXT_IN_NOTICE])
            return children
        return [Element(tag, attributes, children)]

    def _dressed(self, children: list[Node], style: str) -> list[Node]:
        if not style or any(map(holds_block, children)):
            return children
        if is_coloured(style) and words_of(Element("p", {}, children)).strip():
            words = words_of(Element("p", {}, children))
            self.page.notes.add("colour-lost", words[:_TEXT_IN_NOTICE])
        return _whole_dress(children, dress_tags(style))


def _without_line(nodes: Sequence[Node]) -> list[Node]:
    done: list[Node] = []
    for node in nodes:
        is_line = isinstance(node, Element) and node.tag == "u"
        done += node.children if is_line and isinstance(node, Element) else [node]
    return done


def _whole_dress(children: list[Node], tags: Sequence[str]) -> list[Node]:
    if "sup" in tags and _are_notes(children):
        return children
    for tag in reversed(tags):
        children = [Element(tag, {}, children)]
    return children


def _are_notes(children: Sequence[Node]) -> bool:
    return any(isinstance(one, Element) for one in children) and all(
        one.tag == "note" if isinstance(one, Element) else not one.strip()
        for one in children
    )


def _key(found: re.Match[str]) -> str:
    """Name a note: its kind and number; the same where it is called and written."""
    kind = found["word"] or found["doc"] or found["libre"] or found["google"]
    return f"{kind[0]}{int(found['number'])}"


def _note_place(element: Element) -> str:
    """Say which note an element is the text of; empty for none."""
    found = _PLACE.fullmatch(element.attributes.get("id", ""))
    if found and element.tag in {"div", "li", "p"}:
        return _key(found)
    if element.tag != "p":
        return ""
    first = next((one for one in element.children if isinstance(one, Element)), None)
    if first is None or first.tag != "a":
        return ""
    is_back = first.attributes.get("href", "").startswith("#ftnt_ref")
    placed = _PLACE.fullmatch(first.attributes.get("id", ""))
    return _key(placed) if placed and is_back else ""


def _without_mark(nodes: Sequence[Node]) -> list[Node]:
    """Take off the number before a note: the page writes its own."""
    return [node for node in nodes if not (isinstance(node, str) and not node.strip())]


def _entry(element: Element, children: list[Node], style: str) -> Element:
    known = list_level(style)
    list_id, level = known or ("", 1)
    mark = _mark_of(element)
    letters = re.fullmatch(r"\(?[a-zA-Z][.)]", mark)
    is_ordered = bool(re.fullmatch(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6})[.)]?", mark))
    attributes = {
        "level": str(level),
        "list": list_id,
        "tag": "ol" if is_ordered and mark != "o" else "ul",
        "letters": "yes" if letters else "",
    }
    return Element("item", attributes, children)


def _mark_of(element: Element) -> str:
    """Read the dot or number that Word drew before an entry."""
    for child in element.children:
        if isinstance(child, Element):
            if is_list_mark(child.attributes.get("style", "")):
                return "".join(words_of(child).replace("\xa0", " ").split())
            inner = _mark_of(child)
            if inner:
                return inner
    return ""
