"""`make bench`: what a paper takes: the first of a process, a new one, a kept one.

With a credential attached, on the sample of the tests; each new paper has another
number, so that nothing of the one before is kept by the typesetter.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from flask_migrate import upgrade  # noqa: E402 (the path comes first)
from sqlalchemy import select  # noqa: E402

from conexx_learn.config import Config  # noqa: E402
from conexx_learn.domain.identifiers import certificate_number, grouped  # noqa: E402
from conexx_learn.factory import create_app  # noqa: E402
from conexx_learn.models.base import db  # noqa: E402
from conexx_learn.models.certification import Certificate  # noqa: E402
from conexx_learn.queries.papers import PaperFacts  # noqa: E402
from conexx_learn.services.database_files import prepare_database  # noqa: E402
from conexx_learn.services.papers import Printing, made_paper  # noqa: E402
from tests.learning import complete_small_course, enrolled_user  # noqa: E402
from tests.published import publish_sample  # noqa: E402
from tests.sample_claims import make_claims  # noqa: E402

TIMES = int(os.environ.get("BENCH_PAPERS", "30"))
CREDENTIAL = json.dumps({"text": "x" * 8000})


def main() -> None:
    """Typeset and hand out papers many times, and print what it took."""
    print(f"\n{'paper':28}  median     p95   worst  (ms)")
    _print("the first of a process", [_timed(_new(0))])
    _print("a new one", [_timed(_new(turn)) for turn in range(1, TIMES + 1)])
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Config.from_env(ROOT, {"INSTANCE_PATH": folder, "DEMO": "1"}))
        with app.app_context():
            prepare_database()
            upgrade(directory=app.config["MIGRATIONS"])
            publish_sample(db.session())
            complete_small_course(db.session(), enrolled_user(db.session()))
            number = db.session().scalars(select(Certificate.number)).one()
            client = app.test_client()
            address = f"/certificates/{grouped(number)}.pdf"
            client.get(address)
            kept = [_timed(lambda: client.get(address)) for _ in range(TIMES)]
            _print("a kept one, as a page", kept)
            db.engine.dispose()


def _new(turn: int) -> Callable[[], object]:
    claims = make_claims(number=certificate_number(987_654_321 + turn))
    facts = PaperFacts(
        certificate_id=turn,
        claims=claims,
        credential_json=CREDENTIAL,
        shows_score=False,
        user_id=1,
        hides_name=False,
    )
    address = f"https://learn.example.org/verify/{grouped(claims.number)}"
    printing = Printing(verify_url=address, mark_svg=None, kept_in=Path())
    return lambda: made_paper(facts, printing=printing)


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _print(name: str, seconds: list[float]) -> None:
    taken = sorted(1000 * each for each in seconds)
    late = taken[min(len(taken) - 1, round(0.95 * len(taken)))]
    print(f"{name:28} {statistics.median(taken):7.1f} {late:7.1f} {taken[-1]:7.1f}")


if __name__ == "__main__":
    main()
