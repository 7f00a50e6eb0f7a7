"""The certificate as the data of its paper: what the typesetter reads."""

from collections.abc import Mapping

from conexx_learn.domain.certificates import Claims
from conexx_learn.domain.identifiers import grouped

COMMA_COUNTRIES = frozenset({"ES"})
"""Countries whose Spanish writes 7,5; the others that we print for write 7.5."""


def paper_data(
    claims: Claims,
    *,
    verify_url: str,
    country_names: Mapping[str, str] | None = None,
    show_score: bool = False,
    mark_svg: str | None = None,
    credential_json: str | None = None,
) -> dict[str, object]:
    """Arrange claims as the values that the paper's template reads.

    Args:
        claims: As frozen at issue.
        verify_url: Absolute address of the public page, from the configured origin.
        country_names: Language to the name of the issuer's country; without it the
            ISO code is printed.
        show_score: Whether the holder agreed that the score is printed.
        mark_svg: The issuer's logo; without it a mark is drawn.
        credential_json: The signed form's exact text, to be attached.

    Returns:
        JSON values only; the QR code is the typesetter's.
    """
    data: dict[str, object] = {
        "lang": claims.lang,
        "second": claims.second_lang,
        "region": _region(claims),
        "number": grouped(claims.number),
        "verify_url": verify_url,
        "issuer": _issuer(claims, country_names or {}) | {"mark_svg": mark_svg},
        "holder": claims.holder,
        "course": {
            "title": _text(claims, claims.titles),
            "version": claims.course_version,
            "hours": _hours(claims),
        },
        "issued": claims.issued_on.isoformat(),
        "valid_until": claims.valid_until.isoformat() if claims.valid_until else None,
        "outcomes": list(claims.outcomes[claims.lang]),
        "competencies": [
            {"name": _text(claims, claim.titles), "level": claim.level}
            for claim in claims.competencies
        ],
        "assessment": _text(claims, claims.assessment),
        "participation": _text(claims, claims.participation),
        "quality": _text(claims, claims.quality),
        "supervision": _text(claims, claims.supervision) or None,
        "eqf_level": claims.eqf_level,
        "plan": _plan(claims),
        "signatory": {
            "name": claims.issuer.signatory,
            "post": _text(claims, claims.issuer.signatory_post),
        },
        "demo": claims.demo,
        "credential_json": credential_json,
    }
    if show_score and claims.score is not None:
        data |= {"show_score": True, "score": claims.score}
    return data


def _text(claims: Claims, texts: Mapping[str, str]) -> str | dict[str, str]:
    """Keep the two languages of the paper; one text where they say the same."""
    first = texts.get(claims.lang) or next(iter(texts.values()), "")
    second = texts.get(claims.second_lang or "")
    if not second or claims.second_lang is None or second == first:
        return first
    return {claims.lang: first, claims.second_lang: second}


def _issuer(claims: Claims, country_names: Mapping[str, str]) -> dict[str, str | None]:
    issuer = claims.issuer
    country = country_names.get(claims.lang, issuer.country)
    place = f"{issuer.region}, {country}" if issuer.region else country
    return {
        "name": issuer.name,
        "line": f"{issuer.address} · {place}",
        "place": issuer.registration,
    }


def _plan(claims: Claims) -> dict[str, object] | None:
    """Return the line of a plan as the paper names it."""
    plan = claims.plan
    if plan is None:
        return None
    return {
        "institution": plan.institution,
        "plan": plan.plan,
        "requirement": _text(claims, plan.requirement),
    }


def _hours(claims: Claims) -> int | float:
    whole = claims.hours == claims.hours.to_integral_value()
    return int(claims.hours) if whole else float(claims.hours)


def _region(claims: Claims) -> str | None:
    """Return the country whose way of writing numbers the paper follows."""
    country = claims.issuer.country
    return country if claims.lang == "es" and country in COMMA_COUNTRIES else None
