"""Is this person the holder? Yes or no, slowly, and nothing else."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.credentials.recipients import recipient_hash
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate
from tests.learning import complete_small_course

ADDRESS = "ana@xaltepec.example"


@pytest.fixture
def number(session: Session, ana: User) -> str:
    complete_small_course(session, ana)
    row = session.scalars(select(Certificate)).one()
    recipient = recipient_hash(ADDRESS, salt="0123456789abcdef")
    row.claims = row.claims | {
        "recipient": {"salt": recipient.salt, "sha256": recipient.sha256}
    }
    session.commit()
    return row.number


def ask(client: FlaskClient, number: str, address: str) -> tuple[int, str]:
    answer = client.post(f"/verify/{number}/person?lang=en", data={"address": address})
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        pytest.param(ADDRESS, "Yes", id="theirs"),
        pytest.param(f"  {ADDRESS.upper()} ", "Yes", id="as people write it"),
        pytest.param("eva@xaltepec.example", "No", id="another"),
        pytest.param(f"{ADDRESS}m", "No", id="a letter more"),
        pytest.param("ana@xaltepec.example0123456789abcdef", "No", id="with the salt"),
    ],
)
def test_an_address_is_compared(
    client: FlaskClient, number: str, typed: str, answer: str
) -> None:
    status, html = ask(client, number, typed)

    assert status == 200
    assert f"<strong>{answer}</strong>" in html


@pytest.mark.parametrize("typed", ["", "ana", "@" * 255, "x" * 5000])
def test_what_is_no_address_comes_back(
    client: FlaskClient, number: str, typed: str
) -> None:
    status, html = ask(client, number, typed)

    assert status == 422
    assert "Write a whole e-mail address" in html
    assert "<strong>" not in html.partition("<main")[2].partition("</main")[0]


def test_neither_hash_nor_name_is_told(client: FlaskClient, number: str) -> None:
    html = client.get(f"/verify/{number}/person?lang=en").text
    told = html + ask(client, number, "eva@xaltepec.example")[1]

    for secret in (
        "0123456789abcdef",
        ADDRESS,
        ">Ana<",
        recipient_hash(ADDRESS, salt="0123456789abcdef").sha256,
    ):
        assert secret not in told
    assert '<meta name="robots" content="noindex">' in html


def test_it_works_while_the_name_is_hidden(
    session: Session, client: FlaskClient, number: str
) -> None:
    session.execute(update(Certificate).values(hides_name=True))
    session.commit()

    assert "<strong>Yes</strong>" in ask(client, number, ADDRESS)[1]


def test_without_an_address_nothing_is_asked(
    session: Session, client: FlaskClient, number: str
) -> None:
    row = session.scalars(select(Certificate)).one()
    row.claims = {name: row.claims[name] for name in row.claims if name != "recipient"}
    session.commit()

    page = client.get(f"/verify/{number}/person?lang=en").text
    status, html = ask(client, number, ADDRESS)

    assert "No address was kept with this certificate" in page
    assert 'name="address"' not in page
    assert status == 200
    assert "<strong>Yes</strong>" not in html
    assert "<strong>No</strong>" not in html
    assert f"/verify/{number}/person" not in client.get(f"/verify/{number}").text


def test_guessing_is_slowed_hard(client: FlaskClient, number: str) -> None:
    statuses = [ask(client, number, f"p{n}@x.example")[0] for n in range(6)]

    assert statuses == [200] * 5 + [429]


def test_one_certificate_is_not_guessed_at_from_many_places(
    client: FlaskClient, number: str
) -> None:
    statuses = [
        client.post(
            f"/verify/{number}/person",
            data={"address": "eva@x.example"},
            environ_base={"REMOTE_ADDR": f"10.{place}.0.1"},
        )
        for place in range(31)
    ]

    assert [answer.status_code for answer in statuses] == [200] * 30 + [429]
    assert statuses[-1].headers["Retry-After"] == "3600"


@pytest.mark.parametrize("entry", ["0000-0000-0000", "x", "9" * 300])
def test_of_no_certificate_nothing_is_told(client: FlaskClient, entry: str) -> None:
    assert client.get(f"/verify/{entry}/person").status_code == 404
    assert ask(client, entry, ADDRESS)[0] == 404
