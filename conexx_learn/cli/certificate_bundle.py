"""`flask certificates bundle`: what verifies certificates when the product is gone."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import click
from flask import current_app

from conexx_learn.adapters.clock import now
from conexx_learn.adapters.kept_files import replace_file
from conexx_learn.adapters.verification_bundle import zipped
from conexx_learn.cli.certificates import certificates
from conexx_learn.cli.language import shell_language
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.sentences.verification_bundle import bundle_sentence
from conexx_learn.services.status_lists import sign_status_lists
from conexx_learn.services.unit_of_work import reading
from conexx_learn.services.verification_bundle import verification_bundle

READABLE = 0o644


@certificates.command()
@click.argument("target", metavar="OUT.zip", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a file of that name.")
def bundle(target: Path, force: bool) -> None:
    r"""Write keys, status lists, hashes and a page that verifies without us.

    The lists are signed anew first, so that they say how things stand today. The file
    is written whole or not at all. There are no personal data in it.

    \b
    Example:
      flask certificates bundle certificates-2026.zip
    """
    if target.exists() and not (force and target.is_file()):
        raise RuleError("bundle-exists", path=target)
    if not target.parent.is_dir():
        raise RuleError("bundle-unwritable", path=target)
    settings, moment = current_app.config, now()
    public_url = settings["PUBLIC_URL"]
    sign_status_lists(
        public_url=public_url,
        folder=settings["ISSUER_KEYS"],
        now=moment,
        anew=timedelta(0),
        demo=settings["DEMO"],
    )
    made = verification_bundle(
        reading(), public_url=public_url, demo=settings["DEMO"], now=moment
    )
    content = zipped(made.files)
    try:
        replace_file(target, content)
        target.chmod(READABLE)
    except OSError as error:
        raise RuleError("bundle-unwritable", path=target) from error
    click.echo(
        bundle_sentence(
            "bundled",
            shell_language(),
            path=target,
            files=made.issued_count,
            lists=made.list_count,
            sha256=sha256(content).hexdigest(),
        )
    )
