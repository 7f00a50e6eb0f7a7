"""A large file that comes in pieces, so that a lost connection loses one of them."""

from conexx_learn.domain.errors import RuleError, ShapeError

PIECE = 512_000
"""Bytes of a piece; only the last may be shorter."""
MOST_OPEN = 3
"""Files of one person that are begun and not handed in."""
LONGEST_MARK = 200


def is_new_piece(*, received: int, expected: int, offset: int, length: int) -> bool:
    """Say whether a piece is new; one that came before is a no-op.

    Args:
        received: Bytes that are here.
        expected: Bytes of the whole file.
        offset: Where the piece begins.
        length: Of the piece.

    Raises:
        ShapeError: It is no piece of this file.
        RuleError: What comes before it is missing.
    """
    fits = 0 < length == min(PIECE, expected - offset)
    if offset < 0 or offset % PIECE or not fits:
        raise ShapeError("upload-piece")
    if offset > received:
        raise RuleError("upload-offset", received=received)
    return offset == received
