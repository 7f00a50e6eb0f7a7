"""What may stand in HTML made of an author's text: tags, attributes and values."""

CLASSES = {
    "div": {
        "scroll",
        "aside-note",
        "aside-note aside-note--warn",
        "aside-note aside-note--task",
    },
    "section": {"footnotes"},
    "td": {"num"},
    "th": {"num"},
}
ATTRIBUTES = {
    "*": {"id"},
    "a": {"href", "title", "aria-label"},
    "abbr": {"title"},
    "div": {"class", "role", "tabindex", "aria-label", "aria-labelledby"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "section": {"class", "aria-label"},
    "td": {"class"},
    "th": {"class", "scope"},
}
FIXED_VALUES = {
    "role": {"note", "region"},
    "tabindex": {"0"},
    "loading": {"lazy"},
    "scope": {"col", "row"},
}
INLINE_TAGS = frozenset({"a", "abbr", "br", "code", "em", "img", "span", "strong"})
MARKED_TAGS = (INLINE_TAGS - {"br", "img", "span"}) | {"sup", "ins", "del"}
"""What a run of text may hold where two versions of it are compared."""

BLOCK_TAGS = INLINE_TAGS | {
    *("p", "hr", "pre", "blockquote", "div", "section", "sup"),
    *("h2", "h3", "h4", "h5", "h6"),
    *("ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
LINK_REL = "noopener noreferrer"
SCHEMES = {"http", "https", "mailto"}


def is_allowed(tag: str, name: str, value: str, *, prefix: str) -> bool:
    """Say whether a tag may carry an attribute with this value.

    Args:
        tag: Lower case.
        name: Of the attribute, lower case.
        value: As the browser would read it.
        prefix: That every id begins with.
    """
    if (tag, name) == ("a", "rel"):
        return value == LINK_REL
    if name not in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()):
        return False
    if name == "id":
        return value.startswith(prefix)
    if name == "class":
        return value in CLASSES.get(tag, set())
    if name in ("width", "height", "start"):
        return value.isascii() and value.isdigit()
    return value in FIXED_VALUES.get(name, {value})
