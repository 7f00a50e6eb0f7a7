"""What was read: facts from which progress is computed on each read."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from conexx_learn.models.base import Base


class ModuleCompletion(Base):
    """A learner marked a module as read; set once."""

    __tablename__ = "module_completion"

    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolment.id"), primary_key=True
    )
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), primary_key=True)
    completed_at: Mapped[datetime]
