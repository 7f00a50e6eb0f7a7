"""A list of people beside what the institution has: what would change, what is unclear.

Somebody is known by the e-mail address, else by the username, else by the name together
with the post. A name on record is never changed by a list: its holder has seen it as it
will be printed. Nobody is let go because a list leaves them out.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from conexx_learn.domain.appointments import Term
from conexx_learn.domain.people_import.changes import (
    Coming,
    ImportPlan,
    PlannedAppointment,
    PlannedPerson,
    PlannedPost,
)
from conexx_learn.domain.people_import.known import (
    KnownAppointment,
    KnownInstitution,
    KnownPerson,
)
from conexx_learn.domain.people_import.post_matching import PostMatching, RowError
from conexx_learn.domain.people_import.row_problems import RowProblem, shown
from conexx_learn.domain.people_import.rows import ImportRow
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.domain.search import folded


def import_plan(rows: Sequence[ImportRow], known: KnownInstitution) -> ImportPlan:
    """Compare a list with what is there.

    Args:
        rows: Of a list without problems of its own.
        known: What the institution has.

    Returns:
        What would change; where there are problems, as far as rows have none.
    """
    comparison = _Comparison(known)
    # Rows that name the unit come first: others may mean the same post without it.
    for row in sorted(rows, key=lambda one: (not one.unit, one.line)):
        comparison.add(row)
    return comparison.plan()


@dataclass(slots=True)
class _Comparison:
    """Goes through the rows once, and remembers what earlier ones would make."""

    known: KnownInstitution
    posts: PostMatching = field(init=False)
    people: dict[int | str, PlannedPerson] = field(default_factory=dict)
    appointments: list[PlannedAppointment] = field(default_factory=list)
    unchanged: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    remarks: list[RowProblem] = field(default_factory=list)
    _by_email: dict[str, KnownPerson] = field(init=False)
    _by_username: dict[str, KnownPerson] = field(init=False)
    _by_name: defaultdict[str, list[KnownPerson]] = field(init=False)
    _terms: defaultdict[tuple[int, int], list[KnownAppointment]] = field(init=False)
    _posts_of: defaultdict[int, set[int]] = field(init=False)
    _seated: set[int] = field(init=False)
    _planned: defaultdict[tuple[int, int], list[Term]] = field(init=False)
    _name: str = ""
    """That of the row in hand, folded."""

    def __post_init__(self) -> None:
        known = self.known
        self.posts = PostMatching(known)
        self._by_email = {one.email: one for one in known.people if one.email}
        self._by_username = {one.username: one for one in known.people if one.username}
        self._by_name = defaultdict(list)
        for person in known.people:
            self._by_name[folded(person.name)].append(person)
        self._terms, self._posts_of = defaultdict(list), defaultdict(set)
        self._planned, self._seated = defaultdict(list), set()
        for one in known.appointments:
            self._terms[one.person_id, one.post_id].append(one)
            self._posts_of[one.person_id].add(one.post_id)
            if (one.term.to_on or known.today) >= known.today:
                self._seated.add(one.person_id)

    def add(self, row: ImportRow) -> None:
        """Compare one row."""
        self._name = folded(row.name)
        try:
            post = self.posts.post_of(row)
            person = self._person_of(row, post)
            self._appoint(row, person, post)
        except RowError as error:
            self.problems.append(error.problem)

    def plan(self) -> ImportPlan:
        """Say what all rows together would change."""
        new_posts = self.posts.new_posts()
        people = {id(person): person for person in self.people.values()}
        return ImportPlan(
            people=tuple(sorted(people.values(), key=lambda one: one.line)),
            units=self.posts.new_units(),
            posts=new_posts,
            appointments=tuple(sorted(self.appointments, key=lambda one: one.line)),
            unchanged=self.unchanged,
            problems=tuple(sorted(self.problems)),
            remarks=tuple(
                sorted([*self.remarks, *self.posts.remarks, *self.posts.crowded()])
            ),
        )

    # Who ---------------------------------------------------------------------------

    def _person_of(self, row: ImportRow, post: PlannedPost | None) -> PlannedPerson:
        known = self._known_person(row, post)
        if known is not None and known.has_declined:
            raise RowError(row, "person-declined", name=shown(known.name))
        if known is not None:
            person = self.people.get(known.id) or PlannedPerson(
                line=row.line,
                name=known.name,
                coming=Coming.HERE if known.is_here else Coming.BACK,
                user_id=known.id,
            )
            self.people[known.id] = person
            self._complete(row, person, known)
            return person
        return self._newcomer(row, self._stranger(row))

    def _newcomer(self, row: ImportRow, stranger: int | None) -> PlannedPerson:
        """Return who is not known here; several rows may be about one person."""
        keys: list[int | str] = [key for key in (row.email, row.username) if key]
        if stranger:
            keys = [stranger]
        keys = keys or [self._name]
        person = next((self.people[key] for key in keys if key in self.people), None)
        if person is None:
            self._remark_namesakes(row)
            is_taken = bool(stranger) and self.known.takes_strangers
            person = PlannedPerson(
                line=row.line,
                name=row.name,
                coming=Coming.ELSEWHERE if is_taken else Coming.NEW,
                user_id=stranger if is_taken else None,
                owner_id=None if is_taken else stranger,
            )
        person.line = min(person.line, row.line)
        if person.coming is Coming.NEW:
            person.email = person.email or row.email
            person.username = person.username or row.username
        for key in keys:
            self.people[key] = person
        return person

    def _known_person(
        self, row: ImportRow, post: PlannedPost | None
    ) -> KnownPerson | None:
        by_email = self._by_email.get(row.email)
        by_username = self._by_username.get(row.username)
        if by_email and by_username and by_email is not by_username:
            raise RowError(row, "identities-differ", email=row.email, user=row.username)
        if by_email or by_username:
            return by_email or by_username
        if row.username or row.email in self.known.strangers:
            return None
        return self._by_name_and_post(row, post)

    def _by_name_and_post(
        self, row: ImportRow, post: PlannedPost | None
    ) -> KnownPerson | None:
        """Return who has the name and the post, or the name and no post at all."""
        fits = [
            person
            for person in self._by_name.get(self._name, [])
            if not (row.email and person.email)
            and (
                post is None
                or self.known.names_tell
                or post.post_id in self._posts_of.get(person.id, ())
                or person.id not in self._seated
            )
        ]
        if len(fits) > 1:
            fits = [person for person in fits if person.is_here] or fits
        if len(fits) > 1:
            raise RowError(row, "several-people", name=shown(row.name))
        return fits[0] if fits else None

    def _stranger(self, row: ImportRow) -> int | None:
        strangers = self.known.strangers
        by_email, by_username = strangers.get(row.email), strangers.get(row.username)
        if by_username and row.email and not (by_email or self.known.takes_strangers):
            # The address is nobody's yet: it says who is meant, and not the username.
            raise RowError(row, "username-taken", username=row.username)
        return by_email or by_username

    def _complete(
        self, row: ImportRow, person: PlannedPerson, known: KnownPerson
    ) -> None:
        """Take an address for who has none; tell what else differs and is kept."""
        if known.name != row.name and folded(known.name) != self._name:
            facts = {"name": shown(row.name), "kept": shown(known.name)}
            self.remarks.append(RowProblem(row.line, 1, "name-kept", facts))
        if not row.email or row.email == known.email:
            return
        if known.email or not known.is_theirs or row.email in self.known.strangers:
            facts = {"email": row.email, "name": shown(known.name)}
            self.remarks.append(RowProblem(row.line, 1, "email-kept", facts))
        else:
            person.email = row.email

    def _remark_namesakes(self, row: ImportRow) -> None:
        if self._by_name.get(self._name):
            facts = {"name": shown(row.name)}
            self.remarks.append(RowProblem(row.line, 1, "namesake", facts))

    # Where -------------------------------------------------------------------------

    def _appoint(
        self, row: ImportRow, person: PlannedPerson, post: PlannedPost | None
    ) -> None:
        if post is None:
            if row.unit:
                facts = {"unit": shown(row.unit)}
                self.remarks.append(RowProblem(row.line, 1, "unit-unused", facts))
            self.unchanged += not person.has_changes
            return
        existing = self._existing(row, person, post)
        term = _term(row, existing.term if existing else None)
        if not term.is_sensible:
            raise RowError(row, "dates-reversed-known", name=shown(person.name))
        self._refuse_overlap(row, person, post, term, existing)
        if existing is None:
            planned = PlannedAppointment(row.line, person, post, term)
        elif existing.term == term:
            self.unchanged += not person.has_changes
            return
        else:
            planned = PlannedAppointment(
                row.line, person, post, term, existing.id, existing.term
            )
        self.appointments.append(planned)
        self.posts.count(post, before=planned.before, after=term)

    def _existing(
        self, row: ImportRow, person: PlannedPerson, post: PlannedPost
    ) -> KnownAppointment | None:
        """Return the appointment that a row is about; None for a new one."""
        if person.user_id is None or post.post_id is None:
            return None
        there = self._terms.get((person.user_id, post.post_id), [])
        if row.from_on is None:
            return self._unended(row, person, there)
        wanted = Term(from_on=row.from_on, to_on=row.to_on)
        found = [one for one in there if one.term.overlaps(wanted)]
        if len(found) > 1:
            raise RowError(row, "several-appointments", name=shown(person.name))
        return found[0] if found else None

    def _unended(
        self, row: ImportRow, person: PlannedPerson, there: list[KnownAppointment]
    ) -> KnownAppointment | None:
        """Return the one that lasts, for a row without a first day."""
        today = self.known.today
        lasting = [one for one in there if (one.term.to_on or today) >= today]
        same_end = [one for one in there if row.to_on and one.term.to_on == row.to_on]
        found = lasting or same_end
        if len(found) > 1:
            raise RowError(row, "several-appointments", name=shown(person.name))
        if there and not found:
            ended = max(one.term.to_on or today for one in there)
            facts = {"name": shown(person.name), "day": ended.isoformat()}
            raise RowError(row, "return-needs-day", **facts)
        return found[0] if found else None

    def _refuse_overlap(
        self,
        row: ImportRow,
        person: PlannedPerson,
        post: PlannedPost,
        term: Term,
        existing: KnownAppointment | None,
    ) -> None:
        """Refuse what another row, or what is there, already says of the same days."""
        key = id(person), id(post)
        others: Iterator[Term] = iter(self._planned[key])
        if person.user_id is not None and post.post_id is not None:
            there = self._terms.get((person.user_id, post.post_id), [])
            others = iter(
                [*self._planned[key], *(o.term for o in there if o is not existing)]
            )
        if any(term.overlaps(other) for other in others):
            raise RowError(row, "twice-in-post", name=shown(person.name))
        self._planned[key].append(term)


def _term(row: ImportRow, before: Term | None) -> Term:
    """Return what an appointment says after a row; what it leaves out stays."""
    term = before or Term()
    return replace(
        term,
        kind=row.kind or (term.kind if before else AppointmentKind.HOLDER),
        from_on=row.from_on or term.from_on,
        to_on=row.to_on or term.to_on,
        ends_with_mandate=(
            term.ends_with_mandate
            if row.ends_with_mandate is None
            else row.ends_with_mandate
        ),
    )
