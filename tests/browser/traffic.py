"""What travels: counted by the browser itself, as it came over the wire."""

import gzip
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page

BITS = 8
KILOBYTE = 1000
MILLISECONDS = 1000


def kilobytes(body: bytes) -> float:
    """Return how much a body weighs compressed."""
    return len(gzip.compress(body, 9)) / KILOBYTE


@dataclass
class Traffic:
    """The answers to a page's requests.

    Attributes:
        bytes_by_request: Request id to what came over the wire, headers included.
        addresses: Of every request, in order; those answered by the cache too.
    """

    bytes_by_request: dict[str, int] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Sum up everything that came over the wire, in bytes."""
        return sum(self.bytes_by_request.values())

    def note_request(self, event: dict[str, Any]) -> None:
        """Note that something was asked for."""
        self.addresses.append(event["request"]["url"])

    def note_end(self, event: dict[str, Any]) -> None:
        """Note how much came."""
        self.bytes_by_request[event["requestId"]] = int(event["encodedDataLength"])


def count_traffic(page: Page) -> Traffic:
    """Count what a page asks for from now on."""
    traffic = Traffic()
    wire = _wire(page)
    wire.on("Network.requestWillBeSent", traffic.note_request)
    wire.on("Network.loadingFinished", traffic.note_end)
    return traffic


def slow_down(page: Page, *, bits_per_second: int, delay_milliseconds: int) -> None:
    """Give a page a weak connection."""
    _wire(page).send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": delay_milliseconds,
            "downloadThroughput": bits_per_second / BITS,
            "uploadThroughput": bits_per_second / BITS,
        },
    )


def _wire(page: Page) -> CDPSession:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    return wire


LARGEST_PAINT = """() => new Promise(done => {
    let last = 0
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) last = Math.max(last, entry.startTime)
    }).observe({ type: 'largest-contentful-paint', buffered: true })
    setTimeout(() => done(last), 50)
})"""

SHIFTS = """() => new Promise(done => {
    let sum = 0
    new PerformanceObserver(list => {
        for (const entry of list.getEntries().filter(shift => !shift.hadRecentInput))
            sum += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => done(sum), 50)
})"""


def seconds_to_text(page: Page) -> float:
    """Return when the largest text of the first screen stood there, in seconds."""
    paint: float = page.evaluate(LARGEST_PAINT)
    return paint / MILLISECONDS


def layout_shift(page: Page) -> float:
    """Return how much the page has jumped so far (CLS)."""
    shift: float = page.evaluate(SHIFTS)
    return shift
