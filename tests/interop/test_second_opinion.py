"""A verifier of our own, that shares nothing with what signs, decides as it must."""

import functools

import pytest

from tests.interop.opinions import opinion_on
from tests.interop.poisoned_sites import site_cases
from tests.interop.refusals import ACCEPTED, REFUSALS
from tests.interop.sample_issuer import sample_issued
from tests.interop.tampering import Case, cases


@functools.cache
def sample_cases() -> dict[str, Case]:
    """Name the cases of the sample; made once, since each is signed."""
    issued = sample_issued()
    return {case.name: case for case in (*cases(issued), *site_cases(issued))}


def test_every_case_has_its_line() -> None:
    assert set(sample_cases()) == {*ACCEPTED, *REFUSALS}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_was_issued_is_accepted(name: str) -> None:
    assert not opinion_on(sample_cases()[name])


@pytest.mark.parametrize(("name", "code"), REFUSALS.items())
def test_what_was_not_is_refused_for_its_reason(name: str, code: str) -> None:
    assert opinion_on(sample_cases()[name]) == code
