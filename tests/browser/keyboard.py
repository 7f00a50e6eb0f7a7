"""Going through a page by keyboard alone, looking at the focus at every stop."""

from playwright.sync_api import Locator, Page

MOST_STOPS = 150
THINNEST_RING = 2

WHERE = """(element) => {
    const active = document.activeElement
    if (active === element) return 'here'
    if (!active || active === document.body) return 'after'
    const follows = active.compareDocumentPosition(element)
    return follows & Node.DOCUMENT_POSITION_FOLLOWING ? 'after' : 'before'
}"""

FOCUS = """() => {
    const active = document.activeElement
    if (!active || active === document.body) return null
    const style = getComputedStyle(active)
    const box = active.getBoundingClientRect()
    const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0
    const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 1)
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1)
    const top = document.elementFromPoint(x, y)
    const free = !!top && (active.contains(top) || top.contains(active)
        || !!active.closest('label')?.contains(top))
    const ring = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth)
    return { ring, inside, free, html: active.outerHTML.slice(0, 120) }
}"""


def look_at_focus(page: Page) -> bool:
    """Fail when the focus has no ring, is off the screen or covered.

    Returns:
        Whether anything on the page has the focus.
    """
    seen = page.evaluate(FOCUS)
    if seen is None:
        return False
    assert seen["ring"] >= THINNEST_RING, f"no visible focus: {seen['html']}"
    assert seen["inside"], f"the focus is off the screen: {seen['html']}"
    assert seen["free"], f"the focus is covered: {seen['html']}"
    return True


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab, or Shift+Tab where it lies before, until the target has the focus."""
    for _stop in range(MOST_STOPS):
        where = target.evaluate(WHERE)
        if where == "here":
            return
        page.keyboard.press("Tab" if where == "after" else "Shift+Tab")
        look_at_focus(page)
    raise AssertionError(f"not reached by keyboard: {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go to a link or button, and press a key on it."""
    tab_to(page, target)
    page.keyboard.press(key)


def choose_radio(page: Page, group: Locator, target: Locator) -> None:
    """Choose one radio button of a group by the arrow keys."""
    buttons = group.locator("[type=radio]")
    tab_to(page, buttons.first)
    page.keyboard.press("Space")
    for _step in range(buttons.count()):
        if target.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"not chosen by keyboard: {target}")


def choose_option(page: Page, select: Locator, text: str) -> None:
    """Choose an option of a list by the arrow keys."""
    tab_to(page, select)
    options = select.locator("option").all_inner_texts()
    for _step in range(options.index(text)):
        page.keyboard.press("ArrowDown")
    chosen = select.evaluate("list => list.selectedOptions[0].textContent")
    assert chosen == text
