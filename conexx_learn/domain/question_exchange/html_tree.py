"""HTML of other systems as a small tree: cleaned first, so that it nests properly."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3  # noqa: TID251  # HTML is read here, none is made.

MOST_DEPTH = 60
"""Elements inside one another; deeper ones are read as a part of those around them."""

_EMBEDDED = (
    "applet audio button canvas embed form iframe input math object select svg "
    "textarea video"
)
EMBEDDED = frozenset(_EMBEDDED.split())
"""What shows or does something that Markdown cannot."""

UNDRESSED = frozenset(["del", "ins", "mark", "s", "strike", "sub", "sup", "u"])
"""What dresses text in a way that Markdown has no signs for."""

_CONTENT = (
    "a abbr address article aside b blockquote br caption center cite code dd details "
    "dfn div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 header "
    "hr i img kbd label legend li main nav ol p pre q samp section small span strong "
    "summary table tbody td tfoot th thead tr tt ul var"
)
_TAGS = frozenset(_CONTENT.split()) | EMBEDDED | UNDRESSED
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto", "data"}
_VOID = frozenset(["br", "embed", "hr", "img", "input"])


@dataclass(slots=True)
class Element:
    """An element of a page.

    Attributes:
        tag: Lower case; `root` for what is around everything.
        attributes: Name to value.
        children: Elements and texts, in order.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)


def html_tree(
    html: str,
    *,
    attributes: Mapping[str, set[str]] | None = None,
    schemes: Collection[str] = (),
) -> Element:
    """Read HTML, whatever it is; scripts and what nobody knows are gone.

    Args:
        html: A page, or a piece of one.
        attributes: Element, or `*` for each, to attributes kept besides the usual ones.
        schemes: Of addresses kept besides the usual ones, for who tells of each.
    """
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "title"},
        attributes={**_ATTRIBUTES, **(attributes or {})},
        url_schemes={*_SCHEMES, *schemes},
        link_rel=None,
    )
    reader = _Reader()
    reader.feed(clean)
    reader.close()
    return reader.root


class _Reader(HTMLParser):
    """Builds the tree of HTML in which every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root")
        self._open = [self.root]
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID or len(self._open) < MOST_DEPTH:
            element = Element(tag, {name: value or "" for name, value in attrs})
            self._open[-1].children.append(element)
            if tag not in _VOID:
                self._open.append(element)
        else:
            self._skipped += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self._skipped:
            self._skipped -= 1
        elif len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
