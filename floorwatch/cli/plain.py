"""Tables as plain text for a terminal or a pipe, measured in cells so that Chinese names keep the columns straight."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from floorwatch.text import inert


def plain_table(head: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Lines of a table under its head; the columns in `right` stand right. No line ends in blanks."""
    clean = [[inert(cell) for cell in row] for row in (head, *rows)]
    widths = [max(cell_len(row[place]) for row in clean) for place in range(len(head))]
    return "\n".join(_line(row, widths, right) for row in clean)


def _line(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    return "  ".join(_padded(cell, widths[place], place in right) for place, cell in enumerate(row)).rstrip()


def _padded(cell: str, width: int, right: bool) -> str:
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if right else cell + blanks
