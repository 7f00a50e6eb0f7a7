"""The number of a version, written into the settings of its course."""

import re
from collections.abc import Mapping

from conexx_learn.domain.course_source.toml_lines import TomlFile, read_toml

SETTINGS = "course.toml"
_VALUE = re.compile(rb"(=\s*)(?:\"[^\"\r\n]*\"|'[^'\r\n]*')")


def with_version(
    files: Mapping[str, bytes], version: tuple[int, int]
) -> dict[str, bytes]:
    r"""Write a version into `course.toml` and leave every other byte as it is.

    Args:
        files: Of a course that the check finds sound.
        version: Major and minor.

    Raises:
        ValueError: The settings state no version; the check would have refused them.

    Example:
        >>> files = {"course.toml": b'version = "1.0" # first\r\nhours = 1\r\n'}
        >>> with_version(files, (1, 1))["course.toml"]
        b'version = "1.1" # first\r\nhours = 1\r\n'
    """
    data = files[SETTINGS]
    read = read_toml(data, path=SETTINGS)
    if not isinstance(read, TomlFile) or "version" not in read.document:
        raise ValueError("the settings state no version")
    lines = data.split(b"\n")
    number = read.place(("version",))[0] - 1
    value = f'"{version[0]}.{version[1]}"'.encode()
    lines[number] = _VALUE.sub(lambda found: found[1] + value, lines[number], count=1)
    return {**files, SETTINGS: b"\n".join(lines)}
