"""What the fields of a call's form show before anybody types, and after."""

from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from wtforms import Field, HiddenField, SelectField

from conexx_learn.domain.calls import USUAL_NEEDS, CallCheck
from conexx_learn.domain.readiness.call_readiness import CallNeed
from conexx_learn.web.filters import in_language
from conexx_learn.web.institution.call_choices import CallOffers
from conexx_learn.web.institution.call_forms import CallForm
from conexx_learn.web.institution.call_rows import need_values
from conexx_learn.web.language import format_locale
from conexx_learn.web.language import gettext as _
from conexx_learn.web.typed_fields import TypedField

EURO = "EUR"


def first_values(offers: CallOffers) -> dict[str, object]:
    """Return what an empty form shows: the functions that calls usually ask for."""
    titles = {one.code: in_language(dict(one.titles)) for one in offers.competencies}
    usual = [
        CallNeed(need.competency, need.level, need.holders, titles[need.competency])
        for need in USUAL_NEEDS
        if need.competency in titles
    ]
    return {"currency": EURO, "timezone": offers.timezone, **need_values(usual)}


def stored_values(call: CallCheck) -> dict[str, object]:
    """Return what a call says, by field."""
    terms = call.terms
    local = terms.deadline_at.astimezone(ZoneInfo(terms.timezone))
    values: dict[str, object] = {
        "revision": str(call.revision),
        "title": terms.title,
        "funder": terms.funder,
        "link": terms.link,
        "deadline_on": local.date(),
        "deadline_at": f"{local:%H:%M}",
        "timezone": terms.timezone,
        "currency": terms.currency,
        "grant_min": _amount(terms.grant_min_cents),
        "grant_max": _amount(terms.grant_max_cents),
        "cofinancing_min": _amount(terms.cofinancing_min_bp),
        "cofinancing_max": _amount(terms.cofinancing_max_bp),
        "requested": _amount(terms.requested_cents),
        "own": _amount(terms.own_cents),
        "priority": str(terms.priority_id or ""),
    }
    for gate, kept in terms.gates.items():
        values |= {f"answer_{gate}": kept.answer.value, f"note_{gate}": kept.note}
    return values | need_values(terms.needs)


def _amount(hundredths: int | None) -> str:
    """Write cents or basis points as somebody would type them."""
    if hundredths is None:
        return ""
    pattern = "#,##0.00" if hundredths % 100 else "#,##0"
    shown = format_decimal(Decimal(hundredths) / 100, pattern, locale=format_locale())
    return str(shown)


def changed_meanwhile(sent: CallForm, stored: CallForm) -> list[tuple[str, str]]:
    """List field and stored text wherever it is not what was sent."""
    names = dict.fromkeys([*sent._fields, *stored._fields])
    found = []
    for name in names:
        mine, theirs = sent._fields.get(name), stored._fields.get(name)
        named = mine or theirs
        if named is None or isinstance(named, HiddenField):
            continue
        if _meant(mine) != _meant(theirs):
            found.append((str(named.label.text), _shown(theirs) or _("nothing")))
    return found


def _meant(field: Field | None) -> object:
    """Return what a field says, in whatever way it was typed."""
    if isinstance(field, TypedField) and field.data:
        return field.meaning(field.data.strip())
    return _shown(field)


def _shown(field: Field | None) -> str:
    """Return what a field shows to people."""
    if field is None:
        return ""
    if isinstance(field, SelectField):
        choices = {str(choice.value): str(choice.label) for choice in field.choices}
        return choices.get(str(field.data), "")
    return str(field.data or "").strip()
