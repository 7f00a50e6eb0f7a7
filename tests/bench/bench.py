"""`make bench`: the product beside the floor, interleaved, on one machine.

Prints requests per second of both and their ratio; the ratio is what counts, since
machines differ and are noisy. Nothing here decides whether a build passes.
"""

import json
import multiprocessing
import os
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402 (the path comes first)
from flask_migrate import upgrade  # noqa: E402

from conexx_learn.adapters.clock import now  # noqa: E402
from conexx_learn.cli.gunicorn_server import Server, worker_count  # noqa: E402
from conexx_learn.config import Config  # noqa: E402
from conexx_learn.factory import create_app  # noqa: E402
from conexx_learn.models.base import db  # noqa: E402
from conexx_learn.services.database_files import prepare_database  # noqa: E402
from conexx_learn.services.issuer_keys import make_first_keys  # noqa: E402
from conexx_learn.services.signing import sign_waiting  # noqa: E402
from conexx_learn.services.status_lists import sign_status_lists  # noqa: E402
from tests.bench.floor import create_floor  # noqa: E402
from tests.bench.load import Request, requests_per_second  # noqa: E402
from tests.bench.scene import Scene, set_scene  # noqa: E402

ROUNDS = 5
SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))


@dataclass(frozen=True, slots=True)
class Journey:
    """One line of the table: a request of each, and what the ratio should reach."""

    name: str
    product: Request
    floor: Request
    least: float


def main() -> None:
    """Set the scene, serve both, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        ports = _free_port(), _free_port()
        config = Config.from_env(
            ROOT,
            {
                "INSTANCE_PATH": folder,
                "PORT": str(ports[0]),
                "ISSUER_FILE": str(_issuer_file(Path(folder))),
            },
        )
        app = create_app(config)
        with app.app_context():
            prepare_database()
            upgrade(directory=app.config["MIGRATIONS"])
            scene = set_scene(app)
            _sign(app)
            db.engine.dispose()
        floor = create_floor(config.database_url, scene.user_id)
        with _served(app, ports[0]), _served(floor, ports[1]):
            _print_table(_journeys(scene, *ports))


def _sign(app: Flask) -> None:
    """Sign what was issued: whoever verifies has every signature checked."""
    settings: dict[str, Any] = {
        "public_url": app.config["PUBLIC_URL"],
        "folder": app.config["ISSUER_KEYS"],
        "demo": app.config["DEMO"],
        "now": now(),
    }
    make_first_keys(folder=settings["folder"], now=settings["now"])
    sign_waiting(**settings)
    sign_status_lists(**settings)
    db.session.remove()


def _issuer_file(folder: Path) -> Path:
    """Write who certifies here: without it there would be no certificate to verify."""
    path = folder / "issuer.toml"
    path.write_text(
        'name = "Bench"\nurl = "https://bench.example"\nemail = "a@bench.example"\n'
        'country = "BE"\naddress = "A street"\nregistration = "None"\n'
        '[signatory]\nname = "Nobody"\npost = "Nowhere"\n',
        encoding="utf-8",
    )
    return path


def _journeys(scene: Scene, product: int, floor: int) -> list[Journey]:
    def page(path: str, *, signed_in: bool = True) -> Request:
        return Request(product, path, cookie=scene.cookie if signed_in else "")

    def bare(statements: int, path: str, *, signed_in: bool = True) -> Request:
        size = len(_fetch(page(path, signed_in=signed_in)))
        return Request(floor, f"/read/{statements}/{size}", cookie=cookie)

    cookie = _floor_cookie(floor)
    module = f"/courses/{scene.course}/{scene.module}"
    verify = f"/verify/{scene.number}"
    save = Request(
        product,
        f"/attempts/{scene.attempt_id}/responses",
        cookie=scene.cookie,
        token=scene.token,
        body='{"number": {n}, "responses": ' + json.dumps(scene.responses) + "}",
        status=204,
    )
    bare_save = Request(
        floor, "/write/4", cookie=cookie, body='{"number": {n}}', status=204
    )
    return [
        Journey("catalogue", page("/courses"), bare(2, "/courses"), 0.7),
        Journey("module page", page(module), bare(4, module), 0.5),
        Journey("quiz save", save, bare_save, 0.5),
        Journey(
            "verify page",
            page(verify, signed_in=False),
            bare(2, verify, signed_in=False),
            0.6,
        ),
    ]


def _print_table(journeys: list[Journey]) -> None:
    print(f"{'journey':14}{'product/s':>11}{'floor/s':>10}{'ratio':>8}{'to reach':>10}")
    for journey in journeys:
        product, floor = _interleaved(journey)
        print(
            f"{journey.name:14}{product:11.0f}{floor:10.0f}"
            f"{product / floor:8.2f}{journey.least:10.2f}"
        )


def _interleaved(journey: Journey) -> tuple[float, float]:
    """Measure both in turn, so that a noisy minute hits both; the medians count."""
    pairs = [
        (
            requests_per_second(journey.product, seconds=SECONDS),
            requests_per_second(journey.floor, seconds=SECONDS),
        )
        for _ in range(ROUNDS)
    ]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _fetch(request: Request) -> bytes:
    address = f"http://127.0.0.1:{request.port}{request.path}"
    headers = {"Cookie": request.cookie} if request.cookie else {}
    asked = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        return bytes(answer.read())


def _floor_cookie(port: int) -> str:
    """Sign in at the floor: a page with accounts reads a signed cookie first."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/enter") as answer:
        return str(answer.headers["Set-Cookie"]).partition(";")[0]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _served(app: Flask, port: int) -> Iterator[None]:
    """Serve an application as the product is served, without its jobs."""
    process = multiprocessing.get_context("fork").Process(
        target=_serve, args=(app, port)
    )
    process.start()
    try:
        _wait_for(port)
        yield
    finally:
        process.terminate()
        process.join()


def _serve(app: Flask, port: int) -> None:
    Server(
        app,
        {
            "bind": f"127.0.0.1:{port}",
            "workers": worker_count(),
            "threads": 4,
            "worker_class": "gthread",
            "reuse_port": True,
            "loglevel": "error",
            "control_socket_disable": True,
        },
    ).run()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing listens on port {port}")


if __name__ == "__main__":
    main()
