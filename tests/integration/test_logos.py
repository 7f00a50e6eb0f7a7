"""The issuer's logo: shapes are drawn, everything else is refused before the start."""

from dataclasses import replace
from pathlib import Path

import pytest

from conexx_learn.adapters.logos import MOST_BYTES, LogoError, kept_logo, read_logo
from conexx_learn.adapters.typesetting import certificate_pdf
from conexx_learn.config import Config, SettingError
from conexx_learn.factory import create_app
from tests.sample_claims import make_claims

TAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><defs>'
    '<linearGradient id="a"><stop offset="0" stop-color="#0b5563"/></linearGradient>'
    '</defs><title>Logo</title><rect width="60" height="40" fill="url(#a)"/>'
    '<path d="M5 5h20v6H5z" fill="#fff"/></svg>'
)
ISSUER = """
name = "Asociación Ficticia"
url = "https://asociacion.example"
email = "constancias@asociacion.example"
country = "MX"
address = "Calle Ficticia 1"
registration = "RFC XXXX010101XX0"
logo = "logo.svg"
[signatory]
name = "Marta Lindqvist Soto"
post = "Directora"
"""


def svg(inside: str, head: str = 'viewBox="0 0 60 40"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}>{inside}</svg>'


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    path = tmp_path / "logo.svg"
    path.write_text(TAME, encoding="utf-8")
    return path


def test_a_logo_of_shapes_is_taken_as_it_stands(logo: Path) -> None:
    assert read_logo(logo) == TAME
    assert kept_logo(logo) == TAME


def test_the_paper_carries_the_logo(logo: Path) -> None:
    url = "https://learn.example.org/verify/7K3M-9QXT-2R8A"
    pdf = certificate_pdf(make_claims(), verify_url=url, mark_svg=read_logo(logo))

    assert pdf != certificate_pdf(make_claims(), verify_url=url)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("", "is no plain XML", id="empty"),
        pytest.param("not XML", "is no plain XML", id="no XML"),
        pytest.param("<html/>", "is no SVG", id="a page"),
        pytest.param(svg("<script>alert(1)</script>"), "no shape: script", id="script"),
        pytest.param(svg('<rect onload="x()"/>'), "a script: onload", id="handler"),
        pytest.param(svg("<foreignObject/>"), "no shape", id="foreign object"),
        pytest.param(svg("<text>Hola</text>"), "no shape: text", id="text"),
        pytest.param(svg('<image href="//x.example/a.png"/>'), "no shape", id="image"),
        pytest.param(svg('<use href="#a"/>'), "no shape: use", id="use"),
        pytest.param(
            svg('<linearGradient href="https://x.example/a#b"/>'),
            "outside: href",
            id="a reference",
        ),
        pytest.param(
            svg('<rect fill="url(https://x.example/a#b)"/>'), "outside", id="a fill"
        ),
        pytest.param(svg('<rect style="fill: URL( //x )"/>'), "outside", id="a style"),
        pytest.param(svg("<style>@import 'x'</style>"), "no shape: style", id="sheet"),
        pytest.param(
            '<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "no plain XML", id="entity"
        ),
        pytest.param(svg("<g/>" * 2001), "2000 elements", id="many elements"),
        pytest.param(svg("<g/>", ""), "no viewBox", id="no size"),
        pytest.param(svg("<g/>", 'viewBox="0 0 0 0"'), "no size", id="size nought"),
        pytest.param(svg("<g/>", 'viewBox="0 0 nan nan"'), "no size", id="no number"),
        pytest.param(svg("<g/>", 'viewBox="0 0 600 40"'), "5 times", id="too wide"),
        pytest.param(svg("<g/>", 'viewBox="0 0 9 400"'), "5 times", id="too high"),
        pytest.param(svg("<g>" * 900 + "</g>" * 900), "30 deep", id="deep"),
    ],
)
def test_a_logo_that_could_do_more_than_be_seen_is_refused(
    logo: Path, content: str, said: str
) -> None:
    logo.write_text(content, encoding="utf-8")

    with pytest.raises(LogoError, match=said):
        read_logo(logo)
    assert kept_logo(logo) is None


def test_a_logo_that_is_missing_too_heavy_or_no_text_is_refused(logo: Path) -> None:
    logo.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LogoError, match="UTF-8"):
        read_logo(logo)
    logo.write_bytes(TAME.encode() + b" " * MOST_BYTES)
    with pytest.raises(LogoError, match="100 kB"):
        read_logo(logo)
    logo.unlink()
    with pytest.raises(LogoError, match="cannot be read"):
        read_logo(logo)
    assert kept_logo(logo) is None


def test_a_hostile_logo_stops_the_start_with_one_line(
    config: Config, logo: Path
) -> None:
    logo.write_text(svg("<script/>"), encoding="utf-8")

    with pytest.raises(SettingError, match=r"^ISSUER_FILE: logo: logo.svg has an elem"):
        create_app(with_issuer(config, logo.parent))


def test_an_installation_with_a_tame_logo_starts(config: Config, logo: Path) -> None:
    app = create_app(with_issuer(config, logo.parent))

    assert app.config["ISSUER"].logo == "logo.svg"


def with_issuer(config: Config, folder: Path) -> Config:
    """Return the settings of an installation that certifies for good."""
    path = folder / "issuer.toml"
    path.write_text(ISSUER, encoding="utf-8")
    return replace(config, demo=False, issuer_file=path, instance=folder)
