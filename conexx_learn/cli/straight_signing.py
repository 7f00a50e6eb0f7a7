"""What a command issued or took back is signed before it ends."""

from pathlib import Path

from flask import current_app

from conexx_learn.adapters.clock import now
from conexx_learn.services.signing import sign_waiting
from conexx_learn.services.status_lists import publish_status


def sign_straight_away() -> None:
    """Sign what waits and the status lists; without keys both wait on.

    Call it after the commit. What it leaves, the job of the next minute finds.
    """
    settings = current_app.config
    public_url: str = settings["PUBLIC_URL"]
    folder: Path = settings["ISSUER_KEYS"]
    demo: bool = settings["DEMO"]
    sign_waiting(public_url=public_url, folder=folder, demo=demo, now=now())
    publish_status(public_url=public_url, folder=folder, demo=demo, now=now())
