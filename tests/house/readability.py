"""How easily a Spanish text is read: words, sentences and syllables."""

import re

WORD = re.compile(r"[^\W\d_]+")
TERM = re.compile(r"\w+")
SENTENCE_END = re.compile(r"[.:?!;]+(?:\s|$)")
VOWELS = re.compile(r"[aeiouáéíóúü]+")
HIATUS = re.compile(r"[aeoáéíóú](?=[aeoáéíóú])")
NO_PROSE = re.compile(r"^(?:\||!\[).*$", re.MULTILINE)
LINE_SIGNS = re.compile(r'^\s*(?:[-*]|\d+\.|#+|!!! \w+)\s+|[*_«»“”"]', re.MULTILINE)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def words(text: str) -> int:
    """Count words and numbers, as an editor counts the length of a module."""
    return len(TERM.findall(text))


def prose(markdown: str) -> str:
    """Return what is read as sentences: no tables, figures or signs of Markdown."""
    text = LINK.sub(r"\1", NO_PROSE.sub("", markdown))
    lines = (LINE_SIGNS.sub("", line).strip() for line in text.splitlines())
    return "\n".join(
        line if line[-1] in ".:?!;" else f"{line}." for line in lines if line
    )


def syllables(word: str) -> int:
    """Count the syllables of a Spanish word: two strong vowels are two of them.

    An accent makes a weak vowel strong, except beside another weak one, which stays
    one syllable with it in the spelling of the Academy (*construí*).
    """
    runs: list[str] = VOWELS.findall(word.lower())
    return max(1, sum(1 + len(HIATUS.findall(run)) for run in runs))


def ease(text: str) -> float:
    """Return the reading ease after Fernández Huerta, 0 to 100; 60 is plain.

    206.84 - 60 P - 1.02 F, with P syllables a word and F words a sentence: J. Fernández
    Huerta, «Medidas sencillas de lecturabilidad», Consigna 214 (1959), pages 29 to 32,
    the Reading Ease of Flesch for Spanish. F is read as in Flesch, words a sentence.
    """
    found = WORD.findall(text)
    sentences = [part for part in SENTENCE_END.split(text) if WORD.search(part)]
    per_word = sum(map(syllables, found)) / len(found)
    return 206.84 - 60 * per_word - 1.02 * len(found) / len(sentences)
