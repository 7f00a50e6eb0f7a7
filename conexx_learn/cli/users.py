"""`flask users`: accounts made at the shell, the first coordinator among them."""

from collections.abc import Callable

import click
from flask import current_app

from conexx_learn.adapters.clock import now
from conexx_learn.cli.groups import LearnGroup
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.identifiers import grouped, read_code
from conexx_learn.domain.messages import Message
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.sentences.account_commands import account_command_sentence
from conexx_learn.services import outbox
from conexx_learn.services.access_codes import HandedCode, invite_user
from conexx_learn.services.extra_time import grant_by_identity
from conexx_learn.services.unit_of_work import unit_of_work

EXAMPLE = (
    'Example: flask users create ana@xaltepec.example --name "Ana Ruiz" '
    "--role learner --institution xaltepec"
)
INVITATION_MAIL = "invitation_mail"
"""Where the application keeps what writes the mail of an invitation."""


@click.group(cls=LearnGroup, epilog=EXAMPLE)
def users() -> None:
    """Make accounts."""


@users.command(epilog=EXAMPLE)
@click.argument("identity", metavar="EMAIL-OR-USERNAME")
@click.option("--name", required=True, help="As it is printed on certificates.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--institution", metavar="SLUG", help="Where the role counts.")
def create(identity: str, name: str, role: str, institution: str | None) -> None:
    """Make an account without a password, and the invitation that opens it.

    An address with a mail server behind it receives the invitation; the link is
    printed in any case. It works once, for seven days.
    """
    with unit_of_work() as session:
        invitation = invite_user(
            session,
            identity=identity,
            full_name=name,
            role=Role(role),
            institution_slug=institution,
            now=now(),
            by=None,
        )
        mail = _mail(invitation)
        if mail is not None:
            outbox.post(session, mail, now=now())
    _say("user-created", identity=invitation.identity, role=role)
    if mail is not None:
        _say("invitation-sent", email=mail.recipient)
    expires = f"{invitation.expires_at:%Y-%m-%d %H:%M} UTC"
    _say("invitation", link=_link(invitation), expires=expires)
    if read_code(invitation.code):
        _say("code", code=grouped(invitation.code))


EXTRA_TIME = "Example: flask users extra-time ana@xaltepec.example 50"


@users.command("extra-time", epilog=EXTRA_TIME)
@click.argument("identity", metavar="EMAIL-OR-USERNAME")
@click.argument("percent", type=click.IntRange(0, 400))
def extra_time(identity: str, percent: int) -> None:
    """Add PERCENT to every time limit of a person, also in an attempt going on.

    For who needs more time because of a disability; 0 takes it back from the next
    attempt on.
    """
    with unit_of_work() as session:
        grant_by_identity(session, identity=identity, percent=percent, now=now())
    _say("extra-time", identity=identity, percent=percent)


def _mail(invitation: HandedCode) -> Message | None:
    """Write the invitation, for who has a mailbox."""
    if "@" not in invitation.identity:
        return None
    write: Callable[..., Message] = current_app.extensions[INVITATION_MAIL]
    return write(
        recipient=invitation.identity,
        name=invitation.full_name,
        path=_path(invitation),
        expires_at=invitation.expires_at,
        lang=current_app.config["BABEL_DEFAULT_LOCALE"],
    )


def _path(invitation: HandedCode) -> str:
    return f"/join/{invitation.code}"


def _link(invitation: HandedCode) -> str:
    return f"{current_app.config['PUBLIC_URL']}{_path(invitation)}"


def _say(key: str, **facts: object) -> None:
    click.echo(account_command_sentence(key, shell_language(), **facts))
