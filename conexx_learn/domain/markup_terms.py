"""Words of the glossary in a module: the first use of each leads to its explanation.

Works on the tree that Markdown made, in one pass. What names or quotes is left alone:
headings, captions, code, notes, italics (titles, words of other languages) and links.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element  # Elements are made here, no XML is read.

from conexx_learn.domain.markup_tree import is_caption

_TOKEN = re.compile(r"\x02[^\x03]*\x03|[^\W_]+(?:[-'’][^\W_]+)*")  # noqa: RUF001 (an apostrophe)
"""A word, or what Markdown keeps between signs of its own until the end."""

_DEAF = frozenset(
    {"a", "code", "em", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "th"},
)
_DEAF_CLASSES = frozenset({"admonition-title", "footnote"})
_SHORTEST_CHANGING = 4
_PLURALS = (("ón", "ones"), ("z", "ces"), ("y", "ies"), ("", "s"), ("", "es"))
"""Ends of one and of several, in the languages of the courses."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A name: the forms that each of its words may have, and what it means."""

    words: tuple[frozenset[str], ...]
    term_id: str


class TermNames:
    """The names of a glossary, ready to be found in any text of its language.

    A name is found as whole words, in the singular or plural, and with a capital where
    it has none; accents and all other capitals have to be as written. Of two names that
    begin at the same word the longer one counts.

    Args:
        names: Name to term id.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._by_first: dict[str, list[_Phrase]] = {}
        for name, term_id in names.items():
            words = tuple(_forms(match[0]) for match in _TOKEN.finditer(name))
            for form in words[0] if words else ():
                self._by_first.setdefault(form, []).append(_Phrase(words, term_id))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))

    def uses(self, text: str) -> Iterator[tuple[int, int, str]]:
        """List start, end and term id of each name in a text, none overlapping."""
        tokens = list(_TOKEN.finditer(text))
        place = 0
        while place < len(tokens):
            phrase = self._phrase_at(place, tokens, text)
            if phrase is None:
                place += 1
                continue
            last = tokens[place + len(phrase.words) - 1]
            yield tokens[place].start(), last.end(), phrase.term_id
            place += len(phrase.words)

    def _phrase_at(
        self, place: int, tokens: list[re.Match[str]], text: str
    ) -> _Phrase | None:
        for phrase in self._by_first.get(tokens[place][0], ()):
            run = tokens[place : place + len(phrase.words)]
            if _says(phrase, run) and _is_unbroken(text, run):
                return phrase
        return None


def _says(phrase: _Phrase, run: list[re.Match[str]]) -> bool:
    return len(run) == len(phrase.words) and all(
        token[0] in forms for forms, token in zip(phrase.words, run, strict=True)
    )


def _is_unbroken(text: str, run: list[re.Match[str]]) -> bool:
    """Say whether nothing but space stands between words."""
    return all(text[one.end() : two.start()].isspace() for one, two in pairwise(run))


def _forms(word: str) -> frozenset[str]:
    """Return the forms of a word of a name; an acronym or a proper name has one."""
    if not word.islower():
        return frozenset({word})
    forms = {word}
    if len(word) >= _SHORTEST_CHANGING:
        for one, several in _PLURALS:
            if word.endswith(one):
                forms.add(word[: len(word) - len(one)] + several)
            if word.endswith(several):
                forms.add(word[: len(word) - len(several)] + one)
    return frozenset(forms | {form[:1].upper() + form[1:] for form in forms})


def link_terms(root: Element, names: TermNames, address: Callable[[str], str]) -> None:
    """Make the first use of each term in a tree a link; changes the tree in place."""
    _Linker(names, address).visit(root)


class _Linker:
    """Walks a tree in the order of its text and remembers what it has linked."""

    def __init__(self, names: TermNames, address: Callable[[str], str]) -> None:
        self._names = names
        self._address = address
        self._linked: set[str] = set()

    def visit(self, element: Element) -> None:
        if _is_deaf(element):
            return
        children = list(element)
        element.text, whole = self._cut(element.text or "")
        for child in children:
            self.visit(child)
            child.tail, links = self._cut(child.tail or "")
            whole += [child, *links]
        element[:] = whole

    def _cut(self, text: str) -> tuple[str, list[Element]]:
        """Split a text into what comes before its new terms, and a link for each.

        What follows a link hangs on it, up to the next.
        """
        uses = [use for use in self._names.uses(text) if self._is_new(use[2])]
        ends = [*(start for start, _, _ in uses[1:]), len(text)]
        links = []
        for (start, stop, term_id), end in zip(uses, ends, strict=False):
            link = Element("a", {"href": self._address(term_id)})
            link.text, link.tail = text[start:stop], text[stop:end]
            links.append(link)
        return (text[: uses[0][0]] if uses else text), links

    def _is_new(self, term_id: str) -> bool:
        is_new = term_id not in self._linked
        self._linked.add(term_id)
        return is_new


def _is_deaf(element: Element) -> bool:
    classes = set(element.get("class", "").split())
    return element.tag in _DEAF or bool(classes & _DEAF_CLASSES) or is_caption(element)
