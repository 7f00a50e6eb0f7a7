"""A learner asks at a section: who may, what stands where, and what can be undone."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.section_questions import MOST_OPEN
from conexx_learn.models.accounts import User
from conexx_learn.models.section_questions import SectionQuestion
from conexx_learn.queries.personal_data import personal_data
from conexx_learn.services.accounts import erase_account
from conexx_learn.services.enrolment import enrol
from tests.factories import make_institution, make_membership, make_user, sign_in
from tests.learning import SMALL, enrolled_user
from tests.published import Edits, edited_copy, publish_sample, version
from tests.section_questions import (
    ANSWERED,
    CARE,
    MODULE,
    ORIGIN,
    PUBLISHED,
    WORDS,
    ask,
    store_questions,
)

PAGE = f"/courses/{SMALL}/{MODULE}"
FORM = f"{PAGE}/questions/new?section={ORIGIN}"
SENT = {"section": ORIGIN, "text": WORDS}


def kept(session: Session) -> list[SectionQuestion]:
    session.expire_all()
    return list(session.scalars(select(SectionQuestion).order_by(SectionQuestion.id)))


def send(client: FlaskClient, status: int = 303, **changed: str) -> str:
    answer = client.post(f"{PAGE}/questions", data=SENT | changed)
    assert answer.status_code == status
    return answer.text


def section(page: str, anchor: str) -> str:
    """Return a page from one heading to the next, or to the module's end."""
    found = re.search(
        rf'<h2 id="{anchor}">.*?(?=<h2 |<div id="questions">)', page, re.DOTALL
    )
    assert found, page
    return found[0]


def end(page: str) -> str:
    """Return what stands at the module's end."""
    return page.split('<div id="questions">')[1].split("</article>", maxsplit=1)[0]


def test_each_section_ends_with_a_way_to_ask(signed_in: FlaskClient) -> None:
    page = signed_in.get(PAGE).text

    for anchor in (ORIGIN, CARE):
        assert f'href="{PAGE}/questions/new?section={anchor}"' in section(page, anchor)
    assert f'href="{PAGE}/questions/new"' in end(page)
    assert page.index("check-0") < page.index("Ask about this section")


def test_a_visitor_is_offered_nothing_and_asked_to_sign_in(
    client: FlaskClient, small_course: str
) -> None:
    assert "/questions/new" not in client.get(PAGE).text
    assert client.get(FORM).location.startswith("/sign-in?next=")
    assert client.post(f"{PAGE}/questions", data=SENT).location.startswith("/sign-in")


def test_the_form_names_the_section(signed_in: FlaskClient) -> None:
    page = signed_in.get(FORM).text

    assert "About “Where the water comes from”" in page
    assert f'value="{ORIGIN}"' in page
    assert (
        "About the whole module “The well”"
        in signed_in.get(f"{PAGE}/questions/new").text
    )


def test_a_question_waits_under_its_section_for_its_own_eyes(
    client: FlaskClient, session: Session, ana: User
) -> None:
    sign_in(client, session, ana)
    answer = client.post(f"{PAGE}/questions", data=SENT)

    assert answer.location == f"{PAGE}#{ORIGIN}"
    page = client.get(PAGE).text
    assert WORDS in section(page, ORIGIN)
    assert "Waiting for an answer" in section(page, ORIGIN)
    assert WORDS not in section(page, CARE) + end(page)
    sign_in(client, session, enrolled_user(session))
    assert WORDS not in client.get(PAGE).text


def test_what_is_kept_of_it(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    make_membership(session, ana, "learner", make_institution(session))
    session.commit()
    send(signed_in)

    (row,) = kept(session)
    assert (row.module_slug, row.anchor, row.lang) == (MODULE, ORIGIN, "en")
    assert row.heading == "Where the water comes from"
    assert row.text == WORDS
    assert row.zone == "America/Mexico_City"
    assert row.due_at > row.asked_at


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param(" \r\n ", id="blanks"),
        pytest.param("x" * 2001, id="too long"),
    ],
)
def test_what_says_nothing_or_too_much_is_asked_again(
    signed_in: FlaskClient, session: Session, text: str
) -> None:
    page = send(signed_in, 422, text=text)

    assert text.strip() in page
    assert "About “Where the water comes from”" in page
    assert kept(session) == []


def test_a_double_click_asks_once(signed_in: FlaskClient, session: Session) -> None:
    send(signed_in)
    send(signed_in)
    assert len(kept(session)) == 1

    send(signed_in, section=CARE)
    send(signed_in, text="And how wide?")
    assert len(kept(session)) == 3


def test_too_many_open_questions_are_refused_but_no_second_click(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    store_questions(session, ana, MOST_OPEN - 1)
    send(signed_in)
    send(signed_in)
    assert "10 questions" in send(signed_in, 409, text="One more?")
    assert len(kept(session)) == MOST_OPEN

    kept(session)[0].answer, kept(session)[0].answered_at = "x", now()
    session.commit()
    send(signed_in, text="One more?")


@pytest.mark.parametrize(
    "anchor",
    [
        pytest.param("u-nowhere", id="no such section"),
        pytest.param("u-the-pump", id="of another module"),
        pytest.param("x" * 5000, id="very long"),
        pytest.param('"><script>', id="HTML"),
    ],
)
def test_a_section_that_is_not_of_the_module_is_not_there(
    signed_in: FlaskClient, session: Session, anchor: str
) -> None:
    send(signed_in, 404, section=anchor)
    asked = signed_in.get(f"{PAGE}/questions/new", query_string={"section": anchor})

    assert asked.status_code == 404
    assert kept(session) == []


def test_a_module_that_is_not_of_the_course_is_not_there(
    signed_in: FlaskClient, session: Session
) -> None:
    for path in (f"/courses/{SMALL}/nowhere", f"/courses/nowhere/{MODULE}"):
        assert signed_in.get(f"{path}/questions/new").status_code == 404
        assert signed_in.post(f"{path}/questions", data=SENT).status_code == 404
    assert kept(session) == []


def test_who_is_not_enrolled_is_told_to_enrol(
    client: FlaskClient, session: Session, small_course: str
) -> None:
    sign_in(client, session, make_user(session))

    page = client.get(FORM).text
    assert "Enrol to ask" in page
    assert f'action="/courses/{SMALL}/enrolment"' in page
    assert "<textarea" not in page
    send(client, 409)
    assert kept(session) == []


def test_a_course_for_members_is_asked_by_who_is_enrolled(
    client: FlaskClient, session: Session
) -> None:
    publish_sample(session, "members-course")
    user = make_user(session)
    sign_in(client, session, user)
    path = "/courses/members-course/the-desk/questions"

    assert client.post(path, data={"text": WORDS}).status_code == 409
    enrol(session, slug="members-course", user_id=user.id, lang="en", now=now())
    session.commit()
    assert client.post(path, data={"text": WORDS}).status_code == 303


def test_it_can_be_withdrawn_and_asked_again(
    signed_in: FlaskClient, session: Session
) -> None:
    send(signed_in)
    path = f"/me/questions/{kept(session)[0].id}/withdrawal"
    assert path in signed_in.get(PAGE).text

    for _click in range(2):
        assert signed_in.post(path).location == "/me/questions"
    assert [row.text for row in kept(session)] == [""]
    assert WORDS not in signed_in.get(PAGE).text + signed_in.get("/me/questions").text
    send(signed_in)
    assert [row.text for row in kept(session)] == ["", WORDS]


def test_what_was_answered_cannot_be_withdrawn(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    (row,) = store_questions(session, ana, 1, **ANSWERED)

    assert signed_in.post(f"/me/questions/{row.id}/withdrawal").status_code == 409
    assert "Withdraw" not in signed_in.get("/me/questions").text


def test_another_learners_question_is_not_there(
    client: FlaskClient, session: Session, ana: User
) -> None:
    row = ask(session, ana)
    sign_in(client, session, enrolled_user(session))

    assert client.post(f"/me/questions/{row.id}/withdrawal").status_code == 404
    assert client.get(f"/trainer/section-questions/{row.id}").status_code == 404
    assert WORDS not in client.get("/me/questions").text
    assert kept(session)[0].withdrawn_at is None


def test_my_questions_tell_how_each_stands(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    assert "You have asked nothing yet" in signed_in.get("/me/questions").text
    store_questions(session, ana, 1, fingerprint="a")
    store_questions(session, ana, 1, fingerprint="b", escalated_at=now())
    store_questions(session, ana, 1, **ANSWERED)
    store_questions(session, ana, 1, **PUBLISHED)

    page = signed_in.get("/me/questions").text

    for words in (
        "Waiting for an answer",
        "Waiting; the coordination was told",
        "Answered",
        "Answered, and published without your name",
    ):
        assert f">{words}<" in page
    assert "Forty metres." in page
    assert f'href="{PAGE}#{ORIGIN}"' in page


def test_who_has_no_mailbox_reads_of_an_answer_on_their_first_page(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    (row,) = store_questions(session, ana, 1, **(ANSWERED | {"answered_at": now()}))

    page = signed_in.get("/me").text

    assert "Your question has an answer" in page
    assert f"/me/questions#question-{row.id}" in page


def test_a_published_pair_is_read_by_everybody_without_the_name(
    client: FlaskClient, session: Session, ana: User
) -> None:
    ana.full_name = "Ana Singular"
    store_questions(session, ana, 1, **PUBLISHED)

    page = client.get(f"{PAGE}?lang=en").text

    assert "How deep is a well?" in section(page, ORIGIN)
    assert "About forty metres." in section(page, ORIGIN)
    assert "How deep" not in section(page, CARE) + end(page)
    assert "Singular" not in page
    assert "Question number" not in page
    assert "How deep is a well?" not in client.get(f"/courses/{SMALL}/the-pump").text


def test_a_pair_taken_back_or_only_answered_is_not_shown(
    client: FlaskClient, session: Session, ana: User
) -> None:
    store_questions(session, ana, 1, **PUBLISHED, unpublished_at=now())
    store_questions(session, ana, 1, **ANSWERED)

    assert "metres" not in client.get(f"{PAGE}?lang=en").text


def test_a_pair_stands_under_the_same_section_of_the_other_language(
    client: FlaskClient, session: Session, ana: User
) -> None:
    store_questions(session, ana, 1, **PUBLISHED)

    page = client.get(f"{PAGE}?lang=es").text

    first, second = re.findall(r'<h2 id="(u-[^"]*)">', page)[:2]
    assert first != ORIGIN
    assert '<div lang="en"><dt>' in section(page, first)
    assert "How deep" not in section(page, second) + end(page)


def test_a_new_version_keeps_the_pair_while_its_section_is_there(
    client: FlaskClient, session: Session, ana: User, tmp_path: Path
) -> None:
    store_questions(session, ana, 1, **PUBLISHED)
    edits: Edits = version("2.0") | {"01-the-well.en.md": ("a lid", "a new lid")}
    publish_sample(session, folder=edited_copy(tmp_path / "a", edits))
    assert "metres" in section(client.get(f"{PAGE}?lang=en").text, ORIGIN)

    edits = version("3.0") | {
        "01-the-well.en.md": ("## Where the water comes from", "## The source")
    }
    publish_sample(session, folder=edited_copy(tmp_path / "b", edits))
    page = client.get(f"{PAGE}?lang=en").text
    assert "metres" not in section(page, "u-the-source")
    assert "metres" in end(page)


def test_what_was_answered_before_is_read_before_asking(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    store_questions(session, ana, 1, **PUBLISHED)

    assert "About forty metres." in signed_in.get(FORM).text
    other = signed_in.get(f"{PAGE}/questions/new?section={CARE}").text
    assert "About forty metres." not in other


def test_what_is_typed_is_text_and_nothing_else(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    hostile = "<script>alert(1)</script>\r\n**bold** {{ 7*7 }} [x](javascript:alert(1))"
    send(signed_in, text=hostile)
    store_questions(
        session,
        ana,
        1,
        **(PUBLISHED | {"published_question": hostile, "published_answer": hostile}),
    )

    for path in (PAGE, "/me/questions", FORM):
        page = signed_in.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert 'href="javascript' not in page
        assert "{{ 7*7 }}" in page
        assert "<strong>bold" not in page


def test_a_right_to_left_or_endless_word_breaks_nothing(
    signed_in: FlaskClient, session: Session
) -> None:
    send(signed_in, text="\u202e" + "W" * 1900)

    assert signed_in.get(PAGE).status_code == 200
    assert "W" * 1900 in signed_in.get("/me/questions").text


@pytest.mark.parametrize("path", [PAGE, "/me/questions", FORM])
def test_many_questions_cost_no_statement(
    signed_in: FlaskClient,
    session: Session,
    ana: User,
    statements: list[str],
    path: str,
) -> None:
    def count() -> int:
        signed_in.get(path)
        statements.clear()
        assert signed_in.get(path).status_code == 200
        return len(statements)

    store_questions(session, ana, 1, **PUBLISHED)
    one = count()
    store_questions(session, ana, 60, **PUBLISHED)

    assert count() == one


def test_my_data_hold_what_i_asked(
    signed_in: FlaskClient, session: Session, ana: User
) -> None:
    send(signed_in)

    (row,) = personal_data(session, user_id=ana.id)["section_questions"]

    assert row["text"] == WORDS
    assert row["section"] == "Where the water comes from"
    assert personal_data(session, user_id=ana.id + 1)["section_questions"] == []


def test_an_erased_account_leaves_the_published_pair_alone(
    client: FlaskClient, session: Session, ana: User
) -> None:
    store_questions(session, ana, 1)
    store_questions(session, ana, 1, **ANSWERED)
    store_questions(session, ana, 1, **PUBLISHED, unpublished_at=now())
    (public,) = store_questions(session, ana, 1, **PUBLISHED)

    erase_account(session, user_id=ana.id, now=now())
    session.commit()

    (left,) = kept(session)
    assert left.id == public.id
    assert (left.user_id, left.text, left.answer) == (None, "", "")
    assert "About forty metres." in client.get(f"{PAGE}?lang=en").text
