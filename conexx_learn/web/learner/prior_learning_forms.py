"""The form of a claim: what one can do, where one learned it, and the evidence."""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from conexx_learn.domain.evidence_files import (
    ENDINGS,
    MOST_BYTES,
    Evidence,
    EvidenceFault,
    read_evidence,
)
from conexx_learn.domain.links import is_web_address
from conexx_learn.domain.prior_learning import (
    LONGEST_LINK,
    LONGEST_STATEMENT,
    MOST_WAITING,
)
from conexx_learn.queries.frameworks import CompetencyName
from conexx_learn.queries.prior_learning import OwnInstitution
from conexx_learn.services.prior_learning import Claim
from conexx_learn.web.competency_words import competency_choices, level_choices
from conexx_learn.web.filters import byte_size
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm

TOO_LONG = _l("This is too long.")
ACCEPTED = ",".join(ENDINGS)


def trimmed(text: str | None) -> str:
    """Return a text without blanks around it and with plain line ends."""
    return (text or "").replace("\r\n", "\n").strip()


class ClaimForm(PageForm):
    """A claim of prior learning."""

    competency = SelectField(
        _l("Competency"), validators=[DataRequired(_l("Choose a competency."))]
    )
    level = SelectField(_l("Level"), default="2")
    institution = SelectField(_l("Institution"))
    statement = TextAreaField(
        _l("Where and how you learned it"),
        filters=[trimmed],
        validators=[
            DataRequired(_l("Write where and how you learned it.")),
            Length(max=LONGEST_STATEMENT, message=TOO_LONG),
        ],
        description=_l(
            "In a few sentences, for the person who decides: what you did, where, when."
        ),
    )
    file = FileField(
        _l("One file"),
        description=_l("PDF, PNG, JPG or DOCX, up to 5 MB."),
    )
    link = StringField(
        _l("or an address"),
        filters=[trimmed],
        validators=[Length(max=LONGEST_LINK, message=TOO_LONG)],
        description=_l("Of a page that shows it, instead of a file."),
    )

    evidence: Evidence | None = None

    def offer(
        self,
        competencies: Sequence[CompetencyName],
        institutions: Sequence[OwnInstitution],
    ) -> "ClaimForm":
        """Give the form its choices."""
        self.competency.choices = competency_choices(competencies, _("Choose one"))
        self.level.choices = level_choices()
        self.institution.choices = [
            SelectChoice(str(one.id), one.name) for one in institutions
        ]
        return self

    def validate_link(self, field: StringField) -> None:
        """Refuse what is not the address of a page."""
        if field.data and not is_web_address(field.data):
            raise ValidationError(
                _("Write the whole address, with https:// before it.")
            )

    def validate_file(self, field: FileField) -> None:
        """Take the file, and see that there is one piece of evidence and no more."""
        sent = field.data
        has_file = bool(getattr(sent, "filename", ""))
        if has_file == bool(self.link.data):
            raise ValidationError(_("Give one file, or one address instead of it."))
        if has_file:
            self.evidence = self._read(sent.read(MOST_BYTES + 1), sent.filename)

    def _read(self, content: bytes, name: str) -> Evidence:
        taken = read_evidence(content, name)
        if isinstance(taken, Evidence):
            return taken
        raise ValidationError(fault_words(taken))

    def accepts(self, waiting: Collection[str]) -> bool:
        """Check the form.

        Args:
            waiting: Competencies whose claims wait for an answer.
        """
        is_good = bool(self.validate())
        if self.competency.data in waiting:
            self.competency.errors = [
                _("You have sent a claim for this competency already; it waits.")
            ]
            is_good = False
        elif len(waiting) >= MOST_WAITING:
            self.competency.errors = [
                _("Many claims of yours wait already. Withdraw one, or wait.")
            ]
            is_good = False
        if not is_good and self.evidence is not None:
            self.file.errors = [_("Choose the file again: browsers forget it.")]
        return is_good

    def claim(self) -> Claim:
        """Return what was entered; asked after it was found good."""
        return Claim(
            competency=self.competency.data,
            level=int(self.level.data),
            statement=self.statement.data,
            evidence=self.evidence,
            link=self.link.data or None,
        )


def fault_words(fault: EvidenceFault) -> str:
    """Say why a file is not taken, and what to do."""
    return {
        EvidenceFault.EMPTY: _("The file is empty."),
        EvidenceFault.TOO_LARGE: _(
            "The file is too large; at most %(size)s. Send a smaller copy, or give an "
            "address.",
            size=byte_size(MOST_BYTES),
        ),
        EvidenceFault.UNKNOWN_KIND: _(
            "Only PDF, PNG, JPG and DOCX are taken. Save it as PDF, and send that."
        ),
        EvidenceFault.OTHER_CONTENT: _(
            "The file is damaged, carries programs, or is not what its name says. Save "
            "it as PDF, and send that."
        ),
    }[fault]
