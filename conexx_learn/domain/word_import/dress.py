"""What a style sheet says of a piece of text, as far as Markdown or a question asks."""

import re

_DECLARATION = re.compile(
    r"\s*([a-z-]{1,40})\s*:\s*([^;]{0,200})(?:;|$)", re.IGNORECASE
)
_LIST_LEVEL = re.compile(r"mso-list:\s*(?P<list>\S{1,20})\s+level(?P<level>\d{1,2})")
_BOLD = re.compile(r"bold(?:er)?|[6-9]\d\d")
_PLAIN_GROUNDS = frozenset(
    {"white", "#ffffff", "#fff", "transparent", "none", "window"}
)
_PLAIN_COLOURS = frozenset(
    {"black", "windowtext", "#000000", "#000", "inherit", "rgb(0,0,0)", "auto", ""}
)
_LONGEST = 2000


def declarations(style: str) -> dict[str, str]:
    """Read the declarations of a style attribute; names and values in lower case."""
    found = _DECLARATION.findall(style[:_LONGEST])
    return {name.lower(): value.strip().lower() for name, value in found}


def dress_tags(style: str) -> list[str]:
    """Name the elements that say what a style says, outermost first.

    Example:
        >>> dress_tags("font-weight:700;font-style:italic")
        ['strong', 'em']
    """
    said = declarations(style)
    tags: list[str] = []
    if _BOLD.fullmatch(said.get("font-weight", "")):
        tags.append("strong")
    if said.get("font-style") == "italic":
        tags.append("em")
    line = said.get("text-decoration", "") + said.get("text-decoration-line", "")
    if "underline" in line:
        tags.append("u")
    if "line-through" in line:
        tags.append("s")
    if _is_highlighted(said):
        tags.append("mark")
    if said.get("vertical-align") in {"super", "sub"}:
        tags.append("sup" if said["vertical-align"] == "super" else "sub")
    return tags


def _is_highlighted(said: dict[str, str]) -> bool:
    ground = said.get("mso-highlight") or said.get("background-color")
    ground = ground or said.get("background", "")
    return bool(ground) and "".join(ground.split()) not in _PLAIN_GROUNDS


def is_unbold(style: str) -> bool:
    """Say whether a style takes off the weight that an element would have."""
    return declarations(style).get("font-weight") in {"normal", "400"}


def is_coloured(style: str) -> bool:
    """Say whether a style gives text another colour than black."""
    colour = "".join(declarations(style).get("color", "").split())
    return colour not in _PLAIN_COLOURS


def is_hidden(style: str) -> bool:
    """Say whether a style keeps a text from being seen."""
    said = declarations(style)
    return said.get("display") == "none" or said.get("mso-hide") == "all"


def list_level(style: str) -> tuple[str, int] | None:
    """Read list and level of a paragraph that Word means as an entry of a list."""
    found = _LIST_LEVEL.search(style[:_LONGEST].lower())
    return (found["list"], int(found["level"])) if found else None


def is_list_mark(style: str) -> bool:
    """Say whether a text is only the dot or number that Word draws before an entry."""
    return "".join(style[:_LONGEST].lower().split()).find("mso-list:ignore") >= 0
