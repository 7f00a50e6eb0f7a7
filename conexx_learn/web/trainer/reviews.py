"""Courses in review: whose turn it is, what changed, what is said of it."""

from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from conexx_learn.adapters.clock import now
from conexx_learn.domain.course_reviews import may_decide, may_see
from conexx_learn.domain.errors import NotFoundError, ShapeError
from conexx_learn.domain.permissions import Role
from conexx_learn.queries.course_reviews import (
    ReviewRow,
    colleague,
    listed_reviews,
    review_row,
)
from conexx_learn.services import course_reviews as verbs
from conexx_learn.services import outbox
from conexx_learn.services import review_comments as talk
from conexx_learn.services.course_home import (
    PublishedWords,
    Publisher,
    commit_published,
)
from conexx_learn.services.review_publication import publish_review, ready_review
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.web.access import actor, requires
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _
from conexx_learn.web.review_mails import comment_mails, decision_mails
from conexx_learn.web.trainer.course_review_forms import (
    AloneForm,
    CommentForm,
    DecisionForm,
)
from conexx_learn.web.trainer.desk import draft_act
from conexx_learn.web.trainer.homes import course_home
from conexx_learn.web.trainer.review_pages import review_facts, state_word

course_reviews = Blueprint("course_reviews", __name__, url_prefix="/trainer/reviews")
UNPROCESSABLE = 422
MOST_DECIDED = 50
DECISIONS = {"approve": True, "send-back": False}


@course_reviews.get("")
@requires(Role.TRAINER)
def index() -> str:
    """List what waits for who asks, what they sent, and what was decided."""
    seen = [one for one in listed_reviews(reading()) if may_see(actor(), one.facts)]
    return render_template(
        "trainer/reviews.html",
        mine_to_decide=[one for one in seen if _is_my_turn(one)],
        sent=[
            one
            for one in seen
            if one.facts.sent_by == current_user.id and one.facts.is_waiting
        ],
        decided=[one for one in seen if not one.facts.is_waiting][:MOST_DECIDED],
        state_word=state_word,
    )


def _is_my_turn(row: ReviewRow) -> bool:
    is_for_me = row.facts.asked_id in {None, current_user.id}
    return is_for_me and may_decide(actor(), row.facts)


def _review(review_id: int) -> ReviewRow:
    """Return a review that who asks may see.

    Raises:
        NotFoundError: There is none, or it is not theirs.
    """
    row = review_row(reading(), review_id=review_id)
    if row is None or not may_see(actor(), row.facts):
        raise NotFoundError
    return row


@course_reviews.get("/<id:review_id>")
@requires(Role.TRAINER)
def show(review_id: int) -> str:
    """Show what changed, with the comments at their places."""
    return _page(_review(review_id))


def _page(
    row: ReviewRow,
    *,
    comment_form: CommentForm | None = None,
    decision_form: DecisionForm | None = None,
    alone_form: AloneForm | None = None,
) -> str:
    g.form_path = url_for("course_reviews.show", review_id=row.id)
    return render_template(
        "trainer/course_review.html",
        **review_facts(row),
        comment_form=comment_form or CommentForm(None),
        decision_form=decision_form or DecisionForm(None),
        alone_form=alone_form or AloneForm(None),
    )


@course_reviews.post("/<id:review_id>/comments")
@requires(Role.TRAINER)
def comment(review_id: int) -> ResponseReturnValue:
    """Say something about a place, and tell who sent it."""
    row, form = _review(review_id), CommentForm()
    if not form.validate():
        return _page(row, comment_form=form), UNPROCESSABLE
    with unit_of_work() as session:
        talk.comment(
            session,
            review_id=review_id,
            actor=actor(),
            place=form.place.data or "",
            text=form.text.data,
            parent_id=form.parent.data,
            now=now(),
        )
        told = {row.facts.sent_by, row.facts.asked_id} - {None, current_user.id}
        people = [colleague(session, user_id=one) for one in sorted(told, key=str)]
        mails = comment_mails(row, [one for one in people if one], now=now())
        outbox.post_all(session, list(mails), now=now())
    return _back(review_id, form.place.data or "")


@course_reviews.post("/<id:review_id>/comments/<id:comment_id>/resolve")
@requires(Role.TRAINER)
def resolve(review_id: int, comment_id: int) -> ResponseReturnValue:
    """Mark a comment as done."""
    _review(review_id)
    with unit_of_work() as session:
        talk.resolve_comment(
            session,
            review_id=review_id,
            comment_id=comment_id,
            actor=actor(),
            now=now(),
        )
    return redirect(_address(review_id) + f"#comment-{comment_id}", code=303)


@course_reviews.post("/<id:review_id>/decision")
@requires(Role.TRAINER)
def decide(review_id: int) -> ResponseReturnValue:
    """Approve, or send back with what is missing."""
    row, form = _review(review_id), DecisionForm()
    approves = DECISIONS.get(request.form.get("decision", ""))
    if approves is None:
        raise ShapeError
    if not form.validate():
        return _page(row, decision_form=form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.decide(
            session,
            review_id=review_id,
            actor=actor(),
            approves=approves,
            text=form.text.data,
            now=now(),
        )
        decided = review_row(session, review_id=review_id)
        if decided is not None:
            sender = colleague(session, user_id=decided.facts.sent_by)
            mails = list(decision_mails(decided, sender))
            outbox.post_all(session, mails, now=now())
    flash(
        _("The version is approved.") if approves else _("The version is sent back."),
        "success",
    )
    return _back(review_id)


@course_reviews.post("/<id:review_id>/alone")
@requires(Role.COORDINATOR)
def allow_alone(review_id: int) -> ResponseReturnValue:
    """Let it be published without a second person."""
    row, form = _review(review_id), AloneForm()
    if not form.validate():
        return _page(row, alone_form=form), UNPROCESSABLE
    with unit_of_work() as session:
        verbs.allow_alone(
            session,
            review_id=review_id,
            actor=actor(),
            reason=form.reason.data,
            now=now(),
        )
    flash(_("It may be published without a second person."), "success")
    return _back(review_id)


@course_reviews.post("/<id:review_id>/withdraw")
@requires(Role.TRAINER)
def withdraw(review_id: int) -> ResponseReturnValue:
    """Take a review back."""
    _review(review_id)
    with unit_of_work() as session:
        verbs.withdraw_review(session, review_id=review_id, actor=actor(), now=now())
    flash(_("The review is withdrawn. The draft is as it was."), "success")
    return _back(review_id)


@course_reviews.post("/<id:review_id>/publish")
@requires(Role.TRAINER)
def publish(review_id: int) -> ResponseReturnValue:
    """Publish what was approved.

    Raises:
        RuleError: It is over; what takes time was not even begun.
    """
    row = _review(review_id)
    by = draft_act(row.slug)
    verbs.refuse_over(row.facts)
    ready = ready_review(reading(), by, review_id=review_id)
    with unit_of_work() as session:
        publication = publish_review(
            session, by, ready, actor=actor(), home=course_home()
        )
    _commit(row, publication.version, by.now)
    flash(
        _("Version %(version)s is published.", version=publication.version), "success"
    )
    return redirect(url_for("course_versions.index", course=row.slug), code=303)


def _commit(row: ReviewRow, version: str, at: datetime) -> None:
    """Tell git, where the folder lies in one; what it refuses is tried again later."""
    words = PublishedWords(
        row.slug, version, row.change_note, at, approved_by=row.decider
    )
    by = Publisher(current_user.full_name, current_user.email)
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or ""
    commit_published(words, by, home=course_home(), host=host)


def _address(review_id: int) -> str:
    return url_for("course_reviews.show", review_id=review_id)


def _back(review_id: int, place: str = "") -> ResponseReturnValue:
    anchor = f"#at-{place}" if place else ""
    return redirect(_address(review_id) + anchor, code=303)
