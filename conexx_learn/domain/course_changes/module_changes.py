"""What became of each module: its place, its title, its text in every language."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.course import Course, Module, ModuleText
from conexx_learn.domain.course_changes.alignment import Effort, aligned
from conexx_learn.domain.course_changes.renderings import module_blocks
from conexx_learn.domain.course_changes.setting_changes import (
    SettingChange,
    module_setting_changes,
)
from conexx_learn.domain.course_changes.text_changes import (
    NO_CHANGE,
    TextChange,
    block_change,
    marked_words,
)


class ModuleState(StrEnum):
    """What became of a module as a whole."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class TextDifference:
    """A text in one language beside what it was.

    Attributes:
        lang: BCP 47 primary tag.
        path: File of the newer version; of the older where it went.
        title: Safe HTML, marked where it changed.
        is_renamed: The title changed.
        text: The difference; empty where only the title changed.
    """

    lang: str
    path: str
    title: str
    is_renamed: bool
    text: TextChange


@dataclass(frozen=True, slots=True)
class ModuleChange:
    """One module beside what it was.

    Attributes:
        slug: In the newer version; in the older where it went.
        former_slug: Where the same text stood under another name; else empty.
        title: In the source language, plain text.
        state: What became of it.
        number_before: From 1; None if it was not there.
        number_after: None if it is not there.
        is_moved: It stands elsewhere among the modules that both versions have.
        settings: Its facts that changed.
        texts: The languages that changed, the source's first.
        keeps: Who has read it need not read it again.
    """

    slug: str
    former_slug: str
    title: str
    state: ModuleState
    number_before: int | None
    number_after: int | None
    is_moved: bool
    settings: tuple[SettingChange, ...]
    texts: tuple[TextDifference, ...]
    keeps: bool


def module_changes(before: Course | None, after: Course) -> tuple[ModuleChange, ...]:
    """List every module of both versions, those that went last."""
    old = {module.slug: module for module in before.modules} if before else {}
    new = {module.slug: module for module in after.modules}
    former = _former_slugs(old, new, after.source_language)
    moved = _moved(
        [one for one in old if one in new], [one for one in new if one in old]
    )
    found = [
        _module_change(
            old.get(former.get(slug, slug)),
            module,
            source=after.source_language,
            is_moved=slug in moved,
        )
        for slug, module in new.items()
    ]
    gone = [slug for slug in old if slug not in new and slug not in former.values()]
    removed = [_removed(old[slug], after.source_language) for slug in gone]
    return (*found, *removed)


def _former_slugs(
    old: dict[str, Module], new: dict[str, Module], source: str
) -> dict[str, str]:
    """Return slug to former slug of modules whose text stood under another name."""
    gone = {
        module.texts[source].body_md: slug
        for slug, module in old.items()
        if slug not in new and source in module.texts
    }
    return {
        slug: gone.pop(module.texts[source].body_md)
        for slug, module in new.items()
        if slug not in old
        and source in module.texts
        and module.texts[source].body_md in gone
    }


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Name the modules that the smallest move explains."""
    runs = aligned(old, new, Effort())
    return {slug for run in runs if not run.is_equal for slug in new[slice(*run.new)]}


def _module_change(
    before: Module | None, after: Module, *, source: str, is_moved: bool
) -> ModuleChange:
    settings = module_setting_changes(before, after) if before else ()
    texts = tuple(_texts(before, after, source))
    return ModuleChange(
        slug=after.slug,
        former_slug=before.slug if before and before.slug != after.slug else "",
        title=_title(after, source),
        state=_state(before, after, changed=bool(settings or texts or is_moved)),
        number_before=before.number if before else None,
        number_after=after.number,
        is_moved=is_moved,
        settings=settings,
        texts=texts,
        keeps=_keeps(before, after),
    )


def _state(before: Module | None, after: Module, *, changed: bool) -> ModuleState:
    if before is None:
        return ModuleState.ADDED
    differs = changed or before.content_hash != after.content_hash
    differs |= before.slug != after.slug
    return ModuleState.CHANGED if differs else ModuleState.KEPT


def _keeps(before: Module | None, after: Module) -> bool:
    """Say what moving to a newer version says too: same name, same content."""
    return (
        before is not None
        and before.slug == after.slug
        and before.content_hash == after.content_hash
    )


def _removed(module: Module, source: str) -> ModuleChange:
    return ModuleChange(
        slug=module.slug,
        former_slug="",
        title=_title(module, source),
        state=ModuleState.REMOVED,
        number_before=module.number,
        number_after=None,
        is_moved=False,
        settings=(),
        texts=tuple(_texts(module, None, source)),
        keeps=False,
    )


def _title(module: Module, source: str) -> str:
    text = module.texts.get(source) or next(iter(module.texts.values()))
    return text.title


def _texts(
    before: Module | None, after: Module | None, source: str
) -> Iterator[TextDifference]:
    old, new = before.texts if before else {}, after.texts if after else {}
    langs = sorted({*old, *new}, key=lambda lang: (lang != source, lang))
    for lang in langs:
        found = _difference(old.get(lang), new.get(lang), lang)
        if found.is_renamed or found.text:
            yield found


def _difference(
    before: ModuleText | None, after: ModuleText | None, lang: str
) -> TextDifference:
    titles = before.title if before else "", after.title if after else ""
    shown = after or before
    return TextDifference(
        lang=lang,
        path=shown.path if shown else "",
        title=marked_words(*titles),
        is_renamed=titles[0] != titles[1],
        text=_text_change(before, after),
    )


def _text_change(before: ModuleText | None, after: ModuleText | None) -> TextChange:
    if _read_alike(before, after):
        return NO_CHANGE
    return block_change(module_blocks(before), module_blocks(after))


def _read_alike(before: ModuleText | None, after: ModuleText | None) -> bool:
    """Say at little cost that nothing changed: most texts need no rendering."""
    return (
        before is not None
        and after is not None
        and (before.body_md, before.sources) == (after.body_md, after.sources)
    )
