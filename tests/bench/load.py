"""A load of many connections from one process: raw requests, answers counted."""

import asyncio
import time
from dataclasses import dataclass

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and what must come back.

    Attributes:
        port: Of the server on this machine.
        path: With its query.
        cookie: Of a signed-in session, or empty.
        bodies: Makes the JSON body of the n-th request; None for a GET.
        token: CSRF token for a POST.
        status: Expected of every answer.
    """

    port: int
    path: str
    cookie: str = ""
    body: str = ""
    token: str = ""
    status: int = 200

    def raw(self, number: int) -> bytes:
        """Write the request as bytes; `{n}` in the body becomes its number."""
        body = self.body.replace("{n}", str(number)).encode()
        lines = [
            f"{'POST' if self.body else 'GET'} {self.path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept-Language: en",
            *([f"Cookie: {self.cookie}"] if self.cookie else []),
            *([f"X-CSRFToken: {self.token}"] if self.token else []),
            *(["Content-Type: application/json"] if self.body else []),
            f"Content-Length: {len(body)}",
            "",
            "",
        ]
        return "\r\n".join(lines).encode() + body


def requests_per_second(request: Request, *, seconds: float) -> float:
    """Ask as often as the server answers, over sixteen connections."""
    return asyncio.run(_load(request, seconds))


async def _load(request: Request, seconds: float) -> float:
    started = time.perf_counter()
    counts = await asyncio.gather(
        *(
            _connection(request, started + seconds, first)
            for first in range(CONNECTIONS)
        )
    )
    return sum(counts) / (time.perf_counter() - started)


async def _connection(request: Request, until: float, first: int) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", request.port)
    count = 0
    while time.perf_counter() < until:
        number = int(time.time() * 1000) * CONNECTIONS + first
        writer.write(request.raw(number))
        await _answer(reader, request)
        count += 1
    writer.close()
    return count


async def _answer(reader: asyncio.StreamReader, request: Request) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    assert status == request.status, f"{request.path} answered {status}"
    lengths = [
        int(line.split(b":")[1])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    ]
    if lengths and lengths[0]:
        await reader.readexactly(lengths[0])
