"""A version is published as a second person saw it, and no other way."""

from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conexx_learn.domain.course_changes.version_bump import Bump
from conexx_learn.domain.course_reviews import ReviewState, may_see
from conexx_learn.domain.errors import ContentError, NotFoundError, RuleError
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.catalogue import CourseVersion
from conexx_learn.models.drafts import CourseAuthor, DraftBlob
from conexx_learn.queries.course_reviews import (
    ReviewRow,
    comments_of,
    possible_reviewers,
    review_files,
    review_row,
    reviews_of,
)
from conexx_learn.queries.course_versions import course_history
from conexx_learn.queries.live_versions import live_versions
from conexx_learn.services.course_reviews import (
    Sending,
    allow_alone,
    decide,
    send_for_review,
    withdraw_review,
)
from conexx_learn.services.draft_reading import draft_of
from conexx_learn.services.kept_contents import KEPT_UNNAMED, sweep_contents
from conexx_learn.services.publishing import Publication
from conexx_learn.services.review_comments import comment, resolve_comment
from conexx_learn.services.review_publication import publish_review, ready_review
from tests.course_desks import (
    CARE,
    SENTENCES,
    SLUG,
    WELL,
    Desk,
    acting,
    lay_course,
    make_trainer,
)
from tests.factories import NOW
from tests.people import make_person
from tests.published import edited_copy, publish_sample, version

TODAY = NOW.date()


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Desk:
    publish_sample(session)
    return Desk(lay_course(tmp_path / "courses"), tmp_path / "published")


@pytest.fixture
def iker(session: Session) -> User:
    return make_trainer(session, "Iker")


@pytest.fixture
def nerea(session: Session) -> User:
    return make_trainer(session, "Nerea")


@pytest.fixture
def sent(session: Session, desk: Desk, iker: User) -> int:
    desk.edit(session, iker, CARE, "Con una tapa de cemento.")
    return desk.send(session, iker)


def row(session: Session, review_id: int) -> ReviewRow:
    session.expire_all()
    found = review_row(session, review_id=review_id)
    assert found is not None
    return found


def approve(session: Session, review_id: int, person: User) -> None:
    decide(
        session,
        review_id=review_id,
        actor=acting(person),
        approves=True,
        text="Good.",
        now=NOW,
    )
    session.commit()


def publish(session: Session, desk: Desk, review_id: int, person: User) -> Publication:
    by = desk.by(person)
    ready = ready_review(session, by, review_id=review_id)
    publication = publish_review(
        session, by, ready, actor=acting(person), home=desk.target
    )
    session.commit()
    return publication


def refusal(error: pytest.ExceptionInfo[RuleError]) -> str:
    return error.value.code


def test_what_is_edited_after_sending_is_not_in_the_review(
    session: Session, desk: Desk, iker: User, sent: int
) -> None:
    desk.edit(session, iker, "Con una tapa de cemento.", "Otra cosa.")

    assert (
        "Con una tapa de cemento."
        in review_files(session, review_id=sent)[WELL].decode()
    )
    assert row(session, sent).base_label == "1.0"


def test_what_says_the_same_is_not_sent(
    session: Session, desk: Desk, iker: User
) -> None:
    with pytest.raises(RuleError) as error:
        desk.send(session, iker)

    assert refusal(error) == "review-nothing"


def test_what_the_check_refuses_is_not_sent(
    session: Session, desk: Desk, iker: User
) -> None:
    desk.edit(session, iker, "media/basin.svg", "media/nowhere.svg")

    with pytest.raises(ContentError) as error:
        desk.send(session, iker)

    assert {problem.path for problem in error.value.problems} == {WELL}


def test_learners_are_told_in_every_language(
    session: Session, desk: Desk, iker: User
) -> None:
    desk.edit(session, iker, CARE, "Con una tapa.")
    sending = Sending(Bump.MINOR, "", {"es": "Algo.", "en": "  "}, None)

    with pytest.raises(RuleError) as error:
        send_for_review(session, desk.by(iker), sending)

    assert refusal(error) == "review-sentence"
    assert error.value.facts == {"lang": "en"}


def test_a_course_has_one_review_that_waits(
    session: Session, desk: Desk, nerea: User, sent: int
) -> None:
    with pytest.raises(RuleError) as error:
        desk.send(session, nerea)

    assert refusal(error) == "review-waiting"
    assert len(reviews_of(session, slug=SLUG)) == 1


def test_nobody_approves_what_they_sent_or_edited(
    session: Session, desk: Desk, iker: User, nerea: User
) -> None:
    desk.edit(session, nerea, CARE, "Con una tapa.")
    review_id = desk.send(session, iker)

    for person in (iker, nerea):
        with pytest.raises(RuleError) as error:
            approve(session, review_id, person)
        assert refusal(error) == "review-own-work"
    coordinating = acting(nerea, Role.COORDINATOR)
    with pytest.raises(RuleError):
        decide(
            session,
            review_id=review_id,
            actor=coordinating,
            approves=True,
            text="",
            now=NOW,
        )


def test_who_edited_is_not_asked(
    session: Session, desk: Desk, iker: User, nerea: User, sent: int
) -> None:
    besides = row(session, sent).facts.editors

    names = [
        one.full_name
        for one in possible_reviewers(session, slug=SLUG, besides=besides, today=TODAY)
    ]

    assert "Nerea" in names
    assert "Iker" not in names


def test_without_an_approval_nothing_is_published(
    session: Session, desk: Desk, iker: User, sent: int
) -> None:
    with pytest.raises(RuleError) as error:
        publish(session, desk, sent, iker)

    assert refusal(error) == "review-alone"
    assert live_versions(session)[SLUG].label == "1.0"
    assert not desk.target.exists()


def test_an_approved_review_becomes_the_next_version(
    session: Session, desk: Desk, iker: User, nerea: User, sent: int
) -> None:
    approve(session, sent, nerea)

    publication = publish(session, desk, sent, iker)

    assert (publication.version, publication.changed) == ("1.1", True)
    assert live_versions(session)[SLUG].label == "1.1"
    newest = course_history(session, slug=SLUG).versions[0]
    assert (newest.publisher, newest.approver) == ("Iker", "Nerea")
    assert (newest.note, newest.change_note) == ("Please look.", SENTENCES)
    assert row(session, sent).facts.state is ReviewState.PUBLISHED
    acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert {"review-send", "review-approve", "review-publish", "publish"} <= {*acts}


def test_the_folder_holds_what_was_published_and_the_draft_is_settled(
    session: Session, desk: Desk, iker: User, nerea: User, sent: int
) -> None:
    before = (desk.home / SLUG / "course.toml").read_bytes()
    approve(session, sent, nerea)

    publish(session, desk, sent, iker)

    written = (desk.target / SLUG / "course.toml").read_bytes()
    assert written == before.replace(b'version = "1.0"', b'version = "1.1"')
    assert "tapa de cemento" in (desk.target / SLUG / WELL).read_text()
    draft = draft_of(session, slug=SLUG, homes=desk.by(iker).homes)
    assert not draft.changed
    assert not draft.beneath


def test_a_major_version_rises_the_first_number(
    session: Session, desk: Desk, iker: User, nerea: User
) -> None:
    desk.edit(session, iker, CARE, "Con una tapa.")
    review_id = desk.send(session, iker, bump=Bump.MAJOR)
    approve(session, review_id, nerea)

    assert publish(session, desk, review_id, nerea).version == "2.0"


def test_it_is_published_once(
    session: Session, desk: Desk, iker: User, nerea: User, sent: int
) -> None:
    approve(session, sent, nerea)
    publish(session, desk, sent, iker)

    with pytest.raises(RuleError) as error:
        publish(session, desk, sent, iker)

    assert refusal(error) == "review-ended"
    assert session.query(CourseVersion).count() == 2


def test_an_edit_after_the_approval_asks_for_a_new_review(
    session: Session, desk: Desk, iker: User, nerea: User, sent: int
) -> None:
    approve(session, sent, nerea)
    desk.edit(session, iker, "Con una tapa de cemento.", "Otra cosa.")

    with pytest.raises(RuleError) as error:
        publish(session, desk, sent, iker)
    assert refusal(error) == "review-edited-since"

    session.rollback()
    again = desk.send(session, iker)
    assert row(session, sent).facts.state is ReviewState.WITHDRAWN
    assert row(session, again).number == 2


def test_a_version_that_came_meanwhile_asks_for_a_new_review(
    session: Session, desk: Desk, iker: User, nerea: User, sent: int, tmp_path: Path
) -> None:
    approve(session, sent, nerea)
    ready = ready_review(session, desk.by(iker), review_id=sent)
    publish_sample(session, folder=edited_copy(tmp_path / "other", version("1.1")))

    with pytest.raises(RuleError) as error:
        publish_review(
            session, desk.by(iker), ready, actor=acting(iker), home=desk.target
        )

    assert refusal(error) == "review-base-moved"


def test_alone_only_with_the_word_of_the_coordination(
    session: Session, desk: Desk, iker: User, nerea: User, sent: int
) -> None:
    with pytest.raises(RuleError):
        allow_alone(session, review_id=sent, actor=acting(iker), reason="Me", now=NOW)
    session.rollback()
    coordinating = acting(nerea, Role.COORDINATOR)
    allow_alone(
        session, review_id=sent, actor=coordinating, reason="Nobody else", now=NOW
    )
    session.commit()

    assert publish(session, desk, sent, iker).version == "1.1"

    newest = course_history(session, slug=SLUG).versions[0]
    assert (newest.publisher, newest.approver) == ("Iker", "")
    told = row(session, sent)
    assert (told.allower, told.allowed_reason) == ("Nerea", "Nobody else")


def test_a_second_decision_is_refused(
    session: Session, desk: Desk, iker: User, nerea: User, sent: int
) -> None:
    third = make_trainer(session, "Maite")
    approve(session, sent, nerea)

    with pytest.raises(RuleError) as error:
        decide(
            session,
            review_id=sent,
            actor=acting(third),
            approves=False,
            text="No.",
            now=NOW,
        )

    assert refusal(error) == "review-decided"


def test_what_is_sent_back_can_be_sent_again(
    session: Session, desk: Desk, iker: User, nerea: User, sent: int
) -> None:
    decide(
        session,
        review_id=sent,
        actor=acting(nerea),
        approves=False,
        text="Which cement?",
        now=NOW,
    )
    session.commit()
    desk.edit(session, iker, "de cemento", "de cemento gris")

    again = desk.send(session, iker)

    assert row(session, sent).decision == "Which cement?"
    assert row(session, again).facts.state is ReviewState.OPEN


def test_comments_stand_at_their_place_with_their_answers(
    session: Session, iker: User, nerea: User, sent: int
) -> None:
    place = f"{WELL}:n5"
    for person, text in ((nerea, "Which cement?"), (nerea, "And the fence?")):
        comment(
            session,
            review_id=sent,
            actor=acting(person),
            place=place,
            text=text,
            parent_id=None,
            now=NOW,
        )
    first = comments_of(session, review_id=sent)[0]
    comment(
        session,
        review_id=sent,
        actor=acting(iker),
        place="elsewhere",
        text="The grey one.",
        parent_id=first.id,
        now=NOW,
    )
    for _ in range(2):
        resolve_comment(
            session, review_id=sent, comment_id=first.id, actor=acting(iker), now=NOW
        )

    threads = comments_of(session, review_id=sent)
    assert [one.text for one in threads] == ["Which cement?", "And the fence?"]
    (answer,) = threads[0].answers
    assert (answer.place, answer.person) == (place, "Iker")
    assert threads[0].resolved_by == "Iker"
    with pytest.raises(NotFoundError):
        resolve_comment(
            session, review_id=sent, comment_id=answer.id, actor=acting(iker), now=NOW
        )


def test_only_who_sent_it_or_coordinates_takes_it_back(
    session: Session, iker: User, nerea: User, sent: int
) -> None:
    with pytest.raises(NotFoundError):
        withdraw_review(session, review_id=sent, actor=acting(nerea), now=NOW)

    withdraw_review(session, review_id=sent, actor=acting(iker), now=NOW)

    assert row(session, sent).facts.state is ReviewState.WITHDRAWN


def test_a_trainer_of_an_institution_sees_it_only_when_asked(
    session: Session, desk: Desk, iker: User, nerea: User
) -> None:
    session.add(CourseAuthor(slug=SLUG, user_id=iker.id, since=NOW))
    session.add(CourseAuthor(slug=SLUG, user_id=nerea.id, since=NOW))
    desk.edit(session, iker, CARE, "Con una tapa.")
    guest = make_trainer(session, "Maite")
    there = Actor(guest.id, (Place(Role.TRAINER, 7),))
    unasked = row(session, desk.send(session, iker))
    assert not may_see(there, unasked.facts)
    withdraw_review(session, review_id=unasked.id, actor=acting(iker), now=NOW)

    asked = row(session, desk.send(session, iker, asked=guest))

    assert may_see(there, asked.facts)
    assert not may_see(Actor(guest.id, ()), asked.facts)


def test_a_first_version_is_1_0(session: Session, tmp_path: Path, iker: User) -> None:
    desk = Desk(lay_course(tmp_path / "courses"), tmp_path / "published")
    nerea = make_trainer(session, "Nerea")
    review_id = desk.send(session, iker)
    approve(session, review_id, nerea)

    assert publish(session, desk, review_id, iker).version == "1.0"
    assert course_history(session, slug=SLUG).versions[0].change_note == {}


def test_the_sweep_of_contents_leaves_what_a_review_shows(
    session: Session, desk: Desk, sent: int
) -> None:
    before = review_files(session, review_id=sent)
    session.execute(update(DraftBlob).values(kept_at=NOW - 9 * KEPT_UNNAMED))
    session.flush()

    sweep_contents(session, now=NOW)

    assert review_files(session, review_id=sent) == before


def test_an_author_who_is_no_trainer_any_more_is_not_asked(
    session: Session, desk: Desk, iker: User
) -> None:
    """They would get a mail about a page that is not there for them."""
    gone = make_person(session, full_name="Gone Person")
    session.add(CourseAuthor(slug=SLUG, user_id=gone.id, since=NOW))
    session.commit()

    people = possible_reviewers(session, slug=SLUG, besides={iker.id}, today=TODAY)

    assert gone.id not in {one.user_id for one in people}
