"""JavaScript libraries before and after keys follow one another, and are lost."""

from dataclasses import replace
from pathlib import Path

from flask import Flask

from conexx_learn.adapters.clock import now
from conexx_learn.models.certification import Certificate
from tests.interop.issuer_site import Issued
from tests.interop.product_issuer import Place, sign_everything
from tests.interop.tampering import Case
from tests.verifiers.node import verdicts
from tests.verifiers.questions import case_questions


def both(name: str, issued: Issued) -> list[Case]:
    """Present both forms of a certificate as it was handed out."""
    return [
        Case(f"{form}, {name}", text, issued, issued.at)
        for form, text in (("json", issued.json_text), ("jwt", issued.token))
    ]


def decided(cases: list[Case], folder: Path) -> dict[str, str]:
    """Let Node decide on all of them; gives the name to the word of the refusal."""
    with case_questions(cases, folder) as questions:
        found = verdicts(list(questions.values()), folder)
    return {name: each.code for name, each in zip(questions, found, strict=True)}


def test_retired_keys_go_on_and_lost_ones_end(
    app: Flask, place: Place, certificate: Certificate, tmp_path: Path
) -> None:
    operator = app.test_cli_runner()
    first = place.issued(certificate.uuid, at=now(), email="")
    presented = both("as issued", place.today(first))

    operator.invoke(args=["keys", "rotate", "--now"])
    sign_everything(place)
    presented += both("signed by a retired key", place.today(first))

    for address in (first.method, first.kid):
        operator.invoke(args=["keys", "compromise", address, "--yes"])
    presented += both("signed by a lost key", place.today(first))

    sign_everything(place)
    again = place.issued(certificate.uuid, at=now(), email="")
    presented += both("signed anew", replace(again, at=now()))
    presented += both("signed by a lost key, later", place.today(first))

    assert decided(presented, tmp_path) == {
        "json, as issued": "",
        "jwt, as issued": "",
        "json, signed by a retired key": "",
        "jwt, signed by a retired key": "",
        "json, signed by a lost key": "key",
        "jwt, signed by a lost key": "key",
        "json, signed anew": "",
        "jwt, signed anew": "",
        "json, signed by a lost key, later": "key",
        "jwt, signed by a lost key, later": "key",
    }
