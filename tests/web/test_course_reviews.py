"""The pages of a review: sent, commented, decided, published; by whom and whom not."""

import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.models.accounts import User
from conexx_learn.models.course_reviews import CourseReview, ReviewComment
from tests.course_desks import (
    CARE,
    SLUG,
    WELL,
    Desk,
    lay_course,
    make_trainer,
)
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.learning import enrolled_user
from tests.mails import mails_to
from tests.published import publish_sample

SEND = f"/trainer/courses/{SLUG}/review"
SENT = {
    "bump": "minor",
    "note": "The lid is explained.",
    "sentence_es": "Se explica la tapa.",
    "sentence_en": "The lid is explained.",
    "asked": "0",
}
DECIDED = {"text": "Good work.", "decision": "approve"}


@pytest.fixture
def desk(
    app: Flask, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """Lay the course where the pages look for it, and publish it."""
    publish_sample(session)
    home, target = lay_course(tmp_path / "courses"), tmp_path / "published"
    monkeypatch.setitem(app.config, "COURSES", home)
    monkeypatch.setitem(app.config, "COURSE_HOME", target)
    return Desk(home, target)


@pytest.fixture
def iker(session: Session) -> User:
    return make_trainer(session, "Iker Zabala")


@pytest.fixture
def nerea(session: Session) -> User:
    return make_trainer(session, "Nerea Otero")


@pytest.fixture
def edited(session: Session, desk: Desk, iker: User) -> None:
    desk.edit(session, iker, CARE, "Con una tapa de cemento y una cerca.")


@pytest.fixture
def review(session: Session, client: FlaskClient, edited: None, iker: User) -> str:
    """Send the course from the page, and return the address of the review."""
    sign_in(client, session, iker)
    answer = client.post(SEND, data=SENT)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def states(session: Session) -> list[str]:
    session.expire_all()
    return list(session.scalars(select(CourseReview.state).order_by(CourseReview.id)))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Send for review", "minor version", "de cemento", "Nerea Otero"]),
        ("es", ["Enviar a revisión", "versión menor", "de cemento", "Nerea Otero"]),
    ],
)
def test_before_sending_one_sees_what_would_be_sent(
    session: Session,
    client: FlaskClient,
    edited: None,
    iker: User,
    nerea: User,
    lang: str,
    words: list[str],
) -> None:
    sign_in(client, session, iker)

    page = client.get(f"{SEND}?lang={lang}").text

    assert [word for word in words if word not in page] == []
    assert "Iker Zabala</option>" not in page
    (suggested,) = re.findall(r'<input checked[^>]*name="bump"[^>]*>', page)
    assert 'value="minor"' in suggested


def test_without_a_change_there_is_nothing_to_send(
    session: Session, client: FlaskClient, desk: Desk, iker: User
) -> None:
    sign_in(client, session, iker)

    assert "Nothing changed" in client.get(f"{SEND}?lang=en").text


def test_an_error_of_the_check_keeps_it_back(
    session: Session, client: FlaskClient, desk: Desk, iker: User
) -> None:
    desk.edit(session, iker, "media/basin.svg", "media/nowhere.svg")
    sign_in(client, session, iker)

    assert "error keeps it from being sent" in client.get(f"{SEND}?lang=en").text
    assert client.post(SEND, data=SENT).status_code == 422
    assert states(session) == []


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    session: Session, client: FlaskClient, edited: None, iker: User
) -> None:
    sign_in(client, session, iker)

    answer = client.post(f"{SEND}?lang=en", data=SENT | {"sentence_en": " "})

    assert answer.status_code == 422
    assert "Write one sentence in this language." in answer.text
    assert "Se explica la tapa." in answer.text
    assert states(session) == []


def test_who_may_review_is_told_and_finds_it_in_the_queue(
    session: Session, client: FlaskClient, nerea: User, review: str
) -> None:
    assert len(mails_to(session, str(nerea.email))) == 1
    assert "What you sent" in client.get("/trainer/reviews?lang=en").text
    sign_in(client, session, nerea)

    page = client.get("/trainer/reviews?lang=en").text

    assert "1 course waits for your review" in page
    assert f'href="{review}"' in page


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["waits for a second person", "Your decision", "falls behind"]),
        ("es", ["en espera de una segunda persona", "Su decisión", "queda atrasada"]),
    ],
)
def test_a_second_person_sees_the_difference_and_what_it_means(
    session: Session,
    client: FlaskClient,
    nerea: User,
    review: str,
    lang: str,
    words: list[str],
) -> None:
    enrolled_user(session)
    sign_in(client, session, nerea)

    page = client.get(f"{review}?lang={lang}").text

    assert "Con una tapa <ins>de cemento </ins>y una cerca." in page
    assert [word for word in words if word not in page] == []
    assert "1 per" in page


def test_the_sender_has_no_decision_to_make(client: FlaskClient, review: str) -> None:
    page = client.get(f"{review}?lang=en").text

    assert "Your decision" not in page
    assert client.post(f"{review}/decision", data=DECIDED).status_code == 409
    assert client.post(f"{review}/publish").status_code == 409


def test_a_comment_stands_at_its_place_and_is_answered_and_done(
    session: Session, client: FlaskClient, iker: User, nerea: User, review: str
) -> None:
    sign_in(client, session, nerea)
    page = client.get(f"{review}?lang=en").text
    place = page.split(f'name="place" value="{WELL}:n', 1)[1].split('"')[0]
    key = f"{WELL}:n{place}"

    answer = client.post(
        f"{review}/comments", data={"text": "Which cement?", "place": key}
    )

    assert answer.status_code == 303
    assert answer.location == f"{review}#at-{key}"
    assert len(mails_to(session, str(iker.email))) == 1
    first = session.scalars(select(ReviewComment)).one()
    sign_in(client, session, iker)
    client.post(
        f"{review}/comments",
        data={"text": "The grey one.", "place": key, "parent": str(first.id)},
    )
    client.post(f"{review}/comments/{first.id}/resolve")
    page = client.get(f"{review}?lang=en").text
    at_place = page.index(f'id="at-{key}"')
    assert at_place < page.index(f'id="comment-{first.id}"')
    assert "The grey one." in page
    assert "Done" in page


def test_an_empty_comment_is_not_kept(client: FlaskClient, review: str) -> None:
    answer = client.post(f"{review}/comments?lang=en", data={"text": " ", "place": ""})

    assert answer.status_code == 422
    assert "Write the comment." in answer.text


def test_approved_it_is_published_once_and_learners_are_told(
    session: Session,
    client: FlaskClient,
    desk: Desk,
    iker: User,
    nerea: User,
    review: str,
) -> None:
    learner = enrolled_user(session)
    sign_in(client, session, nerea)
    assert client.post(f"{review}/decision", data=DECIDED).status_code == 303
    assert len(mails_to(session, str(iker.email))) == 1
    sign_in(client, session, iker)
    page = client.get(f"{review}?lang=en").text
    assert "Publish version 1.1" in page
    assert page.index("What it means for learners") < page.index("Publish version 1.1")

    answer = client.post(f"{review}/publish")

    assert answer.status_code == 303
    history = client.get(f"{answer.location}?lang=en").text
    assert "published by Iker Zabala" in history
    assert "approved by Nerea Otero" in history
    assert client.post(f"{review}/publish").status_code == 409
    assert (desk.target / SLUG / WELL).is_file()
    assert "published as 1.1" in client.get(f"{review}?lang=en").text
    sign_in(client, session, learner)
    assert "The lid is explained." in client.get(f"/courses/{SLUG}?lang=en").text


def test_git_knows_who_published_and_who_approved(
    session: Session,
    client: FlaskClient,
    desk: Desk,
    iker: User,
    nerea: User,
    review: str,
) -> None:
    desk.target.mkdir()
    subprocess.run(["git", "init", "-q", str(desk.target)], check=True)
    sign_in(client, session, nerea)
    client.post(f"{review}/decision", data=DECIDED)
    sign_in(client, session, iker)

    client.post(f"{review}/publish")

    told = subprocess.run(
        ["git", "-C", str(desk.target), "log", "--format=%an%n%B"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert told.startswith("Iker Zabala\n")
    assert "1.1" in told
    assert "Nerea Otero" in told


def test_sent_back_it_says_why(
    session: Session, client: FlaskClient, iker: User, nerea: User, review: str
) -> None:
    sign_in(client, session, nerea)
    without = client.post(f"{review}/decision", data={"decision": "send-back"})
    assert without.status_code == 422

    client.post(
        f"{review}/decision", data={"decision": "send-back", "text": "Which one?"}
    )

    assert states(session) == ["changes-asked"]
    assert "Which one?" in client.get(f"{review}?lang=en").text
    assert client.post(f"{review}/publish").status_code == 409


def test_the_coordination_may_let_it_be_published_alone(
    session: Session, client: FlaskClient, iker: User, review: str
) -> None:
    assert client.post(f"{review}/alone", data={"reason": "Me"}).status_code == 404
    coordinator = make_trainer(session, "Maite", "coordinator")
    sign_in(client, session, coordinator)
    assert client.post(f"{review}/alone", data={"reason": ""}).status_code == 422

    client.post(f"{review}/alone", data={"reason": "Nobody else is there"})

    sign_in(client, session, iker)
    assert "Nobody else is there" in client.get(f"{review}?lang=en").text
    assert client.post(f"{review}/publish").status_code == 303
    assert states(session) == ["published"]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_first_version_is_read_whole_and_nobody_is_told_what_is_new(
    app: Flask,
    session: Session,
    client: FlaskClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    iker: User,
    nerea: User,
    lang: str,
) -> None:
    monkeypatch.setitem(app.config, "COURSES", lay_course(tmp_path / "courses"))
    monkeypatch.setitem(app.config, "COURSE_HOME", tmp_path / "published")
    sign_in(client, session, iker)
    assert "sentence_" not in client.get(f"{SEND}?lang={lang}").text
    data = {"bump": "minor", "note": "All of it.", "asked": str(nerea.id)}

    review = str(client.post(SEND, data=data).location)

    sign_in(client, session, nerea)
    page = client.get(f"{review}?lang={lang}").text
    assert f"<ins>{CARE}</ins>" in page
    assert client.post(f"{review}/decision", data=DECIDED).status_code == 303
    history = client.post(f"{review}/publish").location
    assert "1.0" in client.get(f"{history}?lang={lang}").text


def test_it_can_be_withdrawn_and_sent_again(
    session: Session, client: FlaskClient, nerea: User, review: str
) -> None:
    page = client.get(f"{SEND}?lang=en").text
    assert "A review of this course waits already" in page

    assert client.post(f"{review}/withdraw").status_code == 303
    assert client.post(SEND, data=SENT).status_code == 303
    assert states(session) == ["withdrawn", "open"]


def test_learners_and_trainers_elsewhere_find_nothing(
    session: Session, client: FlaskClient, review: str
) -> None:
    elsewhere = make_user(session)
    make_membership(session, elsewhere, "trainer", make_institution(session))
    for person in (make_user(session), elsewhere):
        sign_in(client, session, person)
        assert client.get(review).status_code == 404
        assert client.get(SEND).status_code == 404
        assert client.post(SEND, data=SENT).status_code == 404
        for act in ("comments", "decision", "withdraw", "publish"):
            data = DECIDED | {"place": ""}
            assert client.post(f"{review}/{act}", data=data).status_code == 404
    assert states(session) == ["open"]


def test_an_unknown_decision_is_refused(
    session: Session, client: FlaskClient, nerea: User, review: str
) -> None:
    sign_in(client, session, nerea)

    answer = client.post(f"{review}/decision", data={"text": "x", "decision": "maybe"})

    assert answer.status_code == 422
    assert states(session) == ["open"]


def test_hostile_words_stay_words(
    session: Session, client: FlaskClient, review: str
) -> None:
    client.post(
        f"{review}/comments",
        data={"text": "<script>alert(1)</script>", "place": '"><b>'},
    )

    page = client.get(review).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_page_asks_the_same_of_the_database_with_more_comments(
    session: Session, client: FlaskClient, review: str, statements: list[str]
) -> None:
    for number in range(2):
        client.post(
            f"{review}/comments", data={"text": f"Word {number}", "place": "whole"}
        )
    client.get(review)
    statements.clear()
    client.get(review)
    with_two = len(statements)
    for number in range(5):
        client.post(
            f"{review}/comments", data={"text": f"More {number}", "place": "whole"}
        )
    statements.clear()

    client.get(review)

    assert len(statements) == with_two
