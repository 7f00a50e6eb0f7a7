"""Which post a row means: one that is there, one of an earlier row, or a new one."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from conexx_learn.domain import search
from conexx_learn.domain.appointments import Term
from conexx_learn.domain.people_import.changes import PlannedPost
from conexx_learn.domain.people_import.known import KnownInstitution
from conexx_learn.domain.people_import.post_profiles import suggested_profile
from conexx_learn.domain.people_import.row_problems import RowProblem, shown
from conexx_learn.domain.people_import.rows import ImportRow
from conexx_learn.domain.readiness.facts import AppointmentKind

Key = tuple[str, str]
"""A folded unit, empty for any, and a folded title or the code of a profile."""


class RowError(Exception):
    """A row cannot be understood beside what is there."""

    def __init__(self, row: ImportRow, code: str, **facts: str) -> None:
        self.problem = RowProblem(row.line, 1, code, facts)
        super().__init__(code)


class PostMatching:
    """Knows the posts of an institution and those that a list would make."""

    def __init__(self, known: KnownInstitution) -> None:
        self._known = known
        self._unit_names = {folded(name): name for name in known.units.values()}
        self._new_units: dict[str, str] = {}
        held = Counter(
            one.post_id for one in known.appointments if _holds(one.term, known.today)
        )
        self._posts = [
            PlannedPost(
                unit=known.units.get(post.unit_id, ""),
                title=post.title,
                profile=post.profile,
                post_id=post.id,
                seats=post.seats,
                holders=held[post.id],
            )
            for post in known.posts
        ]
        self._by_title: defaultdict[Key, list[PlannedPost]] = defaultdict(list)
        self._by_profile: defaultdict[Key, list[PlannedPost]] = defaultdict(list)
        for post in self._posts:
            self._remember(post)
        self._touched: list[PlannedPost] = []
        self.remarks: list[RowProblem] = []

    def post_of(self, row: ImportRow) -> PlannedPost | None:
        """Return the post of a row; None where it names none.

        Raises:
            RowError: It may be one of several, or the unit of a new one is unknown.
        """
        if not (row.post or row.profile):
            return None
        unit = folded(row.unit)
        found = (
            self._by_title[unit, folded(row.post)]
            if row.post
            else self._by_profile[unit, row.profile]
        )
        if len(found) > 1:
            title = shown(row.post or row.profile)
            raise RowError(row, "several-posts", post=title)
        if not found:
            return self._new_post(row)
        post = found[0]
        if row.profile and post.profile != row.profile:
            facts = {"post": shown(post.title), "kept": post.profile}
            self.remarks.append(RowProblem(row.line, 1, "profile-kept", facts))
        return post

    def new_posts(self) -> tuple[PlannedPost, ...]:
        """List the posts that the list makes, by line; each with a seat a holder."""
        new = [post for post in self._posts if post.post_id is None]
        for post in new:
            post.seats = max(1, post.holders)
        return tuple(sorted(new, key=lambda post: post.line))

    def new_units(self) -> tuple[str, ...]:
        """List the units that the list opens."""
        return tuple(self._new_units.values())

    def count(self, post: PlannedPost, *, before: Term | None, after: Term) -> None:
        """Note that somebody holds a post from now on, or no longer."""
        today = self._known.today
        if before is not None:
            post.holders -= _holds(before, today)
        post.holders += _holds(after, today)
        self._touched.append(post)

    def crowded(self) -> Iterator[RowProblem]:
        """Yield a remark for each post of before that has more holders than seats."""
        for post in {id(one): one for one in self._touched}.values():
            if post.post_id is not None and post.holders > post.seats:
                facts = {
                    "post": shown(post.title),
                    "seats": str(post.seats),
                    "holders": str(post.holders),
                }
                yield RowProblem(1, 1, "more-holders", facts)

    def _new_post(self, row: ImportRow) -> PlannedPost:
        title = row.post or self._known.profile_titles.get(row.profile, row.profile)
        post = PlannedPost(
            unit=self._unit(row, title),
            title=title,
            profile=row.profile or suggested_profile(row.post, self._known.profiles),
            post_id=None,
            seats=1,
            line=row.line,
        )
        self._posts.append(post)
        self._remember(post)
        return post

    def _unit(self, row: ImportRow, title: str) -> str:
        """Return the unit of a new post, and open it where it is not there."""
        name = row.unit
        if not name:
            there = [*self._unit_names.values()]
            if len(there) > 1:
                raise RowError(row, "unit-missing", post=shown(title))
            name = there[0] if there else self._known.name[:120]
        key = folded(name)
        if key not in self._unit_names:
            self._unit_names[key] = self._new_units[key] = name
        return self._unit_names[key]

    def _remember(self, post: PlannedPost) -> None:
        for unit in ("", folded(post.unit)):
            self._by_title[unit, folded(post.title)].append(post)
            self._by_profile[unit, post.profile].append(post)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Fold the name of a unit or a post, of which a list has few."""
    return search.folded(text)


def _holds(term: Term, day: date) -> bool:
    """Say whether a seat is taken on a day."""
    return (
        term.kind is AppointmentKind.HOLDER
        and (term.from_on is None or term.from_on <= day)
        and (term.to_on is None or day <= term.to_on)
    )
