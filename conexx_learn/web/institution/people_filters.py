"""What the address of the list of people says."""

from dataclasses import dataclass

from flask import request

from conexx_learn.queries.people import Who
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """What the address of the list says; all of it may be left out.

    Attributes:
        query: Typed words.
        unit: Key of a unit, or 0.
        post: Key of a post, or 0.
        who: Which of the people.
        page: From 1.
    """

    query: str
    unit: int
    post: int
    who: Who
    page: int

    @classmethod
    def asked(cls) -> "PeopleFilters":
        """Read the address; what makes no sense is as if it were not there."""
        who = request.args.get("who", "")
        return cls(
            query=request.args.get("q", "")[:200].strip(),
            unit=max(0, request.args.get("unit", 0, type=int)),
            post=max(0, request.args.get("post", 0, type=int)),
            who=Who(who) if who in set(Who) else Who.HERE,
            page=max(1, request.args.get("page", 1, type=int)),
        )

    @property
    def are_set(self) -> bool:
        """Whether the list is narrowed to anything."""
        return bool(self.query or self.unit or self.post or self.who is not Who.HERE)

    def address(self, slug: str, page: int) -> str:
        """Return the address of a page of the same list."""
        return url_for(
            "people.index",
            slug=slug,
            q=self.query or None,
            unit=self.unit or None,
            post=self.post or None,
            who=None if self.who is Who.HERE else self.who.value,
            page=page if page > 1 else None,
        )


def who_words() -> list[tuple[Who, str]]:
    """Return which of the people can be asked for, in words."""
    return [
        (Who.HERE, _("Who is here")),
        (Who.WITHOUT_POST, _("Without a post")),
        (Who.NOT_JOINED, _("Without a password yet")),
        (Who.WITHOUT_EMAIL, _("Without an e-mail address")),
        (Who.LEFT, _("Who has left")),
    ]
