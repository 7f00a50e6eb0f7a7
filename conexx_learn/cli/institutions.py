"""`flask institutions`: public bodies that take part."""

import click

from conexx_learn.adapters.clock import now
from conexx_learn.cli.groups import LearnGroup
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.sentences.account_commands import account_command_sentence
from conexx_learn.services.institutions import KINDS, LOCALES, create_institution
from conexx_learn.services.unit_of_work import unit_of_work

EXAMPLE = (
    'Example: flask institutions create xaltepec --name "Ayuntamiento de Xaltepec" '
    "--kind municipality --country MX"
)


@click.group(cls=LearnGroup, epilog=EXAMPLE)
def institutions() -> None:
    """Take institutions in."""


@institutions.command(epilog=EXAMPLE)
@click.argument("slug")
@click.option("--name", required=True, help="As it is printed.")
@click.option("--kind", required=True, help=f"One of: {', '.join(KINDS)}.")
@click.option("--country", required=True, help="Two letters, such as MX.")
@click.option("--timezone", help="Such as America/Guatemala; else the country's.")
@click.option("--locale", type=click.Choice(LOCALES), default="es")
def create(
    *,
    slug: str,
    name: str,
    kind: str,
    country: str,
    timezone: str | None,
    locale: str,
) -> None:
    """Take in the institution SLUG; its slug stays in addresses."""
    with unit_of_work() as session:
        create_institution(
            session,
            slug=slug,
            name=name,
            kind=kind,
            country=country,
            timezone=timezone,
            locale=locale,
            now=now(),
        )
    click.echo(
        account_command_sentence(
            "institution-created", shell_language(), slug=slug, name=name
        )
    )
