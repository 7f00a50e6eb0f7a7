"""Everything known of one institution, read for one day: the ground of its readiness.

Seven statements, whatever the number of people, posts and requirements. What is
derived from them is derived on the ground floor, by functions without a database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from conexx_learn.domain.readiness import facts
from conexx_learn.models.accounts import AccessCode, User
from conexx_learn.models.assessment import Attempt
from conexx_learn.models.calls import CallCheck
from conexx_learn.models.catalogue import (
    Course,
    CourseText,
    CourseVersion,
    LiveVersion,
    Module,
    Quiz,
)
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.competencies import FunctionMinimum, PriorLearning
from conexx_learn.models.enrolment import Enrolment
from conexx_learn.models.institutions import Institution, Membership
from conexx_learn.models.planning import (
    Exemption,
    Priority,
    Requirement,
    TrainingPlan,
)
from conexx_learn.models.posts import Appointment, Post, Unit
from conexx_learn.models.progress import ModuleCompletion

QUARTERS_PER_HOUR = 4
PREPARATION = "preparation"
"""Access of a course that is not written yet: it may be required, but not begun."""

Rows = Iterable[Row[*tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class InstitutionPlace:
    """An institution as its pages name it.

    Attributes:
        id: Key.
        slug: Its word in addresses.
        name: As it is printed.
        kind: Such as `municipality`.
        country: ISO 3166-1 alpha-2.
        timezone: Of its clocks.
        locale: Language of its papers.
        population: How many live there, or None.
        mandate_ends_on: Last day of the mandate, or None.
        association_id: Who sees its figures, or None.
        review_is_obligatory: Whether a plan needs advice before it is approved.
    """

    id: int
    slug: str
    name: str
    kind: str
    country: str
    timezone: str
    locale: str
    population: int | None
    mandate_ends_on: date | None
    association_id: int | None
    review_is_obligatory: bool

    def today(self, now: datetime) -> date:
        """Return the calendar day at the institution."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def end_of(self, day: date) -> datetime:
        """Return the moment at which a day is over there."""
        midnight = datetime.combine(day + timedelta(days=1), time())
        return midnight.replace(tzinfo=ZoneInfo(self.timezone))


INSTITUTION = bindparam("institution_id", type_=Integer)
LANG = bindparam("lang", type_=String)
UNTIL = bindparam("until", type_=DateTime(timezone=True))
PLACE = select(Institution).where(Institution.slug == bindparam("slug", type_=String))


def institution_place(session: Session, *, slug: str) -> InstitutionPlace | None:
    """Return the institution of an address; one statement."""
    row = session.scalar(PLACE, {"slug": slug})
    return None if row is None else place_of(row)


def place_of(row: Institution) -> InstitutionPlace:
    """Read an institution from its row."""
    return InstitutionPlace(
        id=row.id,
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        country=row.country,
        timezone=row.timezone,
        locale=row.default_locale,
        population=row.population,
        mandate_ends_on=row.mandate_ends_on,
        association_id=row.association_id,
        review_is_obligatory=row.review_is_obligatory,
    )


def institution_facts(
    session: Session, *, place: InstitutionPlace, as_of: date, lang: str
) -> facts.InstitutionFacts:
    """Return all facts of an institution; seven statements.

    Args:
        session: Where to read.
        place: Which institution.
        as_of: The day that progress is read for; the rest carries its own days.
        lang: Of course titles.
    """
    values = {
        "institution_id": place.id,
        "lang": lang,
        "until": place.end_of(as_of),
    }
    units, posts, appointments = _staffing(session.execute(STAFFING, values))
    courses, versions, titles = read_courses(session.execute(COURSES, values), lang)
    exemptions, prior_learning, minima = _circumstances(
        session.execute(CIRCUMSTANCES, values)
    )
    return facts.InstitutionFacts(
        as_of=as_of,
        mandate_ends_on=place.mandate_ends_on,
        people=_people(session.execute(PEOPLE, values)),
        units=units,
        posts=posts,
        appointments=appointments,
        courses=courses,
        certificates=read_certificates(session.execute(CERTIFICATES, values), versions),
        learning=read_learning(session.execute(LEARNING, values)),
        plans=read_plans(session.execute(PLANS, values)),
        exemptions=exemptions,
        prior_learning=prior_learning,
        minima=minima,
        competencies=titles,
    )


# People -----------------------------------------------------------------------------

PEOPLE: Select[*tuple[Any, ...]] = (
    select(
        User.id,
        User.full_name,
        User.email,
        User.username,
        User.weekly_learning_hours,
        or_(
            User.password.is_not(None),
            exists().where(AccessCode.user_id == User.id),
        ).label("is_invited"),
        Membership.from_on,
        Membership.to_on,
    )
    .join(Membership, Membership.user_id == User.id)
    .where(Membership.institution_id == INSTITUTION)
    .order_by(User.full_name, User.id, Membership.from_on)
)


def _people(rows: Rows) -> tuple[facts.Person, ...]:
    people: dict[int, facts.Person] = {}
    for row in rows:
        known = people.get(row.id)
        period = facts.Period(row.from_on, row.to_on)
        people[row.id] = facts.Person(
            id=row.id,
            name=row.full_name,
            identity=row.email or row.username or "",
            has_mailbox=row.email is not None,
            is_invited=bool(row.is_invited),
            weekly_hours=row.weekly_learning_hours,
            memberships=(*(known.memberships if known else ()), period),
        )
    return tuple(people.values())


# Units, posts, appointments ---------------------------------------------------------

STAFFING: Select[*tuple[Any, ...]] = (
    select(Unit, Post, Appointment)
    .outerjoin(Post, Post.unit_id == Unit.id)
    .outerjoin(Appointment, Appointment.post_id == Post.id)
    .where(Unit.institution_id == INSTITUTION)
    .order_by(Unit.name, Unit.id, Post.title, Post.id, Appointment.id)
)


def _staffing(
    rows: Rows,
) -> tuple[
    tuple[facts.Unit, ...], tuple[facts.Post, ...], tuple[facts.Appointment, ...]
]:
    units: dict[int, facts.Unit] = {}
    posts: dict[int, facts.Post] = {}
    appointments: list[facts.Appointment] = []
    for unit, post, appointment in rows:
        if unit.id not in units:
            units[unit.id] = facts.Unit(unit.id, unit.parent_id, unit.name, unit.is_pmu)
        if post is not None and post.id not in posts:
            posts[post.id] = facts.Post(
                id=post.id,
                unit_id=post.unit_id,
                title=post.title,
                profile=post.profile_code,
                seats=post.seats,
                active=facts.Period(post.active_from, post.active_to),
            )
        if appointment is not None:
            appointments.append(
                facts.Appointment(
                    id=appointment.id,
                    person_id=appointment.user_id,
                    post_id=appointment.post_id,
                    kind=facts.AppointmentKind(appointment.kind),
                    from_on=appointment.from_on,
                    to_on=appointment.to_on,
                    ends_with_mandate=appointment.ends_with_mandate,
                )
            )
    return tuple(units.values()), tuple(posts.values()), tuple(appointments)


# Courses ----------------------------------------------------------------------------


def _best_title(version_id: InstrumentedAttribute[int]) -> ColumnElement[str]:
    return (
        select(CourseText.title)
        .where(CourseText.course_version_id == version_id)
        .order_by(case((CourseText.lang == LANG, 0), else_=1), CourseText.lang)
        .limit(1)
        .scalar_subquery()
    )


COURSES: Select[*tuple[Any, ...]] = (
    select(
        Course.slug,
        CourseVersion.id,
        CourseVersion.major,
        CourseVersion.access,
        CourseVersion.quarter_hours,
        CourseVersion.validity_months,
        CourseVersion.facts,
        (LiveVersion.course_version_id == CourseVersion.id).label("is_live"),
        _best_title(CourseVersion.id).label("title"),
    )
    .join(CourseVersion, CourseVersion.course_id == Course.id)
    .outerjoin(LiveVersion, LiveVersion.course_id == Course.id)
    .order_by(Course.slug, CourseVersion.id)
)
"""Selects every version of every course: few rows, and each small."""


@dataclass(frozen=True, slots=True)
class CertifiedVersion:
    """What a certificate inherits of the version that it was earned on."""

    major: int
    grants: tuple[facts.Grant, ...]


def read_courses(
    rows: Rows, lang: str
) -> tuple[dict[str, facts.Course], dict[int, CertifiedVersion], dict[str, str]]:
    """Read courses by slug, versions by key, and titles of competencies by code."""
    courses: dict[str, facts.Course] = {}
    versions: dict[int, CertifiedVersion] = {}
    titles: dict[str, str] = {}
    for row in rows:
        for grant in row.facts["grants"]:
            texts = grant["titles"]
            titles[grant["competency"]] = texts.get(lang) or next(iter(texts.values()))
        grants = tuple(
            (grant["competency"], int(grant["level"])) for grant in row.facts["grants"]
        )
        versions[row.id] = CertifiedVersion(row.major, grants)
        known = courses.get(row.slug)
        if known is not None and known.is_live:
            continue
        courses[row.slug] = facts.Course(
            slug=row.slug,
            title=row.title or row.slug,
            hours=Fraction(row.quarter_hours, QUARTERS_PER_HOUR),
            validity_months=row.validity_months,
            prerequisites=tuple(row.facts["prerequisites"]),
            grants=grants,
            is_live=bool(row.is_live),
            is_written=row.access != PREPARATION,
        )
    return courses, versions, titles


# Evidence ---------------------------------------------------------------------------


def _members() -> Select[int]:
    """Select who belongs or belonged here, in any role."""
    return select(Membership.user_id).where(Membership.institution_id == INSTITUTION)


CHANGES = tuple(change.value for change in facts.CertificateChange)


def certificates_statement(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Build the statement of certificates, each with what happened to it."""
    return (
        select(
            Certificate.id,
            Certificate.number,
            Certificate.user_id,
            Certificate.issued_on,
            Certificate.valid_until,
            Course.slug,
            Enrolment.course_version_id,
            CertificateEvent.kind,
            CertificateEvent.at,
        )
        .join(Enrolment, Enrolment.id == Certificate.enrolment_id)
        .join(Course, Course.id == Certificate.course_id)
        .outerjoin(
            CertificateEvent,
            and_(
                CertificateEvent.certificate_id == Certificate.id,
                CertificateEvent.kind.in_(CHANGES),
            ),
        )
        .where(whose)
        .order_by(Certificate.id, CertificateEvent.id)
    )


CERTIFICATES = certificates_statement(Certificate.user_id.in_(_members()))


def read_certificates(
    rows: Rows, versions: dict[int, CertifiedVersion]
) -> tuple[facts.Certificate, ...]:
    """Read certificates from their rows, one for each thing that happened to them."""
    found: dict[int, facts.Certificate] = {}
    for row in rows:
        version = versions[row.course_version_id]
        known = found.get(row.id)
        change = (
            ((facts.CertificateChange(row.kind), row.at.date()),) if row.kind else ()
        )
        found[row.id] = facts.Certificate(
            id=row.id,
            number=row.number,
            person_id=row.user_id,
            course=row.slug,
            major=version.major,
            issued_on=row.issued_on,
            valid_until=row.valid_until,
            grants=version.grants,
            changes=(*(known.changes if known else ()), *change),
        )
    return tuple(found.values())


def learning_statement(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Build the statement of every enrolment that is open on the day, with its share.

    A module is complete when it is read and its graded quiz is passed; its weight is
    the minutes of reading, quiz and task.
    """
    taken = aliased(Attempt)
    is_passed = (
        exists()
        .where(
            taken.enrolment_id == Enrolment.id,
            taken.quiz_id == Quiz.id,
            taken.passed.is_(True),
            taken.closed_at <= UNTIL,
        )
        .correlate(Enrolment, Quiz)
    )
    minutes = Module.minutes + Module.quiz_minutes + Module.task_minutes
    is_complete = and_(
        ModuleCompletion.module_id.is_not(None), or_(Quiz.id.is_(None), is_passed)
    )
    tried, asked = aliased(Attempt), aliased(Quiz)
    used_up = (
        select(asked.id)
        .join(tried, tried.quiz_id == asked.id)
        .where(
            tried.enrolment_id == Enrolment.id,
            tried.closed_at <= UNTIL,
            asked.mode == "graded",
            asked.attempts_allowed.is_not(None),
        )
        .group_by(asked.id, asked.attempts_allowed)
        .having(
            func.count(tried.id) >= asked.attempts_allowed,
            func.sum(case((tried.passed.is_(True), 1), else_=0)) == 0,
        )
        .correlate(Enrolment)
        .exists()
    )
    return (
        select(
            Enrolment.user_id,
            Course.slug,
            func.sum(minutes).label("minutes"),
            func.sum(case((is_complete, minutes), else_=0)).label("complete"),
            used_up.label("is_blocked"),
        )
        .join(Course, Course.id == Enrolment.course_id)
        .join(
            Module,
            and_(
                Module.course_version_id == Enrolment.course_version_id,
                Module.required.is_(True),
            ),
        )
        .outerjoin(
            ModuleCompletion,
            and_(
                ModuleCompletion.enrolment_id == Enrolment.id,
                ModuleCompletion.module_id == Module.id,
                ModuleCompletion.completed_at <= UNTIL,
            ),
        )
        .outerjoin(Quiz, and_(Quiz.module_id == Module.id, Quiz.mode == "graded"))
        .where(
            whose,
            Enrolment.started_at <= UNTIL,
            or_(Enrolment.ended_at.is_(None), Enrolment.ended_at > UNTIL),
        )
        .group_by(Enrolment.id, Enrolment.user_id, Course.slug)
    )


LEARNING = learning_statement(Enrolment.user_id.in_(_members()))


def read_learning(rows: Rows) -> tuple[facts.Learning, ...]:
    """Read how far people are."""
    return tuple(
        facts.Learning(
            person_id=row.user_id,
            course=row.slug,
            progress=Fraction(int(row.complete), int(row.minutes)),
            is_blocked=bool(row.is_blocked),
        )
        for row in rows
    )


# Plans ------------------------------------------------------------------------------


def plans_statement(whose: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Build the statement of plans, line by line; what was given up is left out."""
    return (
        select(
            TrainingPlan,
            Requirement,
            Course.slug,
            Priority.rank,
            Priority.title.label("priority_title"),
            CallCheck.title.label("call_title"),
        )
        .outerjoin(Requirement, Requirement.plan_id == TrainingPlan.id)
        .outerjoin(Course, Course.id == Requirement.course_id)
        .outerjoin(Priority, Priority.id == Requirement.priority_id)
        .outerjoin(CallCheck, CallCheck.id == Requirement.call_check_id)
        .where(whose, TrainingPlan.cancelled_on.is_(None))
        .order_by(TrainingPlan.series, TrainingPlan.version, Requirement.ordinal)
    )


PLANS = plans_statement(TrainingPlan.institution_id == INSTITUTION)


def read_plans(rows: Rows) -> tuple[facts.Plan, ...]:
    """Read plans from their rows, one for each line."""
    plans: dict[int, tuple[TrainingPlan, list[facts.Requirement]]] = {}
    for plan, requirement, slug, rank, priority, call in rows:
        lines = plans.setdefault(plan.id, (plan, []))[1]
        if requirement is not None:
            lines.append(_requirement(requirement, slug, rank, priority, call))
    return tuple(_plan(plan, lines) for plan, lines in plans.values())


def _plan(row: TrainingPlan, lines: list[facts.Requirement]) -> facts.Plan:
    return facts.Plan(
        id=row.id,
        series=row.series,
        version=row.version,
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        target_bp=row.target_bp,
        approved_on=row.approved_on,
        superseded_on=row.superseded_on,
        completed_on=row.completed_on,
        requirements=tuple(lines),
    )


def _requirement(
    row: Requirement,
    slug: str,
    rank: int | None,
    priority: str | None,
    call: str | None,
) -> facts.Requirement:
    return facts.Requirement(
        id=row.id,
        plan_id=row.plan_id,
        audience=facts.Audience(
            facts.AudienceKind(row.audience_kind), row.audience_key
        ),
        course=slug,
        min_major=row.min_major,
        due_on=row.due_on,
        due_days=row.due_days,
        recert_months=row.recert_months,
        weight=row.weight,
        min_holders=row.min_holders,
        reason=_reason(row, rank, priority, call),
    )


def _reason(
    row: Requirement, rank: int | None, priority: str | None, call: str | None
) -> facts.Reason:
    if row.priority_id is not None:
        text = f"{rank}. {priority}" if not row.reason_text else row.reason_text
        return facts.Reason("priority", text, row.priority_id)
    if row.call_check_id is not None:
        return facts.Reason("call", row.reason_text or call or "", row.call_check_id)
    return facts.Reason(row.reason_kind, row.reason_text)


# Exemptions, prior learning, minima -------------------------------------------------


def _circumstances_statement() -> Select[*tuple[Any, ...]]:
    """Build one statement of three small tables, told apart by the first column."""
    exempt = (
        select(
            literal("exempt").label("kind"),
            Exemption.user_id.label("user_id"),
            Course.slug.label("code"),
            literal(0).label("level"),
            literal(0).label("holders"),
            Exemption.reason.label("reason"),
            Exemption.from_on.label("from_on"),
            Exemption.until_on.label("until_on"),
        )
        .join(Course, Course.id == Exemption.course_id)
        .where(
            Exemption.institution_id == INSTITUTION,
            Exemption.approved_at.is_not(None),
        )
    )
    prior = select(
        literal("prior"),
        PriorLearning.user_id,
        PriorLearning.competency,
        PriorLearning.level,
        literal(0),
        literal(""),
        PriorLearning.decided_on,
        PriorLearning.valid_until,
    ).where(
        PriorLearning.user_id.in_(_members()),
        PriorLearning.decision == "recognised",
    )
    minima = select(
        literal("minimum"),
        case((FunctionMinimum.is_critical.is_(True), 1), else_=0),
        FunctionMinimum.competency,
        FunctionMinimum.level,
        FunctionMinimum.holders,
        literal(""),
        null().cast(Date),
        null().cast(Date),
    ).where(FunctionMinimum.institution_id == INSTITUTION)
    rows = union_all(exempt, prior, minima).subquery()
    return select(rows).order_by(rows.c.kind, rows.c.code, rows.c.user_id)


CIRCUMSTANCES = _circumstances_statement()


def _circumstances(
    rows: Rows,
) -> tuple[
    tuple[facts.Exemption, ...],
    tuple[facts.PriorLearning, ...],
    tuple[facts.FunctionMinimum, ...],
]:
    exemptions: list[facts.Exemption] = []
    prior: list[facts.PriorLearning] = []
    minima: list[facts.FunctionMinimum] = []
    for row in rows:
        if row.kind == "minimum":
            is_critical = bool(row.user_id)
            minima.append(
                facts.FunctionMinimum(row.code, row.level, row.holders, is_critical)
            )
            continue
        period = facts.Period(row.from_on, row.until_on)
        if row.kind == "exempt":
            exemptions.append(
                facts.Exemption(row.user_id, row.code, row.reason, period)
            )
        else:
            prior.append(facts.PriorLearning(row.user_id, row.code, row.level, period))
    return tuple(exemptions), tuple(prior), tuple(minima)
