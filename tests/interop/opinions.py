"""What the second opinion says of cases, and of what the product serves now."""

from datetime import datetime

from conexx_learn.adapters.clock import now
from tests.interop.contents import RefusedError
from tests.interop.issuer_site import Issued
from tests.interop.product_issuer import Place
from tests.interop.second_opinion import Fetch, SecondOpinion
from tests.interop.tampering import Case


def opinion_on(case: Case) -> str:
    """Say why a case is refused; empty when it is accepted."""
    return _opinion(case.issued, case.issued.site.get, case.text, case.at, case.email)


def opinions(place: Place, issued: Issued) -> dict[str, str]:
    """Say why each form is refused by what is published now; empty when accepted."""
    texts = {"json": issued.json_text, "jwt": issued.token}
    return {
        form: _opinion(issued, place.fetch, text, now(), "")
        for form, text in texts.items()
    }


def _opinion(issued: Issued, fetch: Fetch, text: str, at: datetime, email: str) -> str:
    verifier = SecondOpinion(issued.public_url, issued.did, fetch)
    try:
        verifier.verify(text, now=at, email=email)
    except RefusedError as refused:
        return refused.code
    return ""
