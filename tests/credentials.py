"""Claims to make credentials of, valid by default, and their signing in a test."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from conexx_learn.adapters.key_folder import write_key
from conexx_learn.adapters.key_making import new_key
from conexx_learn.domain.certificates import Claims, CompetencyClaim
from conexx_learn.domain.credentials.document import credential_document
from conexx_learn.domain.credentials.recipients import recipient_hash
from conexx_learn.domain.issuer_keys import KeyKind
from conexx_learn.domain.issuers import DEMO_ISSUER
from conexx_learn.domain.sentences import micro_credentials as words
from conexx_learn.models.credentials import IssuerKey
from tests.issuer_keys import PUBLIC_URL

ISSUED_AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
DID = "did:web:learn.example.org"
CLAIMS = Claims(
    number="7K3M9QXT2R8A",
    uuid=UUID("0b7dd1a4-5f0c-4d3e-9c1e-2f3a4b5c6d7e"),
    lang="es",
    second_lang="en",
    holder="Ana Lucía Pérez",
    institution="Ayuntamiento de Xaltepec de la Sierra",
    course_slug="small-course",
    course_version="1.2",
    titles={"es": "Agua limpia", "en": "Clean water"},
    outcomes={"es": ("Cavar un pozo.", "Elegir una bomba."), "en": ("Dig.", "Pump.")},
    hours=Decimal("7.50"),
    eqf_level=4,
    competencies=(CompetencyClaim("K1", {"es": "Pozos", "en": "Wells"}, 2),),
    assessment={
        lang: words.in_words(words.ASSESSMENT, ["quiz"], lang) for lang in ("es", "en")
    },
    participation={
        lang: words.in_words(words.PARTICIPATION, ["online"], lang)
        for lang in ("es", "en")
    },
    quality={"es": "", "en": ""},
    supervision=dict(words.NO_SUPERVISION),
    issuer=replace(DEMO_ISSUER, name="Escuela Municipal", demo=False),
    issued_on=date(2026, 11, 16),
    issued_at=ISSUED_AT,
    valid_until=date(2028, 11, 16),
    demo=False,
    score=93,
    evidence=("17",),
    assessment_codes=("quiz",),
    participation_code="online",
    quality_url="https://conexx.example/quality",
    recipient=recipient_hash("ana@xaltepec.example", salt="Kosher"),
    ects=Decimal("0.50"),
)


def make_claims(**overrides: Any) -> Claims:
    return replace(CLAIMS, **overrides)


def make_document(form: str = "json", **overrides: Any) -> dict[str, Any]:
    return credential_document(
        make_claims(**overrides),
        public_url=PUBLIC_URL,
        did=DID,
        status=(1, 77),
        form=form,
    )


def add_keys(session: Session, folder: Path) -> None:
    """Give the issuer another pair, which signs from now on."""
    for kind in KeyKind:
        key = new_key(kind)
        write_key(folder, key)
        session.add(
            IssuerKey(
                kind=key.kind,
                fragment=key.fragment,
                public_jwk=key.jwk,
                created_at=ISSUED_AT,
                signs_from=ISSUED_AT,
            )
        )
    session.commit()
