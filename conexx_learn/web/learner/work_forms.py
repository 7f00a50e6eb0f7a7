"""The form with which a work is handed in."""

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FileField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from conexx_learn.domain.graded_work.handing_in import Source
from conexx_learn.domain.graded_work.work_files import (
    ENDINGS,
    MOST_BYTES,
    WorkFault,
    WorkFile,
    read_work_file,
)
from conexx_learn.services.handing_in import NewWork
from conexx_learn.services.unit_of_work import reading
from conexx_learn.services.work_uploads import whole_file
from conexx_learn.web.language import gettext as _
from conexx_learn.web.page_forms import PageForm
from conexx_learn.web.work_words import fault_words

ACCEPTED = ",".join(ENDINGS)
DIGITS_OF_KEY = 9


class HandInForm(PageForm):
    """What is handed in, and the word that it is the team's own."""

    source = RadioField(
        _l("What you hand in"),
        choices=[
            SelectChoice(Source.FOLDER.value, _l("My project folder as it stands now")),
            SelectChoice(Source.FILE.value, _l("One file")),
        ],
        default=Source.FILE.value,
        validators=[DataRequired(_l("Choose what you hand in."))],
    )
    file = FileField(
        _l("The file"),
        description=_l(
            "PDF, DOCX or XLSX, up to 10 MB. Write no names in it: whoever assesses it "
            "does not know whose it is."
        ),
    )
    upload = HiddenField()
    declared = BooleanField(
        _l(
            "It is our own work. What others wrote is marked with its source, and each "
            "person of the team took part."
        ),
        validators=[DataRequired(_l("Confirm that it is your own work."))],
    )

    def work(self, course: str) -> NewWork | None:
        """Return the file that was sent; None with its reason where there is none."""
        sent = self.file.data
        name, content = "", b""
        if self.upload.data:
            whole = whole_file(
                reading(),
                course=course,
                upload_id=self._upload_id(),
                user_id=current_user.id,
            )
            name, content = whole.name, whole.content
        elif isinstance(sent, FileStorage):
            name, content = sent.filename or "", sent.read(MOST_BYTES + 1)
        if not name:
            self.file.errors = [_("Choose a file.")]
            return None
        return self._taken(read_work_file(content, name))

    def _upload_id(self) -> int:
        typed = str(self.upload.data)
        is_key = typed.isascii() and typed.isdigit() and len(typed) <= DIGITS_OF_KEY
        return int(typed) if is_key else 0

    def _taken(self, found: WorkFile | WorkFault) -> NewWork | None:
        if isinstance(found, WorkFault):
            self.file.errors = [fault_words(found)]
            return None
        return NewWork(Source.FILE, found.name, found.kind.value, found.content)
