"""The issuer file: whole, or refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conexx_learn.domain.issuers import DEMO_ISSUER, IssuerFileError, read_issuer

WHOLE = """
name = "Asociación Ficticia"
url = "https://asociacion.example"
email = "constancias@asociacion.example"
country = "MX"
region = "Oaxaca"
address = "Calle  Ficticia 1, 68000 Oaxaca"
registration = "RFC XXXX010101XX0"
logo = "logo.svg"

[signatory]
name = "Marta Lindqvist Soto"
post.es = "Directora"
post.en = "Director"
"""


def test_a_whole_file_gives_the_issuer() -> None:
    issuer = read_issuer(WHOLE)

    assert issuer.name == "Asociación Ficticia"
    assert issuer.address == "Calle Ficticia 1, 68000 Oaxaca"
    assert issuer.signatory_post == {"es": "Directora", "en": "Director"}
    assert issuer.logo == "logo.svg"
    assert not issuer.demo


def test_one_post_stands_for_both_languages() -> None:
    text = WHOLE.replace('post.es = "Directora"\npost.en = "Director"', 'post = "CEO"')

    assert read_issuer(text).signatory_post == {"es": "CEO", "en": "CEO"}


def test_region_and_logo_may_be_left_out() -> None:
    text = WHOLE.replace('region = "Oaxaca"\n', "").replace('logo = "logo.svg"\n', "")
    issuer = read_issuer(text)

    assert (issuer.region, issuer.logo) == ("", "")


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(IssuerFileError) as caught:
        read_issuer('name = "X"\ncountry = "MX"')

    assert str(caught.value) == (
        "missing: url, email, address, registration, signatory.name, signatory.post"
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param('"MX"', '"Mexico"', "country: use two capitals", id="country"),
        pytest.param('"MX"', "52", "country: use a text", id="a number"),
        pytest.param("https://", "ftp://", "url: use an address", id="scheme"),
        pytest.param(
            "https://asociacion.example", "https://[", "url:", id="broken url"
        ),
        pytest.param("constancias@", "constancias", "email: use", id="e-mail"),
        pytest.param("logo.svg", "../logo.svg", "logo: use the name", id="a path"),
        pytest.param("logo.svg", "logo.exe", "logo: use the name", id="no SVG"),
        pytest.param("post.en", "post.12", "signatory.post", id="no language"),
        pytest.param("post.en", "post.fr", "signatory.post", id="English missing"),
        pytest.param("[signatory]", "[signatory", "not TOML", id="no TOML"),
        pytest.param('"Asociación Ficticia"', '" "', "name: use a text", id="blank"),
    ],
)
def test_a_wrong_entry_is_named(before: str, after: str, said: str) -> None:
    with pytest.raises(IssuerFileError, match=said):
        read_issuer(WHOLE.replace(before, after))


@given(st.text(max_size=200))
def test_any_text_gives_an_issuer_or_says_why_not(text: str) -> None:
    with pytest.raises(IssuerFileError):
        read_issuer(text)


def test_the_demonstration_issuer_says_that_it_is_one() -> None:
    assert DEMO_ISSUER.demo
    assert DEMO_ISSUER.url.endswith(".example")
