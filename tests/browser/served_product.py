"""The product as it is served: `flask serve` in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent.parent
DEMO_PASSWORD = "a password only for browsers 1"
START_SECONDS = 120
STOP_SECONDS = 40


class ServerError(Exception):
    """The server did not come up; the message ends with what it said."""


@dataclass(frozen=True, slots=True)
class ServedProduct:
    """A running server.

    Attributes:
        address: Origin, without a trailing slash.
        environment: Settings that it runs with.
        process: The process, leader of its group.
        log: What it printed.
    """

    address: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def keys(self) -> Path:
        """Name the folder of the keys that it signs with."""
        return Path(self.environment["INSTANCE_PATH"]) / "keys"

    def stop(self) -> None:
        """Stop it as an operator does, and wait."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(STOP_SECONDS)


def serve_product(folder: Path) -> ServedProduct:
    """Serve on a free port with everything that is written below `folder`.

    Raises:
        ServerError: It ended, or did not answer in time.
    """
    port = _free_port()
    environment = {
        "INSTANCE_PATH": str(folder / "instance"),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DEMO": "1",
        "DEMO_PASSWORD": DEMO_PASSWORD,
    }
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "serve"],
            cwd=ROOT,
            env=_inherited() | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    served = ServedProduct(f"http://127.0.0.1:{port}", environment, process, log)
    _wait_until_it_answers(served)
    return served


def _inherited() -> dict[str, str]:
    """Keep what a process needs, and none of the settings of whoever runs the tests."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR", "VIRTUAL_ENV")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_it_answers(served: ServedProduct) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and served.process.poll() is None:
        if _answers(served.address):
            return
        time.sleep(0.1)
    served.process.kill()
    said = served.log.read_text(encoding="utf-8", errors="replace")
    raise ServerError(f"The server does not answer.\n{said[-4000:]}")


def _answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=2) as answer:  # noqa: S310 (our own address)
            return bool(answer.status == 200)
    except (URLError, ConnectionError, TimeoutError):
        return False
