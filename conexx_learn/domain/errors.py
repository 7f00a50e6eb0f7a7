"""Every error that the house raises on purpose.

LearnError
├── NotFoundError              no such thing, or not yours to see         404
├── ForbiddenError             it exists, you are known, the answer is no 403
├── RuleError                  the request contradicts a rule             409
│   ├── AttemptClosedError
│   ├── AttemptsExhaustedError
│   ├── WaitingError
│   ├── PrerequisiteError
│   ├── NameCorrectionError
│   ├── GlyphMissingError
│   ├── CodeSpentError
│   └── EditConflictError
├── ShapeError                 the request cannot be understood           422
├── LimitError                 too many of them in too short a time       429
├── NotSignedYetError          it is being made; ask again shortly        503
└── ContentError               a trainer's file cannot be published       422

An error carries a code and the facts as attributes. `web.errors` turns the families
into pages, `cli.groups` into a line and exit code 1, each with the sentence for that
code from `domain.sentences.errors`, in the reader's language; a house test demands
Spanish and English for every class and every code. Nobody else catches them.

A mistake of the programmer, not of a person, is a ValueError or an AssertionError:
it is logged, and the person sees that it was our fault.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from conexx_learn.domain.problems import Problem


class LearnError(Exception):
    """The root: a code, and the facts that its sentence needs.

    Attributes:
        code: Key of the sentence in `domain.sentences.errors`.
        facts: Placeholder to value.
    """

    status: ClassVar[int] = 500

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


class NotFoundError(LearnError):
    """No such thing, or not yours to see: both answer alike."""

    status = 404

    def __init__(self, code: str = "not-found", **facts: object) -> None:
        super().__init__(code, **facts)


class ForbiddenError(LearnError):
    """It exists, you are known, and the answer is no."""

    status = 403

    def __init__(self, code: str = "forbidden", **facts: object) -> None:
        super().__init__(code, **facts)


class RuleError(LearnError):
    """The request contradicts a rule of the field."""

    status = 409


class AttemptClosedError(RuleError):
    """The attempt was submitted, or its time ran out."""

    def __init__(self) -> None:
        super().__init__("attempt-closed")


class AttemptsExhaustedError(RuleError):
    """The learner has used every attempt that the quiz allows."""

    def __init__(self, *, quiz_title: str, allowed: int) -> None:
        self.quiz_title = quiz_title
        self.allowed = allowed
        super().__init__("attempts-exhausted", quiz_title=quiz_title, allowed=allowed)


class WaitingError(RuleError):
    """The quiz asks for a wait between attempts, and it is not over."""

    def __init__(self, *, until: datetime) -> None:
        self.until = until
        super().__init__("waiting", until=until)


class PrerequisiteError(RuleError):
    """The course asks for another one first."""

    def __init__(self, *, course_title: str) -> None:
        self.course_title = course_title
        super().__init__("prerequisite-unmet", course_title=course_title)


class NameCorrectionError(RuleError):
    """More than accents, order and capitals of a name was to be changed."""

    def __init__(self) -> None:
        super().__init__("name-correction-too-large")


class GlyphMissingError(RuleError):
    """The faces of the paper lack a character of the text."""

    def __init__(self, *, character: str) -> None:
        self.character = character
        super().__init__("glyph-missing", character=character)


class CodeSpentError(RuleError):
    """A code or link was used, withdrawn, or its time is over."""

    def __init__(self) -> None:
        super().__init__("code-spent")


class EditConflictError(RuleError):
    """Somebody else saved the file since it was opened; nothing was overwritten.

    Attributes:
        path: Of the file; empty where several were to be changed.
        current: Fingerprint of what it holds now; None where it is gone.
    """

    def __init__(self, *, path: str, current: str | None) -> None:
        self.path = path
        self.current = current
        super().__init__("edit-conflict", path=path)


class ShapeError(LearnError):
    """The request cannot be understood; nothing of it was stored."""

    status = 422

    def __init__(self, code: str = "shape", **facts: object) -> None:
        super().__init__(code, **facts)


class LimitError(LearnError):
    """Too many tries in too short a time.

    Attributes:
        retry_after: Seconds until another try makes sense.
    """

    status = 429

    def __init__(self, *, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__("too-many-tries", retry_after=retry_after)


class NotSignedYetError(LearnError):
    """A certificate was issued, but its verifiable forms are still to be signed.

    Attributes:
        retry_after: Seconds until they should be there.
    """

    status = 503
    retry_after = 60

    def __init__(self) -> None:
        super().__init__("not-signed-yet")


class ContentError(LearnError):
    """A trainer's file cannot be published or read.

    Attributes:
        problems: Everything that stands in the way; empty where the code says it all.
    """

    status = 422

    def __init__(
        self,
        code: str = "content-refused",
        *,
        problems: Sequence[Problem] = (),
        **facts: object,
    ) -> None:
        self.problems = tuple(problems)
        super().__init__(code, **facts)
