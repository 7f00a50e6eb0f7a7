"""What was issued or taken back is signed as soon as the answer has left."""

from flask import Flask, Response, current_app

from conexx_learn.adapters.clock import now
from conexx_learn.domain.errors import RuleError
from conexx_learn.services.signing import sign_newest
from conexx_learn.services.signing_requests import takes_request
from conexx_learn.services.status_lists import sign_status_lists
from conexx_learn.services.unit_of_work import reading


def init_app(app: Flask) -> None:
    """Look after each request whether something was issued or revoked in it."""
    app.after_request(_sign_afterwards)


def _sign_afterwards(response: Response) -> Response:
    """Sign once the answer is sent: nobody waits for a signature."""
    if takes_request(reading()):
        app = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 (the request is over by then)
        response.call_on_close(lambda: sign_now(app))
    return response


def sign_now(app: Flask) -> None:
    """Sign what waits, then the status lists.

    An error is logged, and the jobs of the next minute try again.

    Args:
        app: Whose settings and database; the request may be over.
    """
    settings = app.config
    public_url, folder = settings["PUBLIC_URL"], settings["ISSUER_KEYS"]
    demo = settings["DEMO"]
    with app.app_context():
        try:
            done = sign_newest(
                public_url=public_url, folder=folder, demo=demo, now=now()
            )
            sign_status_lists(
                public_url=public_url, folder=folder, demo=demo, now=now()
            )
        except RuleError as error:
            app.logger.warning("certificates wait for signatures: %s", error.code)
        except Exception:
            app.logger.exception("not signed yet")
        else:
            for refusal in done.refusals:
                app.logger.error("not signed: %s: %s", refusal.number, refusal.reason)
