"""The ten conditions of a call and its sums, as its page shows them."""

from dataclasses import dataclass
from fractions import Fraction

from conexx_learn.domain.calls import CallTerms, gate_answers
from conexx_learn.domain.readiness.call_gates import Gate, GateAnswer
from conexx_learn.web.filters import percent
from conexx_learn.web.institution.call_words import (
    ANSWER_STATES,
    answer_word,
    gate_sentence,
    sum_words,
)
from conexx_learn.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class GateRow:
    """One of the ten conditions."""

    state: str
    word: str
    text: str
    note: str


def gate_rows(terms: CallTerms) -> list[GateRow]:
    """List the ten conditions with what is answered to each."""
    answers = gate_answers(terms)
    return [_gate_row(gate, answers[gate], terms) for gate in Gate]


def _gate_row(gate: Gate, answer: GateAnswer, terms: CallTerms) -> GateRow:
    kept = terms.gates.get(gate)
    notes = [_sums_note(gate, terms), kept.note if kept else ""]
    return GateRow(
        state=ANSWER_STATES[answer],
        word=answer_word(answer),
        text=gate_sentence(gate),
        note=" ".join(note for note in notes if note),
    )


def _sums_note(gate: Gate, terms: CallTerms) -> str:
    """Say what the sums alone decide."""
    if gate is Gate.GRANT:
        return _grant_note(terms)
    if gate is Gate.COFINANCING:
        return _cofinancing_note(terms)
    return ""


def _grant_note(terms: CallTerms) -> str:
    asked, least, most = (
        terms.requested_cents,
        terms.grant_min_cents,
        terms.grant_max_cents,
    )
    if asked is None:
        return _("The sum is not entered.") if (least, most) != (None, None) else ""
    if least is not None and asked < least:
        below = sum_words(least - asked, terms.currency)
        return _("It is %(sum)s below the smallest grant.", sum=below)
    if most is not None and asked > most:
        above = sum_words(asked - most, terms.currency)
        return _("It is %(sum)s above the largest grant.", sum=above)
    return ""


def _cofinancing_note(terms: CallTerms) -> str:
    cofinancing = terms.cofinancing
    if cofinancing is None:
        limits = (terms.cofinancing_min_bp, terms.cofinancing_max_bp)
        return _("The sums are not entered.") if limits != (None, None) else ""
    if cofinancing.missing_cents:
        missing = sum_words(cofinancing.missing_cents, terms.currency)
        return _("%(sum)s more has to be brought.", sum=missing)
    if cofinancing.excess_cents:
        excess = sum_words(cofinancing.excess_cents, terms.currency)
        return _("It is %(sum)s more than may be brought.", sum=excess)
    return ""


def sum_facts(terms: CallTerms) -> list[tuple[str, str]]:
    """List the sums of a call and of what the institution thinks of."""
    cofinancing = terms.cofinancing
    own = _sum(terms.own_cents, terms)
    if cofinancing is not None and cofinancing.total_cents:
        share = percent(Fraction(cofinancing.own_bp, 100))
        own = _("%(sum)s, %(share)s of the cost", sum=own, share=share)
    return [
        (
            _("Grant"),
            _between(
                _sum(terms.grant_min_cents, terms), _sum(terms.grant_max_cents, terms)
            ),
        ),
        (
            _("Own contribution asked"),
            _between(
                _share(terms.cofinancing_min_bp), _share(terms.cofinancing_max_bp)
            ),
        ),
        (_("We would ask for"), _sum(terms.requested_cents, terms)),
        (_("We would bring"), own),
    ]


def _sum(cents: int | None, terms: CallTerms) -> str:
    return "" if cents is None else sum_words(cents, terms.currency)


def _share(basis_points: int | None) -> str:
    return "" if basis_points is None else percent(Fraction(basis_points, 100))


def _between(least: str, most: str) -> str:
    if least and most:
        return _("from %(least)s to %(most)s", least=least, most=most)
    if least:
        return _("at least %(least)s", least=least)
    return _("at most %(most)s", most=most) if most else ""
