"""What a course is made of, as hashes; and whether a change asks for a new version."""

import hashlib
from collections.abc import Mapping

from conexx_learn.domain.course import Course
from conexx_learn.domain.course_source.toml_lines import TomlFile, read_toml
from conexx_learn.domain.problems import Problem


def content_hash(contents: Mapping[str, bytes]) -> str:
    """Hash named contents, whatever their order; hex SHA-256.

    Example:
        >>> one = {"a": b"1", "b": b"2"}
        >>> content_hash(one) == content_hash(dict(reversed(one.items())))
        True
    """
    digest = hashlib.sha256()
    for name in sorted(contents):
        inner = hashlib.sha256(contents[name]).hexdigest()
        digest.update(f"{len(name)}:{name}:{inner}\n".encode())
    return digest.hexdigest()


def content_problem(
    course: Course, published_version: tuple[int, int], published_hash: str
) -> Problem | None:
    """Say whether the content changed and the version was not raised (E016)."""
    if course.content_hash == published_hash or course.version > published_version:
        return None
    source = read_toml(course.files["course.toml"].encode(), path="course.toml")
    place = source.place(("version",)) if isinstance(source, TomlFile) else (1, 1)
    major, minor = published_version
    facts = {"published": f"{major}.{minor}", "next": f"{major}.{minor + 1}"}
    return Problem("course.toml", *place, "E016", facts)
