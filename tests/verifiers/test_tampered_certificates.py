"""JavaScript libraries refuse every tampered certificate, and for its reason."""

import pytest

from tests.interop.poisoned_sites import site_cases
from tests.interop.refusals import ACCEPTED, REFUSALS
from tests.interop.sample_issuer import sample_issued
from tests.interop.tampering import cases
from tests.verifiers.node import Verdict, verdicts
from tests.verifiers.questions import case_questions


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdict]:
    """Decide all cases in one run of Node, each with a site of its own."""
    issued = sample_issued()
    folder = tmp_path_factory.mktemp("cases")
    together = [*cases(issued), *site_cases(issued)]
    with case_questions(together, folder) as questions:
        found = verdicts(list(questions.values()), folder)
    return dict(zip(questions, found, strict=True))


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_was_issued_is_accepted(decided: dict[str, Verdict], name: str) -> None:
    verdict = decided[name]

    assert not verdict.code, verdict.reason
    libraries = {"json": ("digitalbazaar", "digitalcredentials"), "jwt": ("jose",)}
    assert verdict.agreed == libraries[verdict.form]


@pytest.mark.parametrize(("name", "code"), REFUSALS.items())
def test_what_was_not_is_refused_for_its_reason(
    decided: dict[str, Verdict], name: str, code: str
) -> None:
    assert decided[name].code == code, decided[name].reason
