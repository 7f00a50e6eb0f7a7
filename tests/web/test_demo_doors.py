"""The doors and the bar of the demonstration."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from conexx_learn.config import Config
from conexx_learn.factory import create_app
from conexx_learn.models.calls import CallCheck
from conexx_learn.queries.demonstration import open_call_id
from tests.demonstration import load_whole_demo
from tests.factories import NOW

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def demo_client(client: FlaskClient, session: Session) -> FlaskClient:
    load_whole_demo(session)
    return client


def test_the_technician_lands_at_module_5(demo_client: FlaskClient) -> None:
    answer = demo_client.post("/demo/doors/learner")
    assert answer.status_code == 303
    assert answer.location == "/courses/eu-financing-instruments"
    assert "Continue: Module 5" in demo_client.get(f"{answer.location}?lang=en").text


def test_the_trainer_lands_on_a_warning_beside_its_line(
    demo_client: FlaskClient,
) -> None:
    answer = demo_client.post("/demo/doors/trainer")
    page = demo_client.get(f"{answer.location}?lang=en").text
    assert "W312" in page
    assert re.search(r"<mark>.*water-projects-figures", page)


def test_the_verifier_is_offered_a_valid_and_a_revoked_number(
    demo_client: FlaskClient,
) -> None:
    answer = demo_client.post("/demo/doors/verifier")
    assert answer.location == "/verify"
    page = demo_client.get("/verify?lang=en").text
    numbers = re.findall(r'href="(/verify/[0-9A-Z-]+)"', page)
    states = [
        re.search(r'data-state="(\w+)"', demo_client.get(number).text)
        for number in numbers
    ]
    assert [state and state[1] for state in states] == ["valid", "revoked"]


@pytest.mark.parametrize(
    ("role", "landing"),
    [
        pytest.param("visitor", "/", id="visitor"),
        pytest.param("learner", "/courses/eu-financing-instruments", id="learner"),
        pytest.param("trainer", "/trainer/courses/water-projects", id="trainer"),
        pytest.param("manager", "/institutions/xaltepec", id="manager"),
        pytest.param("assessor", "/trainer/grading", id="assessor"),
        pytest.param("coordinator", "/institutions", id="coordinator"),
        pytest.param("observer", "/institutions", id="observer"),
    ],
)
def test_the_bar_switches_the_role(
    demo_client: FlaskClient, role: str, landing: str
) -> None:
    demo_client.post("/demo/doors/learner")
    answer = demo_client.post("/demo/role", data={"role": role})
    assert answer.status_code == 303
    assert answer.location == landing
    page = demo_client.get(landing)
    assert page.status_code == 200
    assert re.search(rf'value="{role}" aria-current="true"', page.text)


def test_the_mayor_lands_on_the_call_in_hand(
    demo_client: FlaskClient, session: Session
) -> None:
    call_id = open_call_id(session, slug="xaltepec")
    answer = demo_client.post("/demo/doors/mayor")
    assert answer.location == f"/institutions/xaltepec/calls/{call_id}"
    page = demo_client.get(f"{answer.location}?lang=es")
    assert page.status_code == 200
    assert "Agua y turismo sostenible" in page.text
    assert 'value="mayor" aria-current="true"' in page.text


def test_without_a_call_in_hand_the_mayor_sees_the_town(
    demo_client: FlaskClient, session: Session
) -> None:
    session.execute(update(CallCheck).values(archived_at=NOW))
    session.commit()
    answer = demo_client.post("/demo/doors/mayor")
    assert answer.location == "/institutions/xaltepec"


@pytest.mark.parametrize(
    ("door", "landing"),
    [
        pytest.param("manager", "/institutions/xaltepec", id="manager"),
        pytest.param("assessor", "/trainer/grading", id="assessor"),
        pytest.param("coordinator", "/institutions", id="coordinator"),
    ],
)
def test_a_door_leads_to_where_its_person_works(
    demo_client: FlaskClient, door: str, landing: str
) -> None:
    answer = demo_client.post(f"/demo/doors/{door}")
    assert (answer.status_code, answer.location) == (303, landing)
    assert demo_client.get(landing).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/demo/doors/nobody", id="unknown-door"),
        pytest.param("/demo/role", id="no-role"),
    ],
)
def test_what_is_no_door_is_not_there(demo_client: FlaskClient, address: str) -> None:
    assert demo_client.post(address).status_code == 404


def test_a_door_without_its_person_is_not_there(client: FlaskClient) -> None:
    assert client.post("/demo/doors/learner").status_code == 404


@pytest.mark.parametrize("address", ["/demo/doors/learner", "/demo/role"])
def test_doors_open_from_this_machine_alone(
    demo_client: FlaskClient, address: str
) -> None:
    answer = demo_client.post(
        address, data={"role": "learner"}, environ_overrides=ELSEWHERE
    )
    assert answer.status_code == 404


def test_a_door_needs_the_token_of_its_page(demo_client: FlaskClient) -> None:
    config = demo_client.application.config
    config["WTF_CSRF_ENABLED"] = True
    try:
        assert demo_client.post("/demo/doors/learner").status_code == 400
    finally:
        config["WTF_CSRF_ENABLED"] = False


def test_without_the_demonstration_there_are_no_doors(
    config: Config, client: FlaskClient
) -> None:
    app = create_app(replace(config, demo=False))
    addresses = {rule.rule for rule in app.url_map.iter_rules()}
    assert not [address for address in addresses if address.startswith("/demo")]


def test_only_a_page_in_the_phone_may_be_framed(client: FlaskClient) -> None:
    framed = client.get("/", headers={"Sec-Fetch-Dest": "iframe"})
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert "demo-bar" not in framed.text
    whole = client.get("/")
    assert "frame-ancestors 'none'" in whole.headers["Content-Security-Policy"]
    assert "demo-bar" in whole.text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        pytest.param("/courses?q=a", "/courses?q=a", id="a-page"),
        pytest.param("https://evil.example/", "/", id="another-site"),
        pytest.param("//evil.example/", "/", id="another-host"),
        pytest.param("/demo/phone?path=/", "/", id="itself"),
    ],
)
def test_the_phone_shows_pages_of_this_site_alone(
    client: FlaskClient, path: str, shown: str
) -> None:
    page = client.get("/demo/phone", query_string={"path": path}).text
    assert f'<iframe class="phone" src="{shown}"' in page
