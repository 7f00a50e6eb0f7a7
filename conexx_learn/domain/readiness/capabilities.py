"""Who in a post can prove what on a day.

Three rules decide who counts:

- Only people who belong to the institution and are in a post of it, as holder or as
  deputy, and each of them once. Who left counts nowhere.
- An appointment that ends with the mandate is gone *at* `mandate_ends_on`: that day is
  shown as the first one of who comes after. An appointment that begins on that day or
  later belongs to the next mandate and stays.
- A day to come is judged by what is known today: proofs run out, none is added.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from conexx_learn.domain.readiness.facts import (
    Appointment,
    Certificate,
    InstitutionFacts,
    Person,
)
from conexx_learn.domain.search import folded


class ProofKind(StrEnum):
    """What a capability rests on; prior learning counts, and is always marked."""

    CERTIFICATE = "certificate"
    PRIOR_LEARNING = "prior-learning"


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence that a person can do something.

    Attributes:
        kind: A certificate, or learning recognised on other evidence.
        level: 1 to 4.
        valid_until: Last valid day; None for ever.
        certificate: Which one; None for prior learning.
    """

    kind: ProofKind
    level: int
    valid_until: date | None
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """A person in a post who can prove a competency.

    Attributes:
        person: Who.
        proofs: Every one at the level asked for or above; what lasts longest first.
        post_ids: The posts they are in, in the order of their keys.
        in_post_until: Last day of the appointment that lasts longest, which is the
            mandate's last day where it ends with the mandate; None for no end.
    """

    person: Person
    proofs: tuple[Proof, ...]
    post_ids: tuple[int, ...]
    in_post_until: date | None

    @property
    def level(self) -> int:
        """The highest level that is proven."""
        return max(proof.level for proof in self.proofs)

    @property
    def valid_until(self) -> date | None:
        """Last day on which some proof is valid; None for ever."""
        return self.proofs[0].valid_until

    @property
    def rests_on_prior_learning(self) -> bool:
        """Whether there is no certificate among the proofs."""
        return all(proof.kind is ProofKind.PRIOR_LEARNING for proof in self.proofs)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Everybody in a post on a day, with everything that they can prove.

    Attributes:
        day: When.
        people: Key of a person to the person, for those in a post.
        appointments: Key of a person to their appointments on that day, never empty.
        proofs: Code of a competency to key of a person to proofs, the longest first.
        mandate_ends_on: Last day of the mandate, or None.
    """

    day: date
    people: Mapping[int, Person]
    appointments: Mapping[int, tuple[Appointment, ...]]
    proofs: Mapping[str, Mapping[int, tuple[Proof, ...]]]
    mandate_ends_on: date | None

    def holders(self, competency: str, level: int) -> tuple[Holder, ...]:
        """List who can prove a competency at a level or above, by name.

        Args:
            competency: Code, such as `K3`.
            level: 1 to 4, at least.
        """
        found = []
        for person_id, proofs in self.proofs.get(competency, {}).items():
            enough = tuple(proof for proof in proofs if proof.level >= level)
            if enough:
                found.append(self._holder(person_id, enough))
        return tuple(sorted(found, key=lambda holder: reading_order(holder.person)))

    def _holder(self, person_id: int, proofs: tuple[Proof, ...]) -> Holder:
        held = self.appointments[person_id]
        ends = [_last_day(one, self.mandate_ends_on) for one in held]
        return Holder(
            person=self.people[person_id],
            proofs=proofs,
            post_ids=tuple(sorted({appointment.post_id for appointment in held})),
            in_post_until=max(ends, key=_no_end_last),
        )


def capabilities(facts: InstitutionFacts, *, day: date) -> Capabilities:
    """Put together once what any question about a day needs.

    Args:
        facts: What is known; certificates, their changes and recognitions of after
            `facts.as_of` are not.
        day: Any day, past or to come.
    """
    appointments = _appointments(facts, day)
    found: dict[str, dict[int, list[Proof]]] = {}
    for person_id, competency, proof in _proofs(facts, day):
        if person_id in appointments:
            found.setdefault(competency, {}).setdefault(person_id, []).append(proof)
    return Capabilities(
        day=day,
        people={one.id: one for one in facts.people if one.id in appointments},
        appointments=appointments,
        proofs={
            competency: {
                person_id: tuple(sorted(proofs, key=_longest_first))
                for person_id, proofs in of_people.items()
            }
            for competency, of_people in found.items()
        },
        mandate_ends_on=facts.mandate_ends_on,
    )


def holders(
    facts: InstitutionFacts, *, competency: str, level: int, day: date
) -> tuple[Holder, ...]:
    """List who is in a post and can prove a competency on a day, by name.

    Args:
        facts: What is known.
        competency: Code, such as `K3`.
        level: 1 to 4, at least.
        day: Any day, past or to come.
    """
    return capabilities(facts, day=day).holders(competency, level)


def is_in_post(
    appointment: Appointment, day: date, *, mandate_ends_on: date | None
) -> bool:
    """Say whether an appointment lasts on a day, the end of the mandate considered.

    Args:
        appointment: Which one.
        day: When.
        mandate_ends_on: At this day, appointments that end with the mandate are gone,
            except those that begin on it or later. None for no mandate.
    """
    if not appointment.holds_on(day):
        return False
    if not _ends_with(appointment, mandate_ends_on):
        return True
    return mandate_ends_on is None or day < mandate_ends_on


def reading_order(person: Person) -> tuple[str, int]:
    """Return the key by which lists of people are sorted: name without accents."""
    return folded(person.name), person.id


def _ends_with(appointment: Appointment, mandate_ends_on: date | None) -> bool:
    """Say whether an appointment ends with this mandate, and not with a later one."""
    if mandate_ends_on is None or not appointment.ends_with_mandate:
        return False
    return appointment.from_on is None or appointment.from_on < mandate_ends_on


def _appointments(
    facts: InstitutionFacts, day: date
) -> dict[int, tuple[Appointment, ...]]:
    """Map each person in a post on a day to their appointments."""
    here = {person.id for person in facts.people if person.belongs_on(day)}
    posts = {post.id for post in facts.posts if post.active.contains(day)}
    found: dict[int, list[Appointment]] = {}
    for one in facts.appointments:
        if (
            one.person_id in here
            and one.post_id in posts
            and is_in_post(one, day, mandate_ends_on=facts.mandate_ends_on)
        ):
            found.setdefault(one.person_id, []).append(one)
    return {person_id: tuple(held) for person_id, held in found.items()}


def _proofs(facts: InstitutionFacts, day: date) -> Iterator[tuple[int, str, Proof]]:
    """List person, competency and proof for all that is valid on a day."""
    known_on = min(day, facts.as_of)
    for certificate in facts.certificates:
        until = certificate.valid_until
        if certificate.stands_on(known_on) and _lasts(until, day):
            for competency, level in certificate.grants:
                proof = Proof(ProofKind.CERTIFICATE, level, until, certificate)
                yield certificate.person_id, competency, proof
    for prior in facts.prior_learning:
        until = prior.period.to_on
        if prior.period.from_on <= known_on and _lasts(until, day):
            proof = Proof(ProofKind.PRIOR_LEARNING, prior.level, until)
            yield prior.person_id, prior.competency, proof


def _lasts(until: date | None, day: date) -> bool:
    return until is None or day <= until


def _last_day(appointment: Appointment, mandate_ends_on: date | None) -> date | None:
    """Return the last day of an appointment as it is shown."""
    if mandate_ends_on is None or not _ends_with(appointment, mandate_ends_on):
        return appointment.to_on
    return min(appointment.to_on or mandate_ends_on, mandate_ends_on)


def _no_end_last(until: date | None) -> date:
    return until or date.max


def _longest_first(proof: Proof) -> tuple[int, bool, int]:
    """Sort by validity, certificates before prior learning, and level."""
    return (
        -_no_end_last(proof.valid_until).toordinal(),
        proof.kind is ProofKind.PRIOR_LEARNING,
        -proof.level,
    )
