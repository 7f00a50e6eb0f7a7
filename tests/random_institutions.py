"""Institutions by lot, for rules that hold for every one of them."""

from hypothesis import strategies as st

from conexx_learn.domain.readiness.facts import (
    AppointmentKind,
    Audience,
    AudienceKind,
    CertificateChange,
)
from tests.sample_institutions import Line, Sketch

PROFILES = st.sampled_from(["PM", "FIN"])
SLUGS = st.sampled_from(["C1", "C2", "C3", "C10"])
KINDS = st.sampled_from([AppointmentKind.HOLDER, AppointmentKind.DEPUTY])
PAST = st.integers(-900, 0)
CHANGES = st.lists(
    st.tuples(st.sampled_from(CertificateChange), st.integers(-400, 0)), max_size=2
).map(lambda changes: sorted(changes, key=lambda change: change[1]))


@st.composite
def sketches(draw: st.DrawFn) -> Sketch:
    """Draw a small institution: units, posts, people, certificates and plans."""
    town = Sketch(mandate_ends=draw(st.none() | st.integers(1, 400)))
    units = [town.add_unit("Hall")]
    for name in draw(st.lists(st.sampled_from(["North", "South"]), max_size=2)):
        inside = draw(st.sampled_from(units))
        units.append(town.add_unit(name, inside, pmu=draw(st.booleans())))
    for _ in range(draw(st.integers(1, 3))):
        seats = draw(st.integers(1, 3))
        town.add_post(draw(PROFILES), draw(st.sampled_from(units)), seats)
    for number in range(draw(st.integers(0, 4))):
        _add_somebody(draw, town, f"Person {number}")
    _add_plans(draw, town)
    return town


def _add_somebody(draw: st.DrawFn, town: Sketch, name: str) -> None:
    person = town.add_person(
        name,
        left=draw(st.none() | PAST),
        weekly_hours=draw(st.integers(0, 3)),
        invited=draw(st.booleans()),
    )
    posts = st.sampled_from([post.id for post in town.posts])
    for post in draw(st.lists(posts, max_size=2, unique=True)):
        begin, end = draw(st.none() | PAST), draw(st.none() | st.integers(-300, 300))
        town.appoint(person, post, begin, end, kind=draw(KINDS))
    for course in draw(st.lists(SLUGS, max_size=3)):
        issued = draw(st.integers(-1200, 0))
        major, changes = draw(st.integers(1, 2)), draw(CHANGES)
        town.certify(person, course, issued, major=major, changes=changes)
    for course in draw(st.lists(SLUGS, max_size=1)):
        town.learn(person, course, draw(st.integers(0, 100)))
    for course in draw(st.lists(SLUGS, max_size=1)):
        begin = draw(PAST)
        town.exempt(person, course, begin, begin + draw(st.integers(0, 900)))


def _add_plans(draw: st.DrawFn, town: Sketch) -> None:
    audiences = _audiences(town)
    lines = st.lists(_lines(audiences), max_size=5)
    town.plan(draw(lines), approved=-300, target_bp=draw(st.integers(0, 10_000)))
    if draw(st.booleans()):
        town.plan(draw(lines), approved=draw(st.integers(-299, 0)), version=2)
    if draw(st.booleans()):
        town.plan(draw(lines), approved=draw(PAST), series=2)


def _audiences(town: Sketch) -> st.SearchStrategy[Audience]:
    def keyed(kind: AudienceKind, ids: list[int]) -> list[Audience]:
        return [Audience(kind, str(id_)) for id_ in ids]

    return st.sampled_from(
        [
            Audience(AudienceKind.INSTITUTION),
            Audience(AudienceKind.PMU),
            Audience(AudienceKind.PROFILE, "PM"),
            *keyed(AudienceKind.POST, [post.id for post in town.posts]),
            *keyed(AudienceKind.UNIT, [unit.id for unit in town.units]),
            *keyed(AudienceKind.PERSON, [person.id for person in town.people]),
        ]
    )


def _lines(audiences: st.SearchStrategy[Audience]) -> st.SearchStrategy[Line]:
    def line(
        audience: Audience, course: str, due: tuple[str, int], weight: int, age: int
    ) -> Line:
        is_day = due[0] == "day"
        return Line(
            audience,
            course,
            due[1] if is_day else None,
            weight,
            due_days=None if is_day else abs(due[1]),
            recert_months=age or None,
            min_major=2 if age == 6 else None,
        )

    due = st.tuples(st.sampled_from(["day", "days"]), st.integers(-200, 400))
    ages = st.sampled_from([0, 0, 6, 12])
    return st.builds(line, audiences, SLUGS, due, st.integers(1, 3), ages)
