"""Markdown that a quiz file can hold: nothing in it reads as a part of the format.

Each function is idempotent, and leaves alone what came out of a quiz file. So a text
that goes out and comes back stays the same, whoever wrote it first.
"""

import re
from collections.abc import Callable

from conexx_learn.domain.question_exchange.decoding import writable
from conexx_learn.domain.quiz_source.lines import LEAST_INDENTATION, trimmed
from conexx_learn.domain.quiz_source.markers import is_answer, read_answer_line

MOST_SIGNS = 64 * 1024
"""Of one text; the rendering takes no more."""

_FENCE = re.compile(r"^ *(?P<run>`{3,}|~{3,})(?P<info>.*)$")
_HEADING = re.compile(r"^(?P<lead> {0,3})#{1,6}(?P<gap> *)")
_LEAD = re.compile(r"^[ \t\xa0]*")
_SPACES = re.compile(r"[ \t\n]+")
_LIST_STARTS = (" ", "- ", "* ", "+ ", ">")
_COLUMNS = 4

LineRule = Callable[[str, str], str]


def sound_prompt(text: str) -> str:
    """Make a text fit for a prompt, or for the narrative of a case."""
    return _blocks(text, _prompt_line)


def sound_part(text: str) -> str:
    """Make a text fit for an explanation, a hint and their like."""
    return _blocks(text, _part_line)


def sound_feedback(text: str) -> str:
    """Make a text fit for the feedback of an answer."""
    lines = [_without_comment(trimmed(line)) for line in _lines(text)]
    return _collapsed([(line, False) for line in lines])


def sound_option(text: str) -> str:
    """Make a text fit for one line after a marker.

    Example:
        >>> sound_option(" two" + chr(10) + "lines ")
        'two lines'
    """
    return _without_comment(_SPACES.sub(" ", writable(text)).strip())


def sound_title(text: str) -> str:
    """Make a title of a text: one line, without what would end or hide it."""
    line = " ".join(writable(text).split())
    shown = _without_comment(line[:_LONGEST_TITLE].strip())
    return _without_end(shown).strip("# ")


def sound_tag(text: str) -> str:
    """Make a tag: one line, without the signs that part tags from one another."""
    return sound_title(text.translate(_TAG_SIGNS))


_LONGEST_TITLE = 200
_TAG_SIGNS = str.maketrans({",": " ", "[": "(", "]": ")", "\\": "/"})


def _lines(text: str) -> list[str]:
    plain = text[:MOST_SIGNS].replace("\r\n", "\n").replace("\r", "\n")
    return writable(plain).strip().split("\n")


def _blocks(text: str, rule: LineRule) -> str:
    """Walk the lines once; what stands in a fence is left as it is."""
    done: list[tuple[str, bool]] = []
    before = run = ""
    for line in _lines(text):
        if run:
            is_end = line.strip() == run[0] * max(len(run), len(line.strip()))
            done.append((line, True))
            run = "" if is_end else run
            continue
        opening = _opening(line)
        if opening:
            run = opening
            done.append((line, True))
            before = line
            continue
        sound = rule(_spread(line), before)
        done.append((sound, False))
        before = sound if sound.strip() else before
    if run:
        done.append((run, True))
    return _collapsed(done)


def _opening(line: str) -> str:
    found = _FENCE.match(line)
    if not found or (found["run"][0] == "`" and "`" in found["info"]):
        return ""
    return found["run"]


def _spread(line: str) -> str:
    """Write tabs and no-break spaces before a line as spaces, and none after it."""
    lead = _LEAD.match(line)
    blanks = lead.group() if lead else ""
    columns = blanks.replace("\xa0", " ").expandtabs(_COLUMNS)
    return _without_comment(trimmed(columns + line[len(blanks) :]))


def _without_comment(line: str) -> str:
    """Show a comment mark that stands outside of code as text."""
    if "<!--" not in line:
        return line
    pieces = line.split("<!--")
    done, ticks = pieces[0], pieces[0].count("`")
    for piece in pieces[1:]:
        done += ("<!--" if ticks % 2 else "&lt;!--") + piece
        ticks += piece.count("`")
    return done


def _prompt_line(line: str, before: str) -> str:
    line = _without_heading(line)
    lead = len(line) - len(line.lstrip(" "))
    bare = line[lead:]
    if (not lead and read_answer_line(line)) or (lead and is_answer(bare)):
        return _without_marker(line, lead)
    is_loose = not before.startswith(_LIST_STARTS) and not before[:1].isdigit()
    if lead >= LEAST_INDENTATION and bare.startswith(">") and is_loose:
        return bare
    return line


def _part_line(line: str, _before: str) -> str:
    line = _without_heading(line)
    return _without_marker(line, 0) if is_answer(line) else line


def _without_marker(line: str, lead: int) -> str:
    """Write the dash of what reads as an answer so that it is only a dash."""
    sign = line[lead]
    shown = f"\\{sign}" if sign in "-*+" else f"&#{ord(sign)};"
    return f"{line[:lead]}{shown}{line[lead + 1 :]}"


def _without_heading(line: str) -> str:
    """Write a heading in bold: in a quiz file a heading begins something else."""
    found = _HEADING.match(line)
    if not found:
        return line
    text = _without_end(line[found.end("gap") :].strip())
    if not found["gap"] or not text or "*" in text:
        return f"{found['lead']}\\{line[len(found['lead']) :]}"
    return f"**{text}**"


def _without_end(heading: str) -> str:
    """Take off the signs that may close a heading."""
    bare = heading.rstrip("#")
    is_closed = bare != heading and bare[-1:].isspace()
    return bare.strip() if is_closed else heading


def _collapsed(lines: list[tuple[str, bool]]) -> str:
    """Join lines; outside fences several empty ones become one."""
    kept: list[str] = []
    for text, is_fenced in lines:
        is_empty = not is_fenced and not text.strip()
        if is_empty and (not kept or not kept[-1]):
            continue
        kept.append("" if is_empty else text)
    return "\n".join(kept).strip("\n").rstrip(" ")
