"""What functions need: set as a whole, and by one editor at a time."""

import pytest
from sqlalchemy.orm import Session

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.readiness.facts import FunctionMinimum
from conexx_learn.models.institutions import Institution
from conexx_learn.queries.functions import function_minima
from conexx_learn.services.frameworks import load_standards
from conexx_learn.services.functions import minima_fingerprint, set_minima
from tests.factories import NOW, make_institution
from tests.institutions import make_town

DESIGN = FunctionMinimum("K3", 2, 2)
DOSSIER = FunctionMinimum("K10", 3, 1, is_critical=False)


@pytest.fixture
def town(session: Session) -> Institution:
    load_standards(session, now=NOW)
    return make_town(session)


def set_as_read(session: Session, town: Institution, *minima: FunctionMinimum) -> bool:
    read = function_minima(session, institution_id=town.id)
    return set_minima(
        session,
        institution_id=town.id,
        minima=minima,
        read_as=minima_fingerprint(read),
        now=NOW,
    )


def test_what_is_set_is_read_in_the_order_of_the_framework(
    session: Session, town: Institution
) -> None:
    assert set_as_read(session, town, DOSSIER, DESIGN)

    assert function_minima(session, institution_id=town.id) == [DESIGN, DOSSIER]


def test_what_is_left_out_is_no_longer_needed(
    session: Session, town: Institution
) -> None:
    set_as_read(session, town, DESIGN, DOSSIER)

    assert set_as_read(session, town, DOSSIER)
    assert function_minima(session, institution_id=town.id) == [DOSSIER]

    assert set_as_read(session, town)
    assert function_minima(session, institution_id=town.id) == []


def test_the_second_editor_changes_nothing(session: Session, town: Institution) -> None:
    both_read = minima_fingerprint(function_minima(session, institution_id=town.id))
    set_as_read(session, town, DESIGN)

    is_set = set_minima(
        session, institution_id=town.id, minima=[DOSSIER], read_as=both_read, now=NOW
    )

    assert not is_set
    assert function_minima(session, institution_id=town.id) == [DESIGN]


def test_institutions_do_not_share_what_they_need(
    session: Session, town: Institution
) -> None:
    other = make_institution(session, "izalpa")
    set_as_read(session, town, DESIGN)

    assert function_minima(session, institution_id=other.id) == []
    with pytest.raises(NotFoundError):
        set_minima(session, institution_id=10**6, minima=[DESIGN], read_as="", now=NOW)
