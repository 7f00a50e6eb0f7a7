"""The form of one line of a plan, and what it offers to choose from."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from conexx_learn.domain.planning.terms import (
    LONGEST_REASON,
    MOST_DUE_DAYS,
    MOST_HOLDERS,
    MOST_MAJOR,
    MOST_RECERT_MONTHS,
    RequirementTerms,
    due_refusal,
    reason_refusal,
)
from conexx_learn.domain.readiness.facts import (
    Audience,
    AudienceKind,
    Reason,
    Requirement,
)
from conexx_learn.domain.search import folded
from conexx_learn.domain.sentences.reasons import reason_sentence
from conexx_learn.queries.institution_surroundings import Surroundings
from conexx_learn.web.institution.entry_fields import (
    TOO_LONG,
    ChoiceField,
    WholeNumberField,
    squeezed,
    tells,
)
from conexx_learn.web.institution.plan_desk import PlansDesk
from conexx_learn.web.institution.plan_forms import RevisionForm
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import page_language
from conexx_learn.web.typed_fields import DayField

Choices = list[tuple[str, str]]
Groups = dict[str, Choices]

OUT_OF_RANGE = _l("Write a whole number that is possible here.")


class RequirementForm(RevisionForm):
    """One line of a plan: whom it binds, to which course, by when and why."""

    audience = ChoiceField(_l("For whom"))
    course = ChoiceField(_l("Course"))
    due_on = DayField(_l("Due on"), validators=[Optional()])
    due_days = WholeNumberField(
        _l("or days after the appointment"),
        validators=[Optional(), NumberRange(0, MOST_DUE_DAYS, OUT_OF_RANGE)],
        description=_l("Instead of a date: whoever comes later has the same time."),
    )
    weight = RadioField(
        _l("How heavy it weighs"),
        coerce=int,
        choices=[
            SelectChoice(3, _l("Critical: the institution cannot do without")),
            SelectChoice(2, _l("Important")),
            SelectChoice(1, _l("Useful")),
        ],
        default=2,
    )
    reason = ChoiceField(_l("Why"), default="other")
    reason_text = StringField(
        _l("Why, in words"),
        filters=[squeezed],
        validators=[Length(max=LONGEST_REASON, message=TOO_LONG)],
        description=_l(
            "Whoever has to take the course reads this. A priority or a call may "
            "speak for itself."
        ),
    )
    recert_months = WholeNumberField(
        _l("Again after so many months"),
        validators=[Optional(), NumberRange(1, MOST_RECERT_MONTHS, OUT_OF_RANGE)],
        description=_l("Only where it shall be sooner than the certificate expires."),
    )
    min_major = WholeNumberField(
        _l("Oldest version of the course that counts"),
        validators=[Optional(), NumberRange(1, MOST_MAJOR, OUT_OF_RANGE)],
    )
    min_holders = WholeNumberField(
        _l("How many people you want to have it"),
        validators=[Optional(), NumberRange(1, MOST_HOLDERS, OUT_OF_RANGE)],
    )

    _stored: Reason | None = None

    def offer(
        self,
        desk: PlansDesk,
        around: Surroundings,
        stored: Requirement | None = None,
    ) -> "RequirementForm":
        """Give the form its choices; what the line says already stays among them."""
        self._stored = stored.reason if stored else None
        self.audience.choices = audience_choices(desk, stored)
        self.course.choices = course_choices(desk, stored)
        self.reason.choices = reason_choices(around, stored)
        return self

    def accepts(
        self, ends_on: date, today: date, *, former_due_on: date | None = None
    ) -> bool:
        """Check the form, and what it says by the rules."""
        if not self.validate():
            return False
        due = due_refusal(self.terms(), ends_on, today, former_due_on=former_due_on)
        is_due = tells(self.due_on, due)
        return tells(self.reason_text, reason_refusal(self.terms().reason)) and is_due

    def terms(self) -> RequirementTerms:
        """Return what was entered."""
        kind, _colon, key = self.audience.data.partition(":")
        return RequirementTerms(
            audience=Audience(AudienceKind(kind), key),
            course=self.course.data,
            due_on=self.due_on.data,
            due_days=self.due_days.data,
            weight=self.weight.data,
            reason=self._reason(),
            recert_months=self.recert_months.data,
            min_major=self.min_major.data,
            min_holders=self.min_holders.data,
        )

    def _reason(self) -> Reason:
        kind, _colon, key = self.reason.data.partition(":")
        text, stored = self.reason_text.data, self._stored
        if stored is not None and stored.needs and (kind, text) == _shown(stored):
            # Nobody wrote anything else: it is still the reason that was proposed.
            return stored
        return Reason(kind, text, int(key) if key else None)


def _shown(reason: Reason) -> tuple[str, str]:
    """Return kind and text of a proposed reason as the form shows them."""
    return reason.kind, squeezed(
        reason_sentence(reason, page_language())[:LONGEST_REASON]
    )


def filled_form(line: Requirement, revision: int, reason_text: str) -> RequirementForm:
    """Fill the form with what a line says.

    Args:
        line: As it is stored.
        revision: Of the plan.
        reason_text: As it was typed: what is shown of a priority names it too.
    """
    reason = line.reason
    if reason.needs:
        reason_text = reason_sentence(reason, page_language())[:LONGEST_REASON]
    is_cited = reason.id is not None
    return RequirementForm(
        None,
        revision=revision,
        audience=f"{line.audience.kind.value}:{line.audience.key}",
        course=line.course,
        due_on=line.due_on,
        due_days=line.due_days,
        weight=line.weight,
        reason=f"{reason.kind}:{reason.id}" if is_cited else reason.kind,
        reason_text=reason_text,
        recert_months=line.recert_months,
        min_major=line.min_major,
        min_holders=line.min_holders,
    )


def audience_choices(desk: PlansDesk, stored: Requirement | None) -> Groups:
    """List whom a line may bind, in groups: from everyone down to one person."""
    today = desk.today
    posts = [post for post in desk.facts.posts if post.active.contains(today)]
    posts.sort(key=lambda post: desk.index.post_rank[post.id])
    units = {unit.id: unit.name for unit in desk.facts.units}
    people = [one for one in desk.facts.people if one.belongs_on(today)]
    people.sort(key=lambda person: folded(person.name))
    titles = {
        post.profile: desk.profile_titles.get(post.profile, post.profile)
        for post in posts
    }
    groups: Groups = {
        _("Everybody"): [
            ("institution:", _("Everyone who has a post")),
            ("pmu:", _("Everyone in the project unit")),
        ],
        _("Profiles"): [
            (f"profile:{code}", titles[code])
            for code in sorted(titles, key=lambda code: folded(titles[code]))
        ],
        _("Posts"): [
            (f"post:{post.id}", f"{post.title} ({units[post.unit_id]})")
            for post in posts
        ],
        _("Units, with everything inside them"): [
            (f"unit:{key}", name) for key, name in units.items()
        ],
        _("People"): [(f"person:{one.id}", one.name) for one in people],
    }
    if stored is not None:
        _keep(groups, f"{stored.audience.kind.value}:{stored.audience.key}")
    return {label: choices for label, choices in groups.items() if choices}


def course_choices(desk: PlansDesk, stored: Requirement | None) -> Choices:
    """List the courses that a line may ask for, by title."""
    kept = stored.course if stored else ""
    courses = [
        course
        for course in desk.facts.courses.values()
        if course.is_live or course.slug == kept
    ]
    courses.sort(key=lambda course: desk.index.course_order(course.slug))
    return [(course.slug, course.title) for course in courses]


def reason_choices(around: Surroundings, stored: Requirement | None) -> Groups:
    """List why a line may be there: priorities by rank, calls, and other reasons."""
    groups: Groups = {
        _("Priorities"): [
            (f"priority:{one.id}", f"{one.rank}. {one.title}")
            for one in around.priorities
        ],
        _("Calls"): [(f"call:{one.id}", one.title) for one in around.calls],
        _("Other reasons"): [
            ("profile", _("What the profile of the post asks for")),
            ("other", _("Another reason, in words")),
        ],
    }
    if stored is not None and stored.reason.id is not None:
        value = f"{stored.reason.kind}:{stored.reason.id}"
        _keep(groups, value, stored.reason.text)
    return {label: choices for label, choices in groups.items() if choices}


def _keep(groups: Groups, value: str, text: str = "") -> None:
    """Leave among the choices what the line says though nobody can choose it anew."""
    if not any(value == one for choices in groups.values() for one, _text in choices):
        groups.setdefault(_("As it is now"), []).append((value, text or value))
