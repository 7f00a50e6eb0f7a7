"""`competencies.toml`: what certificates can be evidence of."""

from collections.abc import Iterator

from conexx_learn.domain.course import Competency
from conexx_learn.domain.course_source.toml_lines import TomlFile, read_toml
from conexx_learn.domain.problems import Problem

COMPETENCIES_FILE = "competencies.toml"
_KEYS = ("title", "function")
_SIZE_LIMIT = 64 * 1024


def read_competencies(data: bytes) -> tuple[dict[str, Competency], list[Problem]]:
    """Read the list of competencies; code to competency, in file order.

    Total: any bytes give competencies, problems or both; a faulty entry is left out.
    """
    if len(data) > _SIZE_LIMIT:
        facts = {"size": f"{len(data) // 1024} KiB", "limit": "64 KiB"}
        return {}, [Problem(COMPETENCIES_FILE, 1, 1, "E008", facts)]
    source = read_toml(data.removeprefix(b"\xef\xbb\xbf"), path=COMPETENCIES_FILE)
    if isinstance(source, Problem):
        return {}, [source]
    found: dict[str, Competency] = {}
    problems: list[Problem] = []
    for code, entry in source.document.items():
        faults = list(_faults(source, code, entry))
        problems += faults
        if not faults and isinstance(entry, dict):
            found[code] = Competency(code, dict(entry["title"]), entry["function"])
    return found, problems


def _faults(source: TomlFile, code: str, entry: object) -> Iterator[Problem]:
    if not isinstance(entry, dict):
        yield source.problem((code,), "E004", key=code, value="", variant="competency")
        return
    for key in entry:
        if key not in _KEYS:
            known = "title.es, title.en, function"
            facts = {"key": key[:60], "known": known, "variant": ""}
            yield source.problem((code, key), "E002", **facts)
    title = entry.get("title")
    titles = title if isinstance(title, dict) else {}
    for lang in ("es", "en"):
        if not _is_text(titles.get(lang)):
            yield source.problem((code, "title"), "E003", key=f"title.{lang}")
    if not all(_is_text(text) for text in titles.values()):
        facts = {"key": "title", "value": "", "variant": "competency"}
        yield source.problem((code, "title"), "E004", **facts)
    if not _is_text(entry.get("function")):
        yield source.problem((code, "function"), "E003", key="function")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
