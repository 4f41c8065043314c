"""What can happen to a log between the switch and us: lines lost, doubled, torn, spliced, out of order, rotten.

Rules
- What comes out are the lines that a splitter of lines would give: none holds a line end.
- `share` is how many lines of a hundred, about, are hurt.
"""

from collections.abc import Callable, Sequence
from random import Random

Line = bytes


def damaged(chance: Random, lines: Sequence[Line], share: float) -> list[Line]:
    """The lines, some of them hurt."""
    found: list[Line] = []
    for place, line in enumerate(lines):
        if chance.random() * 100 >= share:
            found.append(line)
        elif chance.random() < 0.3:
            found += chance.choice(_LISTS)(chance, lines, place)
        else:
            hurt = chance.choice(_LINES)(chance, line, lines)
            found += [part for part in hurt.split(b"\n") if part or chance.random() < 0.5]
    return found


def _flipped(chance: Random, line: Line, _all: Sequence[Line]) -> Line:
    at = chance.randrange(len(line)) if line else 0
    return line[:at] + bytes([chance.randrange(256)]) + line[at + 1 :]


def _cut(chance: Random, line: Line, _all: Sequence[Line]) -> Line:
    at = chance.randrange(len(line) + 1)
    return line[:at] if chance.random() < 0.6 else line[at:]


def _spliced(chance: Random, line: Line, lines: Sequence[Line]) -> Line:
    """The beginning of one, and the end of another."""
    other = chance.choice(lines)
    return line[: chance.randrange(len(line) + 1)] + other[chance.randrange(len(other) + 1) :]


def _column(chance: Random, line: Line, _all: Sequence[Line]) -> Line:
    """A column too few or too many, empty, huge, or of something else."""
    columns = line.split(b"|")
    at = chance.randrange(len(columns))
    match chance.randrange(6):
        case 0:
            del columns[at]
        case 1:
            columns.insert(at, b"x")
        case 2:
            columns[at] = b""
        case 3:
            columns[at] = columns[at] * chance.choice((2, 50))
        case 4:
            columns[at] = chance.choice(ROTTEN)
        case _:
            columns.append(b"")
    return b"|".join(columns)


def _stamped(chance: Random, line: Line, _all: Sequence[Line]) -> Line:
    """The time of another moment, or of none."""
    _stamp, bar, rest = line.partition(b"|")
    away = chance.choice((-1, 1, -5, 3600, -3600, 86_000, 90_000, -400_000))
    stamp = _stamp
    if _stamp.isdigit() and chance.random() < 0.7:
        stamp = str(int(_stamp) + away).encode()
    else:
        stamp = chance.choice(
            (b"0", b"-1", b"99999999999999999999", b"nan", b"", b"1795300000.5", b" 1795300001", b"x")
        )
    return stamp + bar + rest


def _rotten(chance: Random, line: Line, _all: Sequence[Line]) -> Line:
    at = chance.randrange(len(line) + 1)
    return line[:at] + chance.choice(ROTTEN) + line[at:]


def _lost(_chance: Random, _lines: Sequence[Line], _place: int) -> list[Line]:
    return []


def _doubled(_chance: Random, lines: Sequence[Line], place: int) -> list[Line]:
    return [lines[place]] * 2


def _earlier(chance: Random, lines: Sequence[Line], place: int) -> list[Line]:
    """A piece of what was there before comes again."""
    start = max(0, place - chance.randrange(1, 40))
    return [*lines[start : start + chance.randrange(1, 8)], lines[place]]


def _swapped(_chance: Random, lines: Sequence[Line], place: int) -> list[Line]:
    """The next line is said already before this one, and again after it."""
    return [*lines[place + 1 : place + 2], lines[place]]


def _later(chance: Random, lines: Sequence[Line], place: int) -> list[Line]:
    """Something of the future is there already."""
    return [lines[place], lines[min(len(lines) - 1, place + chance.randrange(50))]]


ROTTEN = (
    b"\0", b"\r", b"\x1b[2J", b"\x1b]0;x\x07", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xe2\x80\xae", b"|",
    b"||", b"\t",
    b" ", b"\xef\xbb\xbf", b"e\xcc\x81" * 30, b"NONE", b"CONNECT", b"|CONNECT|", b"-", b"1e308", b"_", b"\n", b"\x85",
)  # fmt: skip

_LINES: Sequence[Callable[[Random, Line, Sequence[Line]], Line]] = (
    _flipped,
    _cut,
    _spliced,
    _column,
    _stamped,
    _rotten,
)
_LISTS: Sequence[Callable[[Random, Sequence[Line], int], list[Line]]] = (_lost, _doubled, _earlier, _swapped, _later)
