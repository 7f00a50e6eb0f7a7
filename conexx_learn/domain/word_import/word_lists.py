"""Lists: entries of Word put inside one another, and lists of others put right."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from conexx_learn.domain.question_exchange.html_tree import Element

Node = Element | str

LETTERS = "letters"
"""Attribute of a list whose entries are lettered."""

SOURCE = "source"
"""Attribute of a list that is a piece of a longer one."""

_LETTER_STYLE = re.compile(r"(?:lower|upper)-(?:alpha|latin)")
_TYPED_DOT = re.compile("^\\s*[•·▪◦●‣∙\\-\u2013\u2014*][ \\t\\xa0]+(?=\\S)")
_TYPED_NUMBER = re.compile(r"^\s*(\d{1,3})[.)\-][ \t\xa0]*(?=[^\d\s.)])")


def whole_list(
    tag: str, children: Sequence[Node], attributes: Mapping[str, str], kind: str
) -> Element:
    """Make a list whose children are entries only; a list beside them goes inside.

    Args:
        tag: `ul` or `ol`.
        children: What stands in it.
        attributes: Of the list as it came.
        kind: Its classes.
    """
    entries: list[Node] = []
    for child in children:
        if isinstance(child, str):
            if child.strip():
                entries.append(Element("li", {}, [child]))
        elif child.tag == "li" or not entries:
            entries.append(child if child.tag == "li" else Element("li", {}, [child]))
        elif isinstance(entries[-1], Element):
            entries[-1].children.append(child)
    kept = {name: value for name, value in attributes.items() if name == "start"}
    if LETTERS in kind or _is_lettered(attributes, entries):
        kept[LETTERS] = "yes"
    for entry in entries:
        if isinstance(entry, Element):
            entry.attributes.pop("style", None)
            entry.attributes.pop("class", None)
    return Element(tag, kept, entries)


def _is_lettered(attributes: Mapping[str, str], entries: Sequence[Node]) -> bool:
    style = attributes.get("style", "")
    first = entries[0] if entries else None
    if isinstance(first, Element):
        style += first.attributes.get("style", "")
    return attributes.get("type") in {"a", "A"} or bool(_LETTER_STYLE.search(style))


def gathered(blocks: Iterable[Element]) -> Iterator[Element]:
    """Put neighbouring entries of Word into lists inside one another."""
    run: list[Element] = []
    for block in blocks:
        if block.tag == "item":
            run.append(block)
            continue
        yield from _lists(run)
        run = []
        yield block
    yield from _lists(run)


def _lists(items: Sequence[Element]) -> Iterator[Element]:
    """Build the lists of a run of entries; deeper entries hang under the one before."""
    open_lists: list[tuple[int, Element]] = []
    for item in items:
        level = int(item.attributes["level"])
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        entry = Element("li", {}, item.children)
        is_other = open_lists and (
            open_lists[-1][0] == level and not _is_same(open_lists[-1][1], item)
        )
        if is_other and _goes_under(open_lists[-1][1], item):
            level += 1
        elif is_other:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == level:
            open_lists[-1][1].children.append(entry)
            continue
        kept = {LETTERS: "yes"} if item.attributes["letters"] else {}
        new = Element(item.attributes["tag"], kept, [entry])
        if open_lists:
            last = open_lists[-1][1].children[-1]
            if isinstance(last, Element):
                last.children.append(new)
        else:
            yield new
        open_lists.append((level, new))


def _is_same(known: Element, item: Element) -> bool:
    return known.tag == item.attributes["tag"] and (
        bool(known.attributes.get(LETTERS)) == bool(item.attributes["letters"])
    )


def _goes_under(known: Element, item: Element) -> bool:
    """Say whether lettered entries follow a numbered one: they are its options."""
    return (
        known.tag == "ol"
        and not known.attributes.get(LETTERS)
        and bool(item.attributes["letters"])
    )


def exploded(blocks: Iterable[Element]) -> Iterator[Element]:
    """Take numbered lists apart, one entry each, so that each may be a question."""
    for number, block in enumerate(blocks):
        if block.tag != "ol" or block.attributes.get(LETTERS):
            yield block
            continue
        first = (
            int(block.attributes.get("start", "1") or "1")
            if (block.attributes.get("start", "1").isdigit())
            else 1
        )
        for place, entry in enumerate(block.children):
            kept = {"start": str((first + place) % 1000), SOURCE: str(number)}
            yield Element("ol", kept, [entry])


def rejoined(blocks: Iterable[Element]) -> Iterator[Element]:
    """Put the neighbours of a list that was taken apart together again."""
    last: Element | None = None
    for block in blocks:
        source = block.attributes.get(SOURCE)
        if last is not None and source and last.attributes.get(SOURCE) == source:
            last.children.extend(block.children)
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def typed_lists(blocks: Sequence[Element]) -> Iterator[Element]:
    """Make lists of paragraphs that begin with a typed dot, dash or number."""
    place = 0
    while place < len(blocks):
        end = _typed_end(blocks, place)
        if end - place > 1:
            yield _typed_list(blocks[place:end])
        else:
            yield blocks[place]
            end = place + 1
        place = end


def _typed_end(blocks: Sequence[Element], start: int) -> int:
    sign = _sign(blocks[start])
    end = start
    while end < len(blocks) and sign:
        found = _sign(blocks[end])
        is_next = found == sign or (
            sign.isdigit() and found == str(int(sign) + end - start)
        )
        if not is_next or (sign.isdigit() and end > start and found == sign):
            break
        end += 1
    return end


def _sign(block: Element) -> str:
    """Tell what a paragraph begins with: a number, `dot`, or nothing."""
    if block.tag != "p":
        return ""
    words = first_words(block)
    if _TYPED_DOT.match(words):
        return "dot"
    found = _TYPED_NUMBER.match(words)
    return str(int(found[1])) if found else ""


def first_words(node: Node, most: int = 200) -> str:
    """Read the first signs of a node's text, without reading all of it."""
    if isinstance(node, str):
        return node[:most]
    if node.tag == "br":
        return "\n"
    words = ""
    for child in node.children:
        words += first_words(child, most - len(words))
        if len(words) >= most:
            break
    return words


def _typed_list(paragraphs: Sequence[Element]) -> Element:
    sign = _sign(paragraphs[0])
    pattern = _TYPED_NUMBER if sign.isdigit() else _TYPED_DOT
    entries: list[Node] = []
    for paragraph in paragraphs:
        found = pattern.match(first_words(paragraph))
        cut = found.end() if found else 0
        entries.append(Element("li", {}, without_start(paragraph.children, cut)))
    if sign.isdigit():
        return Element("ol", {"start": sign}, entries)
    return Element("ul", {}, entries)


def without_start(nodes: Sequence[Node], count: int) -> list[Node]:
    """Copy nodes without the first signs of their text."""
    return _cut(nodes, count)[0]


def _cut(nodes: Sequence[Node], count: int) -> tuple[list[Node], int]:
    done: list[Node] = []
    for node in nodes:
        if not count:
            done.append(node)
        elif isinstance(node, str):
            done.append(node[count:])
            count = max(0, count - len(node))
        elif node.tag == "br":
            count -= 1
        else:
            inner, count = _cut(node.children, count)
            done.append(Element(node.tag, node.attributes, inner))
    return [node for node in done if node != ""], count
