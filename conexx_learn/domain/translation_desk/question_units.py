"""Questions and sections, cut into what is translated and what is structure."""

from collections.abc import Iterator, Sequence

from conexx_learn.domain.quiz_source.blocks import (
    AnswerBlock,
    Attribute,
    QuestionBlock,
    SectionBlock,
)
from conexx_learn.domain.quiz_source.lines import Row, scan
from conexx_learn.domain.quiz_source.markers import Family
from conexx_learn.domain.quiz_source.outline import read_outline
from conexx_learn.domain.translation_desk.passages import (
    Passage,
    PassageKind,
    Unit,
    UnitKind,
    dedented,
)

_PARTS = {
    "explanation": PassageKind.EXPLANATION,
    "hint": PassageKind.HINT,
    "right": PassageKind.RIGHT_PART,
    "partly": PassageKind.PARTLY,
    "wrong": PassageKind.WRONG,
}
_ATTRIBUTES = {"unit": PassageKind.UNIT, "void-reason": PassageKind.VOID_REASON}
_ARROW = " -> "


def quiz_units(
    text: str, starts: Sequence[int], *, first: int, path: str
) -> list[Unit]:
    """Cut the body of a quiz file; its units follow one another without a gap.

    Args:
        text: The whole file.
        starts: Where its lines begin.
        first: Index of the line where the body begins, from 0.
        path: Of the file.
    """
    lines = text.split("\n")[first:]
    rows, _ = scan(lines, first_line=first + 1, path=path)
    outline, _ = read_outline(rows, path=path, allows_sections=True)
    cutter = _Cutter(text, starts)
    heads: list[tuple[SectionBlock | QuestionBlock, Row]] = []
    for section in outline.sections:
        if section.row is not None:
            heads.append((section, section.row))
        heads += [(question, question.row) for question in section.questions]
    edges = [starts[row.number - 1] for _, row in heads]
    edges = [min(starts[first], len(text)), *edges, len(text)]
    intro = tuple(cutter.passage(outline.intro, PassageKind.INTRO, ""))
    units = [Unit(UnitKind.INTRO, "", edges[0], edges[1], intro)]
    for (block, _), start, end in zip(heads, edges[1:-1], edges[2:], strict=True):
        units.append(cutter.unit(block, start, end))
    return units


def self_check_unit(
    text: str, starts: Sequence[int], first: int, last: int, *, path: str
) -> Unit:
    """Cut a self-check of a module, its fence included.

    Args:
        text: The whole file.
        starts: Where its lines begin.
        first: Index of the line of the opening fence, from 0.
        last: Index behind the line of the closing fence.
        path: Of the file.
    """
    lines = text.split("\n")[first + 1 : last - 1]
    rows, _ = scan(lines, first_line=first + 2, path=path)
    outline, _ = read_outline(rows, path=path, allows_sections=False)
    cutter = _Cutter(text, starts)
    blocks = [block for section in outline.sections for block in section.questions]
    units = [cutter.unit(block, 0, 0) for block in blocks]
    end = min(starts[last] - 1, len(text))
    return Unit(
        UnitKind.SELF_CHECK,
        " ".join(unit.id for unit in units),
        starts[first],
        end,
        tuple(passage for unit in units for passage in unit.passages),
        tuple(mark for unit in units for mark in (unit.id, *unit.shape)),
        is_broken=not units or any(unit.is_broken for unit in units),
    )


class _Cutter:
    """Finds the passages of one file in its text."""

    def __init__(self, text: str, starts: Sequence[int]) -> None:
        self.text = text
        self.starts = starts

    def unit(self, block: SectionBlock | QuestionBlock, start: int, end: int) -> Unit:
        if isinstance(block, QuestionBlock):
            return self._question(block, start, end)
        kind = PassageKind.SECTION_TITLE
        passages = [
            *self._title(block.row, block.title, kind, block.id),
            *self.passage(block.text, PassageKind.SECTION_TEXT, block.id),
        ]
        shape = (block.kind,)
        return Unit(UnitKind.SECTION, block.id, start, end, tuple(passages), shape)

    def _question(self, block: QuestionBlock, start: int, end: int) -> Unit:
        id_ = block.id
        passages = list(self._title(block.row, block.title, PassageKind.TITLE, id_))
        for key, kind in _ATTRIBUTES.items():
            if key in block.attributes:
                passages += self._attribute(block.attributes[key], kind, id_)
        passages += self.passage(block.prompt, PassageKind.PROMPT, id_)
        passages += self._answers(block)
        for part, rows in block.parts.items():
            head = self.starts[block.part_lines[part] - 1]
            passages += self.passage(rows, _PARTS[part], id_, head=head)
        markers = [one.marker.text if one.marker else "?" for one in block.answers]
        if _family(block) is Family.WORDS:
            markers = ["[~]"]
        is_broken = block.is_broken or not id_ or "?" in markers
        is_broken = is_broken or len(passages) < 2  # noqa: PLR2004 (title and prompt)
        found = (id_, start, end, tuple(passages), tuple(markers))
        return Unit(UnitKind.QUESTION, *found, is_broken=is_broken)

    def _line(self, row: Row) -> tuple[int, str]:
        start = self.starts[row.number - 1]
        end = min(self.starts[row.number] - 1, len(self.text))
        return start, self.text[start:end]

    def _title(
        self, row: Row | None, title: str, kind: PassageKind, owner: str
    ) -> Iterator[Passage]:
        if row is None or not title:
            return
        start, line = self._line(row)
        bar = line.find("|")
        at = line.find(title, bar + 1)
        if bar >= 0 and at >= 0:
            at += start
            yield Passage(kind, owner, 0, title, at, at + len(title))

    def _attribute(
        self, attribute: Attribute, kind: PassageKind, owner: str
    ) -> Iterator[Passage]:
        start = self.starts[attribute.line - 1]
        end = min(self.starts[attribute.line] - 1, len(self.text))
        line = self.text[start:end]
        at = line.find(attribute.value, line.find(":") + 1)
        if attribute.value and at >= 0:
            place = (start + at, start + at + len(attribute.value))
            outer = (start, min(end + 1, len(self.text)))
            yield Passage(kind, owner, 0, attribute.value, *place, "", *outer)

    def passage(
        self, rows: Sequence[Row], kind: PassageKind, owner: str, *, head: int = -1
    ) -> Iterator[Passage]:
        """Find what some lines say, empty ones and comments around it left out."""
        filled = [row for row in rows if row.text.strip()]
        if not filled:
            return
        start = self.starts[filled[0].number - 1]
        end = min(self.starts[filled[-1].number] - 1, len(self.text))
        outer_start = start if head < 0 else head
        outer = (outer_start, min(end + 1, len(self.text)))
        text = self.text[start:end]
        yield Passage(kind, owner, 0, text, start, end, "", *outer)

    def _answers(self, block: QuestionBlock) -> Iterator[Passage]:
        if not block.answers:
            return
        if _family(block) is Family.WORDS:
            last = block.answers[-1]
            rows = [block.answers[0].row, last.row, *last.more, *last.feedback]
            yield from self.passage(rows, PassageKind.PHRASES, block.id)
            return
        for ordinal, answer in enumerate(block.answers):
            yield from self._answer(answer, block.id, ordinal)

    def _answer(
        self, block: AnswerBlock, owner: str, ordinal: int
    ) -> Iterator[Passage]:
        family = block.marker.family if block.marker else None
        if family is Family.MATCH:
            yield from self._pair(block, owner, ordinal)
        elif family is not Family.NUMBER:
            yield from self._option(block, owner, ordinal)
        rows = [row for row in block.feedback if row.text.strip()]
        if rows:
            start, line = self._line(rows[0])
            outer_start = start - 1
            at = start + line.find(">") + 1
            at += self.text[at : at + 1] == " "
            end = min(self.starts[rows[-1].number] - 1, len(self.text))
            text = dedented(self.text[at:end], "  > ")
            place = (owner, ordinal, text, at, end, "  > ", outer_start, end)
            yield Passage(PassageKind.FEEDBACK, *place)

    def _option(
        self, block: AnswerBlock, owner: str, ordinal: int
    ) -> Iterator[Passage]:
        start, line = self._line(block.row)
        at = line.find(block.text, _behind_marker(line))
        if not block.text or at < 0:
            return
        end = start + at + len(block.text)
        more = [row for row in block.more if row.text.strip()]
        lead = "  "
        if more:
            end = min(self.starts[more[-1].number] - 1, len(self.text))
            lead = " " * max(2, min(row.indentation for row in more))
        text = dedented(self.text[start + at : end], lead)
        place = (owner, ordinal, text, start + at, end, lead)
        yield Passage(PassageKind.OPTION, *place)

    def _pair(self, block: AnswerBlock, owner: str, ordinal: int) -> Iterator[Passage]:
        start, line = self._line(block.row)
        at = line.find(block.text, _behind_marker(line))
        arrow = f" {block.text}".find(_ARROW)
        if at < 0 or arrow < 0 or block.more:
            yield from self._option(block, owner, ordinal)
            return
        left = block.text[: max(arrow - 1, 0)].rstrip()
        right = block.text[arrow + len(_ARROW) - 1 :].strip()
        if left:
            place = (start + at, start + at + len(left))
            yield Passage(PassageKind.LEFT, owner, ordinal, left, *place)
        if right:
            behind = start + line.find(right, at + arrow + len(_ARROW) - 1)
            place = (behind, behind + len(right))
            yield Passage(PassageKind.RIGHT, owner, ordinal, right, *place)


def _behind_marker(line: str) -> int:
    """Find where the marker of an answer line ends."""
    closing = [at for sign in ")]" if (at := line.find(sign)) >= 0]
    return min(closing, default=0) + 1


def _family(block: QuestionBlock) -> Family | None:
    first = block.answers[0].marker if block.answers else None
    return first.family if first else None
