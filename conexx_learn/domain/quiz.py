"""A quiz as a trainer wrote it: the canonical model of a quiz file.

Everything here is a value. `quiz_source` makes a `Quiz` of text, `grading` marks
responses against its questions, `drawing` assembles an attempt from it. Weights and
points are exact: `Fraction`, never a binary float.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer, TypeAdapter

Ratio = Annotated[
    Fraction,
    BeforeValidator(Fraction),
    PlainSerializer(str, return_type=str),
]
"""An exact fraction; in JSON a string such as `"2/3"`."""


class QuestionType(StrEnum):
    """How a question is answered; inferred from its markers."""

    SINGLE = "single"
    TRUEFALSE = "truefalse"
    MULTIPLE = "multiple"
    ORDER = "order"
    MATCH = "match"
    NUMBER = "number"
    WORDS = "words"
    OPEN = "open"


class Mode(StrEnum):
    """Whether a quiz counts."""

    PRACTICE = "practice"
    GRADED = "graded"


class AttemptGrade(StrEnum):
    """Which of several attempts counts."""

    HIGHEST = "highest"
    LAST = "last"
    FIRST = "first"
    AVERAGE = "average"


class FeedbackPolicy(StrEnum):
    """What a learner sees of a closed attempt."""

    IMMEDIATE = "immediate"
    AFTER_ATTEMPT = "after-attempt"
    AFTER_PASS = "after-pass"  # noqa: S105 (a policy, no password)
    NEVER = "never"


class Scoring(StrEnum):
    """The formula for partial credit, of `multiple` and of `order` questions."""

    BALANCED = "balanced"
    PENALTY = "penalty"
    DECISIONS = "decisions"
    STRICT_PART = "strict-part"
    EXACT = "exact"
    WEIGHTS = "weights"
    PAIRS = "pairs"
    POSITION = "position"


class SectionKind(StrEnum):
    """What a section does with its questions. `plain`: questions before any section."""

    PLAIN = "plain"
    POOL = "pool"
    SECTION = "section"
    CASE = "case"


class Void(StrEnum):
    """What a voided question gives: full points to everybody, or nothing to nobody."""

    FULL = "full"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class NumberSpec:
    """The interval of values that an entry of a number question accepts.

    Attributes:
        low: Lowest accepted value, inclusive.
        high: Highest accepted value, inclusive.
        shown: The value itself, or the middle of an interval, for the explanation.
    """

    low: Decimal
    high: Decimal
    shown: Decimal


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer line: an option, a step, a pair, or an accepted value.

    Attributes:
        key: `a`, `b`, `c` … in source order.
        marker: As `fmt` writes it: `(x)`, `( )`, `(50%)`, `(!)`, `[x]`, `[ ]`,
            `[+50%]`, `[-25%]`, `[!]`, `[3]`, `[->]`, `[=]`, `[= 50%]`, `[~]`,
            `[~ 50%]`.
        weight: Share of the points, 0 to 1 (negative in explicit weights of
            `multiple`); None where the scoring formula decides.
        right: A fully right option (single, truefalse, multiple).
        void: Marked `(!)` or `[!]`.
        text_md: The option's Markdown; the whole line for other types.
        left_md: Left side of a match; empty in an extra right-hand distractor.
        right_md: Right side of a match.
        position: From 1, for `order`.
        number: For `number`.
        phrase: For `words`, as written (`*` any run of characters).
        feedback_md: What the learner reads when this was chosen; may be empty.
        line: Line in the file, from 1.
    """

    key: str
    marker: str
    weight: Ratio | None = None
    right: bool = False
    void: bool = False
    text_md: str = ""
    left_md: str = ""
    right_md: str = ""
    position: int | None = None
    number: NumberSpec | None = None
    phrase: str | None = None
    feedback_md: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True)
class Parts:
    """What a question says after it was answered; each may be empty Markdown."""

    explanation: str = ""
    hint: str = ""
    right: str = ""
    partly: str = ""
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        id: Stable id, unique in the repository.
        title: Plain text, for reports and navigation.
        type: Inferred from the markers.
        points: More than 0, at most 100, two decimals.
        scoring: The formula that applies to this question after defaults.
        shuffle: Whether options may be shown in another order.
        competencies: Codes, in file order.
        module: Slug of the module to read again, or None.
        unit: Shown beside a number field; empty where there is none.
        case_strict: Letter case counts (words).
        accents_strict: Accents count (words).
        typos: Edits forgiven in a phrase of six letters or more: 0 or 1.
        grading: `self` or `trainer` for `open`, else None.
        void: The question was voided.
        void_reason: Why.
        tags: Free words.
        draft: Never asked.
        retired: Kept for its history, never asked.
        sources: What the answer rests on; never shown while an attempt is open.
        prompt_md: Markdown, never empty.
        answers: In source order.
        parts: Explanation and the rest.
        line: Line of the heading, from 1.
        lines: For each attribute that the file states (English key), and for `prompt`
            and each part that it has, the line where it stands. Not part of equality.
        revision: Hex SHA-256 of the canonical form with texts.
        scoring_revision: The same without texts.
    """

    id: str
    title: str
    type: QuestionType
    points: Ratio
    prompt_md: str
    answers: tuple[Answer, ...]
    scoring: Scoring | None = None
    shuffle: bool = True
    competencies: tuple[str, ...] = ()
    module: str | None = None
    unit: str = ""
    case_strict: bool = False
    accents_strict: bool = False
    typos: int = 0
    grading: str | None = None
    void: Void | None = None
    void_reason: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    retired: bool = False
    sources: tuple[str, ...] = ()
    parts: Parts = field(default_factory=Parts)
    line: int = 1
    lines: dict[str, int] = field(default_factory=dict, compare=False)
    revision: str = ""
    scoring_revision: str = ""

    @property
    def is_asked(self) -> bool:
        """Say whether the question can be drawn at all."""
        return not (self.draft or self.retired)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading.

    Attributes:
        kind: What the section does.
        id: Empty for the plain section.
        title: May be empty, never for a case.
        text_md: The narrative of a case, the text of a section.
        draw: How many questions a pool gives; None for all.
        points: Default for the questions; None where the section says nothing.
        shuffle: Whether the order of its questions may change.
        pool: For a case: the pool of cases that it belongs to.
        questions: In source order.
        line: Line of the heading, from 1.
        lines: For each attribute that the file states (English key), its line. Not
            part of equality.
    """

    kind: SectionKind
    id: str = ""
    title: str = ""
    text_md: str = ""
    draw: int | None = None
    points: Ratio | None = None
    shuffle: bool = True
    pool: str | None = None
    questions: tuple[Question, ...] = ()
    line: int = 1
    lines: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class QuizSettings:
    """The rules of a quiz, defaults applied.

    Attributes:
        mode: Practice or graded.
        pass_percent: 1 to 100 (may have decimals), or None without a pass mark.
        attempts: Allowed attempts, or None for unlimited.
        wait_seconds: Between the end of an attempt and the next start.
        grade: Which attempt counts.
        time_seconds: Time limit of an attempt, or None.
        shuffle_questions: In pools and sections.
        shuffle_options: In questions that allow it.
        feedback: What a closed attempt shows.
        scoring: Default formula for `multiple`.
    """

    mode: Mode = Mode.PRACTICE
    pass_percent: Ratio | None = None
    attempts: int | None = None
    wait_seconds: int = 0
    grade: AttemptGrade = AttemptGrade.HIGHEST
    time_seconds: int | None = None
    shuffle_questions: bool = False
    shuffle_options: bool = True
    feedback: FeedbackPolicy = FeedbackPolicy.IMMEDIATE
    scoring: Scoring = Scoring.BALANCED


@dataclass(frozen=True, slots=True)
class Quiz:
    """One quiz file in one language.

    Attributes:
        id: `quiz:` of the front matter, unique in the repository; empty in a
            self-check inside a module.
        title: Plain text.
        lang: BCP 47 primary tag.
        settings: The rules.
        intro_md: Markdown before the first heading.
        sections: In source order.
        translates: `FILE@HASH` of a translation, else None.
        path: File the quiz came from.
        lines: For each key that the front matter states (English key), its line. Not
            part of equality.
    """

    id: str
    title: str
    lang: str
    settings: QuizSettings
    intro_md: str = ""
    sections: tuple[Section, ...] = ()
    translates: str | None = None
    path: str = ""
    lines: dict[str, int] = field(default_factory=dict, compare=False)

    @property
    def questions(self) -> tuple[Question, ...]:
        """List every question in source order, drafts included."""
        return tuple(q for section in self.sections for q in section.questions)


QUIZ_JSON: TypeAdapter[Quiz] = TypeAdapter(Quiz)
"""Turns a `Quiz` into JSON values and back, exact fractions as strings."""

QUESTION_JSON: TypeAdapter[Question] = TypeAdapter(Question)
"""The same for one question."""
