"""What an institution already has, as the import of a list compares it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from conexx_learn.domain.appointments import Term


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who belongs, or belonged, to the institution.

    Attributes:
        id: Of the account.
        name: As it is printed.
        email: Empty for who has no mailbox.
        username: Empty where there is none.
        is_here: They belong to it today.
        is_theirs: The address is the institution's to write.
        has_declined: They said that they are not to be added.
    """

    id: int
    name: str
    email: str = ""
    username: str = ""
    is_here: bool = True
    is_theirs: bool = True
    has_declined: bool = False


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post that is not over."""

    id: int
    unit_id: int
    title: str
    profile: str
    seats: int


@dataclass(frozen=True, slots=True)
class KnownAppointment:
    """A person in one of these posts, now or at another time."""

    id: int
    person_id: int
    post_id: int
    term: Term


@dataclass(frozen=True, slots=True)
class KnownInstitution:
    """What a list is compared with.

    Attributes:
        today: The day there.
        name: Of the institution; its only unit is called so where it has none.
        people: Who belongs or belonged here.
        units: Open units: key to name.
        posts: Posts that are not over.
        appointments: In these posts.
        profiles: Folded title or code of a job profile to its code.
        profile_titles: Code to title, in the language of the institution.
        strangers: E-mail address or username in the list to the account elsewhere that
            has it.
        takes_strangers: Whether such accounts may be added; else their owners are
            asked, and the list reads as if they were new.
        names_tell: Whether a name alone says who is meant, whatever post they are in.
    """

    today: date
    name: str
    people: Sequence[KnownPerson] = ()
    units: Mapping[int, str] = field(default_factory=dict)
    posts: Sequence[KnownPost] = ()
    appointments: Sequence[KnownAppointment] = ()
    profiles: Mapping[str, str] = field(default_factory=dict)
    profile_titles: Mapping[str, str] = field(default_factory=dict)
    strangers: Mapping[str, int] = field(default_factory=dict)
    takes_strangers: bool = False
    names_tell: bool = False
