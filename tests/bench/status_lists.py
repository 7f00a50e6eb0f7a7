"""`make bench`: a status list of 100 000 certificates, 500 of them revoked."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from flask_migrate import upgrade  # noqa: E402 (the path comes first)
from sqlalchemy import insert, select  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

from conexx_learn.adapters.status_list_reading import verified_list  # noqa: E402
from conexx_learn.adapters.verification_bundle import zipped  # noqa: E402
from conexx_learn.config import Config  # noqa: E402
from conexx_learn.domain.certificates import EventKind  # noqa: E402
from conexx_learn.domain.identifiers import certificate_number  # noqa: E402
from conexx_learn.domain.status_bits import LIST_LENGTH, encoded_list  # noqa: E402
from conexx_learn.domain.status_documents import SIGNED_ANEW  # noqa: E402
from conexx_learn.factory import create_app  # noqa: E402
from conexx_learn.models.base import db  # noqa: E402
from conexx_learn.models.catalogue import CourseVersion  # noqa: E402
from conexx_learn.models.certification import (  # noqa: E402
    Certificate,
    CertificateEvent,
)
from conexx_learn.models.credentials import (  # noqa: E402
    IssuedPaper,
    StatusPlace,
)
from conexx_learn.models.enrolment import Enrolment  # noqa: E402
from conexx_learn.queries.issuer_keys import public_keys  # noqa: E402
from conexx_learn.queries.status_lists import kept_list  # noqa: E402
from conexx_learn.services.database_files import prepare_database  # noqa: E402
from conexx_learn.services.status_lists import sign_status_lists  # noqa: E402
from conexx_learn.services.verification_bundle import verification_bundle  # noqa: E402
from tests.factories import NOW, make_user  # noqa: E402
from tests.issuer_keys import PUBLIC_URL, install_keys  # noqa: E402
from tests.published import publish_sample  # noqa: E402

CERTIFICATES = int(os.environ.get("BENCH_CERTIFICATES", "100000"))
REVOKED = CERTIFICATES // 200
CHANCE = random.Random(7)  # noqa: S311 (the same places each time)


def main() -> None:
    """Write the certificates and measure what is asked of their list."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Config.from_env(ROOT, {"INSTANCE_PATH": folder}))
        with app.app_context():
            prepare_database()
            upgrade(directory=app.config["MIGRATIONS"])
            publish_sample(db.session())
            measure(db.session(), Path(folder) / "keys")


def measure(session: Session, keys: Path) -> None:
    """Print how long each step takes, in milliseconds."""
    install_keys(session, keys, now=NOW)
    places = write_certificates(session)
    revoked = places[:REVOKED]
    report("500 of 131 072 bits written", lambda: encoded_list(revoked))
    report("list signed and stored, in a new process", lambda: signed(keys))
    anew = timedelta(0)
    report("list signed and stored, once warm", lambda: signed(keys, anew))
    report("list looked at, nothing to do", lambda: signed(keys))
    kept = kept_list(session, number=1)
    assert kept is not None
    report("list read from the database", lambda: kept_list(session, number=1))
    known = public_keys(session)
    report(
        "list verified and unpacked",
        lambda: verified_list(
            kept.jwt_body,
            keys=known,
            address=f"{PUBLIC_URL}/status/revocation/1.jwt",
            did="did:web:learn.example.org",
            now=NOW,
        ),
    )
    print(f"  {'size of the signed list':<42}{len(kept.json_body):>9} bytes")
    report("bundle collected and packed", lambda: packed(session))


def write_certificates(session: Session) -> list[int]:
    """Write certificates with places, the first of them revoked; give the places."""
    version = session.scalars(select(CourseVersion).order_by(CourseVersion.id)).one()
    user, course = make_user(session).id, version.course_id
    ids, places = (
        range(1, CERTIFICATES + 1),
        CHANCE.sample(range(LIST_LENGTH), CERTIFICATES),
    )
    numbers = CHANCE.sample(range(2**40), CERTIFICATES)
    enrolled = {"user_id": user, "course_id": course, "started_at": NOW}
    session.execute(
        insert(Enrolment),
        [
            {
                **enrolled,
                "id": each,
                "cycle": each,
                "course_version_id": version.id,
                "ended_at": NOW,
            }
            for each in ids
        ],
    )
    session.execute(
        insert(Certificate),
        [
            {
                "id": each,
                "uuid": str(uuid4()),
                "number": certificate_number(number),
                "enrolment_id": each,
                "user_id": user,
                "course_id": course,
                "claims": {},
                "issued_at": NOW,
                "issued_on": NOW.date(),
            }
            for each, number in zip(ids, numbers, strict=True)
        ],
    )
    session.execute(
        insert(StatusPlace),
        [
            {"certificate_id": each, "list_number": 1, "status_index": place}
            for each, place in zip(ids, places, strict=True)
        ],
    )
    session.execute(
        insert(IssuedPaper),
        [
            {"sha256": f"{each:064x}", "certificate_id": each, "made_at": NOW}
            for each in ids
        ],
    )
    session.execute(
        insert(CertificateEvent),
        [
            {
                "certificate_id": each,
                "kind": EventKind.REVOKED,
                "at": NOW,
                "reason": "fraud",
                "note": "",
            }
            for each in ids[:REVOKED]
        ],
    )
    session.commit()
    return places


def signed(keys: Path, anew: timedelta = SIGNED_ANEW) -> int:
    """Sign the lists that are due."""
    return sign_status_lists(public_url=PUBLIC_URL, folder=keys, now=NOW, anew=anew)


def packed(session: Session) -> bytes:
    """Make the whole bundle."""
    bundle = verification_bundle(session, public_url=PUBLIC_URL, demo=False, now=NOW)
    return zipped(bundle.files)


def report(name: str, act: Callable[[], object]) -> None:
    """Do it once and print how long it took."""
    begun = time.perf_counter()
    act()
    print(f"  {name:<42}{(time.perf_counter() - begun) * 1000:>9.1f} ms")


if __name__ == "__main__":
    main()
