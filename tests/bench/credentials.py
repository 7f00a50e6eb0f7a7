"""`make bench`: what it takes to issue a certificate, and to sign both its forms.

Issuing is the transaction that a learner waits for; signing comes after the answer:
both forms made, checked with the public keys, and stored with the line of the log.
"""

import os
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
from conexx_learn.factory import create_app  # noqa: E402
from conexx_learn.models.base import db  # noqa: E402
from conexx_learn.models.certification import Certificate  # noqa: E402
from conexx_learn.services.database_files import prepare_database  # noqa: E402
from conexx_learn.services.issuer_keys import make_first_keys  # noqa: E402
from conexx_learn.services.signing import sign_all, sign_certificate  # noqa: E402
from tests.factories import NOW  # noqa: E402
from tests.issuer_keys import PUBLIC_URL  # noqa: E402
from tests.learning import (  # noqa: E402
    begin_attempt,
    enrolled_user,
    pass_quiz,
    read_module,
    submit,
)
from tests.published import publish_sample  # noqa: E402
from tests.right_answers import right_responses, sitting_of  # noqa: E402

TIMES = int(os.environ.get("BENCH_CREDENTIALS", "20"))


def main() -> None:
    """Issue and sign many times, one by one and in a batch, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder) / "keys"
        app = create_app(Config.from_env(ROOT, {"INSTANCE_PATH": folder, "DEMO": "1"}))
        with app.app_context():
            prepare_database()
            upgrade(directory=app.config["MIGRATIONS"])
            publish_sample(db.session())
            make_first_keys(folder=keys, now=NOW)
            print(f"\n{'certificates':28}  median     p95   worst  (ms)")
            _print("last quiz, which issues", [_timed(_last_quiz()) for _ in _turns()])
            ids = db.session().scalars(select(Certificate.id)).all()
            alone = [_timed(_signing(each, keys)) for each in ids[: TIMES // 2]]
            _print("both forms, one by one", alone)
            started = time.perf_counter()
            done = sign_all(public_url=PUBLIC_URL, folder=keys, demo=True, now=NOW)
            _print("both forms, in a batch", [_since(started) / done.count])
            db.engine.dispose()


def _turns() -> range:
    return range(TIMES)


def _last_quiz() -> Callable[[], object]:
    """Prepare a learner who lacks nothing but the submission of the final quiz."""
    session = db.session()
    user = enrolled_user(session)
    for module in ("the-well", "the-pump"):
        read_module(session, user, module)
    pass_quiz(session, user, "the-well")
    attempt_id = begin_attempt(session, user, None)
    sitting = sitting_of(session, attempt_id, user.id)
    responses: dict[str, object] = {**right_responses(sitting)}
    return lambda: submit(session, user, attempt_id, responses)


def _signing(certificate_id: int, keys: Path) -> Callable[[], object]:
    return lambda: sign_certificate(
        certificate_id, public_url=PUBLIC_URL, folder=keys, demo=True, now=NOW
    )


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return _since(started)


def _since(started: float) -> float:
    return time.perf_counter() - started


def _print(name: str, seconds: list[float]) -> None:
    taken = sorted(seconds)
    figures = (taken[len(taken) // 2], taken[len(taken) * 95 // 100], taken[-1])
    print(f"{name:28}  {'  '.join(f'{each * 1000:6.0f}' for each in figures)}")


if __name__ == "__main__":
    main()
