"""Questions that stand in a document: a number, options a) b) c), a right one marked.

They are offered, never forced: each keeps the blocks that it was made of, which stay in
the module where nobody wants the question.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from conexx_learn.domain.question_exchange.html_tree import Element
from conexx_learn.domain.word_import.page import words_of
from conexx_learn.domain.word_import.titles import is_wholly
from conexx_learn.domain.word_import.word_lists import (
    LETTERS,
    SOURCE,
    exploded,
    first_words,
    without_start,
)

Node = Element | str

FEWEST_OPTIONS = 2
MOST_PROMPT_LINES = 3

_NUMBER = re.compile(
    r"\s*(?:(?:pregunta|question|p|q)\.?\s*)?(?P<number>\d{1,3})\s*[.)\-:\u2013]+\s*(?=\S)",
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"\s*(?P<mark>[*✓✔✅☑☒]|\(x\)|\[x\])?\s*(?:[-•]\s*)?\(?(?P<letter>[a-jA-J])[.)]\s*"
    r"(?P<after>\(x\)|\[x\]|[✓✔✅☑☒])?\s*(?=\S)"
)
_ANSWER = re.compile(
    r"\s*(?:(?:la\s+)?(?:respuestas?|soluci[óo]n|clave|opci[óo]n)(?:\s+correctas?)?"
    r"|(?:the\s+)?(?:correct\s+)?(?:answers?|key|solution))\s*[:=]\s*(?P<said>.{1,200})",
    re.IGNORECASE | re.DOTALL,
)
_FEEDBACK = re.compile(
    r"\s*(?:retroalimentaci[óo]n|explicaci[óo]n|justificaci[óo]n|comentario"
    r"|feedback|explanation|rationale)\s*[:=]\s*(?=\S)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"\s*\(?([a-jA-J])\)?(?=[\s,.;:)y/&-]|$)")
_SEPARATOR = re.compile(r"\s*(?:,|;|/|&|\by\b|\be\b|\band\b)\s*")
_END_MARK = re.compile(
    r"\s*(?:\*+|[✓✔✅☑]|\((?:x|correcta?|la correcta|right|correct)\)"
    r"|[←]\s*(?:correcta?|correct|right)?)\s*$",
    re.IGNORECASE,
)
_TRUE = frozenset({"verdadero", "cierto", "v", "true", "t", "sí", "si", "yes"})
_FALSE = frozenset({"falso", "f", "false", "no"})
_DRESSES = (
    frozenset({"strong", "b"}),
    frozenset({"mark"}),
    frozenset({"u"}),
)


@dataclass(frozen=True, slots=True)
class FoundOption:
    """One option of a question in a document."""

    nodes: tuple[Node, ...]
    is_right: bool


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """A question as it stands in a document.

    Attributes:
        prompt: Nodes of what is asked, one tuple a paragraph.
        options: In order; empty for *true or false*.
        truth: Of a statement that is true or false; None for any other question.
        feedback: Nodes of what explains it.
        blocks: What it was made of.
    """

    prompt: tuple[tuple[Node, ...], ...]
    options: tuple[FoundOption, ...] = ()
    truth: bool | None = None
    feedback: tuple[Node, ...] = ()
    blocks: tuple[Element, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Say whether a right answer was recognised."""
        return self.truth is not None or any(one.is_right for one in self.options)


@dataclass(slots=True)
class _Line:
    """One block, read as a line of a list of questions."""

    block: Element
    nodes: list[Node]
    kind: str
    letter: str = ""
    is_marked: bool = False
    said: str = ""
    options: list["_Line"] = field(default_factory=list)


def parted(blocks: Sequence[Element]) -> Iterator[Element | FoundQuestion]:
    """Part blocks into questions and the rest, in order; linear in the blocks."""
    lines = [_line(block) for block in exploded(_broken(blocks))]
    place = 0
    while place < len(lines):
        found, end = _question(lines, place)
        if found is None:
            yield lines[place].block
            place += 1
        else:
            yield found
            place = end


def _broken(blocks: Sequence[Element]) -> Iterator[Element]:
    """Part paragraphs in which options stand on lines of their own."""
    for block in blocks:
        lines = _lines_of(block) if block.tag == "p" else []
        options = [
            one for one in lines if _OPTION.match(first_words(Element("p", {}, one)))
        ]
        if len(options) < FEWEST_OPTIONS:
            yield block
        else:
            yield from (Element("p", {}, line) for line in lines)


def _lines_of(block: Element) -> list[list[Node]]:
    lines: list[list[Node]] = [[]]
    for node in block.children:
        if isinstance(node, Element) and node.tag == "br":
            lines.append([])
        else:
            lines[-1].append(node)
    return [line for line in lines if words_of(Element("p", {}, line)).strip()]


def _line(block: Element) -> _Line:
    if block.tag == "ol" and block.attributes.get(SOURCE):
        return _numbered(block)
    if block.tag == "ol":
        entries = [one for one in block.children if isinstance(one, Element)]
        options = [_option_line(one, number) for number, one in enumerate(entries)]
        return _Line(block, [], "options", options=options)
    if block.tag != "p":
        return _Line(block, [], "other")
    return _paragraph_line(block)


def _paragraph_line(block: Element) -> _Line:
    words = first_words(block)
    option = _OPTION.match(words)
    if option:
        nodes = without_start(block.children, option.end())
        marked = bool(option["mark"] or option["after"])
        return _Line(block, nodes, "option", option["letter"].lower(), marked)
    answer = _ANSWER.match(words)
    if answer:
        return _Line(block, [], "answer", said=answer["said"])
    feedback = _FEEDBACK.match(words)
    if feedback:
        nodes = without_start(block.children, feedback.end())
        return _Line(block, nodes, "feedback")
    number = _NUMBER.match(words)
    if number:
        return _Line(block, without_start(block.children, number.end()), "number")
    return _Line(block, block.children, "text")


def _numbered(block: Element) -> _Line:
    """Read an entry of a numbered list, with the list inside of it as its options."""
    entry = block.children[0]
    children = entry.children if isinstance(entry, Element) else [entry]
    inner = [one for one in children if isinstance(one, Element) and _is_list(one)]
    nodes = [one for one in children if isinstance(one, str) or not _is_list(one)]
    options = [
        _option_line(one, number)
        for number, one in enumerate(
            child
            for listed in inner
            for child in listed.children
            if isinstance(child, Element)
        )
    ]
    is_lettered = any(one.attributes.get(LETTERS) for one in inner)
    said = "lettered" if is_lettered else ""
    return _Line(block, nodes, "number", options=options, said=said)


def _is_list(element: Element) -> bool:
    return element.tag in {"ol", "ul"}


def _option_line(entry: Element, number: int) -> _Line:
    letter = chr(ord("a") + number) if number < len("abcdefghij") else ""
    return _Line(entry, list(entry.children), "option", letter)


def _question(lines: Sequence[_Line], start: int) -> tuple[FoundQuestion | None, int]:
    first = lines[start]
    if first.kind != "number":
        return None, start
    place, prompt = _prompt(lines, start)
    options = list(first.options)
    if not options and place < len(lines) and lines[place].kind == "options":
        options = lines[place].options
        place += 1
    while place < len(lines) and _is_next(lines[place], options):
        options.append(lines[place])
        place += 1
    said, feedback, place = _after(lines, place)
    blocks = tuple(one.block for one in lines[start:place])
    found = _made(prompt, options, said, feedback, blocks)
    if found is None or not _is_likely(found, first, said):
        return None, start
    return found, place


def _prompt(lines: Sequence[_Line], start: int) -> tuple[int, list[tuple[Node, ...]]]:
    """Read what is asked: the numbered line, and text that leads from it to options."""
    prompt = [tuple(lines[start].nodes)]
    place = start + 1
    if lines[start].options:
        return place, prompt
    end = place
    while (
        end < len(lines)
        and lines[end].kind == "text"
        and (end - place < MOST_PROMPT_LINES)
    ):
        end += 1
    if end < len(lines) and lines[end].kind in {"option", "options"}:
        prompt += [tuple(one.nodes) for one in lines[place:end]]
        place = end
    return place, prompt


def _is_next(line: _Line, options: Sequence[_Line]) -> bool:
    return line.kind == "option" and line.letter == chr(ord("a") + len(options))


def _after(lines: Sequence[_Line], place: int) -> tuple[str, tuple[Node, ...], int]:
    """Read the answer and the feedback below the options, in either order."""
    said = ""
    feedback: tuple[Node, ...] = ()
    while place < len(lines):
        line = lines[place]
        if line.kind == "answer" and not said:
            said = line.said
        elif line.kind == "feedback" and not feedback:
            feedback = tuple(line.nodes)
        else:
            break
        place += 1
    return said, feedback, place


def _made(
    prompt: list[tuple[Node, ...]],
    lines: Sequence[_Line],
    said: str,
    feedback: tuple[Node, ...],
    blocks: tuple[Element, ...],
) -> FoundQuestion | None:
    if not lines:
        truth = _truth(said)
        if truth is None:
            return None
        return FoundQuestion(
            tuple(prompt), truth=truth, feedback=feedback, blocks=blocks
        )
    if len(lines) < FEWEST_OPTIONS:
        return None
    options = tuple(_options(lines, said))
    return FoundQuestion(tuple(prompt), options, None, feedback, blocks)


def _is_likely(found: FoundQuestion, first: _Line, said: str) -> bool:
    """Tell a question from a procedure with steps: it asks, or has an answer."""
    words = " ".join(words_of(Element("p", {}, [*one])) for one in found.prompt)
    asks = "?" in words or "¿" in words or words.rstrip().endswith((":", "…", "___"))
    if said:
        return True
    if first.options and not first.said:
        return asks and found.is_answered
    return asks or found.is_answered


def _options(lines: Sequence[_Line], said: str) -> Iterator[FoundOption]:
    rights = _said_letters(said, lines)
    dress = _telling_dress(lines)
    for line in lines:
        nodes: list[Node] = line.nodes
        is_right = line.is_marked
        words = words_of(Element("p", {}, nodes))
        mark = _END_MARK.search(words)
        if mark and mark.start():
            is_right = True
            nodes = without_end(nodes, len(words) - mark.start())
        if dress and is_wholly(Element("p", {}, nodes), dress):
            is_right = True
            nodes = _undressed(nodes, dress)
        if rights:
            is_right = line.letter in rights
        yield FoundOption(tuple(nodes), is_right)


def _said_letters(said: str, lines: Sequence[_Line]) -> frozenset[str]:
    """Read the letters of an answer line; or the option that it repeats in words."""
    rest = said.strip()
    letters: set[str] = set()
    while rest:
        found = _LETTERS.match(rest)
        if not found:
            break
        letters.add(found[1].lower())
        parting = _SEPARATOR.match(rest, found.end())
        if not parting:
            break
        rest = rest[parting.end() :]
    known = {line.letter for line in lines}
    if letters and letters <= known:
        return frozenset(letters)
    plain = _bare(said)
    return frozenset(
        line.letter
        for line in lines
        if plain and _bare(words_of(Element("p", {}, line.nodes))) == plain
    )


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .;*").casefold()


def _telling_dress(lines: Sequence[_Line]) -> frozenset[str]:
    """Say which dress marks right options: one that some have, and not all."""
    for dress in _DRESSES:
        dressed = [is_wholly(Element("p", {}, line.nodes), dress) for line in lines]
        if any(dressed) and not all(dressed):
            return dress
    return frozenset()


def _truth(said: str) -> bool | None:
    word = _bare(said.split("\n", maxsplit=1)[0])
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def _undressed(nodes: Sequence[Node], dress: frozenset[str]) -> list[Node]:
    done: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            done.append(node)
        elif node.tag in dress:
            done += _undressed(node.children, dress)
        else:
            inner = _undressed(node.children, dress)
            done.append(Element(node.tag, node.attributes, inner))
    return done


def without_end(nodes: Sequence[Node], count: int) -> list[Node]:
    """Copy nodes without the last signs of their text."""
    done: list[Node] = []
    for node in reversed(nodes):
        if not count:
            done.append(node)
        elif isinstance(node, str):
            done.append(node[: max(0, len(node) - count)])
            count = max(0, count - len(node))
        else:
            length = len(words_of(node))
            kept = without_end(node.children, min(count, length))
            done.append(Element(node.tag, node.attributes, kept))
            count = max(0, count - length)
    done.reverse()
    return [node for node in done if node != ""]
