"""Who hides the name on a certificate shows what names them to nobody else."""

from conexx_learn.domain.errors import NotFoundError
from conexx_learn.domain.permissions import Role, holds
from conexx_learn.web.access import actor


def refuse_hidden(*, user_id: int, hides_name: bool) -> None:
    """Let the holder and coordinators alone see what tells a hidden name.

    Who asks is looked up only where a name is hidden: a file that is open to all
    answers alike with and without a session.

    Args:
        user_id: The holder.
        hides_name: Whether the holder hides the name.

    Raises:
        NotFoundError: Who asks is neither.
    """
    if not hides_name:
        return
    asking = actor()
    if asking.user_id != user_id and not holds(asking, Role.COORDINATOR):
        raise NotFoundError
