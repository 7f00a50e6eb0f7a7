"""Institutions sketched in few words, so that a test states only what matters to it.

Every day is told as an offset from the day that the facts are read for, so that no
sketch ever ages.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from conexx_learn.domain.calendar import add_months
from conexx_learn.domain.readiness.facts import (
    Appointment,
    AppointmentKind,
    Audience,
    AudienceKind,
    Certificate,
    CertificateChange,
    Course,
    Exemption,
    FunctionMinimum,
    InstitutionFacts,
    Learning,
    Period,
    Person,
    Plan,
    Post,
    Reason,
    Requirement,
    Unit,
)

AS_OF = date(2026, 11, 16)
LONG_AGO = -900


def _course(number: int, hours: int, months: int, *earlier: str) -> Course:
    granted = [(f"K{number}", 2)]
    if number == 10:
        granted = [("K10", 3), ("K3", 3), ("K4", 3)]
    return Course(
        slug=f"C{number}",
        title=f"Course {number:02}",
        hours=Fraction(hours),
        validity_months=months,
        prerequisites=earlier,
        grants=tuple(granted),
    )


COURSES = {
    course.slug: course
    for course in (
        _course(1, 8, 24),
        _course(2, 6, 24),
        _course(3, 12, 36),
        _course(4, 10, 24),
        _course(5, 6, 36),
        _course(6, 8, 36),
        _course(7, 10, 24),
        _course(8, 8, 36),
        _course(9, 4, 36),
        _course(10, 20, 36, "C2", "C3", "C4"),
    )
}


@dataclass(frozen=True)
class Line:
    """A requirement as a person says it: for whom, which course, by when, how heavy."""

    audience: str | Audience
    course: str
    due: int | None
    weight: int
    due_days: int | None = None
    recert_months: int | None = None
    min_major: int | None = None


class Sketch:
    """An institution in the making; days are offsets from the day of the facts."""

    def __init__(self, as_of: date = AS_OF, *, mandate_ends: int | None = None) -> None:
        self.as_of = as_of
        self.mandate_ends_on = None if mandate_ends is None else self.day(mandate_ends)
        self.people: list[Person] = []
        self.units: list[Unit] = []
        self.posts: list[Post] = []
        self.appointments: list[Appointment] = []
        self.certificates: list[Certificate] = []
        self.learning: list[Learning] = []
        self.plans: list[Plan] = []
        self.exemptions: list[Exemption] = []
        self.minima: list[FunctionMinimum] = []

    def day(self, offset: int) -> date:
        return self.as_of + timedelta(days=offset)

    def period(self, begin: int, end: int | None = None) -> Period:
        return Period(self.day(begin), None if end is None else self.day(end))

    def add_unit(
        self, name: str, inside: int | None = None, *, pmu: bool = False
    ) -> int:
        self.units.append(Unit(len(self.units) + 1, inside, name, pmu))
        return len(self.units)

    def add_post(
        self, profile: str, unit: int, seats: int = 1, *, title: str = ""
    ) -> int:
        number = len(self.posts) + 1
        active = self.period(LONG_AGO)
        self.posts.append(Post(number, unit, title or profile, profile, seats, active))
        return number

    def add_person(
        self,
        name: str,
        *,
        left: int | None = None,
        weekly_hours: int = 2,
        invited: bool = True,
    ) -> int:
        number = len(self.people) + 1
        membership = self.period(LONG_AGO, left)
        self.people.append(
            Person(
                id=number,
                name=name,
                identity=f"{name.lower()}@town.example",
                has_mailbox=True,
                is_invited=invited,
                weekly_hours=weekly_hours,
                memberships=(membership,),
            )
        )
        return number

    def appoint(
        self,
        person: int,
        post: int,
        begin: int | None = -400,
        end: int | None = None,
        *,
        kind: AppointmentKind = AppointmentKind.HOLDER,
        ends_with_mandate: bool = False,
    ) -> None:
        self.appointments.append(
            Appointment(
                id=len(self.appointments) + 1,
                person_id=person,
                post_id=post,
                kind=kind,
                from_on=None if begin is None else self.day(begin),
                to_on=None if end is None else self.day(end),
                ends_with_mandate=ends_with_mandate,
            )
        )

    def seat(self, name: str, post: int, begin: int | None = -400) -> int:
        """Add a person who holds a seat of a post."""
        person = self.add_person(name)
        self.appoint(person, post, begin)
        return person

    def certify(
        self,
        person: int,
        course: str,
        issued: int,
        *,
        until: int | None = None,
        major: int = 1,
        changes: Sequence[tuple[CertificateChange, int]] = (),
    ) -> None:
        """Issue a certificate, valid for as long as its course says, or until a day."""
        months = COURSES[course].validity_months or 0
        issued_on = self.day(issued)
        last = add_months(issued_on, months) if until is None else self.day(until)
        number = len(self.certificates) + 1
        self.certificates.append(
            Certificate(
                id=number,
                number=f"TEST{number:08}",
                person_id=person,
                course=course,
                major=major,
                issued_on=issued_on,
                valid_until=last,
                grants=COURSES[course].grants,
                changes=tuple((change, self.day(on)) for change, on in changes),
            )
        )

    def learn(self, person: int, course: str, percent: int) -> None:
        self.learning.append(Learning(person, course, Fraction(percent, 100), False))

    def block(self, person: int, course: str) -> None:
        self.learning.append(Learning(person, course, Fraction(1), is_blocked=True))

    def exempt(self, person: int, course: str, begin: int, end: int) -> None:
        period = self.period(begin, end)
        self.exemptions.append(Exemption(person, course, "On leave", period))

    def plan(
        self,
        lines: Sequence[Line],
        *,
        approved: int | None = -200,
        ends: int = 250,
        series: int = 1,
        version: int = 1,
        target_bp: int = 9000,
    ) -> Plan:
        """Write a plan; one that is approved is kept, a draft is only returned."""
        number = 10 * series + version
        plan = Plan(
            id=number,
            series=series,
            version=version,
            title=f"Plan {series}",
            starts_on=self.day(-200 if approved is None else approved),
            ends_on=self.day(ends),
            target_bp=target_bp,
            approved_on=None if approved is None else self.day(approved),
            superseded_on=None,
            completed_on=None,
            requirements=tuple(
                self._requirement(100 * number + place, number, line)
                for place, line in enumerate(lines)
            ),
        )
        if approved is not None:
            self.plans = [_superseded_by(earlier, plan) for earlier in self.plans]
            self.plans.append(plan)
        return plan

    def _requirement(self, number: int, plan: int, line: Line) -> Requirement:
        audience = line.audience
        if isinstance(audience, str):
            audience = Audience(AudienceKind.PROFILE, audience)
        return Requirement(
            id=number,
            plan_id=plan,
            audience=audience,
            course=line.course,
            min_major=line.min_major,
            due_on=None if line.due is None else self.day(line.due),
            due_days=line.due_days,
            recert_months=line.recert_months,
            weight=line.weight,
            min_holders=None,
            reason=Reason("profile", f"{audience.key} {line.course}"),
        )

    def facts(self) -> InstitutionFacts:
        return InstitutionFacts(
            as_of=self.as_of,
            mandate_ends_on=self.mandate_ends_on,
            people=tuple(self.people),
            units=tuple(self.units),
            posts=tuple(self.posts),
            appointments=tuple(self.appointments),
            courses=COURSES,
            certificates=tuple(self.certificates),
            learning=tuple(self.learning),
            plans=tuple(self.plans),
            exemptions=tuple(self.exemptions),
            minima=tuple(self.minima),
        )


def _superseded_by(earlier: Plan, newer: Plan) -> Plan:
    if earlier.series != newer.series or earlier.superseded_on is not None:
        return earlier
    return replace(earlier, superseded_on=newer.approved_on)
