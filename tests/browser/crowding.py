"""Words that lie on other words: found by where the browser puts each line."""

from playwright.sync_api import Page

# The lines of a text may touch: a fifth of each side is left out. What a box clips
# counts as far as it is seen; the matrix lies over itself on purpose.
OVERLAPS = """() => {
    const seen = element => element.checkVisibility({ visibilityProperty: true })
        && !element.matches('details:not([open])')
        && !element.closest('.visually-hidden, .skip, svg, option, .matrix-box')
    const boxes = []
    const clips = element => getComputedStyle(element).overflowX !== 'visible'
    const add = (owner, rects, text) => {
        let frame = owner
        while (frame !== document.body && !clips(frame)) frame = frame.parentElement
        const room = frame.getBoundingClientRect()
        for (const box of rects) {
            const spare = box.height / 5
            const left = Math.max(box.left, room.left) + 1
            const right = Math.min(box.right, room.right) - 1
            if (right <= left || box.height < 2) continue
            boxes.push({ owner, text, left, right,
                top: box.top + spare, bottom: box.bottom - spare })
        }
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
        const node = walker.currentNode
        if (!node.data.trim() || !seen(node.parentElement)) continue
        const range = document.createRange()
        range.selectNodeContents(node)
        add(node.parentElement, range.getClientRects(), node.data.trim().slice(0, 60))
    }
    for (const control of document.querySelectorAll('input, select, textarea, button'))
        if (seen(control) && control.type !== 'hidden')
            add(control, [control.getBoundingClientRect()],
                control.outerHTML.slice(0, 80))
    boxes.sort((one, other) => one.top - other.top)
    const found = new Set()
    boxes.forEach((one, place) => {
        for (const other of boxes.slice(place + 1)) {
            if (other.top >= one.bottom) break
            const apart = other.left >= one.right || other.right <= one.left
            const kin = one.owner.contains(other.owner)
                || other.owner.contains(one.owner)
            if (!apart && !kin) found.add(`${one.text} | ${other.text}`)
        }
    })
    return [...found]
}"""


def overlaps(page: Page) -> list[str]:
    """List words that lie on other words or on a control, each with the other."""
    found: list[str] = page.evaluate(OVERLAPS)
    return found
