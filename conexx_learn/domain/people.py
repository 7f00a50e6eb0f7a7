"""People as their institution writes them down."""

from dataclasses import dataclass

from conexx_learn.domain.fingerprints import fingerprint

USUAL_WEEKLY_HOURS = 2
MOST_WEEKLY_HOURS = 20


@dataclass(frozen=True, slots=True)
class PersonTraits:
    """What an institution says of one of its people.

    Attributes:
        full_name: As it is printed.
        email: In the form that is stored; empty for who has no mailbox.
        username: In the form that is stored; empty where one is to be made, or none.
        weekly_hours: Hours a week for learning, 0 to 20.
    """

    full_name: str
    email: str = ""
    username: str = ""
    weekly_hours: int = USUAL_WEEKLY_HOURS

    @property
    def fingerprint(self) -> str:
        """What changes when one of its values does."""
        return fingerprint(self.full_name, self.email, self.username, self.weekly_hours)
