"""What the statements of one institution's facts share: whom, until when, how told."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import DateTime, Integer, Row, Select, String, bindparam, select

from conexx_learn.models.institutions import Membership

Rows = Iterable[Row[*tuple[Any, ...]]]

INSTITUTION = bindparam("institution_id", type_=Integer)
LANG = bindparam("lang", type_=String)
UNTIL = bindparam("until", type_=DateTime(timezone=True))


def members() -> Select[int]:
    """Select who belongs or belonged to the institution, in any role."""
    return select(Membership.user_id).where(Membership.institution_id == INSTITUTION)
