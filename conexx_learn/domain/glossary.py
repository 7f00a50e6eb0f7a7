"""The glossary: words of the field, each explained in every language it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from conexx_learn.domain.markup import PREFIX, render_block
from conexx_learn.domain.search import folded, search_words

GLOSSARY_ADDRESS = "/glossary"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, explained in one language.

    Attributes:
        id: The same in every language: small letters, digits and hyphens.
        name: What the field says here.
        other_names: Its short form, and what the documents of the EU say.
        text_md: The explanation.
        linked_names: Those of its names that modules link to it.
    """

    id: str
    name: str
    other_names: tuple[str, ...]
    text_md: str
    linked_names: tuple[str, ...]


Glossary = Mapping[str, tuple[Term, ...]]
"""Language to its terms, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as a page shows it.

    Attributes:
        id: Of the term.
        name: Of the term.
        other_names: Of the term.
        html: The explanation.
        translations: Language and name of the same term in each other language.
        letter: What it is filed under: A to Z without accents, or 0 for the rest.
        searched: All of this as a search sees it.
    """

    id: str
    name: str
    other_names: tuple[str, ...]
    html: str
    translations: tuple[tuple[str, str], ...]
    letter: str
    searched: str = field(repr=False)

    @property
    def anchor(self) -> str:
        """Name its place in the page, apart from every id of the page's own."""
        return f"{PREFIX}{self.id}"


def term_address(term_id: str) -> str:
    """Return where a term is explained.

    Example:
        >>> term_address("eligible-costs")
        '/glossary#u-eligible-costs'
    """
    return f"{GLOSSARY_ADDRESS}#{PREFIX}{term_id}"


def linked_names(glossary: Glossary, lang: str) -> dict[str, str]:
    """Return each name that modules in a language link, to its term's id."""
    return {
        name: term.id for term in glossary.get(lang, ()) for name in term.linked_names
    }


def entries(glossary: Glossary, lang: str) -> tuple[Entry, ...]:
    """Return the entries of a language by name; takes a while."""
    found = [_entry(glossary, term, lang) for term in glossary.get(lang, ())]
    return tuple(sorted(found, key=lambda entry: folded(entry.name)))


def _entry(glossary: Glossary, term: Term, lang: str) -> Entry:
    abroad = [
        (other, match)
        for other, terms in sorted(glossary.items())
        if other != lang
        for match in terms
        if match.id == term.id
    ]
    spoken = [term, *(match for _, match in abroad)]
    names = [name for each in spoken for name in (each.name, *each.other_names)]
    first = folded(term.name)[:1].upper()
    return Entry(
        id=term.id,
        name=term.name,
        other_names=term.other_names,
        html=render_block(term.text_md, locale=lang),
        translations=tuple((other, match.name) for other, match in abroad),
        letter=first if first.isascii() and first.isalpha() else "0",
        searched=folded(" ".join([*names, term.text_md])),
    )


def matching(found: Sequence[Entry], query: str) -> tuple[Entry, ...]:
    """Return the entries that hold every word of a query, names before explanations.

    Args:
        found: Entries, in their order.
        query: As typed; accents and capitals do not matter.
    """
    words = search_words(query)
    hits = [entry for entry in found if all(word in entry.searched for word in words)]
    return tuple(sorted(hits, key=lambda entry: not _is_named(entry, words)))


def _is_named(entry: Entry, words: Sequence[str]) -> bool:
    name = folded(entry.name)
    return all(word in name for word in words)


def by_letter(found: Sequence[Entry]) -> list[tuple[str, tuple[Entry, ...]]]:
    """Return the letters that have entries, each with them."""
    ordered = sorted(found, key=lambda entry: entry.letter)
    return [
        (letter, tuple(group))
        for letter, group in groupby(ordered, key=lambda entry: entry.letter)
    ]
