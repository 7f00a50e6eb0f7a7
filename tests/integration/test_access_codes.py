"""Invitations and handed codes: made once, taken once, void when replaced."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.domain.accounts import PRIVACY_VERSION
from conexx_learn.domain.errors import CodeSpentError, ForbiddenError, RuleError
from conexx_learn.domain.permissions import Actor, Place, Role
from conexx_learn.models.accounts import User
from conexx_learn.models.audit import AuditEntry
from conexx_learn.services.access_codes import (
    HandedCode,
    hand_over_code,
    invite_user,
    take_code,
)
from tests.factories import NOW, make_institution, make_membership, make_user


def coordinator(session: Session) -> Actor:
    return Actor(make_user(session).id, [Place(Role.COORDINATOR, None)])


def take(session: Session, code: str) -> int:
    return take_code(
        session,
        entry=code,
        password_hash="hash",
        username=None,
        privacy_version=PRIVACY_VERSION,
        now=NOW,
    )


def invite(session: Session, name: str, by: Actor | None = None) -> HandedCode:
    return invite_user(
        session,
        identity=None,
        full_name=name,
        role=Role.LEARNER,
        institution_slug=None,
        now=NOW,
        by=by,
    )


def test_a_code_is_taken_once(session: Session) -> None:
    handed = invite(session, "Ana Ruiz")
    assert take(session, handed.code.lower()) == handed.user_id
    with pytest.raises(CodeSpentError):
        take(session, handed.code)


def test_a_newer_code_voids_the_older(session: Session) -> None:
    first = invite(session, "Ana Ruiz")
    by = coordinator(session)
    second = hand_over_code(session, user_id=first.user_id, now=NOW, by=by)
    with pytest.raises(CodeSpentError):
        take(session, first.code)
    assert take(session, second.code) == first.user_id


@pytest.mark.parametrize("entry", ["", "0000-0000", "x" * 43, "x" * 5000])
def test_an_unknown_code_opens_nothing(session: Session, entry: str) -> None:
    invite(session, "Ana Ruiz")
    with pytest.raises(CodeSpentError):
        take(session, entry)


@pytest.mark.parametrize(
    ("names", "usernames"),
    [
        (["Ana Ruiz", "Ana Ruíz"], ["ana.ruiz", "ana.ruiz2"]),
        (["Íñigo  López-Peña"], ["inigo.lopezpena"]),
        (["Li"], ["li.1"]),
        (["李明"], ["persona.1"]),
    ],
    ids=["namesakes", "accents", "short", "another-script"],
)
def test_a_name_makes_a_username(
    session: Session, names: list[str], usernames: list[str]
) -> None:
    assert [invite(session, name).identity for name in names] == usernames


def test_a_manager_invites_inside_their_institution_alone(session: Session) -> None:
    here = make_institution(session)
    make_institution(session, "izalpa")
    manager = make_user(session)
    make_membership(session, manager, "manager", here)
    by = Actor(manager.id, [Place(Role.MANAGER, here.id)])
    for slug, role in (("izalpa", Role.LEARNER), ("xaltepec", Role.TRAINER)):
        with pytest.raises(ForbiddenError):
            invite_user(
                session,
                identity=f"{slug}.{role}",
                full_name="Ana",
                role=role,
                institution_slug=slug,
                now=NOW,
                by=by,
            )
    handed = invite_user(
        session,
        identity="ana@xaltepec.example",
        full_name="Ana",
        role=Role.LEARNER,
        institution_slug="xaltepec",
        now=NOW,
        by=by,
    )
    assert len(handed.code) == 43


def test_an_identity_is_given_once(session: Session) -> None:
    make_user(session, email="ana@xaltepec.example")
    with pytest.raises(RuleError):
        invite_user(
            session,
            identity="ANA@xaltepec.example",
            full_name="Ana",
            role=Role.LEARNER,
            institution_slug=None,
            now=NOW,
            by=None,
        )


def invited(session: Session, by: Actor | None) -> HandedCode:
    return invite_user(
        session,
        identity="ana@xaltepec.example",
        full_name="Ana",
        role=Role.LEARNER,
        institution_slug=None,
        now=NOW,
        by=by,
    )


def confirmed_at(session: Session, user_id: int) -> datetime | None:
    return session.scalar(select(User.confirmed_at).where(User.id == user_id))


def test_the_link_that_came_by_mail_confirms_the_address(session: Session) -> None:
    handed = invited(session, coordinator(session))
    assert confirmed_at(session, handed.user_id) is None

    take(session, handed.code)

    assert confirmed_at(session, handed.user_id) == NOW
    acts = session.scalars(select(AuditEntry.act)).all()
    assert acts.count("email-confirm") == 1


def test_a_link_that_the_shell_printed_confirms_nothing(session: Session) -> None:
    handed = invited(session, None)

    take(session, handed.code)

    assert confirmed_at(session, handed.user_id) is None


def test_a_code_on_paper_confirms_nothing(session: Session) -> None:
    by = coordinator(session)
    user_id = invited(session, by).user_id
    handed = hand_over_code(session, user_id=user_id, now=NOW, by=by)

    take(session, handed.code)

    assert confirmed_at(session, user_id) is None
