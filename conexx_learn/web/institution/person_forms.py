"""The forms of a person: who they are, where they sit, and that they leave."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from conexx_learn.domain.accounts import LONGEST_EMAIL, LONGEST_USERNAME
from conexx_learn.domain.appointments import Term
from conexx_learn.domain.names import LONGEST_NAME
from conexx_learn.domain.people import (
    MOST_WEEKLY_HOURS,
    USUAL_WEEKLY_HOURS,
    PersonTraits,
)
from conexx_learn.domain.readiness.facts import AppointmentKind
from conexx_learn.queries.posts import PostRow
from conexx_learn.web.institution.entry_fields import (
    NO_DAY,
    NO_NUMBER,
    TOO_LONG,
    ChoiceField,
    WholeNumberField,
    squeezed,
)
from conexx_learn.web.language import gettext as _
from conexx_learn.web.language import ngettext
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.typed_fields import DayField

NO_POST = 0


class PersonForm(PageForm):
    """Who somebody is; whether an address is free is the verb's to say."""

    seen = HiddenField()
    full_name = StringField(
        _l("Full name"),
        filters=[squeezed],
        validators=[
            InputRequired(_l("Write the name of the person.")),
            Length(max=LONGEST_NAME, message=TOO_LONG),
        ],
        description=_l("As it will be printed on certificates."),
    )
    email = StringField(
        _l("E-mail address"),
        filters=[squeezed],
        validators=[Optional(), Length(max=LONGEST_EMAIL, message=TOO_LONG)],
        description=_l("May stay empty for who has no mailbox."),
    )
    username = StringField(
        _l("Username"),
        filters=[squeezed],
        validators=[Optional(), Length(max=LONGEST_USERNAME, message=TOO_LONG)],
        description=_l("With it they sign in where there is no e-mail address."),
    )
    weekly_hours = WholeNumberField(
        _l("Hours a week for learning"),
        default=USUAL_WEEKLY_HOURS,
        validators=[
            InputRequired(NO_NUMBER),
            NumberRange(0, MOST_WEEKLY_HOURS, _l("Write a whole number from 0 to 20.")),
        ],
        description=_l("From this the pages work out when somebody can have finished."),
    )

    @classmethod
    def of(cls, traits: PersonTraits) -> "PersonForm":
        """Fill the form with what is written of a person."""
        return cls(
            None,
            seen=traits.fingerprint,
            full_name=traits.full_name,
            email=traits.email,
            username=traits.username,
            weekly_hours=traits.weekly_hours,
        )

    def traits(self) -> PersonTraits:
        """Return what was entered."""
        return PersonTraits(
            full_name=self.full_name.data or "",
            email=self.email.data or "",
            username=self.username.data or "",
            weekly_hours=self.weekly_hours.data,
        )


def _kinds() -> list[SelectChoice]:
    return [
        SelectChoice(AppointmentKind.HOLDER.value, _l("Holder: takes a seat")),
        SelectChoice(AppointmentKind.DEPUTY.value, _l("Deputy: takes no seat")),
    ]


class TermForm(PageForm):
    """How and when somebody is in a post."""

    seen = HiddenField()
    kind = RadioField(
        _l("In the post as"),
        choices=_kinds(),
        default=AppointmentKind.HOLDER.value,
    )
    from_on = DayField(
        _l("First day"),
        validators=[Optional()],
        description=_l("Leave it empty if nobody knows it; the plan will ask for it."),
    )
    to_on = DayField(
        _l("Last day"),
        validators=[Optional()],
        description=_l("Leave it empty while there is no end."),
    )
    ends_with_mandate = BooleanField(_l("Leaves when the mandate ends"))

    def fill(self, term: Term) -> None:
        """Fill the form with what an appointment says."""
        self.seen.data = term.fingerprint
        self.kind.data = term.kind.value
        self.from_on.data, self.to_on.data = term.from_on, term.to_on
        self.ends_with_mandate.data = term.ends_with_mandate

    def term(self) -> Term:
        """Return what was entered."""
        return Term(
            kind=AppointmentKind(self.kind.data),
            from_on=self.from_on.data,
            to_on=self.to_on.data,
            ends_with_mandate=bool(self.ends_with_mandate.data),
        )


class AppointmentForm(TermForm):
    """A person put into a post."""

    post = ChoiceField(_l("Post"), coerce=int)

    def offer(self, posts: Sequence[PostRow]) -> None:
        """Offer the posts of the institution that are not over."""
        self.post.choices = post_choices(posts)


class NewPersonForm(PersonForm):
    """Somebody new, and perhaps at once a post and an invitation."""

    post = ChoiceField(_l("Post"), coerce=int, default=NO_POST)
    from_on = DayField(
        _l("In the post since"),
        validators=[Optional()],
        description=_l("Leave it empty if nobody knows it; the plan will ask for it."),
    )
    invites = BooleanField(
        _l("Invite by mail now"),
        default=True,
        description=_l(
            "The invitation lasts seven days. Without a mailbox, print a code."
        ),
    )

    def offer(self, posts: Sequence[PostRow]) -> None:
        """Offer the posts of the institution that are not over, and none."""
        self.post.choices = [(NO_POST, _("No post for now")), *post_choices(posts)]


class LastDayForm(PageForm):
    """A day after which something is over."""

    last_day = DayField(_l("Last day"), validators=[InputRequired(NO_DAY)])


def post_choices(posts: Sequence[PostRow]) -> list[tuple[int, str]]:
    """Return key and words of posts to choose from; the vacant ones say so."""
    return [(post.id, _post_words(post)) for post in posts]


def _post_words(post: PostRow) -> str:
    name = f"{post.traits.title} · {post.unit}"
    if not post.vacancies:
        return name
    vacant = ngettext("%(num)s vacant seat", "%(num)s vacant seats", post.vacancies)
    return f"{name} ({vacant})"
