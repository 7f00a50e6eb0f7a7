"""What a trainer's Markdown looks like when it is read."""

import pytest

from conexx_learn.domain.markup import (
    MarkupRefusedError,
    render_block,
    render_document,
    render_inline,
    wall_problem,
)
from conexx_learn.domain.markup_source import cleared_source


def html_of(text: str, locale: str = "es") -> str:
    document = render_document(
        text,
        media_url=lambda name: f"/media/{name}" if name != "missing.png" else "",
        link_url=lambda target: "" if target == "nowhere" else f"/link/{target}",
        media_size=lambda name: (640, 480) if name == "map.png" else None,
        locale=locale,
    )
    return "".join(str(segment) for segment in document.segments)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("**a** *b* `c`", "<strong>a</strong> <em>b</em>", id="emphasis"),
        pytest.param("Term\n:   Meaning", "<dd>Meaning</dd>", id="definition list"),
        pytest.param("```\na < b\n```", "<code>a &lt; b\n</code>", id="fenced code"),
        pytest.param("~~~ python\n[[[\n~~~", "[[[", id="brackets in code"),
        pytest.param("> a", "<blockquote>", id="quotation"),
        pytest.param("3. a\n4. b", '<ol start="3">', id="numbered list"),
        pytest.param(
            "ODA\n\n*[ODA]: Aid", '<abbr title="Aid">ODA</abbr>', id="abbreviation"
        ),
        pytest.param("1 < 2 & 3", "1 &lt; 2 &amp; 3", id="signs are text"),
        pytest.param("a\n---\n", "<hr>", id="no underlined headings"),
    ],
)
def test_the_allowed_markdown_is_rendered(text: str, html: str) -> None:
    assert html in html_of(text)


def test_headings_get_prefixed_ids_and_are_listed() -> None:
    document = render_document("## ¿Puede *usted*?\n\n### B & C\n\n## ¿Puede usted?")

    assert document.headings == [
        ("u-puede-usted", "¿Puede usted?"),
        ("u-b-c", "B & C"),
        ("u-puede-usted_1", "¿Puede usted?"),
    ]
    assert '<h2 id="u-puede-usted">' in str(document.segments[0])


def test_a_level_one_heading_becomes_a_second() -> None:
    assert "<h2" in html_of("# A")


def test_an_attribute_list_says_an_id_and_nothing_else() -> None:
    html = html_of("## A {: #map }\n\n[x](#map)\n\nP {: .aside-note onclick=a }")

    assert '<h2 id="u-map">A</h2>' in html
    assert 'href="#u-map"' in html
    assert "{: .aside-note onclick=a }" in html


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("es", ('aria-label="Notas y fuentes"', "Volver al texto, nota 1", ">Volver<")),
        (
            "en",
            ('aria-label="Notes and sources"', "Back to the text, note 1", ">Back<"),
        ),
    ],
)
def test_footnotes_lead_there_and_back(locale: str, words: tuple[str, ...]) -> None:
    html = html_of('Text[^a "b].\n\n[^a "b]: Source.', locale)

    assert all(word in html for word in words)
    assert 'href="#u-n2"' in html
    assert 'id="u-n2"' in html
    assert 'id="u-n1"' in html


def test_a_table_scrolls_in_a_box_with_its_caption() -> None:
    html = html_of("**Who may**\n\n| A | B |\n|---|--:|\n| x | 1 |")

    assert '<caption id="u-table-1">Who may</caption>' in html
    assert 'aria-labelledby="u-table-1"' in html
    assert 'class="scroll"' in html
    assert '<th scope="col">A</th>' in html
    assert '<th scope="row">x</th>' in html
    assert '<td class="num">1</td>' in html
    assert "<strong>" not in html


def test_a_table_without_caption_is_named_by_its_heading() -> None:
    assert 'aria-label="Tabla 1: Roles"' in html_of("## Roles\n\nA | B\n--|--\nx | y")


@pytest.mark.parametrize(
    ("kind", "markup"),
    [
        ("note", '<div class="aside-note" role="note">\n<strong>Nota</strong>'),
        ("warning", 'class="aside-note aside-note--warn" role="note">'),
        ("example", 'class="aside-note aside-note--task" role="note">'),
        ('tip "Mi título"', "<strong>Mi título</strong>"),
    ],
)
def test_admonitions_are_asides_with_a_word(kind: str, markup: str) -> None:
    assert markup in html_of(f"!!! {kind}\n    Text.")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param(
            "![Mapa](media/map.png)",
            '<img alt="Mapa" height="480" loading="lazy" src="/media/map.png" '
            'width="640">',
            id="sized and lazy",
        ),
        pytest.param("![Mapa](media/missing.png)", "<span>Mapa</span>", id="unknown"),
        pytest.param(
            "![Mapa](https://a.example/x.png)", "<span>Mapa</span>", id="foreign"
        ),
        pytest.param("![Mapa](../x.png)", "<span>Mapa</span>", id="outside the folder"),
    ],
)
def test_images_come_from_the_course_alone(text: str, html: str) -> None:
    assert html in html_of(text)


@pytest.mark.parametrize(
    ("target", "href"),
    [
        ("02-b.es.md#x", "/link/02-b.es.md#x"),
        ("media/a.pdf", "/media/a.pdf"),
        ("/help", "/help"),
        ("https://a.example/", "https://a.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_links_lead_to_their_addresses(target: str, href: str) -> None:
    assert f'href="{href}"' in html_of(f"[x]({target})")


@pytest.mark.parametrize("target", ["nowhere", "//evil.example", "ftp://a", "data:,x"])
def test_a_link_to_nowhere_is_text(target: str) -> None:
    assert "href" not in html_of(f"[x]({target})")


def test_self_checks_are_cut_out_between_whole_pieces() -> None:
    fence = "```quiz\n## a-b-c | T\n- (x) <b>\n```"
    document = render_document(f"One\n\n{fence}\n\n```\ncode\n```\nTwo\n{fence}\n")

    assert document.segments == [
        "<p>One</p>",
        0,
        '<pre tabindex="0"><code>code\n</code></pre>\n<p>Two</p>',
        1,
    ]
    assert document.removed == []


def test_raw_html_is_removed_and_reported_with_its_line() -> None:
    document = render_document(
        "A <b>c</b>\n\n`<i>`\n\n<!-- x\ny -->\n<script>\nevil()</script>D\n\n"
        "<u\nclass=x>"
    )

    assert [line for line, _ in document.removed] == [1, 1, 5, 7, 10]
    html = "".join(map(str, document.segments))
    assert "evil" not in html
    assert "<code>&lt;i&gt;</code>" in html
    assert "A c" in html


def test_lines_of_the_source_keep_their_numbers() -> None:
    text = "a\r\n```\r\nb\r\nc\r\n```\r\n<b>\rd"
    source = cleared_source(text)

    assert len(source.lines) == 7
    assert source.removed == [(6, "<b>")]
    assert [(fence.line, fence.text) for fence in source.fences] == [(2, "b\nc")]


def test_an_option_is_one_run_of_text() -> None:
    html = render_inline("- **a**\n\n# b\n\n<i>c</i> `d` [e](https://f.example)")

    assert html == (
        "- <strong>a</strong> # b c <code>d</code> "
        '<a href="https://f.example" rel="noopener noreferrer">e</a>'
    )


def test_a_prompt_has_blocks_but_no_ids() -> None:
    html = render_block("Text\n\n- a\n- b {: #x }\n\n![m](media/m.png)")

    assert "<ul>" in html
    assert "id=" not in html
    assert "<span>m</span>" in html


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("a\n\n" + "[" * 101, 3, id="open brackets"),
        pytest.param("a\n" + "[a](" * 101, 2, id="open addresses"),
        pytest.param("- " * 21 + "a", 1, id="lists in lists"),
        pytest.param("a\n\n" + "> " * 21 + "a", 3, id="quotations in quotations"),
        pytest.param(" " * 84 + "a", 1, id="far to the right"),
        pytest.param("a\n" * 1001, 1001, id="lines without an empty one"),
        pytest.param("a\n\n" * 4001, 8001, id="lines"),
        pytest.param("*a* " * 1501, 1, id="signs"),
        pytest.param("a" * 65_537, 1, id="bytes"),
    ],
)
def test_the_wall_names_the_line(text: str, line: int) -> None:
    problem = wall_problem(text)

    assert problem is not None
    assert problem[0] == line
    with pytest.raises(MarkupRefusedError) as caught:
        render_document(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "text",
    ["[" * 100, "```\n" + "[" * 5_000 + "\n```", "- " * 19 + "a", "a" * 65_536, ""],
    ids=["brackets", "code", "lists", "bytes", "empty"],
)
def test_the_wall_lets_through_what_is_within_its_limits(text: str) -> None:
    assert wall_problem(text) is None
