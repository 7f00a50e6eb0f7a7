"""What is known of an institution: its people, posts, plans and evidence.

Days are calendar days of the institution. A period's last day is inclusive. None as
an end means that there is none; the begin of an appointment may be unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

Grant = tuple[str, int]
"""A competency's code and a level from 1 to 4."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from one to another, both inclusive."""

    from_on: date
    to_on: date | None = None

    def contains(self, day: date) -> bool:
        """Say whether a day lies in it."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who belongs, or belonged, to the institution.

    Attributes:
        id: Of the account.
        name: As it is printed.
        identity: E-mail address or user name.
        has_mailbox: Whether they have an e-mail address, confirmed or not.
        is_invited: Whether they were ever given a way to sign in.
        weekly_hours: Hours a week for learning, 0 to 20.
        memberships: When they belonged here, in any role.
    """

    id: int
    name: str
    identity: str
    has_mailbox: bool
    is_invited: bool
    weekly_hours: int
    memberships: tuple[Period, ...]

    def belongs_on(self, day: date) -> bool:
        """Say whether they belong to the institution on a day."""
        return any(period.contains(day) for period in self.memberships)


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the institution; `parent_id` is None at the top."""

    id: int
    parent_id: int | None
    name: str
    is_pmu: bool


@dataclass(frozen=True, slots=True)
class Post:
    """Seats of one kind in a unit.

    Attributes:
        id: Key.
        unit_id: Where.
        title: In the reader's language.
        profile: Code of the job profile, such as `PM`.
        seats: How many people it wants, at least 1.
        active: While it exists.
    """

    id: int
    unit_id: int
    title: str
    profile: str
    seats: int
    active: Period


class AppointmentKind(StrEnum):
    """A holder takes a seat; a deputy takes none."""

    HOLDER = "holder"
    DEPUTY = "deputy"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person in a post.

    Attributes:
        id: Key.
        person_id: Who.
        post_id: Where.
        kind: Whether a seat is taken.
        from_on: First day; None when nobody entered it, which counts as begun.
        to_on: Last day, or None.
        ends_with_mandate: Whether it ends when the mandate does.
    """

    id: int
    person_id: int
    post_id: int
    kind: AppointmentKind
    from_on: date | None
    to_on: date | None
    ends_with_mandate: bool

    def holds_on(self, day: date) -> bool:
        """Say whether the person is in the post on a day."""
        return (self.from_on is None or self.from_on <= day) and (
            self.to_on is None or day <= self.to_on
        )


@dataclass(frozen=True, slots=True)
class Course:
    """A course that somebody may owe.

    Attributes:
        slug: Its word in addresses.
        title: In the reader's language.
        hours: Workload.
        validity_months: Of its certificates; None for ever.
        prerequisites: Slugs of courses wanted before it.
        grants: What its certificate is evidence of.
        is_live: False when it was withdrawn.
    """

    slug: str
    title: str
    hours: Fraction
    validity_months: int | None
    prerequisites: tuple[str, ...]
    grants: tuple[Grant, ...]
    is_live: bool = True


class CertificateChange(StrEnum):
    """What may happen to a certificate after its issue."""

    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Certificate:
    """Evidence of a course passed.

    Attributes:
        id: Key.
        number: As printed.
        person_id: The holder.
        course: Slug.
        major: Major version of the course.
        issued_on: First valid day.
        valid_until: Last valid day; None for ever.
        grants: Competencies and levels that it is evidence of.
        changes: What happened to it, oldest first, with the day.
        corrected_on: Where it replaces a misspelt one: from which day on. Until then
            the other one counted; its age goes on from `issued_on`.
    """

    id: int
    number: str
    person_id: int
    course: str
    major: int
    issued_on: date
    valid_until: date | None
    grants: tuple[Grant, ...]
    changes: tuple[tuple[CertificateChange, date], ...] = ()
    corrected_on: date | None = None

    @property
    def begins_on(self) -> date:
        """First day on which this very number proves something."""
        return max(self.issued_on, self.corrected_on or self.issued_on)

    def last_change(self, day: date) -> CertificateChange | None:
        """Return what decides how it stands on a day; None when nothing happened.

        A revocation, and after it a successor, is for good: what is recorded later
        does not bring the certificate back.
        """
        past = [change for change, on in self.changes if on <= day]
        for final in (CertificateChange.REVOKED, CertificateChange.SUPERSEDED):
            if final in past:
                return final
        return past[-1] if past else None

    def stands_on(self, day: date) -> bool:
        """Say whether nothing withdrew it on a day, be its time over or not."""
        return self.begins_on <= day and self.last_change(day) in {
            None,
            CertificateChange.REINSTATED,
        }

    def is_valid_on(self, day: date) -> bool:
        """Say whether it proves something on a day."""
        return self.stands_on(day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Learning:
    """How far a person is in a course on the day that the facts were read for.

    Attributes:
        person_id: Who.
        course: Slug.
        progress: Share of the required minutes done, 0 to 1.
        is_blocked: No attempt of the final quiz is left.
    """

    person_id: int
    course: str
    progress: Fraction
    is_blocked: bool


class AudienceKind(StrEnum):
    """Whom a requirement binds."""

    PROFILE = "profile"
    POST = "post"
    UNIT = "unit"
    PERSON = "person"
    PMU = "pmu"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a requirement binds: every seat or person that the key names.

    Attributes:
        kind: How to read the key.
        key: A profile's code, or the key of a post, unit or person as digits; empty
            for the whole institution and its project unit.
    """

    kind: AudienceKind
    key: str = ""


Titles = tuple[tuple[str, str], ...]
"""Language and title, in pairs."""


@dataclass(frozen=True, slots=True)
class CitedNeed:
    """What a line was proposed for, so that it can be said in any language.

    Attributes:
        profile: Code of the job profile that asks; empty where the institution does.
        competency: Code, such as `K3`.
        level: 1 to 4, at least.
        holders: How many people the institution needs; 0 where a profile asks.
        profile_titles: Language and title; empty where nobody named it.
        competency_titles: Likewise.
    """

    profile: str
    competency: str
    level: int
    holders: int
    profile_titles: Titles = ()
    competency_titles: Titles = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a requirement is there.

    Attributes:
        kind: `priority`, `profile`, `call` or `other`.
        text: What it says on the screen.
        id: Of the priority or the call check, if it is one.
        needs: What it was proposed for: said anew for each reader. Empty where
            somebody typed the text, which stays as it is.
    """

    kind: str
    text: str
    id: int | None = None
    needs: tuple[CitedNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of a training plan.

    Attributes:
        id: Key.
        plan_id: Of which plan.
        audience: Whom it binds.
        course: Slug of what they owe.
        min_major: Lowest major version that counts, or None.
        due_on: By when; None when it counts from the appointment.
        due_days: Days after the appointment; None when a day is given.
        recert_months: How old a certificate may be; None for as long as it is valid.
        weight: 1 useful, 2 important, 3 critical.
        min_holders: How many people the institution wants, or None.
        reason: Why it is there.
    """

    id: int
    plan_id: int
    audience: Audience
    course: str
    min_major: int | None
    due_on: date | None
    due_days: int | None
    recert_months: int | None
    weight: int
    min_holders: int | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """A training plan in one version.

    Attributes:
        id: Key.
        series: What all versions of the plan share.
        version: From 1.
        title: As the institution calls it.
        starts_on: First day.
        ends_on: Last day.
        target_bp: What is to be met, in basis points of the weight.
        approved_on: When it was approved; None for a draft.
        superseded_on: Day on which the next version took its place.
        completed_on: Day on which it was closed.
        requirements: Its lines.
    """

    id: int
    series: int
    version: int
    title: str
    starts_on: date
    ends_on: date
    target_bp: int
    approved_on: date | None
    superseded_on: date | None
    completed_on: date | None
    requirements: tuple[Requirement, ...]

    def is_in_force(self, day: date) -> bool:
        """Say whether it binds on a day; past its end it binds until it is closed."""
        return (
            self.approved_on is not None
            and self.approved_on <= day
            and (self.superseded_on is None or day < self.superseded_on)
            and (self.completed_on is None or day < self.completed_on)
        )


@dataclass(frozen=True, slots=True)
class Exemption:
    """A person who need not, for a time and a reason."""

    person_id: int
    course: str
    reason: str
    period: Period


@dataclass(frozen=True, slots=True)
class PriorLearning:
    """A competency recognised on other evidence, until a day."""

    person_id: int
    competency: str
    level: int
    period: Period


@dataclass(frozen=True, slots=True)
class FunctionMinimum:
    """How many people must hold a competency.

    Attributes:
        competency: Code, such as `K3`.
        level: 1 to 4, at least.
        holders: At least 1.
        is_critical: Whether the institution cannot do without.
    """

    competency: str
    level: int
    holders: int
    is_critical: bool = True


@dataclass(frozen=True, slots=True)
class InstitutionFacts:
    """Everything known of one institution, read once for one day.

    Attributes:
        as_of: The day that `learning` was read for; the rest carries its own days.
        mandate_ends_on: Last day of the political mandate, or None.
        people: Who belongs or belonged here.
        units: Its parts.
        posts: Its posts.
        appointments: Who is or was in which post.
        courses: Every course that a plan names or that grants a competency, by slug.
        certificates: Of all its people.
        learning: Open enrolments of all its people.
        plans: Every version that was ever approved.
        exemptions: Of all its people.
        prior_learning: Of all its people.
        minima: What its functions need.
        competencies: Code to title, in the reader's language.
    """

    as_of: date
    mandate_ends_on: date | None
    people: Sequence[Person]
    units: Sequence[Unit]
    posts: Sequence[Post]
    appointments: Sequence[Appointment]
    courses: dict[str, Course]
    certificates: Sequence[Certificate]
    learning: Sequence[Learning]
    plans: Sequence[Plan]
    exemptions: Sequence[Exemption] = ()
    prior_learning: Sequence[PriorLearning] = ()
    minima: Sequence[FunctionMinimum] = ()
    competencies: Mapping[str, str] = field(default_factory=dict)
