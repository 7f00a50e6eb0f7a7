"""What importing a list would change; the same list again would change nothing."""

from dataclasses import dataclass
from enum import StrEnum

from conexx_learn.domain.appointments import Term
from conexx_learn.domain.people_import.row_problems import RowProblem


class Coming(StrEnum):
    """How somebody of the list stands to the institution."""

    NEW = "new"
    """An account is made."""
    BACK = "back"
    """They had left."""
    ELSEWHERE = "elsewhere"
    """They have an account, but not here."""
    HERE = "here"
    """They belong already."""


@dataclass(slots=True)
class PlannedPerson:
    """Somebody of the list.

    Attributes:
        line: Where they stand first.
        name: As it is printed, or will be.
        coming: How they stand to the institution.
        user_id: Of the account; None where it is new.
        email: Of a new account, or to be added to theirs; empty for none.
        username: Of a new account where the list names one; empty otherwise.
        owner_id: Account from elsewhere that has the address or the username, whose
            owner is asked; None for none.
    """

    line: int
    name: str
    coming: Coming
    user_id: int | None = None
    email: str = ""
    username: str = ""
    owner_id: int | None = None

    @property
    def has_changes(self) -> bool:
        """Whether something of them is stored."""
        return self.coming is not Coming.HERE or bool(self.email)


@dataclass(slots=True)
class PlannedPost:
    """A post of the list.

    Attributes:
        unit: Name of its unit, which is opened where it is not there.
        title: As people call it.
        profile: Code of its job profile.
        post_id: None where it is new.
        seats: How many it has, or will have.
        holders: How many of the list and of before hold it today.
        line: Where it stands first.
    """

    unit: str
    title: str
    profile: str
    post_id: int | None
    seats: int
    holders: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class PlannedAppointment:
    """Somebody put into a post, or what is corrected of it.

    Attributes:
        line: Of the list.
        person: Who.
        post: Where.
        term: How and when.
        appointment_id: Of the one to correct; None for a new one.
        before: What it says until now; None for a new one.
    """

    line: int
    person: PlannedPerson
    post: PlannedPost
    term: Term
    appointment_id: int | None = None
    before: Term | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a list would change.

    Attributes:
        people: Everybody of the list, in its order.
        units: Names of units to open.
        posts: Posts to create.
        appointments: Appointments to begin or to correct.
        unchanged: How many rows of the list change nothing.
        problems: What has to be mended first, by line.
        remarks: What should be looked at, by line.
    """

    people: tuple[PlannedPerson, ...] = ()
    units: tuple[str, ...] = ()
    posts: tuple[PlannedPost, ...] = ()
    appointments: tuple[PlannedAppointment, ...] = ()
    unchanged: int = 0
    problems: tuple[RowProblem, ...] = ()
    remarks: tuple[RowProblem, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """Whether everything of the list is there already."""
        return not (
            self.units
            or self.posts
            or self.appointments
            or any(person.has_changes for person in self.people)
        )

    def arrivals(self, coming: Coming) -> int:
        """Count the people who come in one way."""
        return sum(person.coming is coming for person in self.people)

    @property
    def begun(self) -> int:
        """How many appointments begin."""
        return sum(one.appointment_id is None for one in self.appointments)

    @property
    def corrected(self) -> int:
        """How many appointments are corrected."""
        return len(self.appointments) - self.begun
