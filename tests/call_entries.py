"""A call as a manager's browser enters it, for the tests of its pages."""

from datetime import UTC, datetime, timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TODAY = datetime.now(UTC).astimezone().date()  # noqa: TID251 (the page asks the real clock)
ADDRESS = "/institutions/xaltepec/calls"


def in_days(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def entries(**changed: str) -> dict[str, str]:
    """Return what a form sends: a call that asks for two designers."""
    return {
        "title": "LA-2027",
        "funder": "European Commission",
        "link": "https://funder.example/la-2027",
        "deadline_on": in_days(60),
        "deadline_at": "16:00",
        "timezone": "Europe/Brussels",
        "currency": "EUR",
        "rows": "1",
        "role_0": "Design",
        "competency_0": "K3",
        "level_0": "2",
        "holders_0": "2",
        **changed,
    }


def text(response: TestResponse) -> str:
    return " ".join(response.get_data(as_text=True).split())


def enter(desk: FlaskClient, **changed: str) -> str:
    """Enter a call and return the address of its sheet."""
    response = desk.post(f"{ADDRESS}/new", data=entries(**changed))
    assert response.status_code == 303
    return str(response.headers["Location"])


def sheet(desk: FlaskClient, **changed: str) -> str:
    return text(desk.get(f"{enter(desk, **changed)}?lang=en"))


def edit(desk: FlaskClient, address: str, **changed: str) -> TestResponse:
    return desk.post(f"{address}/edit?lang=en", data=entries(**changed))
