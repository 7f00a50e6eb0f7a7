"""Prior learning: claimed, recognised until a day, refused, withdrawn, forgotten."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.evidence_files import Evidence, EvidenceKind
from conexx_learn.domain.prior_learning import (
    MOST_BYTES_OF_PERSON,
    MOST_WAITING,
    ClaimState,
)
from conexx_learn.models.accounts import User
from conexx_learn.models.competencies import EvidenceFile, PriorLearning
from conexx_learn.models.institutions import Institution
from conexx_learn.queries.institution_facts import institution_facts
from conexx_learn.queries.prior_learning import (
    ClaimRow,
    claim_row,
    claimed_evidence,
    claims_of,
    decided_claims,
    own_evidence,
    waiting_claims,
)
from conexx_learn.services import prior_learning as verbs
from conexx_learn.services.accounts import erase_account
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.prior_learning import Claim
from conexx_learn.services.upkeep import sweep_traces
from tests.factories import NOW
from tests.institutions import make_coordinator, make_learner, make_town, place_of

TODAY = NOW.date()
FILE = Evidence("acta.pdf", EvidenceKind.PDF, b"%PDF-1.7 %%EOF")
CLAIM = Claim("K3", 2, "Two years of projects", FILE, None)


@pytest.fixture
def town(session: Session) -> Institution:
    load_standards(session, now=NOW)
    return make_town(session)


@pytest.fixture
def ana(session: Session, town: Institution) -> User:
    return make_learner(session, town)


@pytest.fixture
def clara(session: Session) -> User:
    return make_coordinator(session)


def claim(session: Session, town: Institution, user: User, **more: Any) -> int:
    verbs.claim_prior_learning(
        session,
        user_id=user.id,
        institution_id=town.id,
        claim=replace(CLAIM, **more),
        now=NOW,
    )
    return claims_of(session, user_id=user.id)[0].id


def recognise(session: Session, claim_id: int, by: User, **more: Any) -> None:
    values: dict[str, Any] = {
        "level": 2,
        "valid_until": date(2027, 11, 16),
        "answer": "",
        "now": NOW,
    }
    verbs.recognise_claim(
        session, claim_id=claim_id, decided_by=by.id, **(values | more)
    )


def row(session: Session, claim_id: int) -> ClaimRow:
    found = claim_row(session, claim_id=claim_id)
    assert found is not None
    return found


def file_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(EvidenceFile)) or 0


@pytest.mark.parametrize(
    ("days", "kept"),
    [pytest.param(182, 1, id="half a year"), pytest.param(184, 0, id="longer")],
)
def test_the_file_of_a_refused_claim_goes_when_the_time_to_object_is_over(
    session: Session, town: Institution, ana: User, clara: User, days: int, kept: int
) -> None:
    claim_id = claim(session, town, ana)
    verbs.refuse_claim(
        session, claim_id=claim_id, answer="Too little", decided_by=clara.id, now=NOW
    )
    session.commit()

    for gone in (1 - kept, 0):
        assert sweep_traces(now=NOW + timedelta(days=days)) == gone

    assert file_count(session) == kept
    decided = row(session, claim_id)
    assert (decided.decision, decided.answer) == ("refused", "Too little")
    assert (decided.file_name is not None) == bool(kept)


def test_the_files_of_what_waits_or_was_recognised_stay(
    session: Session, town: Institution, ana: User, clara: User
) -> None:
    recognise(session, claim(session, town, ana), clara)
    claim(session, town, ana, competency="K4")
    session.commit()

    assert sweep_traces(now=NOW + timedelta(days=1000)) == 0
    assert file_count(session) == 2


def test_a_claim_waits_with_its_evidence(
    session: Session, town: Institution, ana: User
) -> None:
    claim_id = claim(session, town, ana)

    assert [one.id for one in waiting_claims(session)] == [claim_id]
    assert row(session, claim_id).state(NOW) is ClaimState.WAITING
    for file in (
        own_evidence(session, claim_id=claim_id, user_id=ana.id),
        claimed_evidence(session, claim_id=claim_id),
    ):
        assert file is not None
        assert (file.name, file.content) == (FILE.name, FILE.content)


def test_what_was_recognised_counts_from_the_day_until_its_last(
    session: Session, town: Institution, ana: User, clara: User
) -> None:
    claim_id = claim(session, town, ana, level=3)

    recognise(session, claim_id, clara, level=2, valid_until=TODAY, answer="Good")

    found = row(session, claim_id)
    assert (found.level, found.answer, found.valid_until) == (2, "Good", TODAY)
    assert found.state(NOW) is ClaimState.RECOGNISED
    assert found.state(NOW + timedelta(days=1)) is ClaimState.LAPSED
    assert [one.id for one in decided_claims(session)] == [claim_id]
    facts = institution_facts(
        session, place=place_of(session, town), as_of=TODAY, lang="es"
    )
    assert [
        (one.person_id, one.competency, one.level, one.period.from_on, one.period.to_on)
        for one in facts.prior_learning
    ] == [(ana.id, "K3", 2, TODAY, TODAY)]
    assert facts.certificates == ()


def test_what_was_refused_counts_nowhere(
    session: Session, town: Institution, ana: User, clara: User
) -> None:
    claim_id = claim(session, town, ana)

    verbs.refuse_claim(
        session, claim_id=claim_id, answer="No", decided_by=clara.id, now=NOW
    )

    facts = institution_facts(
        session, place=place_of(session, town), as_of=TODAY, lang="es"
    )
    assert row(session, claim_id).state(NOW) is ClaimState.REFUSED
    assert facts.prior_learning == ()


def test_a_claim_is_decided_once(
    session: Session, town: Institution, ana: User, clara: User
) -> None:
    claim_id = claim(session, town, ana)
    recognise(session, claim_id, clara)

    with pytest.raises(RuleError, match="claim-decided"):
        recognise(session, claim_id, make_coordinator(session))
    with pytest.raises(RuleError, match="claim-decided"):
        verbs.refuse_claim(
            session, claim_id=claim_id, answer="No", decided_by=clara.id, now=NOW
        )
    with pytest.raises(RuleError, match="claim-decided"):
        verbs.withdraw_claim(session, claim_id=claim_id, user_id=ana.id, now=NOW)


def test_nobody_decides_on_their_own(
    session: Session, town: Institution, clara: User
) -> None:
    claim_id = claim(session, town, clara)

    with pytest.raises(RuleError, match="claim-own"):
        recognise(session, claim_id, clara)
    with pytest.raises(RuleError, match="claim-own"):
        verbs.refuse_claim(
            session, claim_id=claim_id, answer="No", decided_by=clara.id, now=NOW
        )


@pytest.mark.parametrize(
    "until",
    [
        pytest.param(TODAY - timedelta(days=1), id="yesterday"),
        pytest.param(date(2036, 11, 17), id="a day beyond ten years"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(
    session: Session, town: Institution, ana: User, clara: User, until: date
) -> None:
    claim_id = claim(session, town, ana)

    with pytest.raises(RuleError, match="recognition-day"):
        recognise(session, claim_id, clara, valid_until=until)


def test_withdrawing_deletes_the_file_and_frees_the_competency(
    session: Session, town: Institution, ana: User
) -> None:
    claim_id = claim(session, town, ana)

    verbs.withdraw_claim(session, claim_id=claim_id, user_id=ana.id, now=NOW)

    assert file_count(session) == 0
    assert claim_row(session, claim_id=claim_id) is None
    assert claim(session, town, ana) != claim_id


def test_another_persons_claim_is_not_there(
    session: Session, town: Institution, ana: User
) -> None:
    claim_id = claim(session, town, ana)
    other = make_learner(session, town, "Beto")

    with pytest.raises(NotFoundError):
        verbs.withdraw_claim(session, claim_id=claim_id, user_id=other.id, now=NOW)
    assert own_evidence(session, claim_id=claim_id, user_id=other.id) is None


def test_a_competency_waits_once(
    session: Session, town: Institution, ana: User
) -> None:
    claim(session, town, ana)

    with pytest.raises(RuleError, match="claim-waits"):
        claim(session, town, ana, level=3)


def test_only_so_many_claims_wait(
    session: Session, town: Institution, ana: User
) -> None:
    for number in range(1, MOST_WAITING + 1):
        claim(session, town, ana, competency=f"K{number}")

    with pytest.raises(RuleError, match="claims-too-many"):
        claim(session, town, ana, competency="K9")


def test_files_have_so_much_room(
    session: Session, town: Institution, ana: User
) -> None:
    claim_id = claim(session, town, ana)
    kept = session.get(PriorLearning, claim_id)
    assert kept is not None
    file = session.get(EvidenceFile, kept.evidence_file_id)
    assert file is not None
    file.byte_count = MOST_BYTES_OF_PERSON - len(FILE.content)
    session.flush()
    claim(session, town, ana, competency="K4")

    with pytest.raises(RuleError, match="evidence-no-room"):
        claim(session, town, ana, competency="K5")
    claim(session, town, ana, competency="K5", evidence=None, link="https://a.example")


def test_a_recognition_ends_with_the_day_on_which_it_is_taken_back(
    session: Session, town: Institution, ana: User, clara: User
) -> None:
    claim_id = claim(session, town, ana)
    with pytest.raises(RuleError, match="recognition-over"):
        verbs.end_recognition(session, claim_id=claim_id, now=NOW)
    recognise(session, claim_id, clara)

    verbs.end_recognition(session, claim_id=claim_id, now=NOW)

    assert row(session, claim_id).valid_until == TODAY
    with pytest.raises(RuleError, match="recognition-over"):
        verbs.end_recognition(session, claim_id=claim_id, now=NOW)


def test_erasing_an_account_forgets_words_and_files(
    session: Session, town: Institution, ana: User, clara: User
) -> None:
    recognised = claim(session, town, ana)
    recognise(session, recognised, clara, answer="Dear Ana")
    waiting = claim(session, town, ana, competency="K4")

    erase_account(session, user_id=ana.id, now=NOW)

    assert file_count(session) == 0
    assert claim_row(session, claim_id=waiting) is None
    kept = row(session, recognised)
    assert (kept.statement, kept.link, kept.file_name, kept.answer) == (
        "",
        None,
        None,
        "",
    )
    assert kept.state(NOW) is ClaimState.RECOGNISED
