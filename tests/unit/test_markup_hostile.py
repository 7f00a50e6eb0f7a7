"""Markdown that means harm: it comes out harmless, in time, or is refused."""

import re
import time
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conexx_learn.domain.markup import (
    MarkupRefusedError,
    render_block,
    render_document,
    render_inline,
)
from conexx_learn.domain.markup_allowed import ATTRIBUTES, BLOCK_TAGS, LINK_REL, SCHEMES

SIZE = 64 * 1024
SECONDS = 2
VOID = {"br", "hr", "img"}


def document_html(text: str) -> str:
    document = render_document(text, media_url=lambda name: f"/media/{name}")
    return "".join(piece for piece in document.segments if isinstance(piece, str))


RENDERERS: list[Callable[[str], str]] = [document_html, render_block, render_inline]


class Inspector(HTMLParser):
    """Reads HTML as a browser would, and says what in it is not allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in BLOCK_TAGS:
            self.faults.append(f"<{tag}>")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self._look_at(tag, name, value or "")

    def _look_at(self, tag: str, name: str, value: str) -> None:
        if (tag, name, value) == ("a", "rel", LINK_REL):
            return
        if name not in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()):
            self.faults.append(f"{tag} {name}")
        if name == "id" and not value.startswith("u-"):
            self.faults.append(f"id {value}")
        # What does not begin with a letter is no scheme for any browser.
        scheme = re.match(r"[\s\x00-\x20]*([A-Za-z][^/?#:]*):", value)
        is_address = name in ("href", "src")
        if is_address and scheme and scheme[1].lower() not in SCHEMES:
            self.faults.append(f"{name} {value}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}-->")


def faults(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.faults + inspector.open


PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt\nsrc=//evil.example>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript:123)",
    "[x](java\tscript:alert(1))",
    "[x](java&#9;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x]( javascript:alert(1) )",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox)",
    "![x](javascript:alert(1))",
    '![x](media/a.png "onerror=alert(1)")',
    '![x" onerror="alert(1)](media/a.png)',
    '[x](https://a.example" onclick="alert(1))',
    "<javascript:alert(1)>",
    '<https://a.example/"onclick=alert(1)>',
    "a {: #x onclick=alert(1) }",
    '## a {: #x" onclick=alert(1) }',
    "## a {: style=color:red class=button }",
    "<!-- unclosed",
    "<!--> <script>alert(1)</script> -->",
    "<textarea>",
    "<style>*{display:none}",
    "<plaintext>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<form action=//evil.example><input name=password>",
    "<b\n<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "`<script>` <script>alert(1)</script>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "```quiz\n<script>alert(1)</script>\n```",
    "\ue0000\ue000",
    "&#xe000;0&#xe000;",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x02amp\x03",
    '*[a"b]: c" onmouseover="alert(1)\n\na"b',
    '[^x]: a\n\n[^x"><script>alert(1)</script>]',
    "</div></section></main><p>out",
    "| a | b |\n|---|---|\n| <script> | </table> |",
]


@pytest.mark.parametrize("render", RENDERERS, ids=lambda render: render.__name__)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_harmful_comes_out(payload: str, render: Callable[[str], str]) -> None:
    html = render(payload)

    assert faults(html) == []
    assert "alert(1)</script>" not in html.replace("&lt;", "<").lower() or "```" in (
        payload
    )


SEEDS = [
    *("![", "[", "[a](", "](", "[]", "[[]]", "[a](b)", "[a][b]", "![a](b)", "[^a]"),
    *("*[a", "*[a]: b\n", "[^a]: b\n", "[a]: b\n", "[a]: \n", "[a](b)*"),
    *(
        "- ",
        "+ ",
        "1. ",
        "> ",
        ">",
        "-\t",
        ">\t",
        "- \n",
        "\n- a",
        "* a\n\n",
        "\n1. a\n\n",
    ),
    *("*a ", "_a ", "**a ", "*a **b ", "***a*", "_*", "a**b", "__", "*", "**a*"),
    *("`", "``` ", "`a", "``a`", "```\n", "~~~\n", "```quiz\n", "~~~\n> ```\n"),
    *(
        "<",
        "<a ",
        "<a href='",
        "<!--",
        "<script>",
        "</",
        "<http://",
        "<a@b",
        "&",
        "&#1;",
    ),
    *("#\n", "# a\n", "a\n=\n", "a\n-\n", "\n\n", "a\n\n", "a", "\\", "\\*", "\t", " "),
    *("|", "|-", "a|b\n-|-\n", "|a\n|-\n|b\n\n", "a|b\n-|-\nc|d\n\n"),
    *(
        ": a\n\n",
        "a\n: b\n\n",
        ":   a\n",
        "!!! a\n",
        "!!! a\n    b\n\n",
        "{: #a }",
        "{:",
    ),
    *(
        "    a\n",
        "    - a\n",
        "        a\n\n",
        '"',
        "'",
        "(",
        ")",
        '[a](b "',
        "é",
        "\u0301",
    ),
    *("http://", "```\nhttp://\\", "\ue0000\ue000", "\x02", "\x03", "\u2028"),
    *("&#x6A;avascript:", "jAvA\tsCrIpT:", "[x](javascript:1)", "![x](data:1) "),
]


@pytest.mark.parametrize("seed", SEEDS, ids=ascii)
def test_any_text_of_full_size_is_rendered_or_refused_in_time(seed: str) -> None:
    text = (seed * (SIZE // len(seed)))[:SIZE].encode()[:SIZE].decode(errors="ignore")
    started = time.process_time()

    for render in RENDERERS:
        before = time.process_time()
        try:
            html = render(text)
        except MarkupRefusedError:
            continue
        assert time.process_time() - before < SECONDS
        assert faults(html) == []

    assert time.process_time() - started < SECONDS * len(RENDERERS)


def test_nested_lists_of_every_depth_never_exhaust_the_stack() -> None:
    for depth in range(1, 40):
        text = "\n".join("    " * level + "- a" for level in range(depth))
        try:
            html = document_html(text)
        except MarkupRefusedError:
            assert depth > 20
            continue
        assert faults(html) == []


SIGNS = [
    *("[", "]", "(", ")", "!", "*", "_", "`", "<", ">", "&", "\\", "-", "#", "|", ":"),
    *("\n", "\n\n", "    ", "\t", " ", "a", "1. ", "[^a]", "[^a]: ", "*[a]: ", "!!! a"),
    *("{: #a }", "```", "~~~", "```quiz\n", "<script>", "<!--", "-->", "javascript:"),
    *('"', "'", "=", "http://", "\ue000", "0", "\x02", "\x03", "|-", "&#106;", "é"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))
def test_no_mixture_of_signs_comes_out_harmful(text: str) -> None:
    for render in RENDERERS:
        assert faults(render(text)) == []


@settings(max_examples=200, deadline=None)
@example("[^a]([:)")
@given(st.lists(st.sampled_from(SIGNS), max_size=40).map("".join))
def test_every_piece_of_a_document_is_whole_and_every_self_check_there(
    text: str,
) -> None:
    document = render_document(text)

    pieces = [piece for piece in document.segments if isinstance(piece, str)]
    numbers = [piece for piece in document.segments if isinstance(piece, int)]
    assert all(faults(piece) == [] for piece in pieces)
    assert numbers == list(range(len(numbers)))
    assert "\ue000" not in "".join(pieces)
