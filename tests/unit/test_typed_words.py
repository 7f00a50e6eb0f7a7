"""Words as learners type them."""

import time

import pytest

from conexx_learn.domain.typed_words import phrase_matches


@pytest.mark.parametrize(
    ("phrase", "typed"),
    [
        pytest.param("marco lógico", "MARCO LOGICO", id="case and accents"),
        pytest.param("marco lógico", " marco -  lógico. ", id="spaces and punctuation"),
        pytest.param("año", "ano", id="tilde"),
        pytest.param("logframe*", "logframe matrix", id="star at the end"),
        pytest.param("logframe*", "Logframe", id="star for nothing"),
        pytest.param("*matri*", "logical matrices", id="star on both sides"),
        pytest.param("a*b*c", "axxbyyc", id="two stars inside"),
        pytest.param(r"5\*3", "5*3", id="a literal star"),
        pytest.param("%", " % ", id="signs alone"),
        pytest.param("ﬁnance", "finance", id="a ligature"),
    ],
)
def test_the_phrase_is_recognised(phrase: str, typed: str) -> None:
    assert phrase_matches(phrase, typed)


@pytest.mark.parametrize(
    ("phrase", "typed"),
    [
        pytest.param("marco lógico", "el marco lógico", id="articles are kept"),
        pytest.param("marco lógico", "marcológico", id="the space counts"),
        pytest.param("aba*aba", "aba", id="the ends do not overlap"),
        pytest.param("a*b*c", "axxc", id="a piece is missing"),
        pytest.param("framework", "framewrok", id="no typos unless allowed"),
        pytest.param("%", "$", id="other signs"),
    ],
)
def test_another_phrase_is_not(phrase: str, typed: str) -> None:
    assert not phrase_matches(phrase, typed)


def test_strict_case_and_accents_count() -> None:
    assert not phrase_matches("NDICI", "ndici", case_strict=True)
    assert phrase_matches("Público", "Público", case_strict=True, accents_strict=True)
    assert not phrase_matches("público", "publico", accents_strict=True)


@pytest.mark.parametrize(
    ("typed", "is_forgiven"),
    [
        pytest.param("framwork", True, id="a letter missing"),
        pytest.param("frameework", True, id="a letter too many"),
        pytest.param("frameworc", True, id="another letter"),
        pytest.param("framewrok", False, id="two edits"),
        pytest.param("framwor", False, id="two letters missing"),
    ],
)
def test_one_edit_is_forgiven_in_a_long_phrase(typed: str, is_forgiven: bool) -> None:
    assert phrase_matches("framework", typed, typos=1) is is_forgiven


def test_no_edit_is_forgiven_in_a_short_phrase() -> None:
    assert not phrase_matches("grant", "grent", typos=1)


def test_many_stars_cost_linear_time() -> None:
    started = time.process_time()

    assert not phrase_matches("a*" * 500 + "b", "a" * 2_000)

    assert time.process_time() - started < 1
