"""The difference of two rendered texts: blocks kept, added, removed or reworded.

Marks stand around words only, never around tags: of a changed block the tags of the
newer side are written as they are, those of the older are left out, and what comes out
goes through the sanitiser once more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape

from conexx_learn.domain.course_changes.alignment import Effort, Run, aligned
from conexx_learn.domain.course_changes.text_blocks import (
    Block,
    BlockKind,
    Piece,
    text_blocks,
    text_pieces,
)
from conexx_learn.domain.markup import clean_marked

CONTEXT = 1
"""Unchanged blocks that are shown on each side of a change."""

MOST_SHOWN = 400
"""Blocks of one text that are shown; a text that changed more is read as a whole."""

REACH = 8
"""How far a reworded block is looked for among those that went."""

LEAST_SHARED = 0.35
"""Share of words that make two blocks one that was reworded."""


class BlockState(StrEnum):
    """What became of a block."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of the difference.

    Attributes:
        state: What became of it.
        kind: What it is to the eye.
        html: Safe inline HTML, with `ins` and `del` in a changed block.
        place: Names it in its text: `n12` in the newer version, `o12` in the older.
        count: How many blocks a skipped one stands for; else 1.
        targets_before: Links and images that went.
        targets_after: Links and images that came.
    """

    state: BlockState
    kind: BlockKind
    html: str = ""
    place: str = ""
    count: int = 1
    targets_before: tuple[str, ...] = ()
    targets_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextChange:
    """The difference of one text in one language; no blocks where nothing changed.

    Attributes:
        blocks: In reading order, unchanged stretches collapsed.
        added: How many blocks came.
        removed: How many went.
        changed: How many were reworded.
    """

    blocks: tuple[ShownBlock, ...]
    added: int = 0
    removed: int = 0
    changed: int = 0

    def __bool__(self) -> bool:
        return bool(self.blocks)


NO_CHANGE = TextChange(())


def text_change(before: str, after: str) -> TextChange:
    """Compare two pieces of safe HTML.

    Args:
        before: Empty where there was nothing.
        after: Empty where nothing is left.
    """
    return block_change(text_blocks(before), text_blocks(after))


def block_change(old: Sequence[Block], new: Sequence[Block]) -> TextChange:
    """Compare two texts that are cut into blocks already."""
    effort = Effort()
    steps = list(_steps(old, new, effort))
    if all(
        one is not None and other is not None and same for one, other, same in steps
    ):
        return NO_CHANGE
    shown = [_shown(step, old, new, effort) for step in _collapsed(steps)]
    if len(shown) > MOST_SHOWN:
        rest = sum(one.count for one in shown[MOST_SHOWN:])
        skipped = ShownBlock(BlockState.SKIPPED, BlockKind.PARAGRAPH, count=rest)
        shown = [*shown[:MOST_SHOWN], skipped]
    return TextChange(
        blocks=tuple(shown),
        added=sum(one is None for one, _, _ in steps),
        removed=sum(other is None for _, other, _ in steps),
        changed=sum(
            one is not None and other is not None and not same
            for one, other, same in steps
        ),
    )


def whole_text(html: str) -> TextChange:
    """Return a text in which nothing changed, to be read beside what did."""
    return TextChange(
        tuple(
            _whole(BlockState.KEPT, block, f"n{number}")
            for number, block in enumerate(text_blocks(html))
        )
    )


def marked_line(before: str, after: str) -> str:
    """Compare two runs of safe inline HTML and return one, marked."""
    old, new = _line(before), _line(after)
    return clean_marked(_marked(old, new, Effort()))


def marked_words(before: str, after: str) -> str:
    """Compare two plain texts and return safe HTML, marked."""
    effort = Effort()
    return clean_marked(_marked(text_pieces(before), text_pieces(after), effort))


def _line(html: str) -> list[Piece]:
    found: list[Piece] = []
    for block in text_blocks(html):
        found += block.pieces
    return found


Step = tuple[int | None, int | None, bool]
"""Place on the old side, place on the new side, whether they say the same."""


def _steps(
    old: Sequence[Block], new: Sequence[Block], effort: Effort
) -> Iterator[Step]:
    for run in aligned(old, new, effort):
        if run.is_equal:
            for one, other in zip(range(*run.old), range(*run.new), strict=True):
                yield one, other, True
        else:
            yield from _reworded(old, new, run)


def _reworded(old: Sequence[Block], new: Sequence[Block], run: Run) -> Iterator[Step]:
    """Pair the blocks of a gap that are one another reworded, in order."""
    at = run.old[0]
    for other in range(*run.new):
        twin = _twin(old, new[other], range(at, min(at + REACH, run.old[1])))
        if twin is None:
            yield None, other, False
            continue
        yield from ((gone, None, False) for gone in range(at, twin))
        yield twin, other, False
        at = twin + 1
    yield from ((gone, None, False) for gone in range(at, run.old[1]))


def _twin(old: Sequence[Block], block: Block, places: Iterable[int]) -> int | None:
    fitting = (n for n in places if old[n].kind is block.kind and _alike(old[n], block))
    return next(fitting, None)


def _alike(one: Block, other: Block) -> bool:
    here, there = Counter(one.words), Counter(other.words)
    shared = sum((here & there).values())
    return shared >= LEAST_SHARED * max(here.total(), there.total())


def _collapsed(steps: list[Step]) -> Iterator[Step | int]:
    """Put a count in the place of each stretch that is far from every change."""
    changed = [n for n, step in enumerate(steps) if not step[2]]
    near = {
        n + away
        for n in changed
        for away in range(-CONTEXT, CONTEXT + 1)
        if 0 <= n + away < len(steps)
    }
    hidden = 0
    for number, step in enumerate(steps):
        if number in near:
            if hidden:
                yield hidden
            hidden = 0
            yield step
        else:
            hidden += 1
    if hidden:
        yield hidden


def _shown(
    step: Step | int, old: Sequence[Block], new: Sequence[Block], effort: Effort
) -> ShownBlock:
    if isinstance(step, int):
        return ShownBlock(BlockState.SKIPPED, BlockKind.PARAGRAPH, count=step)
    one, other, same = step
    if one is not None and other is not None:
        return _kept_or_changed(old[one], new[other], f"n{other}", effort, same=same)
    if other is not None:
        return _whole(BlockState.ADDED, new[other], f"n{other}")
    place = one or 0
    return _whole(BlockState.REMOVED, old[place], f"o{place}")


def _whole(state: BlockState, block: Block, place: str) -> ShownBlock:
    return ShownBlock(state, block.kind, clean_marked(_written(block.pieces)), place)


def _kept_or_changed(
    old: Block, new: Block, place: str, effort: Effort, *, same: bool
) -> ShownBlock:
    if same:
        return _whole(BlockState.KEPT, new, place)
    return ShownBlock(
        BlockState.CHANGED,
        new.kind,
        clean_marked(_marked(old.pieces, new.pieces, effort)),
        place,
        targets_before=tuple((Counter(old.targets) - Counter(new.targets)).elements()),
        targets_after=tuple((Counter(new.targets) - Counter(old.targets)).elements()),
    )


def _marked(old: Sequence[Piece], new: Sequence[Piece], effort: Effort) -> str:
    written: list[str] = []
    for run in _joined(aligned(old, new, effort), new):
        gone, come = old[slice(*run.old)], new[slice(*run.new)]
        written.append(_written(come) if run.is_equal else _replaced(gone, come))
    return "".join(written)


def _joined(runs: Sequence[Run], new: Sequence[Piece]) -> Iterator[Run]:
    """Make one change of changes that only a space or a sign keeps apart."""
    pending: Run | None = None
    for number, run in enumerate(runs):
        is_bridge = (
            run.is_equal
            and 0 < number < len(runs) - 1
            and not any(p.is_tag or p.text.isalnum() for p in new[slice(*run.new)])
        )
        if run.is_equal and not is_bridge:
            if pending:
                yield pending
            pending = None
            yield run
        elif pending:
            pending = Run(
                is_equal=False,
                old=(pending.old[0], run.old[1]),
                new=(pending.new[0], run.new[1]),
            )
        else:
            pending = run
    if pending:
        yield pending


def _replaced(gone: Sequence[Piece], come: Sequence[Piece]) -> str:
    """Write words that went, then those that came, with the tags that came."""
    removed = "".join(escape(piece.text) for piece in gone if not piece.is_tag)
    written = f"<del>{removed}</del>" if removed.strip() else ""
    inserted = "".join(_inserted(come))
    return written + (" " if written and "<ins>" in inserted else "") + inserted


def _inserted(come: Sequence[Piece]) -> Iterator[str]:
    words = ""
    for piece in [*come, Piece("", is_tag=True)]:
        if not piece.is_tag:
            words += escape(piece.text)
            continue
        if words.strip():
            yield f"<ins>{words}</ins>"
        else:
            yield words
        words = ""
        yield piece.text


def _written(pieces: Sequence[Piece]) -> str:
    return "".join(p.text if p.is_tag else escape(p.text) for p in pieces)
