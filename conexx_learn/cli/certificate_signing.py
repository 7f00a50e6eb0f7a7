"""Signatures from the shell and by the clock: what waits, what was refused, the log."""

import json

import click
from flask import Flask, current_app

from conexx_learn.adapters.clock import now
from conexx_learn.cli.certificates import FORMATS, certificates
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.errors import NotFoundError, RuleError
from conexx_learn.domain.identifiers import LARGEST_KEY, grouped
from conexx_learn.domain.sentences.signing_commands import signing_sentence
from conexx_learn.services.issuance_log import examine, log_line
from conexx_learn.services.signing import Refusal, Signed, sign_all
from conexx_learn.services.status_lists import sign_status_lists
from conexx_learn.services.unit_of_work import reading


def _sign(app: Flask) -> Signed:
    return sign_all(
        public_url=app.config["PUBLIC_URL"],
        folder=app.config["ISSUER_KEYS"],
        demo=app.config["DEMO"],
        now=now(),
    )


def sign_by_the_clock(app: Flask) -> int:
    """Sign what waits and count it; what is refused is logged, with its reason.

    Without keys everything waits; /readyz says so.
    """
    try:
        done = _sign(app)
    except RuleError as error:
        app.logger.warning("certificates wait for signatures: %s", error.code)
        return 0
    for refusal in done.refusals:
        app.logger.error("not signed: %s: %s", refusal.number, refusal.reason)
    return done.count


@certificates.command()
@click.option("--format", "form", type=FORMATS, default="text")
def sign(form: str) -> None:
    r"""Sign every certificate that waits for it; exits 1 when one cannot be signed.

    \b
    Example:
      flask certificates sign --format json
    """
    done = _sign(current_app)
    sign_status_lists(
        public_url=current_app.config["PUBLIC_URL"],
        folder=current_app.config["ISSUER_KEYS"],
        demo=current_app.config["DEMO"],
        now=now(),
    )
    if form == "json":
        click.echo(json.dumps(_as_json(done)))
    else:
        lang = shell_language()
        click.echo(signing_sentence("signed", lang, count=len(done.first)))
        if done.anew:
            click.echo(signing_sentence("anew", lang, count=len(done.anew)))
        for refusal in done.refusals:
            facts = {"number": grouped(refusal.number), "reason": refusal.reason}
            click.echo(signing_sentence("refused", lang, **facts), err=True)
    if done.refusals:
        click.get_current_context().exit(1)


def _as_json(done: Signed) -> dict[str, object]:
    return {
        "signed": len(done.first),
        "signedAnew": len(done.anew),
        "refused": [_refusal(each) for each in done.refusals],
    }


def _refusal(refusal: Refusal) -> dict[str, str]:
    return {"number": grouped(refusal.number), "reason": refusal.reason}


@certificates.command()
@click.option("--line", type=click.IntRange(1, LARGEST_KEY), help="Print its hash.")
@click.option("--format", "form", type=FORMATS, default="text")
def log(line: int | None, form: str) -> None:
    r"""Recompute the log of what was issued; exits 1 where it was tampered with.

    With --line it prints the hash of that line, to be compared with a copy that
    somebody kept of /issuance-log.json.

    \b
    Example:
      flask certificates log --line 120
    """
    if line is not None:
        _print_line(line)
        return
    found = examine(reading())
    if form == "json":
        answer = {
            "lines": found.head.lines,
            "hash": found.head.hash,
            "brokenAt": found.broken_at,
            "changed": [grouped(number) for number in found.changed],
        }
        click.echo(json.dumps(answer))
    else:
        lang = shell_language()
        facts = {"lines": found.head.lines, "hash": found.head.hash}
        click.echo(signing_sentence("head", lang, **facts))
        if found.broken_at is not None:
            broken = signing_sentence("broken", lang, line=found.broken_at)
            click.echo(broken, err=True)
        for number in found.changed:
            changed = signing_sentence("changed", lang, number=grouped(number))
            click.echo(changed, err=True)
    if not found.is_sound:
        click.get_current_context().exit(1)


def _print_line(line: int) -> None:
    found = log_line(reading(), line=line)
    if found is None:
        raise NotFoundError("log-line-unknown", line=line)
    click.echo(found.hash)
