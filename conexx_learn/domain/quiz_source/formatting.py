"""The canonical form of a quiz file, as `flask courses fmt` writes it.

Line by line: comments stay where they are, and what a learner reads or what marks
does not change, so neither revision of any question does.
"""

from fractions import Fraction

from conexx_learn.domain.front_matter import entry_of, normalised_text
from conexx_learn.domain.quiz_source.keys import canonical_spelling
from conexx_learn.domain.quiz_source.lines import Role, Row
from conexx_learn.domain.quiz_source.parser import read_quiz

_HEADS = (Role.SECTION_HEAD, Role.QUESTION_HEAD, Role.PART_HEAD)
_BELOW_HEAD = (Role.SECTION_HEAD, Role.QUESTION_HEAD, Role.ATTRIBUTE)
_OF_ANSWER = (Role.ANSWER, Role.CONTINUATION, Role.FEEDBACK)
_ANY_PASS = Fraction(100)


def format_quiz(data: bytes, *, path: str) -> str:
    """Write a quiz file in canonical form.

    A file with errors comes back with its line ends normalised and otherwise as it
    is. Bytes that are no UTF-8 come back as surrogates, which refuse to be encoded:
    write the result only where `parse_quiz` finds no E101.

    Args:
        data: The bytes of the file.
        path: Its name, for the language tag and because a final quiz is graded.
    """
    is_final = path.rpartition("/")[2].startswith("final.quiz.")
    reading = read_quiz(data, path=path, is_final=is_final, default_pass=_ANY_PASS)
    if reading.has_errors or reading.quiz is None:
        return normalised_text(data.decode("utf-8", "surrogateescape"))
    lines = [_front_line(line) for line in reading.head]
    body = _body_lines(reading.rows)
    if body:
        lines += ["", *body]
    return "\n".join(lines) + "\n"


def _front_line(line: str) -> str:
    bare = line.strip()
    entry = entry_of(line, 1)
    if entry is None:
        return bare
    value = line.partition(":")[2].strip()
    return f"{canonical_spelling(entry.key)}: {value}".rstrip()


def _body_lines(rows: list[Row]) -> list[str]:
    lines: list[str] = []
    before: Row | None = None
    has_gap = False
    for row in rows:
        if row.role is Role.BLANK:
            has_gap = True
            continue
        if before is not None and _parts(before, row, has_gap=has_gap):
            lines.append("")
        lines.append(row.canonical)
        before, has_gap = row, False
    return lines


def _parts(before: Row, row: Row, *, has_gap: bool) -> bool:
    """Say whether an empty line stands between two lines."""
    if row.role in _HEADS:
        return True
    if before.role is Role.PART_HEAD:
        return False
    if row.role is Role.ATTRIBUTE:
        return False
    if before.role in _BELOW_HEAD and row.role is not Role.COMMENT:
        return True
    if row.role is Role.ANSWER:
        return _parts_answer(before, has_gap=has_gap)
    if row.role is Role.FEEDBACK:
        return has_gap and before.role is Role.FEEDBACK
    return has_gap


def _parts_answer(before: Row, *, has_gap: bool) -> bool:
    if before.role is Role.TEXT:
        return True
    return has_gap and before.role in (Role.COMMENT, Role.FENCE)
