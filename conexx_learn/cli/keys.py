"""`flask keys`: the issuer's signing keys, from the shell alone."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app

from conexx_learn.adapters.clock import now
from conexx_learn.adapters.key_folder import key_files
from conexx_learn.cli.groups import LearnGroup
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.issuer_addresses import key_address
from conexx_learn.domain.issuer_keys import PublicKey, state_of
from conexx_learn.domain.sentences.errors import error_sentence
from conexx_learn.domain.sentences.issuer_keys import key_sentence
from conexx_learn.queries.issuer_keys import public_keys, signature_counts
from conexx_learn.services.issuer_keys import (
    KEY_LOSS_LETTER,
    key_by_name,
    keys_trouble,
    make_first_keys,
    mark_compromised,
    rotate_keys,
)
from conexx_learn.services.unit_of_work import reading

AGREEMENT = frozenset({"s", "si", "sí", "y", "yes"})
A_DASH_MAY_COME_FIRST = {"ignore_unknown_options": True}
"""One fragment in sixty-four begins with a dash, and is no option."""


@click.group(cls=LearnGroup)
def keys() -> None:
    r"""Make, list and change the keys that sign certificates.

    \b
    Example:
      flask keys list
    """


@keys.command()
def init() -> None:
    r"""Make the first pair of keys; where keys are, nothing happens.

    \b
    Example:
      flask keys init
    """
    prepare_keys()


def prepare_keys() -> None:
    """Make the first pair where there is none; say what keeps it from signing."""
    if make_first_keys(folder=_folder(), now=now()):
        _say("made", folder=_folder())
    else:
        _say("there")
    _tell_trouble()


@keys.command("list")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def list_keys(form: str) -> None:
    r"""Say of each key where it stands, and of each file whether it belongs to one.

    \b
    Example:
      flask keys list --format json
    """
    found, moment = public_keys(reading()), now()
    strays = sorted(key_files(_folder()) - {key.fragment for key in found})
    if form == "json":
        shown = [_figures(key, moment) for key in found]
        trouble = _trouble()
        answer = {
            "keys": shown,
            "stray_files": strays,
            "trouble": trouble[0] if trouble else None,
        }
        click.echo(json.dumps(answer, indent=2))
        return
    if not found:
        _say("none")
    for key in found:
        state = key_sentence(state_of(key, moment), shell_language())
        click.echo(f"{key.kind:8}{_moment(key.signs_from)}  {key.fragment}  {state}")
    for name in strays:
        _say("stray", name=name)
    _tell_trouble()


@keys.command()
@click.option(
    "--now", "at_once", is_flag=True, help="Sign at once: the present files are lost."
)
def rotate(*, at_once: bool) -> None:
    r"""Publish another pair, which signs a day later; the present one then retires.

    \b
    Example:
      flask keys rotate
    """
    done = rotate_keys(folder=_folder(), now=now(), at_once=at_once)
    if at_once:
        _say("rotated-now")
        return
    key = "rotated" if done.is_new else "rotating"
    _say(key, moment=_moment(done.signs_from))


@keys.command(context_settings=A_DASH_MAY_COME_FIRST)
@click.argument("fragment")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask.")
def compromise(*, fragment: str, is_sure: bool) -> None:
    r"""Stop counting what a key signed, since somebody else may hold it.

    \b
    Example:
      flask keys compromise z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK
    """
    key = key_by_name(public_keys(reading()), fragment)
    count = signature_counts(reading()).get(key.id, 0)
    if key.compromised_at is None:
        _say("loss-follows", fragment=key.fragment, count=count)
        if not is_sure and not _agrees():
            _say("loss-left")
            click.get_current_context().exit(1)
    loss = mark_compromised(
        key.fragment,
        folder=_folder(),
        now=now(),
        letter=current_app.extensions[KEY_LOSS_LETTER],
    )
    if not loss.is_new:
        _say("lost-before")
        return
    _say("lost", count=count, people=loss.told)
    if loss.signs_from is not None:
        _say("replaced", fragment=loss.replacement, moment=_moment(loss.signs_from))


def _agrees() -> bool:
    answer: str = click.prompt(
        key_sentence("loss-ask", shell_language()),
        default="",
        show_default=False,
        prompt_suffix=" ",
    )
    return answer.strip().lower() in AGREEMENT


def _figures(key: PublicKey, moment: datetime) -> dict[str, Any]:
    return {
        "address": key_address(current_app.config["PUBLIC_URL"], key.fragment),
        "kind": key.kind,
        "state": state_of(key, moment),
        "created_at": key.created_at.isoformat(),
        "signs_from": key.signs_from.isoformat(),
        "retired_at": key.retired_at.isoformat() if key.retired_at else None,
        "compromised_at": (
            key.compromised_at.isoformat() if key.compromised_at else None
        ),
    }


def _trouble() -> tuple[str, str] | None:
    """Return code and sentence of what keeps the keys from signing."""
    found = keys_trouble(
        reading(),
        folder=_folder(),
        public_url=current_app.config["PUBLIC_URL"],
        now=now(),
    )
    if found is None:
        return None
    return found.code, error_sentence(found.code, found.facts, shell_language())


def _tell_trouble() -> None:
    trouble = _trouble()
    if trouble:
        click.echo(trouble[1], err=True)


def _folder() -> Path:
    folder: Path = current_app.config["ISSUER_KEYS"]
    return folder


def _say(key: str, **facts: object) -> None:
    click.echo(key_sentence(key, shell_language(), **facts))


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
