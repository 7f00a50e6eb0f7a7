"""Without an issuer nothing real is issued, and whoever starts the server is told."""

import pytest
from flask import Flask

from conexx_learn.cli.preparation import tell_missing_issuer
from conexx_learn.domain.issuers import DEMO_ISSUER, read_issuer
from conexx_learn.services.claims import Issuing
from tests.integration.test_logos import ISSUER


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        pytest.param("es_MX.UTF-8", "las constancias esperan", id="Spanish"),
        pytest.param("en_GB.UTF-8", "certificates wait", id="English"),
    ],
)
def test_a_start_without_an_issuer_says_so_in_a_line(
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lang: str,
    said: str,
) -> None:
    monkeypatch.setenv("LANG", lang)
    monkeypatch.setitem(app.config, "ISSUER", None)
    tell_missing_issuer()
    line = capsys.readouterr().out

    assert line.startswith("ISSUER_FILE: ")
    assert said in line
    assert line.count("\n") == 1
    monkeypatch.setitem(app.config, "ISSUER", DEMO_ISSUER)
    tell_missing_issuer()
    assert capsys.readouterr().out == ""


def test_a_demonstration_and_a_real_issuer_never_meet() -> None:
    real = read_issuer(ISSUER)

    assert Issuing(real, demo=False).issuer is real
    assert Issuing(DEMO_ISSUER, demo=True).demo
    for issuer, demo in ((real, True), (DEMO_ISSUER, False)):
        with pytest.raises(ValueError, match="fictional issuer"):
            Issuing(issuer, demo=demo)
