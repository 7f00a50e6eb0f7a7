"""Claims to test with: one course, one holder, one issuer; all fictional."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from conexx_learn.domain.certificates import Claims, CompetencyClaim
from conexx_learn.domain.identifiers import certificate_number
from conexx_learn.domain.issuers import DEMO_ISSUER

CLAIMS = Claims(
    number=certificate_number(12_345_678_901_234),
    uuid=UUID("0f8fad5b-d9cb-469f-a165-70867728950e"),
    lang="es",
    second_lang="en",
    holder="Rosa Elena Cárdenas Ibarra",
    institution="Ayuntamiento de Xaltepec",
    course_slug="eu-financing-instruments",
    course_version="1.2",
    titles={
        "es": "Instrumentos de financiamiento de la UE",
        "en": "EU financing instruments",
    },
    outcomes={
        "es": (
            "Identifica los tres pilares del instrumento Europa Global.",
            "Aplica las reglas de elegibilidad a su país y a su municipio.",
            "Compara subvención, financiamiento combinado, garantía y préstamo.",
            "Elige el instrumento entre pares que conviene en un caso concreto.",
        ),
        "en": (
            "Identify the three pillars of the Global Europe instrument.",
            "Apply the rules of eligibility to your country and municipality.",
            "Compare grant, blending, guarantee and loan.",
            "Choose the peer instrument that suits a given case.",
        ),
    },
    hours=Decimal("7.5"),
    eqf_level=5,
    competencies=(
        CompetencyClaim(
            code="K1",
            titles={
                "es": "Panorama del financiamiento",
                "en": "Financing landscape",
            },
            level=2,
        ),
    ),
    assessment={
        "es": "Evaluación final en línea; calificación mínima 70\N{NO-BREAK SPACE}%",
        "en": "Online final quiz; pass mark 70%",
    },
    participation={"es": "En línea, a su propio ritmo", "en": "Online, self-paced"},
    quality={
        "es": "Revisión por pares y actualización anual",
        "en": "Peer review and yearly update",
    },
    supervision={
        "es": "Sin supervisión; identidad no verificada",
        "en": "Unsupervised; identity not checked",
    },
    issuer=DEMO_ISSUER,
    issued_on=date(2026, 10, 7),
    issued_at=datetime(2026, 10, 7, 16, 30, tzinfo=UTC),
    valid_until=date(2028, 10, 7),
    demo=False,
    score=87,
    evidence=("41", "57"),
)


def make_claims(**changes: object) -> Claims:
    """Return valid claims, with what matters to a test changed."""
    return replace(CLAIMS, **changes)  # type: ignore[arg-type]  # the test's word
