"""A question between two formats: what GIFT and Moodle XML can both say.

Readers of both make these values, writers of both write them; whatever is told of our
own questions is told of these.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Form(StrEnum):
    """A file format of other systems."""

    GIFT = "gift"
    MOODLE_XML = "moodle-xml"

    @property
    def suffix(self) -> str:
        """Tell how the names of its files end."""
        return {Form.GIFT: ".gift.txt", Form.MOODLE_XML: ".xml"}[self]


class Kind(StrEnum):
    """What a question, or what stands in the place of one, is; Moodle's own words."""

    CATEGORY = "category"
    DESCRIPTION = "description"
    CHOICE = "multichoice"
    TRUEFALSE = "truefalse"
    SHORT = "shortanswer"
    NUMERICAL = "numerical"
    MATCHING = "matching"
    ORDERING = "ordering"
    ESSAY = "essay"
    UNKNOWN = "unknown"


class TextForm(StrEnum):
    """In what a text is written. `auto`: plain text in which tags may stand."""

    HTML = "html"
    MARKDOWN = "markdown"
    PLAIN = "plain"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A text with the pictures that travel in it.

    Attributes:
        text: As the file has it, its escapes resolved.
        form: In what it is written.
        files: Name to content in base64.
    """

    text: str = ""
    form: TextForm = TextForm.PLAIN
    files: dict[str, str] = field(default_factory=dict)


NO_TEXT = ForeignText()


@dataclass(frozen=True, slots=True)
class ForeignNumber:
    """An accepted number as it is written: with a tolerance, or from one to another."""

    value: str
    tolerance: str = ""
    upper: str = ""


@dataclass(frozen=True, slots=True)
class ForeignAnswer:
    """One option, pair, step or accepted value.

    Attributes:
        text: Of the option; the left side of a pair; the phrase.
        fraction: Share of the points, 1 for all of them; may be negative.
        feedback: What is said to who chose it.
        pair: The right side of a pair, plain text.
        number: Of a numerical question; None for `*`, whatever else is typed.
    """

    text: ForeignText = NO_TEXT
    fraction: Fraction = Fraction(0)
    feedback: ForeignText = NO_TEXT
    pair: str = ""
    number: ForeignNumber | None = None


@dataclass(frozen=True, slots=True)
class ForeignQuestion:
    """One question of a file.

    Attributes:
        line: Where it begins, from 1.
        kind: What it is.
        type_name: What the file calls it, for the report.
        name: Plain text; may be empty. Of a category its path.
        id: Its id number; may be empty, and anything.
        prompt: What is asked.
        answers: In file order.
        is_single: Only one option may be chosen.
        points: As written; empty where the format has none.
        general: Feedback that everybody gets.
        right: Feedback on a right response, as the next two.
        partly: On a partly right one.
        wrong: On a wrong one.
        hints: In file order.
        tags: In file order.
        is_shuffled: Options may be shown in another order.
        is_case_strict: Capitals count.
        unit: Of a number; empty for none.
        grading: How an ordering is graded, in Moodle's word.
        is_hidden: Not asked any more.
        lost: What else the file says of it that has no place here; codes of remarks.
    """

    line: int
    kind: Kind
    type_name: str = ""
    name: str = ""
    id: str = ""
    prompt: ForeignText = NO_TEXT
    answers: tuple[ForeignAnswer, ...] = ()
    is_single: bool = True
    points: str = ""
    general: ForeignText = NO_TEXT
    right: ForeignText = NO_TEXT
    partly: ForeignText = NO_TEXT
    wrong: ForeignText = NO_TEXT
    hints: tuple[ForeignText, ...] = ()
    tags: tuple[str, ...] = ()
    is_shuffled: bool = True
    is_case_strict: bool = False
    unit: str = ""
    grading: str = ""
    is_hidden: bool = False
    lost: tuple[str, ...] = ()
