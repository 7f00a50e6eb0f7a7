"""What the screens say in English is said in Spanish, with the same facts."""

import re
from functools import cache

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from conexx_learn.adapters.message_catalogues import merged_catalogue
from tests.house.message_uses import message_uses
from tests.house.source_tree import SPANISH, shown

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


@cache
def catalogues() -> dict[str, Catalog]:
    """Read each catalogue: file to messages."""
    found = {}
    for path in sorted(SPANISH.glob("*.po")):
        with path.open("rb") as file:
            found[shown(path)] = read_po(file, locale="es", charset="utf-8")
    return found


def messages() -> list[tuple[str, Message]]:
    """List every message with its file; the headers are none."""
    return [
        (name, message)
        for name, catalogue in catalogues().items()
        for message in catalogue
        if message.id
    ]


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Take a message as the list of its forms."""
    return [text] if isinstance(text, str) else list(text or [""])


def key(message: Message) -> str:
    """Return the text that a message is looked up by."""
    return forms(message.id)[0]


def facts(text: str) -> set[str]:
    """Name the placeholders of a text."""
    return set(PLACEHOLDER.findall(text))


def test_every_message_is_a_literal() -> None:
    found = [use.place for use in message_uses() if not use.texts]

    assert not found, "Write the English text itself in the call:\n" + "\n".join(found)


def test_every_message_is_translated() -> None:
    known = {key(message) for _, message in messages() if all(forms(message.string))}
    missing = [
        f"{use.place}: {use.key}"
        for use in message_uses()
        if use.texts and use.key not in known
    ]

    assert not missing, (
        f"Translate {len(missing)} in translations/es/<area>.po:\n" + "\n".join(missing)
    )


def test_no_translation_is_left_of_a_message_that_nobody_asks_for() -> None:
    used = {use.key for use in message_uses()}
    idle = [
        f"{name}: {key(message)}"
        for name, message in messages()
        if key(message) not in used
    ]

    assert not idle, "Remove from the catalogue:\n" + "\n".join(idle)


def test_no_two_catalogues_contradict_each_other() -> None:
    merged = merged_catalogue(SPANISH)

    assert len(list(merged)) > len(catalogues())


def test_no_translation_is_a_guess() -> None:
    found = [f"{name}: {key(message)}" for name, message in messages() if message.fuzzy]

    assert not found, "Read it and remove the mark 'fuzzy':\n" + "\n".join(found)


def test_a_translation_states_the_same_facts_as_its_message() -> None:
    wrong = []
    for name, message in messages():
        originals, translations = forms(message.id), forms(message.string)
        whole = facts(originals[-1])
        if facts(translations[-1]) != whole or not facts(translations[0]) <= whole:
            wrong.append(f"{name}: {key(message)}")

    assert not wrong, "Use the same %(placeholders)s:\n" + "\n".join(wrong)


def test_every_call_fills_the_placeholders_of_its_message() -> None:
    wrong = [
        f"{use.place}: {use.key}"
        for use in message_uses()
        if not set().union(*map(facts, use.texts)) <= use.facts
    ]

    assert not wrong, "Pass each placeholder by name:\n" + "\n".join(wrong)
