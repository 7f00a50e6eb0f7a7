"""The paper as it is handed out: the same bytes, in the register before it leaves."""

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from conexx_learn.adapters.kept_files import replace_file
from conexx_learn.domain.errors import NotFoundError
from conexx_learn.models.accounts import OutboxMail
from conexx_learn.models.audit import AuditEntry
from conexx_learn.models.certification import Certificate
from conexx_learn.models.credentials import IssuedPaper
from conexx_learn.queries.papers import PaperFacts, paper_facts
from conexx_learn.services import papers
from conexx_learn.services.papers import Printing
from conexx_learn.services.unprinted_papers import tell_of_unprinted
from conexx_learn.web.paper_files import new_paper
from conexx_learn.web.paper_mails import unprinted_mail
from tests.factories import NOW, make_membership, make_user
from tests.learning import complete_small_course, enrolled_user
from tests.published import publish_sample
from tests.sample_claims import make_claims

URL = "https://learn.example.org/verify/7K3M-9QXT-2R8A"
ELSEWHERE = """
import sys
from hashlib import sha256
from conexx_learn.adapters.kept_files import replace_file
from conexx_learn.adapters.typesetting import certificate_pdf
from tests.sample_claims import make_claims
pdf = certificate_pdf(make_claims(), verify_url=sys.argv[1], credential_json="{}")
print(sha256(pdf).hexdigest())
"""


@pytest.fixture
def printing(tmp_path: Path) -> Printing:
    return Printing(verify_url=URL, mark_svg=None, kept_in=tmp_path / "papers")


@pytest.fixture
def facts(session: Session) -> PaperFacts:
    """A certificate that was issued, with the name of the sample."""
    publish_sample(session)
    complete_small_course(session, enrolled_user(session))
    number = session.scalars(select(Certificate.number)).one()
    found = paper_facts(session, number=number)
    assert found is not None
    return found


def hand_out(session: Session, facts: PaperFacts, printing: Printing) -> bytes:
    content = papers.made_paper(facts, printing=printing)
    papers.register_paper(session, facts, content=content, now=NOW)
    papers.keep_paper(facts, printing=printing, content=content)
    return content


def registered(session: Session) -> list[str]:
    return list(
        session.scalars(select(IssuedPaper.sha256).order_by(IssuedPaper.sha256))
    )


def test_what_a_paper_needs_is_read_in_one_statement(
    session: Session, facts: PaperFacts, statements: list[str]
) -> None:
    statements.clear()

    again = paper_facts(session, number=facts.claims.number)

    assert len(statements) == 1
    assert again == facts
    assert facts.credential_json is None
    assert (facts.shows_score, facts.hides_name) == (False, False)


def test_of_an_unknown_number_there_is_no_paper(session: Session) -> None:
    assert paper_facts(session, number="000000000000") is None


def test_a_paper_is_registered_once_and_kept(
    session: Session, facts: PaperFacts, printing: Printing
) -> None:
    assert papers.kept_paper(session, facts, printing=printing) is None

    content = hand_out(session, facts, printing)
    hand_out(session, facts, printing)

    assert registered(session) == [sha256(content).hexdigest()]
    assert papers.kept_paper(session, facts, printing=printing) == content


def test_a_kept_paper_that_somebody_changed_counts_for_nothing(
    session: Session, facts: PaperFacts, printing: Printing
) -> None:
    content = hand_out(session, facts, printing)
    (path,) = printing.kept_in.iterdir()
    path.write_bytes(content.replace(b"PDF", b"FDP"))

    assert papers.kept_paper(session, facts, printing=printing) is None
    assert hand_out(session, facts, printing) == content


def test_a_paper_that_cannot_be_kept_is_handed_out_all_the_same(
    session: Session, facts: PaperFacts, printing: Printing
) -> None:
    printing.kept_in.write_bytes(b"a file where the folder should be")

    content = new_paper(facts, printing)

    assert registered(session) == [sha256(content).hexdigest()]
    assert papers.kept_paper(session, facts, printing=printing) is None


def test_a_full_disk_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()

    with pytest.raises(OSError, match="directory"):
        replace_file(tmp_path / "kept", b"content")

    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_score_logo_credential_and_address_each_make_another_paper(
    session: Session, facts: PaperFacts, printing: Printing
) -> None:
    scored = replace(facts, claims=replace(facts.claims, score=87))
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><g/></svg>'
    made = [
        hand_out(session, given, how)
        for given, how in (
            (scored, printing),
            (replace(scored, shows_score=True), printing),
            (replace(scored, credential_json='{"a": 1}'), printing),
            (scored, replace(printing, mark_svg=logo)),
            (scored, replace(printing, verify_url=URL.replace("learn", "other"))),
        )
    ]

    assert len(set(made)) == len(made)
    assert len(list(printing.kept_in.iterdir())) == len(made)
    assert registered(session) == sorted(sha256(pdf).hexdigest() for pdf in made)


def test_the_papers_of_a_certificate_can_be_forgotten(
    session: Session, facts: PaperFacts, printing: Printing
) -> None:
    hand_out(session, facts, printing)
    hand_out(session, replace(facts, credential_json="{}"), printing)
    other = replace(facts, claims=make_claims())
    hand_out(session, other, printing)

    (printing.kept_in / "0123456789abcdef.pdf").write_bytes(b"of a former name")

    uuids = {str(facts.claims.uuid)}
    assert papers.forget_papers(uuids, kept_in=printing.kept_in) == 3
    assert papers.kept_paper(session, facts, printing=printing) is None
    assert len(list(printing.kept_in.iterdir())) == 1
    assert papers.forget_papers(uuids, kept_in=printing.kept_in / "none") == 0


def test_a_paper_that_was_made_while_its_holder_was_erased_is_not_kept(
    session: Session, facts: PaperFacts, printing: Printing
) -> None:
    row = session.scalars(select(Certificate)).one()
    row.claims = row.claims | {"holder": ""}
    session.commit()

    with pytest.raises(NotFoundError):
        new_paper(facts, printing)
    assert list(printing.kept_in.iterdir()) == []


def test_another_process_makes_the_same_bytes() -> None:
    printed = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, URL],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path.cwd()), "TZ": "Asia/Tokyo"},
    )
    facts = PaperFacts(
        1, make_claims(), "{}", shows_score=False, user_id=1, hides_name=False
    )
    here = papers.made_paper(
        facts, printing=Printing(verify_url=URL, mark_svg=None, kept_in=Path())
    )

    assert printed.stdout.strip() == sha256(here).hexdigest()


def test_the_coordination_is_told_once_of_a_character_that_cannot_be_printed(
    session: Session, facts: PaperFacts
) -> None:
    confirmed = make_user(session, "Luz", confirmed_at=NOW, locale="es")
    make_membership(session, confirmed, "coordinator", None)
    make_membership(session, make_user(session, confirmed_at=None), "coordinator", None)
    session.commit()

    told = [
        tell_of_unprinted(
            session, claims=facts.claims, character="漢", letter=unprinted_mail, now=NOW
        )
        for _ in range(2)
    ]

    assert told == [True, False]
    (mail,) = session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert mail.recipient == confirmed.email
    assert "no se puede imprimir" in mail.subject
    assert "漢 (U+6F22)" in mail.text
    assert facts.claims.holder not in mail.text
    (entry,) = session.scalars(
        select(AuditEntry).where(AuditEntry.act == "paper-impossible")
    ).all()
    assert entry.facts == {"character": "漢"}
