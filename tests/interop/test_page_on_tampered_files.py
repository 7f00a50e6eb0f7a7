"""The public page on every tampered certificate: none is taken for the one issued."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyld import jsonld
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from conexx_learn.adapters.clock import now
from conexx_learn.models.certification import Certificate
from conexx_learn.web.limits import EXTENSION
from tests.interop.issuer_site import Issued
from tests.interop.product_issuer import Place
from tests.interop.tampering import cases

IDENTICAL = "exactly the one that we issued"


@pytest.fixture
def issued(place: Place, certificate: Certificate) -> Issued:
    return place.issued(certificate.uuid, at=now(), email="")


Shown = Callable[[str], tuple[int, str]]


@pytest.fixture
def shown(app: Flask, client: FlaskClient, issued: Issued) -> Shown:
    """Show a file to the page as a visitor does, without being slowed."""

    def show(text: str) -> tuple[int, str]:
        app.extensions[EXTENSION].storage.reset()
        file = FileStorage(io.BytesIO(text.encode()), "certificate")
        boundary, body = encode_multipart({"file": file, "number": ""})
        with pytest.MonkeyPatch.context() as patch:
            keep_for_ours(patch, issued)
            answer = client.post(
                "/verify?lang=en",
                input_stream=io.BytesIO(body),
                content_type=f"multipart/form-data; boundary={boundary}",
            )
        return answer.status_code, answer.text

    return show


def keep_for_ours(patch: pytest.MonkeyPatch, issued: Issued) -> None:
    """Let the processor, whose work has no bound, see nothing but what we signed."""
    ours = dict(issued.credential) | issued.credential["proof"][0]

    def guarded(process: Callable[..., Any]) -> Callable[..., Any]:
        def checked(document: Any, *rest: Any, **options: Any) -> Any:
            members = document.items() if isinstance(document, dict) else ()
            foreign = [name for name, value in members if ours.get(name) != value]
            assert not foreign, "a file of somebody was canonicalised"
            return process(document, *rest, **options)

        return checked

    for name in ("expand", "compact", "normalize", "to_rdf"):
        patch.setattr(jsonld, name, guarded(getattr(jsonld, name)))


def test_no_tampered_file_is_taken_for_the_one_issued(
    issued: Issued, shown: Shown
) -> None:
    ours = {issued.json_text, issued.token}
    tampered = [case for case in cases(issued) if case.text not in ours]

    said = {case.name: shown(case.text) for case in tampered}

    assert len(said) > 25
    assert not [name for name, (_, text) in said.items() if IDENTICAL in text]
    assert not [name for name, (status, _) in said.items() if status >= 500]
    for text in ours:
        assert IDENTICAL in shown(text)[1]


def poisoned(issued: Issued) -> str:
    """Write a graph of nodes without names, all alike: hours for a canonical order."""
    nodes = [f"_:n{number}" for number in range(60)]
    tangle = [
        {"id": node, "related": [{"id": other} for other in nodes if other != node]}
        for node in nodes
    ]
    subject = issued.credential["credentialSubject"] | {"evidence": tangle}
    return json.dumps(issued.credential | {"credentialSubject": subject})


def deep(issued: Issued) -> str:
    return issued.json_text[:-1] + ', "deep": ' + "[" * 20_000 + "]" * 20_000 + "}"


def repeated(issued: Issued) -> str:
    return issued.json_text[:-1] + f', "id": "{issued.credential["id"]}"}}'


def huge_number(issued: Issued) -> str:
    return issued.json_text[:-1] + f', "n": {"9" * 100_000}}}'


@pytest.mark.parametrize("written", [poisoned, deep, repeated, huge_number])
def test_a_hostile_file_costs_no_more_than_its_length(
    issued: Issued,
    shown: Shown,
    written: Callable[[Issued], str],
) -> None:
    status, text = shown(written(issued))

    assert status in {200, 413, 422}
    assert IDENTICAL not in text
