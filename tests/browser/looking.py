"""What is looked at on a page: the rules of accessibility, room, size, words."""

from collections.abc import Iterable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

EVERYTHING: dict[str, Any] = {"rules": {"target-size": {"enabled": True}}}
COLOURS: dict[str, Any] = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""What can change when nothing but the colours does."""

COLOURS_AND_ROOM: dict[str, Any] = {
    "runOnly": [*COLOURS["runOnly"], "target-size", "scrollable-region-focusable"]
}
"""What can change with the colours and with the room that there is."""

SMALLEST_TARGET = 24

HAS_AXE = "() => 'axe' in window"
RUN_AXE = "options => axe.run(options).then(found => found.violations)"

# The page itself may not scroll sideways; a box that is marked for it may.
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"

# Words that are cut off. Who is signed in is cut on purpose: the link's title has it.
CUT_OFF = """() => [...document.body.querySelectorAll('*')].filter(element => {
    if (element.closest('.visually-hidden, .who, .skip, [hidden], svg, select'))
        return false
    if (['INPUT', 'TEXTAREA', 'PROGRESS'].includes(element.tagName)) return false
    const style = getComputedStyle(element)
    // The heading of a table that is a list on a phone is there for the ear only.
    if (style.clipPath === 'inset(50%)') return false
    const clips = value => value === 'hidden' || value === 'clip'
    return (clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
        || (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
}).map(element => element.outerHTML.slice(0, 120))"""

# Links inside a sentence are free; everything else is big enough or stands alone.
SMALL_TARGETS = """(least) => {
    const controls = 'a[href], button, input:not([type=hidden]), select, textarea'
    return [...document.querySelectorAll(controls)].filter(control => {
        const style = getComputedStyle(control)
        const isOut = control.closest('.skip, [hidden], [aria-hidden=true]')
        if (isOut || style.visibility === 'hidden') return false
        const target = control.closest('label') ?? control
        const box = target.getBoundingClientRect()
        if (!box.width || !box.height) return false
        const inSentence = style.display === 'inline'
        return !inSentence && (box.width < least - .5 || box.height < least - .5)
    }).map(control => control.outerHTML.slice(0, 120))
}"""

# What the page says of its language, and its text without what says that it is in
# another one: asked for at once, because each question to the browser takes time.
SPOKEN = """(lang) => {
    const copy = document.body.cloneNode(true)
    const own = 'code, .folio, .prose, .written, textarea, script, svg'
    const foreign = `[lang]:not([lang=${lang}]), ${own}`
    copy.querySelectorAll(foreign).forEach(element => element.remove())
    const labels = [...copy.querySelectorAll('[aria-label], [placeholder], [title]')]
        .flatMap(e => ['aria-label', 'placeholder', 'title']
            .map(name => e.getAttribute(name)))
    return {
        lang: document.documentElement.lang,
        title: document.title,
        words: [document.title, copy.textContent, ...labels].join(' '),
        offers: [...document.querySelectorAll('.site-header [hreflang]')]
            .map(link => link.hreflang),
    }
}"""

WIDER_TEXT = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`* { line-height: 1.5 !important;
        letter-spacing: .12em !important; word-spacing: .16em !important }
        p { margin-block-end: 2em !important }`)
    document.adoptedStyleSheets = [sheet]
}"""

LARGER_TEXT = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('html { font-size: 200% !important }')
    document.adoptedStyleSheets = [sheet]
}"""

USUAL_TEXT = "() => { document.adoptedStyleSheets = [] }"

OTHER_WORDS = {
    "es": {"the", "and", "your", "with", "from"},
    "en": {"una", "para", "usted", "los", "las", "está"},
}


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """List what axe finds, one line a place."""
    if not page.evaluate(HAS_AXE):
        page.evaluate(Axe().axe_script)
    options = {"resultTypes": ["violations"]} | options
    found: list[dict[str, Any]] = page.evaluate(RUN_AXE, options)
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> int:
    """Return by how many pixels the page scrolls sideways."""
    excess: int = page.evaluate(SIDEWAYS)
    return excess


def cut_off(page: Page) -> list[str]:
    """List elements whose words are cut off."""
    found: list[str] = page.evaluate(CUT_OFF)
    return found


def small_targets(page: Page) -> list[str]:
    """List controls that are smaller than 24 pixels."""
    found: list[str] = page.evaluate(SMALL_TARGETS, SMALLEST_TARGET)
    return found


def check_language(page: Page, lang: str, typed: Iterable[str] = ()) -> None:
    """Fail unless a page speaks a language throughout, and offers the other one.

    Args:
        page: Where to look.
        lang: What it should speak.
        typed: What people typed in their own language, which stays as it is.
    """
    spoken: dict[str, Any] = page.evaluate(SPOKEN, lang)
    assert spoken["lang"] == lang
    assert spoken["title"].endswith(" · Conexx Learn")
    words = spoken["words"]
    for text in typed:
        words = words.replace(text, "")
    assert OTHER_WORDS[lang] & set(words.lower().split()) == set()
    assert spoken["offers"] == ["en" if lang == "es" else "es"]
