"""The repository speaks of the product alone, and of no machine that it was made on."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source_tree import ROOT

TEXT = {".py", ".md", ".toml", ".txt", ".in", ".html", ".css", ".js", ".po", ".typ"}
TEXT |= {".json", ".ini", ".mako", ".cfg", ".yml", ".yaml", ".sh", ""}
SKIPPED = {"instance", "__pycache__", "test-results", "htmlcov", "node_modules"}
KEPT_HIDDEN = {".ci"}
LARGEST = 2_000_000
MACHINE_PATH = re.compile(
    r"(?<![\w.~<>/-])/(?:home|root|Users|work|workspace|farm|mnt|tmp/brief)/[\w.-]+"
)
PACKAGE_INDEX = re.compile(
    r"--(?:extra-)?index-url|--find-links|--trusted-host|PIP_INDEX_URL"
    r"|https?://[\w.:-]*(?:artifactory|nexus|devpi|mirror)[\w.:-]*"
)
CHECKS_ITSELF = Path(__file__)


def text_files(folder: Path = ROOT) -> Iterator[Path]:
    """List the text files of the project."""
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name not in KEPT_HIDDEN
        if path.is_dir():
            if not hidden and path.name not in SKIPPED:
                yield from text_files(path)
        elif path.suffix in TEXT and path.stat().st_size < LARGEST:
            yield path


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """List every line of the project that a pattern is found in."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in text_files()
        if path != CHECKS_ITSELF
        for number, line in enumerate(_lines(path), start=1)
        if pattern.search(line)
    ]


def _lines(path: Path) -> list[str]:
    return path.read_bytes().decode("utf-8", "replace").splitlines()


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = lines_with(MACHINE_PATH)

    assert not found, "Write a path relative to the project:\n" + "\n".join(found)


def test_no_file_names_where_one_machine_gets_its_packages() -> None:
    found = lines_with(PACKAGE_INDEX)

    assert not found, "Leave the index to the settings of pip:\n" + "\n".join(found)
