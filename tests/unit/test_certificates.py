"""Claims, their verdict on a day, and what the paper takes from them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from conexx_learn.domain.certificates import (
    CLAIMS_JSON,
    CertificateEvent,
    CertificateState,
    EventKind,
    Verdict,
    verdict,
)
from conexx_learn.domain.paper import paper_data
from tests.sample_claims import make_claims

ISSUED_ON = date(2026, 10, 7)
URL = "https://learn.example.org/verify/7K3M-9QXT-2R8A"


def event(kind: EventKind, day: str, reason: str = "") -> CertificateEvent:
    at = datetime.fromisoformat(day).replace(hour=23, minute=59, tzinfo=UTC)
    return CertificateEvent(kind, at, by=7, reason=reason)


SUSPENDED = event(EventKind.SUSPENDED, "2026-11-01", "fraud")
REINSTATED = event(EventKind.REINSTATED, "2026-11-05")
PROPOSED = event(EventKind.REVOCATION_PROPOSED, "2026-11-02", "fraud")
REVOKED = event(EventKind.REVOKED, "2026-11-10", "fraud")
WITHDRAWN = event(EventKind.PROPOSAL_WITHDRAWN, "2026-11-03")
CORRECTED = event(EventKind.ISSUED, "2026-11-08")
SUPERSEDED = event(EventKind.SUPERSEDED, "2026-11-08", "data-correction")


@pytest.mark.parametrize(
    ("events", "day", "state"),
    [
        pytest.param([], "2026-10-06", "unknown", id="the day before it exists"),
        pytest.param([], "2026-10-07", "valid", id="the day of issue"),
        pytest.param([], "2028-10-07", "valid", id="its last day"),
        pytest.param([], "2028-10-08", "expired", id="the day after its last"),
        pytest.param([SUSPENDED], "2026-10-31", "valid", id="before a suspension"),
        pytest.param([SUSPENDED], "2026-11-01", "suspended", id="day of suspension"),
        pytest.param([SUSPENDED], "2030-01-01", "suspended", id="never lifted"),
        pytest.param(
            [REINSTATED, SUSPENDED], "2026-11-05", "valid", id="lifted, any order"
        ),
        pytest.param([PROPOSED], "2026-11-20", "valid", id="one coordinator only"),
        pytest.param([REVOKED], "2026-11-09", "valid", id="before the revocation"),
        pytest.param([REVOKED], "2026-11-10", "revoked", id="day of revocation"),
        pytest.param(
            [REVOKED], "2029-01-01", "revoked", id="revoked, then past its end"
        ),
        pytest.param(
            [REVOKED, event(EventKind.REINSTATED, "2026-12-01")],
            "2026-12-02",
            "revoked",
            id="a revocation is final",
        ),
        pytest.param([SUPERSEDED], "2026-11-08", "superseded", id="corrected"),
        pytest.param(
            [SUPERSEDED, REVOKED], "2026-11-11", "revoked", id="corrected, then revoked"
        ),
        pytest.param(
            [PROPOSED, WITHDRAWN], "2026-11-20", "valid", id="a proposal withdrawn"
        ),
        pytest.param(
            [event(EventKind.CORRECTION_ASKED, "2026-11-02")],
            "2026-11-03",
            "valid",
            id="the holder asks for a correction",
        ),
        pytest.param([CORRECTED], "2026-11-07", "unknown", id="before its number"),
        pytest.param([CORRECTED], "2026-11-08", "valid", id="the day of its number"),
        pytest.param([CORRECTED], "2028-10-07", "valid", id="its last day, corrected"),
        pytest.param([CORRECTED], "2028-10-08", "expired", id="corrected, then past"),
        pytest.param(
            [CORRECTED, REVOKED], "2026-11-10", "revoked", id="the corrected revoked"
        ),
    ],
)
def test_a_verdict_follows_from_events_and_the_day(
    events: list[CertificateEvent], day: str, state: str
) -> None:
    answer = verdict(make_claims(), events, today=date.fromisoformat(day))

    assert answer.state == state
    assert answer.is_valid == (state == "valid")


def test_a_verdict_tells_since_when_and_why() -> None:
    answer = verdict(make_claims(), [REVOKED], today=date(2026, 11, 16))

    assert answer == Verdict(
        CertificateState.REVOKED, since=date(2026, 11, 10), reason="fraud"
    )


def test_a_corrected_number_is_valid_since_its_own_day() -> None:
    answer = verdict(make_claims(), [CORRECTED], today=date(2026, 11, 16))

    assert answer.since == date(2026, 11, 8)
    assert answer.until == make_claims().valid_until


def test_an_issue_recorded_before_the_day_of_the_claims_changes_nothing() -> None:
    early = event(EventKind.ISSUED, "2026-10-01")

    assert not verdict(make_claims(), [early], today=date(2026, 10, 6)).is_valid
    assert verdict(make_claims(), [early], today=ISSUED_ON).since == ISSUED_ON


def test_a_certificate_without_an_end_never_expires() -> None:
    answer = verdict(make_claims(valid_until=None), [], today=date(2199, 1, 1))

    assert answer == Verdict(CertificateState.VALID, since=ISSUED_ON)


def test_an_event_counts_on_its_day_in_utc() -> None:
    evening = datetime.fromisoformat("2026-11-09T20:00-06:00")
    revoked = CertificateEvent(EventKind.REVOKED, evening)

    assert verdict(make_claims(), [revoked], today=date(2026, 11, 9)).is_valid
    assert not verdict(make_claims(), [revoked], today=date(2026, 11, 10)).is_valid


def test_claims_come_back_from_json_unchanged() -> None:
    claims = make_claims()

    assert CLAIMS_JSON.validate_json(CLAIMS_JSON.dump_json(claims)) == claims
    stored = CLAIMS_JSON.dump_python(claims, mode="json")
    assert CLAIMS_JSON.validate_python(stored) == claims


def test_the_paper_shows_the_score_only_if_the_holder_agrees() -> None:
    claims = make_claims(score=87)

    assert "score" not in paper_data(claims, verify_url=URL)
    assert paper_data(claims, verify_url=URL, show_score=True)["score"] == 87


def test_the_paper_carries_both_languages_of_a_text() -> None:
    data = paper_data(make_claims(), verify_url=URL, country_names={"es": "Bélgica"})

    assert data["participation"] == {
        "es": "En línea, a su propio ritmo",
        "en": "Online, self-paced",
    }
    assert data["course"] == {
        "title": make_claims().titles,
        "version": "1.2",
        "hours": 7.5,
    }
    assert "Bélgica" in str(data["issuer"])


def test_the_paper_prints_a_text_once_when_both_languages_agree() -> None:
    same = make_claims(quality={"es": "ISO 9001", "en": "ISO 9001"}, supervision={})
    data = paper_data(same, verify_url=URL)

    assert data["quality"] == "ISO 9001"
    assert data["supervision"] is None


def test_whole_hours_are_printed_without_a_fraction() -> None:
    data = paper_data(make_claims(hours=Decimal("8.00")), verify_url=URL)

    assert data["course"] == {
        "title": make_claims().titles,
        "version": "1.2",
        "hours": 8,
    }
