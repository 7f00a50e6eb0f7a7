"""The real server in a process group of its own, begun again as often as it is killed.

Run as a program it makes the application once, then begins a server for each line that
it reads, so that a test which kills it many times waits for no import.
"""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parent.parent
START_SECONDS = 60
ANSWER_SECONDS = 10
PORT_VARIABLE = "PORT"


@dataclass
class MortalServer:
    """A server that a test kills.

    Attributes:
        port: On this machine.
        nursery: The process that begins servers.
        group: Process group of the one that lives.
    """

    port: int
    nursery: "subprocess.Popen[str]"
    group: int = field(default=0)

    def begin(self) -> None:
        """Begin a server and wait until it answers."""
        if self.nursery.stdin is None or self.nursery.stdout is None:
            raise AssertionError("the nursery has no pipes")
        self.nursery.stdin.write("begin\n")
        self.nursery.stdin.flush()
        self.group = int(self.nursery.stdout.readline())
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline:
                raise AssertionError("the server does not answer")
            time.sleep(0.02)

    def kill(self) -> None:
        """Kill every process of it at once, as a power cut does."""
        os.killpg(self.group, signal.SIGKILL)

    def end(self) -> None:
        """Kill it for good, and end the nursery."""
        if self.group:
            self.kill()
        # With its input closed the nursery comes to its end.
        self.nursery.communicate(timeout=ANSWER_SECONDS)

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()


def mortal_server(settings: dict[str, str]) -> MortalServer:
    """Make the nursery; `settings` are those of the product, PORT among them."""
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.mortal_server"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "WEB_CONCURRENCY": "2"} | settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    return MortalServer(int(settings[PORT_VARIABLE]), nursery)


def main() -> None:
    """Begin a server for each line, and say its process group."""
    from conexx_learn.cli.gunicorn_server import run_server  # noqa: PLC0415 (only in the nursery: the library reads its settings while it is imported)
    from conexx_learn.config import Config  # noqa: PLC0415 (as above)
    from conexx_learn.factory import create_app  # noqa: PLC0415 (as above)

    config = Config.from_env(ROOT, dict(os.environ))
    app = create_app(config)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # Nobody waits for the killed.
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            with app.app_context():
                run_server(app, "127.0.0.1", os.environ[PORT_VARIABLE])
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
