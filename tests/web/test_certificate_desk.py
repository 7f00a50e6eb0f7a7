"""The coordination's register: found, read, acted on by one or by two, told by mail."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from conexx_learn.adapters.clock import now, today
from conexx_learn.domain.certificates import CertificateState
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.permissions import Role
from conexx_learn.domain.status_bits import is_revoked, read_list
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.credentials import StatusPlace
from conexx_learn.queries.certification import certificate_by_number
from conexx_learn.queries.status_lists import kept_list
from conexx_learn.services.certificate_corrections import ask_for_correction
from conexx_learn.services.enrolment import enrol
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.institutions import make_coordinator
from tests.issuer_keys import install_keys
from tests.learning import SMALL, complete_small_course
from tests.mails import mails_to
from tests.people import PASSWORD, PASSWORD_HASH

REGISTER = "/admin/certificates"
SECRET = "seen in the office only"
ACTS = (
    "correction",
    "refusal",
    "suspension",
    "reinstatement",
    "revocation",
    "approval",
    "withdrawal",
)


@pytest.fixture
def number(session: Session, ana: User) -> str:
    ana.full_name = "Ana Maria Riuz"
    session.flush()
    complete_small_course(session, ana, now=now())
    return grouped(session.scalars(select(Certificate.number)).one())


@pytest.fixture
def clara(session: Session) -> User:
    user = make_coordinator(session, "Clara")
    user.password = PASSWORD_HASH
    session.flush()
    return user


@pytest.fixture
def tomas(session: Session) -> User:
    user = make_coordinator(session, "Tomás")
    user.password = PASSWORD_HASH
    session.flush()
    return user


@pytest.fixture
def desk(client: FlaskClient, session: Session, clara: User) -> FlaskClient:
    sign_in(client, session, clara)
    return client


@pytest.fixture
def second(migrated_app: Flask, session: Session, tomas: User) -> FlaskClient:
    """Give the browser of another coordinator."""
    other = migrated_app.test_client()
    sign_in(other, session, tomas)
    return other


def text(response: TestResponse) -> str:
    return " ".join(response.get_data(as_text=True).split())


def state(session: Session, number: str) -> CertificateState:
    session.expire_all()
    found = certificate_by_number(
        session, number=number.replace("-", ""), today=today()
    )
    assert found is not None
    return found.verdict.state


def act(desk: FlaskClient, number: str, name: str, **data: str) -> TestResponse:
    return desk.post(f"{REGISTER}/{number}/{name}?lang=en", data=data)


def propose(desk: FlaskClient, number: str) -> TestResponse:
    return act(desk, number, "revocation", reason="fraud", note=SECRET)


def approve(
    desk: FlaskClient, number: str, password: str = PASSWORD, proposal: str = ""
) -> TestResponse:
    page = desk.get(f"{REGISTER}/{number}/approval?lang=en").get_data(as_text=True)
    found = re.search(r'name="proposal"[^>]* value="(\d+)"', page)
    proposal = proposal or (found[1] if found else "")
    return act(
        desk, number, "approval", proposal=proposal, current_password=password, note=""
    )


def completes(session: Session, name: str) -> User:
    user = make_user(session, name)
    enrol(session, slug=SMALL, user_id=user.id, lang="en", now=now())
    complete_small_course(session, user, now=now())
    return user


# The list ---------------------------------------------------------------------------


def test_an_empty_register_says_so(desk: FlaskClient) -> None:
    assert "No certificate yet" in text(desk.get(f"{REGISTER}?lang=en"))
    assert "Todavía no hay constancias" in text(desk.get(f"{REGISTER}?lang=es"))


@pytest.mark.parametrize(
    "query",
    ["riuz", "MARÍA", "ana maria", "clean water", "agua", "small-course", "@xaltepec"],
)
def test_a_certificate_is_found_by_what_one_knows(
    desk: FlaskClient, number: str, query: str
) -> None:
    page = text(desk.get(REGISTER, query_string={"q": query, "lang": "en"}))

    assert number in page
    assert "1 certificate" in page


def test_a_whole_number_leads_to_its_page(desk: FlaskClient, number: str) -> None:
    found = desk.get(REGISTER, query_string={"q": number.lower().replace("-", " ")})

    assert found.status_code == 303
    assert found.location == f"{REGISTER}/{number}"


@pytest.mark.parametrize(
    "query", ["nobody", "%", "_", "' OR 1=1", "\0", "0000-0000-0000", "x" * 5000]
)
def test_what_fits_nothing_leads_back(
    desk: FlaskClient, number: str, query: str
) -> None:
    response = desk.get(REGISTER, query_string={"q": query, "lang": "en"})

    assert response.status_code in {200, 400}
    if response.status_code == 200 and query not in {"%", "_"}:
        assert "No certificate fits" in text(response)


def test_the_list_is_narrowed_to_a_state(desk: FlaskClient, number: str) -> None:
    act(desk, number, "suspension", reason="under-review", note="")

    def listed(state: str) -> bool:
        query = {"state": state, "lang": "en"}
        return number in text(desk.get(REGISTER, query_string=query))

    assert listed("suspended")
    assert listed("")
    assert listed("nonsense")
    assert not listed("valid")
    assert not listed("revoked")


def test_a_page_that_is_not_there_is_the_last(desk: FlaskClient, number: str) -> None:
    for page in ("0", "-1", "99", "9" * 30, "x"):
        assert number in text(desk.get(f"{REGISTER}?page={page}"))


def test_the_list_and_the_page_run_the_same_statements_with_one_and_with_many(
    desk: FlaskClient, session: Session, number: str, statements: list[str]
) -> None:
    def counts() -> list[int]:
        found = []
        for address in (
            REGISTER,
            f"{REGISTER}?q=course",
            f"{REGISTER}/{number}",
            f"{REGISTER}/{number}/withdrawal",
        ):
            desk.get(address)
            statements.clear()
            desk.get(address)
            found.append(len(statements))
        return found

    propose(desk, number)
    first = counts()
    for name in ("Beto", "Carla", "Diego"):
        completes(session, name)
    act(desk, number, "suspension", reason="under-review", note="")

    assert counts() == first
    assert first[0] <= 5


# Who may ----------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["learner", "trainer", "manager", "observer"])
def test_nobody_else_finds_the_register(
    client: FlaskClient, session: Session, number: str, role: str
) -> None:
    user = make_user(session, "Somebody")
    make_membership(session, user, Role(role), make_institution(session))
    sign_in(client, session, user)

    assert client.get(REGISTER).status_code == 404
    assert client.get(f"{REGISTER}/{number}").status_code == 404
    for name in ACTS:
        assert client.get(f"{REGISTER}/{number}/{name}").status_code == 404
        assert client.post(f"{REGISTER}/{number}/{name}").status_code == 404
    assert state(session, number) is CertificateState.VALID


def test_a_visitor_is_asked_to_sign_in(client: FlaskClient, number: str) -> None:
    assert client.get(f"{REGISTER}/{number}").status_code == 303
    assert client.post(f"{REGISTER}/{number}/suspension").status_code == 303


@pytest.mark.parametrize(
    "entry", ["0000-0000-0000", "x", "%00", "9" * 5000, "٣", "-1", "../x"]
)
def test_a_number_that_is_none_is_not_there(desk: FlaskClient, entry: str) -> None:
    assert desk.get(f"{REGISTER}/{entry}").status_code == 404
    assert desk.post(f"{REGISTER}/{entry}/suspension").status_code == 404


def test_an_act_that_is_none_is_not_there(desk: FlaskClient, number: str) -> None:
    assert desk.get(f"{REGISTER}/{number}/praise").status_code == 404
    assert desk.post(f"{REGISTER}/{number}/praise").status_code == 404


@pytest.mark.usefixtures("small_course")
def test_nobody_acts_on_a_certificate_of_their_own(
    desk: FlaskClient, session: Session, clara: User
) -> None:
    enrol(session, slug=SMALL, user_id=clara.id, lang="en", now=now())
    complete_small_course(session, clara, now=now())
    number = grouped(session.scalars(select(Certificate.number)).one())

    page = text(desk.get(f"{REGISTER}/{number}?lang=en"))
    assert "This is your own certificate" in page
    assert "What you can do" not in page
    assert desk.get(f"{REGISTER}/{number}/suspension").status_code == 303
    refused = act(desk, number, "suspension", reason="under-review", note="")
    assert refused.status_code == 409
    assert state(session, number) is CertificateState.VALID


# Suspended and reinstated -----------------------------------------------------------


def test_a_suspension_is_explained_confirmed_and_told(
    desk: FlaskClient, session: Session, ana: User, number: str
) -> None:
    asked = text(desk.get(f"{REGISTER}/{number}/suspension?lang=en"))
    assert "From now on it proves nothing" in asked
    assert "The holder is told by mail" in asked

    done = act(desk, number, "suspension", reason="under-review", note=SECRET)

    assert done.status_code == 303
    page = text(desk.get(f"{done.location}?lang=en"))
    assert "The certificate is suspended." in page
    assert SECRET in page
    assert "its issue is being reviewed" in page
    assert SECRET not in text(desk.get(f"/verify/{number}"))
    (mail,) = mails_to(session, ana.email or "")
    assert mail.subject == "Your certificate is suspended"
    assert "its issue is being reviewed" in mail.text
    assert SECRET not in mail.text + mail.html


def test_the_same_suspension_twice_is_one_and_says_so(
    desk: FlaskClient, session: Session, ana: User, number: str
) -> None:
    for _ in range(2):
        done = act(desk, number, "suspension", reason="under-review", note="")

    assert "nothing changed" in text(desk.get(f"{done.location}?lang=en"))
    assert len(mails_to(session, ana.email or "")) == 1


def test_a_suspension_is_lifted_and_told(
    desk: FlaskClient, session: Session, ana: User, number: str
) -> None:
    act(desk, number, "suspension", reason="holder-request", note="")
    assert state(session, number) is CertificateState.SUSPENDED

    assert act(desk, number, "reinstatement", note="").status_code == 303

    assert state(session, number) is CertificateState.VALID
    assert [mail.subject for mail in mails_to(session, ana.email or "")] == [
        "Your certificate is suspended",
        "Your certificate is reinstated",
    ]


@pytest.mark.parametrize(
    "data",
    [
        {"reason": "nonsense", "note": ""},
        {"reason": "superseded", "note": ""},
        {"note": ""},
        {"reason": "under-review", "note": "x" * 501},
    ],
)
def test_a_form_that_is_wrong_comes_back_as_it_was(
    desk: FlaskClient, session: Session, number: str, data: dict[str, str]
) -> None:
    response = act(desk, number, "suspension", **data)

    assert response.status_code == 422
    assert data["note"] in text(response)
    assert state(session, number) is CertificateState.VALID


def test_a_revocation_is_in_the_status_list_as_soon_as_the_answer_has_left(
    desk: FlaskClient,
    second: FlaskClient,
    session: Session,
    number: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = desk.application.config
    monkeypatch.setitem(settings, "ISSUER_KEYS", tmp_path / "keys")
    install_keys(session, tmp_path / "keys", now=now())
    propose(desk, number).close()
    place = session.scalars(select(StatusPlace)).one_or_none()
    assert place is None or not revoked_bit(session, place)

    approve(second, number).close()

    place = session.scalars(select(StatusPlace)).one()
    assert revoked_bit(session, place)


def revoked_bit(session: Session, place: StatusPlace) -> bool:
    """Read the published list as a verifier does."""
    session.expire_all()
    kept = kept_list(session, number=place.list_number)
    assert kept is not None
    subject = json.loads(kept.json_body)["credentialSubject"]
    return is_revoked(read_list(subject["encodedList"]), place.status_index)


# Revoked by two ---------------------------------------------------------------------


def test_two_coordinators_revoke_and_everybody_is_told(
    desk: FlaskClient,
    second: FlaskClient,
    session: Session,
    ana: User,
    clara: User,
    tomas: User,
    number: str,
) -> None:
    propose(desk, number)
    assert state(session, number) is CertificateState.VALID
    assert mails_to(session, ana.email or "") == []
    assert mails_to(session, clara.email or "") == []
    (asked,) = mails_to(session, tomas.email or "")
    assert f"{REGISTER}/{number}" in asked.text
    assert SECRET not in asked.text
    mine = text(desk.get(f"{REGISTER}/{number}?lang=en"))
    assert "somebody else has to approve it" in mine
    assert f"{number}/approval" not in mine
    assert "a second coordinator" in text(second.get(f"{REGISTER}?lang=en"))

    done = approve(second, number)

    assert done.status_code == 303
    assert state(session, number) is CertificateState.REVOKED
    page = text(second.get(f"{done.location}?lang=en"))
    assert "The certificate is revoked." in page
    assert "What you can do" not in page
    (told,) = mails_to(session, ana.email or "")
    assert told.subject == "Your certificate was revoked"
    assert "not answered by the holder" in told.text
    assert SECRET not in told.text
    assert "Waiting for a decision" not in text(desk.get(f"{REGISTER}?lang=en"))


def test_who_proposes_cannot_approve_by_any_way(
    desk: FlaskClient, session: Session, number: str
) -> None:
    propose(desk, number)
    key = session.scalars(
        select(CertificateEvent.id).order_by(CertificateEvent.id.desc()).limit(1)
    ).one()

    assert desk.get(f"{REGISTER}/{number}/approval").status_code == 303
    assert approve(desk, number, proposal=str(key)).status_code == 409
    assert state(session, number) is CertificateState.VALID


def test_an_approval_asks_for_the_password_of_today(
    desk: FlaskClient, second: FlaskClient, session: Session, number: str
) -> None:
    propose(desk, number)

    for wrong in ("", "not this one"):
        response = approve(second, number, password=wrong)
        assert response.status_code == 422
        assert wrong not in text(response) or not wrong
    assert state(session, number) is CertificateState.VALID


@pytest.mark.parametrize("proposal", ["0", "-1", "x", "9" * 40, "1"])
def test_an_approval_is_of_the_proposal_that_was_read(
    desk: FlaskClient,
    second: FlaskClient,
    session: Session,
    number: str,
    proposal: str,
) -> None:
    propose(desk, number)

    response = approve(second, number, proposal=proposal)

    assert response.status_code == 409
    assert "no longer waits" in text(response)
    assert state(session, number) is CertificateState.VALID


def test_a_proposal_is_withdrawn_by_either(
    desk: FlaskClient, second: FlaskClient, session: Session, number: str
) -> None:
    propose(desk, number)

    done = act(second, number, "withdrawal", note="")

    assert "The proposal is withdrawn." in text(second.get(f"{done.location}?lang=en"))
    assert second.get(f"{REGISTER}/{number}/approval").status_code == 303
    assert propose(second, number).status_code == 303
    assert approve(desk, number).status_code == 303
    assert state(session, number) is CertificateState.REVOKED


def test_a_second_click_on_the_approval_changes_nothing(
    desk: FlaskClient,
    second: FlaskClient,
    session: Session,
    ana: User,
    number: str,
) -> None:
    propose(desk, number)
    approve(second, number)

    again = approve(second, number, proposal="1")

    assert again.status_code == 303
    assert "nothing changed" in text(second.get(f"{again.location}?lang=en"))
    assert len(mails_to(session, ana.email or "")) == 1


# Corrected --------------------------------------------------------------------------


def test_a_correction_offers_the_name_of_the_account_and_leads_to_the_new_number(
    desk: FlaskClient, session: Session, ana: User, number: str
) -> None:
    ana.full_name = "Ana María Ruiz"
    session.commit()
    form = text(desk.get(f"{REGISTER}/{number}/correction?lang=en"))
    assert 'value="Ana María Ruiz"' in form

    done = act(desk, number, "correction", holder="Ana María Ruiz", note="")

    assert done.status_code == 303
    assert number not in done.location
    new = done.location.rsplit("/", 1)[1]
    page = text(desk.get(f"{done.location}?lang=en"))
    assert f"It replaces {number}" in page
    assert f"Replaced by {new}" in text(desk.get(f"{REGISTER}/{number}?lang=en"))
    assert state(session, number) is CertificateState.SUPERSEDED
    assert state(session, new) is CertificateState.VALID
    (mail,) = mails_to(session, ana.email or "")
    assert mail.subject == "Your certificate was corrected"
    assert new in mail.text
    assert number in mail.text
    assert f"/verify/{new}" in mail.text

    again = act(desk, number, "correction", holder="Ana María Ruiz", note="")
    assert again.location.endswith(new)
    assert len(mails_to(session, ana.email or "")) == 1


@pytest.mark.parametrize(
    "name", ["", "   ", "Ana Maria Riuz", "x" * 201, "\u202e\u200f"]
)
def test_a_name_that_corrects_nothing_comes_back(
    desk: FlaskClient, session: Session, number: str, name: str
) -> None:
    response = act(desk, number, "correction", holder=name, note="")

    assert response.status_code == 422
    assert state(session, number) is CertificateState.VALID


def test_a_hostile_name_is_a_name(desk: FlaskClient, number: str) -> None:
    done = act(desk, number, "correction", holder="<script>alert(1)</script>", note="")

    page = desk.get(done.location).get_data(as_text=True)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def ask(session: Session, ana: User, number: str) -> None:
    ask_for_correction(
        session,
        number=number.replace("-", ""),
        user_id=ana.id,
        name="Ana María Ruiz",
        now=now(),
    )
    session.commit()


def test_what_a_holder_asks_for_waits_on_top_and_fills_the_form(
    desk: FlaskClient, session: Session, ana: User, number: str
) -> None:
    ask(session, ana, number)

    assert "Correction of the name" in text(desk.get(f"{REGISTER}?lang=en"))
    assert "Ana María Ruiz" in text(desk.get(f"{REGISTER}/{number}?lang=en"))
    form = text(desk.get(f"{REGISTER}/{number}/correction?lang=en"))
    assert 'value="Ana María Ruiz"' in form


def test_a_request_is_declined_with_words_that_the_holder_reads(
    desk: FlaskClient, session: Session, ana: User, number: str
) -> None:
    ask(session, ana, number)
    assert act(desk, number, "refusal", answer=" ").status_code == 422

    done = act(desk, number, "refusal", answer="Please send the deed.")

    assert done.status_code == 303
    (mail,) = mails_to(session, ana.email or "")
    assert "Please send the deed." in mail.text
    assert "Waiting for a decision" not in text(desk.get(f"{REGISTER}?lang=en"))
    assert act(desk, number, "refusal", answer="Again").status_code == 409


# Languages --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["correction", "suspension", "revocation"])
@pytest.mark.parametrize("lang", ["es", "en"])
def test_each_confirmation_speaks_both_languages(
    desk: FlaskClient, number: str, name: str, lang: str
) -> None:
    page = text(desk.get(f"{REGISTER}/{number}/{name}?lang={lang}"))

    assert ("Observación interna" in page) is (lang == "es")
    assert ("Internal remark" in page) is (lang == "en")
    assert f'action="{REGISTER}/{number}/{name}' in page
    assert f'href="{REGISTER}/{number}"' in page


def test_a_holder_is_told_in_their_own_language(
    desk: FlaskClient, session: Session, ana: User, number: str
) -> None:
    ana.locale = "es"
    session.commit()

    act(desk, number, "suspension", reason="under-review", note="")

    (mail,) = mails_to(session, ana.email or "")
    assert mail.subject == "Su constancia está suspendida"
    assert "se está revisando su expedición" in mail.text


def test_a_holder_without_a_confirmed_address_gets_no_mail(
    desk: FlaskClient, session: Session, ana: User, number: str
) -> None:
    ana.confirmed_at = None
    session.commit()

    assert act(desk, number, "suspension", reason="under-review", note="").status_code

    assert state(session, number) is CertificateState.SUSPENDED
    assert mails_to(session, ana.email or "") == []
