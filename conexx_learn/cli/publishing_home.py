"""What was published in the browser and is not in git yet: committed by the clock."""

from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from conexx_learn.adapters.git_history import CommitState
from conexx_learn.services.course_home import commit_waiting


def commit_published(app: Flask) -> int:
    """Commit what waits; what git refuses is logged, and tried again by the next turn.

    Returns:
        How many courses were committed.
    """
    done = commit_waiting(
        home=Path(app.config["COURSE_HOME"]),
        host=urlsplit(app.config["PUBLIC_URL"]).hostname or "",
    )
    for slug, outcome in done:
        if outcome.is_to_repeat:
            app.logger.warning(
                "not committed: %s: %s %s", slug, outcome.state.value, outcome.reason
            )
    return sum(outcome.state is CommitState.COMMITTED for _, outcome in done)
