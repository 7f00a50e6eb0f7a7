"""A change of the first course that waits for a second trainer of the demonstration."""

from conexx_learn.domain.course_changes.version_bump import Bump
from conexx_learn.domain.front_matter import source_hash
from conexx_learn.services.course_checking import PROJECT_COURSES
from conexx_learn.services.course_reviews import Sending, send_for_review
from conexx_learn.services.demo_learning import is_live
from conexx_learn.services.demo_people import TRAINER
from conexx_learn.services.demo_scene import Cast
from conexx_learn.services.demo_stories import FIRST_COURSE
from conexx_learn.services.draft_reading import draft_of
from conexx_learn.services.draft_writing import DraftAct
from conexx_learn.services.drafts import bring_files

MODULE = "01-how-to-learn-here"
SPANISH, ENGLISH = f"{MODULE}.es.md", f"{MODULE}.en.md"

CHANGES = {
    SPANISH: (
        (
            "Con cualquiera de los dos, quien la reciba comprueba sin tener cuenta si "
            "está vigente."
        ),
        (
            "Con cualquiera de los dos, quien la reciba comprueba en un minuto, sin "
            "tener cuenta, si está vigente, y lee cada dato que el papel dice."
        ),
    ),
    ENGLISH: (
        (
            "With either of them, whoever receives it checks without an account "
            "whether it is valid."
        ),
        (
            "With either of them, whoever receives it checks within a minute, without "
            "an account, whether it is valid, and reads all that the paper states."
        ),
    ),
}
"""Path to what stood there, and what stands there now."""

SENDING = Sending(
    bump=Bump.MINOR,
    note="Dice con más claridad qué ve quien verifica una constancia.",
    sentences={
        "es": "El módulo explica mejor cómo se verifica una constancia.",
        "en": "The module explains better how a certificate is verified.",
    },
    asked_id=None,
)


def send_change(cast: Cast) -> None:
    """Let one trainer change the first course and ask the other to look at it.

    A course whose text is no longer the one that the change is about stays as it is.
    """
    if not is_live(cast, FIRST_COURSE):
        return
    homes = (PROJECT_COURSES,)
    by = DraftAct(FIRST_COURSE, homes, cast.ids[TRAINER], cast.days_ago(1))
    files = draft_of(cast.session, slug=FIRST_COURSE, homes=homes).files
    changed = {path: _changed(files[path], path) for path in CHANGES if path in files}
    if len(changed) < len(CHANGES) or any(
        changed[path] == files[path] for path in changed
    ):
        return
    before, after = source_hash(files[SPANISH]), source_hash(changed[SPANISH])
    changed[ENGLISH] = changed[ENGLISH].replace(before.encode(), after.encode(), 1)
    bring_files(cast.session, by, changed)
    send_for_review(cast.session, by, SENDING)


def _changed(content: bytes, path: str) -> bytes:
    before, after = CHANGES[path]
    return content.replace(before.encode(), after.encode(), 1)
