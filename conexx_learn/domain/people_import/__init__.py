"""A list of people, as town halls keep it, becomes rows or problems with their line.

`read_people` and `read_pasted_people` are total: any bytes and any text give rows,
problems, or both, never an exception. Nothing here knows who is in the database.
"""

from conexx_learn.domain.people_import.headings import Field
from conexx_learn.domain.people_import.reading import (
    PeopleReading,
    read_pasted_people,
    read_people,
)
from conexx_learn.domain.people_import.row_problems import RowProblem
from conexx_learn.domain.people_import.rows import ImportRow
from conexx_learn.domain.people_import.usernames import proposed_usernames

__all__ = [
    "Field",
    "ImportRow",
    "PeopleReading",
    "RowProblem",
    "proposed_usernames",
    "read_pasted_people",
    "read_people",
]
