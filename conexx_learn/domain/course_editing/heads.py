"""The head of a text file with a value changed."""

from conexx_learn.domain.front_matter import COURSE_CODES, read_front_matter


def with_head_value(text: str, key: str, value: str) -> str:
    r"""Set a key of the flat front matter; a missing head is made.

    Example:
        >>> with_head_value("---\ntitle: Old\n---\nText", "title", "New")
        '---\ntitle: New\n---\nText'
        >>> with_head_value("Text", "title", "New")
        '---\ntitle: New\n---\n\nText'
    """
    line = f"{key}: {' '.join(value.split())}".rstrip()
    lines = text.split("\n")
    head, _ = read_front_matter(lines, path="", codes=COURSE_CODES)
    if not head.present:
        return f"---\n{line}\n---\n\n{text}"
    for entry in head.entries:
        if entry.key == key:
            lines[entry.line - 1] = line
            return "\n".join(lines)
    lines.insert(head.body_index - 1, line)
    return "\n".join(lines)


def without_head_value(text: str, key: str) -> str:
    r"""Take a key out of the head.

    Example:
        >>> without_head_value("---\ntitle: A\nlo-1: B\n---\n", "lo-1")
        '---\ntitle: A\n---\n'
    """
    lines = text.split("\n")
    head, _ = read_front_matter(lines, path="", codes=COURSE_CODES)
    for entry in head.entries:
        if entry.key == key:
            del lines[entry.line - 1]
            break
    return "\n".join(lines)
