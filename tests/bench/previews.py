"""`make bench`, fourth part: what a trainer waits for while typing, at 95 percent.

A module and a quiz of a shipped course among the other files of it, each sent
as it would be after one more letter: the check of the course, rendering, the page.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from flask.testing import FlaskClient  # noqa: E402 (the path comes first)
from flask_migrate import upgrade  # noqa: E402

from conexx_learn.config import Config  # noqa: E402
from conexx_learn.factory import create_app  # noqa: E402
from conexx_learn.models.base import db  # noqa: E402
from conexx_learn.services.database_files import prepare_database  # noqa: E402
from conexx_learn.web.limits import EXTENSION  # noqa: E402
from tests.factories import make_membership, make_user, sign_in  # noqa: E402

TIMES = int(os.environ.get("BENCH_PREVIEWS", "60"))
COURSE = "budget-and-cofinancing"
MODULE = "02-eu-grant-budget.es.md"
QUIZ = "final.quiz.es.md"
BYTES = 20_000


def main() -> None:
    """Send each text many times and print what the answers took."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config.from_env(ROOT, {"INSTANCE_PATH": folder})
        app = create_app(config)
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            prepare_database()
            upgrade(directory=app.config["MIGRATIONS"])
            client = app.test_client()
            _enter(client)
            print(f"\n{'preview of':28}  median     p95   worst  (ms)")
            for name in (MODULE, QUIZ):
                _measure(client, name)
                app.extensions[EXTENSION].storage.reset()
            db.engine.dispose()


def _enter(client: FlaskClient) -> None:
    person = make_user(db.session(), "Iker Zabala")
    make_membership(db.session(), person, "trainer")
    sign_in(client, db.session(), person)
    db.session().commit()


def _measure(client: FlaskClient, name: str) -> None:
    text = _text(name)
    address = f"/trainer/courses/{COURSE}/files/{name}/preview"
    client.post(address, json={"text": text})
    taken = sorted(_timed(client, address, f"{text}{'a' * n}\n") for n in range(TIMES))
    figures = (taken[TIMES // 2], taken[TIMES * 95 // 100], taken[-1])
    row = "  ".join(f"{seconds * 1000:6.0f}" for seconds in figures)
    print(f"{f'{name}, {len(text.encode()) // 1000} kB':28}  {row}")


def _text(name: str) -> str:
    """Return a text of at least 20 kB: the module's own, its body once more."""
    text = (ROOT / "courses" / COURSE / name).read_text(encoding="utf-8")
    body = text.split("---\n", 2)[2].split("```quiz")[0]
    while name == MODULE and len(text.encode()) < BYTES:
        text += f"\n{body}"
    return text


def _timed(client: FlaskClient, address: str, text: str) -> float:
    begun = time.perf_counter()
    answer = client.post(address, json={"text": text})
    assert answer.status_code == 200, answer.text
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
