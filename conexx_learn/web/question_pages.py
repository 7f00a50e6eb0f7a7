"""The pages of a long list of questions: which one is asked for, and the others."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import request

from conexx_learn.queries.question_desk import Slice

ON_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class ListPages:
    """Which page of a list is shown.

    Attributes:
        page: From 1.
        total: How many there are; at least 1.
        address: Page number to address.
    """

    page: int
    total: int
    address: Callable[[int], str]

    @classmethod
    def asked_for(cls, count: int, address: Callable[[int], str]) -> "ListPages":
        """Read the page from the address; one that is not there is the nearest."""
        total = max(1, -(-count // ON_A_PAGE))
        wanted = request.args.get("page", 1, type=int)
        return cls(min(max(1, wanted), total), total, address)

    @property
    def part(self) -> Slice:
        """Return what of the list is on the page."""
        return Slice((self.page - 1) * ON_A_PAGE, ON_A_PAGE)
