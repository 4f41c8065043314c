"""Lines of a roster and of an attendance sheet as a test writes them, made into what a document says.

Rules
- A line is `WHO: PART, PART, ...`, or `WHO @2026-03-11: ...` for another day than the document's.
- A part of a roster is `09:00-18:00`, an activity and hours (`lunch 12:00-13:00`), a code and hours (`A1 09:00-18:00`),
  or one word: `off`, `leave`, or a code that nobody explained. What stands later lies over what stands before.
- Times before the first of the line, and an end before its start, are those of the next day.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from msgspec.structs import replace

from floorwatch.model.duty import Activity, Punch, Shift, ShiftKind, Stint
from floorwatch.testing.wall import Time, Wall

Hours: TypeAlias = str | tuple[Time, Time]
"""From when up to when: "09:00-18:00", or two times."""

_DAY_SECONDS = 86_400.0
_KINDS = {"off": ShiftKind.OFF, "leave": ShiftKind.LEAVE}
_ACTIVITIES = frozenset(activity.value for activity in Activity)


def shifts_of(lines: Iterable[str], wall: Wall, layer: str) -> Iterator[Shift]:
    """One shift a line; `wall` is on the document's day. Raises ValueError that holds the line."""
    for line in lines:
        who, there, parts = _read(line, wall)
        yield _shift(who, there, parts, layer, line)


def punches_of(lines: Iterable[str], wall: Wall) -> Iterator[Punch]:
    """One punch for each time of a line. Raises ValueError that holds the line."""
    for line in lines:
        who, there, parts = _read(line, wall)
        first = _at(parts[0], there, line)
        yield from (Punch(who, _from(first, _at(part, there, line))) for part in parts)


def hours_of(hours: Hours, wall: Wall) -> tuple[float, float]:
    """Epoch seconds of both; an end before its start is that of the next day. Raises ValueError."""
    start, end = hours.split("-", 1) if isinstance(hours, str) else hours
    first = wall.at(start)
    return first, _from(first, wall.at(end))


def _read(line: str, wall: Wall) -> tuple[str, Wall, Sequence[str]]:
    head, colon, tail = line.partition(": ")
    parts = [part.strip() for part in tail.split(",")]
    if not colon or not all(parts):
        raise ValueError(f'{line!r} is no line of a roster or a sheet: write "WHO: 09:00-18:00" or "WHO: 08:58, 18:04"')
    who, _at_sign, day = head.partition("@")
    return who.strip(), replace(wall, day=date.fromisoformat(day.strip())) if day else wall, parts


def _shift(who: str, wall: Wall, parts: Sequence[str], layer: str, line: str) -> Shift:
    day = wall.day.isoformat()
    made = Shift(f"{who}/{day}/{layer}", who, day, layer=layer)
    stints: list[Stint] = []
    for part in parts:
        word, _blank, hours = part.rpartition(" ")
        if "-" not in hours or ":" not in hours:
            return replace(made, kind=_KINDS.get(part, ShiftKind.UNKNOWN), code=part)
        activity = Activity(word) if word in _ACTIVITIES else Activity.PHONES
        if word and word not in _ACTIVITIES:
            made = replace(made, code=word)
        stints = _laid_over(stints, _stint(hours, activity, stints, wall, line))
    return replace(made, stints=tuple(stints))


def _stint(hours: str, activity: Activity, before: Sequence[Stint], wall: Wall, line: str) -> Stint:
    start, end = (_at(each, wall, line) for each in hours.split("-", 1))
    start = _from(before[0].start if before else start, start)
    return Stint(start, _from(start, end), activity)


def _laid_over(stints: Iterable[Stint], over: Stint) -> list[Stint]:
    left = [each for stint in stints for each in _cut(stint, over)]
    return sorted([*left, over], key=lambda stint: stint.start)


def _cut(stint: Stint, over: Stint) -> Iterator[Stint]:
    if stint.start < over.start:
        yield Stint(stint.start, min(stint.end, over.start), stint.activity)
    if stint.end > over.end:
        yield Stint(max(stint.start, over.end), stint.end, stint.activity)


def _at(clock: str, wall: Wall, line: str) -> float:
    try:
        return wall.at(clock)
    except ValueError as error:
        raise ValueError(f"{line!r}: {error}") from None


def _from(first: float, at: float) -> float:
    """This time of day, not before the first."""
    return at if at >= first else at + _DAY_SECONDS
