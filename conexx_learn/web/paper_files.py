"""The paper of a certificate as a file that a browser opens."""

from flask import Response, current_app

from conexx_learn.adapters.clock import now
from conexx_learn.domain.credentials.validation import UnsignableError
from conexx_learn.domain.errors import GlyphMissingError, NotFoundError, RuleError
from conexx_learn.domain.identifiers import grouped
from conexx_learn.domain.issuer_addresses import verify_address
from conexx_learn.queries.papers import PaperFacts, paper_facts
from conexx_learn.services import papers
from conexx_learn.services.papers import Printing
from conexx_learn.services.signing import sign_certificate
from conexx_learn.services.unit_of_work import reading, unit_of_work
from conexx_learn.services.unprinted_papers import tell_of_unprinted
from conexx_learn.web.hidden_names import refuse_hidden
from conexx_learn.web.issuer_logo import mark_of
from conexx_learn.web.paper_mails import unprinted_mail


def paper_response(number: str) -> Response:
    """Give the paper of a certificate.

    Where the holder hides the name, only the holder and the coordination get it.

    Args:
        number: Twelve characters.

    Raises:
        NotFoundError: Nobody's, or its holder hides the name or was erased.
        GlyphMissingError: The faces lack a character; the coordination was told.
    """
    facts = _facts(number)
    refuse_hidden(user_id=facts.user_id, hides_name=facts.hides_name)
    facts = _with_signed_form(facts)
    printing = Printing(
        verify_url=verify_address(current_app.config["PUBLIC_URL"], number),
        mark_svg=mark_of(facts.claims.issuer),
        kept_in=current_app.config["PAPERS"],
    )
    kept = papers.kept_paper(reading(), facts, printing=printing)
    content = kept or new_paper(facts, printing)
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = (
        f'inline; filename="{grouped(number)}.pdf"'
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _facts(number: str) -> PaperFacts:
    """Read what the paper needs; who was erased has none."""
    facts = paper_facts(reading(), number=number)
    if facts is None or not facts.claims.holder:
        raise NotFoundError
    return facts


def _with_signed_form(facts: PaperFacts) -> PaperFacts:
    """Sign what was issued a moment ago; without keys the paper carries no form."""
    if facts.credential_json is not None:
        return facts
    try:
        is_signed = sign_certificate(
            facts.certificate_id,
            public_url=current_app.config["PUBLIC_URL"],
            folder=current_app.config["ISSUER_KEYS"],
            demo=current_app.config["DEMO"],
            now=now(),
        )
    except (RuleError, UnsignableError):
        # The job and its command say what is in the way; the paper counts all the same.
        return facts
    return _facts(facts.claims.number) if is_signed else facts


def new_paper(facts: PaperFacts, printing: Printing) -> bytes:
    """Make a paper, then write its hash down, and only then keep and give it.

    Args:
        facts: The certificate, as it was read before.
        printing: How it is made.

    Raises:
        NotFoundError: Its holder was erased meanwhile; nothing of the paper is kept.
        GlyphMissingError: The faces lack a character; the coordination was told.
    """
    try:
        content = papers.made_paper(facts, printing=printing)
    except GlyphMissingError as error:
        _tell(facts, error.character)
        raise
    with unit_of_work() as session:
        papers.register_paper(session, facts, content=content, now=now())
    try:
        papers.keep_paper(facts, printing=printing, content=content)
    except OSError as error:
        # Keeping it saves time the next time: a full disk holds up no paper.
        current_app.logger.warning("a paper was not kept: %s", error.strerror)
    try:
        _facts(facts.claims.number)
    except NotFoundError:
        # The erasure has looked for kept papers already, and this one came after it.
        papers.forget_papers({str(facts.claims.uuid)}, kept_in=printing.kept_in)
        raise
    return content


def _tell(facts: PaperFacts, character: str) -> None:
    with unit_of_work() as session:
        tell_of_unprinted(
            session,
            claims=facts.claims,
            character=character,
            letter=unprinted_mail,
            now=now(),
        )
