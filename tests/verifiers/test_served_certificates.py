"""The running product, verified by strangers from its public addresses alone."""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from conexx_learn.adapters.clock import now, today
from tests.browser.served_product import ServedProduct, serve_product
from tests.interop.product_issuer import Place
from tests.interop.tampering import cases
from tests.verifiers.node import Question, Verdict, verdicts
from tests.verifiers.over_http import fetch_from
from tests.verifiers.questions import case_questions

PATIENCE_SECONDS = 90
FORMS = {".json": "json", ".jwt": "jwt", ".svg": "svg-jwt", "": "json"}
WAITING = """
    SELECT count(*) FROM certificate
    WHERE id NOT IN (SELECT certificate_id FROM signed_form WHERE form = 'jwt')
       OR NOT EXISTS (SELECT 1 FROM status_list)
"""
ISSUED = """
    SELECT uuid, valid_until,
           EXISTS (SELECT 1 FROM certificate_event AS event
                   WHERE event.certificate_id = certificate.id
                     AND kind IN ('revoked', 'superseded'))
    FROM certificate WHERE NOT hides_name ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate of the demonstration, and what is to be said of it."""

    uuid: str
    code: str
    ends: bool


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedProduct]:
    served = serve_product(tmp_path_factory.mktemp("served"))
    yield served
    if served.process.poll() is None:
        served.stop()


def rows_of(product: ServedProduct, statement: str) -> list[tuple[object, ...]]:
    file = Path(product.environment["INSTANCE_PATH"]) / "conexx-learn.sqlite3"
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return database.execute(statement).fetchall()


@pytest.fixture(scope="module")
def shown(product: ServedProduct) -> list[Shown]:
    """List what the demonstration issued, once the server has signed it by itself."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while rows_of(product, WAITING) != [(0,)]:
        assert time.monotonic() < deadline, product.log.read_text(encoding="utf-8")
        time.sleep(0.2)
    return [
        Shown(_with_hyphens(str(uuid)), _expected(ends, bool(is_revoked)), bool(ends))
        for uuid, ends, is_revoked in rows_of(product, ISSUED)
    ]


def _with_hyphens(uuid: str) -> str:
    parts = (uuid[:8], uuid[8:12], uuid[12:16], uuid[16:20], uuid[20:])
    return "-".join(parts)


def _expected(ends: object, is_revoked: bool) -> str:
    if ends is not None and date.fromisoformat(str(ends)) < today():
        return "expired"
    return "revoked" if is_revoked else ""


def asked(product: ServedProduct, shown: list[Shown], folder: Path) -> list[Verdict]:
    questions = [
        Question(
            source=f"{product.address}/credentials/{each.uuid}{ending}",
            origin=product.address,
        )
        for each in shown
        for ending in FORMS
    ]
    return verdicts(questions, folder)


def test_every_form_of_every_certificate_is_decided_as_it_stands(
    product: ServedProduct, shown: list[Shown], tmp_path: Path
) -> None:
    found = asked(product, shown, tmp_path)

    assert [verdict.code for verdict in found] == [
        each.code for each in shown for _ in FORMS
    ]
    assert {"", "revoked"} <= {each.code for each in shown}


def test_a_stranger_reads_every_form(
    product: ServedProduct, shown: list[Shown], tmp_path: Path
) -> None:
    valid = [each for each in shown if not each.code][:2]

    found = asked(product, valid, tmp_path)

    assert Counter(verdict.form for verdict in found) == {
        "json": 4,
        "jwt": 2,
        "svg-jwt": 2,
    }


def test_every_tampered_form_is_refused(
    product: ServedProduct, shown: list[Shown], tmp_path: Path
) -> None:
    keys = Path(product.environment["INSTANCE_PATH"]) / "keys"
    place = Place(product.address, fetch_from(product.address), keys)
    uuid = next(each.uuid for each in shown if each.ends and not each.code)
    moment = now() + timedelta(seconds=1)
    issued = place.issued(uuid, at=moment, email="")
    tampered = [case for case in cases(issued) if "address of" not in case.name]

    with case_questions(tampered, tmp_path) as questions:
        found = verdicts(list(questions.values()), tmp_path)

    assert {
        name: verdict.code for name, verdict in zip(questions, found, strict=True)
    } == {case.name: case.code for case in tampered}


def test_a_server_that_is_gone_makes_nothing_valid(
    product: ServedProduct, shown: list[Shown], tmp_path: Path
) -> None:
    files = []
    fetch = fetch_from(product.address)
    for number, ending in enumerate((".json", ".jwt", ".svg")):
        served = fetch(f"/credentials/{shown[0].uuid}{ending}")
        assert served is not None
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(served.body, encoding="utf-8")
    product.stop()

    found = verdicts([Question(file, product.address) for file in files], tmp_path)

    assert [verdict.code for verdict in found] == ["unreachable"] * 3
