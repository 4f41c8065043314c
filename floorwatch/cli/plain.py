"""Plain text for a terminal or a pipe: tables, long lines broken, JSON. Measured in cells, so that Chinese names keep
the columns straight.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from floorwatch.text import inert


def plain_table(head: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Lines of a table under its head; the columns in `right` stand right. No line ends in blanks."""
    clean = [[inert(cell) for cell in row] for row in (head, *rows)]
    widths = [max(cell_len(row[place]) for row in clean) for place in range(len(head))]
    return "\n".join(_line(row, widths, right) for row in clean)


def wrapped(text: str, columns: int, indent: int = 0) -> Iterator[str]:
    """The text in lines of at most so many cells, broken at blanks, all but the first indented; a longer word stands
    out whole, to be copied."""
    line = ""
    for word in map(inert, text.split(" ")):  # each on its own: all of a long text would be cut
        longer = f"{line} {word}" if line else word
        if line.strip() and cell_len(longer) > columns:
            yield line
            line = " " * indent + word
        else:
            line = longer
    yield line


def write_json(line: bytes) -> None:
    """A line of JSON on stdout, in UTF-8 whatever the terminal speaks: feeds and scripts read nothing else."""
    sys.stdout.flush()
    sys.stdout.buffer.write(line + b"\n")


def _line(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    return "  ".join(_padded(cell, widths[place], place in right) for place, cell in enumerate(row)).rstrip()


def _padded(cell: str, width: int, right: bool) -> str:
    blanks = " " * (width - cell_len(cell))
    return blanks + cell if right else cell + blanks
