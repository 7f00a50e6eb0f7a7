"""Cells of tables for spreadsheets: text that stays text."""

FORMULA_SIGNS = frozenset("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
"""With one of these a spreadsheet begins to calculate; also in their wide forms."""


def safe_cell(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    Reading such a table back takes it off again (`people_import.cells.unescaped`).

    Example:
        >>> safe_cell("=1+1"), safe_cell("Ana")
        ("'=1+1", 'Ana')
    """
    return f"'{text}" if text[:1] in FORMULA_SIGNS and text else text
