"""Who holds what a lost key signed is asked to download it again."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.clock import now
from conexx_learn.domain.certificates import EventKind
from conexx_learn.models.accounts import User
from conexx_learn.models.certification import Certificate, CertificateEvent
from conexx_learn.models.credentials import SignedForm
from conexx_learn.queries.issuer_keys import holders_to_tell, public_keys
from conexx_learn.services.issuer_keys import KEY_LOSS_LETTER, mark_compromised
from tests.issuer_keys import install_keys
from tests.learning import complete_small_course, enrolled_user
from tests.mails import mails_to
from tests.published import publish_sample

FORMS = ("json", "jwt")


@pytest.fixture
def folder(session: Session, tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    install_keys(session, folder, now=now())
    return folder


@pytest.fixture
def ana(session: Session, folder: Path) -> User:
    """Ana, who holds a certificate signed by both keys."""
    publish_sample(session)
    user = enrolled_user(session)
    assert complete_small_course(session, user, now=now())
    certificate = session.scalars(select(Certificate)).one()
    for form, key in zip(FORMS, public_keys(session), strict=True):
        session.add(
            SignedForm(
                certificate_id=certificate.id,
                form=form,
                body="{}",
                sha256="0" * 64,
                key_id=key.id,
                signed_at=now(),
            )
        )
    session.commit()
    return user


def lose(app: Flask, folder: Path, session: Session, place: int) -> int:
    """Lose one key of the first pair, and say how many people are told."""
    loss = mark_compromised(
        public_keys(session)[place].fragment,
        folder=folder,
        now=now(),
        letter=app.extensions[KEY_LOSS_LETTER],
    )
    return loss.told


@pytest.mark.parametrize(
    ("lang", "subject", "number"),
    [
        ("es", "Descargue de nuevo sus constancias", "los mismos folios"),
        ("en", "Download your certificates again", "the same numbers"),
    ],
)
def test_a_holder_is_told_once_however_many_keys_are_lost(
    app: Flask,
    session: Session,
    folder: Path,
    ana: User,
    lang: str,
    subject: str,
    number: str,
) -> None:
    ana.locale = lang
    session.commit()

    told = [lose(app, folder, session, place) for place in (0, 1, 1)]

    assert told == [1, 0, 0]
    (mail,) = mails_to(session, str(ana.email))
    assert mail.subject == subject
    assert number in " ".join(mail.text.split())
    assert f"{app.config['PUBLIC_URL']}/me/certificates" in mail.text


@pytest.mark.parametrize("why", ["unconfirmed", "inactive", "no mailbox"])
def test_who_cannot_be_written_to_is_not(
    app: Flask, session: Session, folder: Path, ana: User, why: str
) -> None:
    if why == "unconfirmed":
        ana.confirmed_at = None
    elif why == "inactive":
        ana.active = False
    else:
        ana.username, ana.email = "ana.ruiz", None
    session.commit()

    assert lose(app, folder, session, 0) == 0


@pytest.mark.parametrize("kind", [EventKind.REVOKED, EventKind.SUPERSEDED])
def test_a_certificate_that_was_taken_back_is_no_reason_to_write(
    app: Flask, session: Session, folder: Path, ana: User, kind: EventKind
) -> None:
    certificate = session.scalars(select(Certificate)).one()
    session.add(
        CertificateEvent(
            certificate_id=certificate.id,
            kind=kind,
            at=now(),
            by_user_id=None,
            reason="",
            note="",
        )
    )
    session.commit()

    assert lose(app, folder, session, 0) == 0


def test_holders_are_found_with_one_statement(
    session: Session, ana: User, statements: list[str]
) -> None:
    key_id = public_keys(session)[0].id
    statements.clear()

    assert [one.user_id for one in holders_to_tell(session, key_id=key_id)] == [ana.id]
    assert len(statements) == 1
