"""The tree in ARCHITECTURE.md is the tree on disk."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source_tree import ROOT

ENTRY = re.compile(r"(?P<indent> *)(?P<name>[\w.-]+/)(?: .*)?")
UNTRACKED = {"instance", "__pycache__", "htmlcov", "node_modules", "test-results"}
KEPT_HIDDEN = {".ci"}
SHOWN_WHOLE = {
    Path("courses"),
    Path("tests/sample_courses"),
    Path("conexx_learn/adapters/drafts"),
    Path("conexx_learn/adapters/former"),
}
"""Folders whose insides are courses: they belong to trainers, not to the map."""


def drawn_folders() -> set[str]:
    """Read the folders of the block that begins with ```tree."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = text.partition("```tree\n")[2].partition("```")[0]
    above: list[str] = []
    found = set()
    for line in block.splitlines():
        entry = ENTRY.fullmatch(line)
        if entry is None:
            continue
        depth = len(entry["indent"]) // 2
        above = [*above[:depth], entry["name"].rstrip("/")]
        found.add("/".join(above))
    return found


def is_ours(folder: Path) -> bool:
    """Say whether a folder is part of the project and has something in it."""
    hidden = folder.name.startswith(".") and folder.name not in KEPT_HIDDEN
    return (
        folder.is_dir()
        and not hidden
        and folder.name not in UNTRACKED
        and any(path.is_file() and path.suffix != ".pyc" for path in folder.rglob("*"))
    )


def folders_on_disk(folder: Path = ROOT) -> Iterator[str]:
    """List the folders of the project, as far as the map shows them."""
    for path in filter(is_ours, folder.iterdir()):
        below = path.relative_to(ROOT)
        yield below.as_posix()
        if below not in SHOWN_WHOLE:
            yield from folders_on_disk(path)


def test_the_tree_in_the_document_is_the_tree_on_disk() -> None:
    drawn, there = drawn_folders(), set(folders_on_disk())

    assert drawn
    assert not there - drawn, f"Draw in ARCHITECTURE.md: {sorted(there - drawn)}"
    assert not drawn - there, f"Remove from ARCHITECTURE.md: {sorted(drawn - there)}"


def test_the_map_of_the_house_stays_short() -> None:
    lines = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()

    assert len(lines) <= 150, f"ARCHITECTURE.md has {len(lines)} lines: at most 150"
