"""What a recording was like, minute by minute, and its moments worth seeing: written as it is folded, and read again.

Rules
- Minutes are those of the axis of the recording (`received_at`). Everything is counted where the floor counts it: what
  is said twice is no arrival, a caller who is handed to another queue arrives there, a restart loses nobody.
- Only minutes in which something was received are kept: through the others, whoever waited waits. Days of nothing cost
  nothing, until somebody asks for a strip of them, which has no more minutes than `MOST_MINUTES`, the last ones.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from math import ceil, floor

import msgspec
from msgspec import Struct

from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.keyframes.moments import LateQueues, subject_of
from floorwatch.engine.keyframes.shapes import STRIP_SECONDS, Moment, MomentKind, Strip
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules

MOST_MINUTES = 14 * 24 * 60
"""A fortnight: more minutes than any screen has cells, and as many as a recording with a long past has."""

_LOST = "abandoned"
_QUEUE, _CALL, _OUTCOME = 1, 2, 4
"""Places in a row of the history's visits."""


class _Minute(Struct, array_like=True, gc=False):
    """One minute: who came, the most who waited at once, who gave up, and how many wait at its end."""

    minute: int
    arrivals: int = 0
    waiting: int = 0
    lost: int = 0
    left_waiting: int = 0


class _Kept(Struct, frozen=True, array_like=True):
    """A block of a strip."""

    minutes: list[_Minute] = []
    moments: list[tuple[float, MomentKind, str, str]] = []


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Kept).decode


def strip_bytes(moments: Sequence[Moment]) -> bytes:
    """A block that adds these moments to a strip, in order."""
    return _encode(_Kept([], _written(moments)))


def _written(moments: Sequence[Moment]) -> list[tuple[float, MomentKind, str, str]]:
    """As they can be written: half of a surrogate pair, which a plugin's words may hold, is no text."""
    return [(each.at, each.kind, _text(each.subject), _text(each.words)) for each in moments]


def _text(words: str) -> str:
    return words.encode("utf-8", "replace").decode()


class FoldedStrip:
    """Folds entries into a floor that nobody else folds into, and notes what their minutes are like."""

    def __init__(self, floor: Floor, rules: FloorRules) -> None:
        self._floor = floor
        self._waiting = floor.waiting
        self._visits = floor.history.visits
        self._late = LateQueues(rules, self._waiting)
        self._opened = len(self._waiting) + len(self._visits)
        self._ended = len(self._visits)
        self._minutes: list[_Minute] = []
        self._moments: list[Moment] = []

    def fold(self, entry: Decoded) -> None:
        """Fold one entry; entries come in order of their time."""
        at = entry.received_at
        self._moments += self._late.go_to(at)
        fold(self._floor, entry)
        minute = self._minute(int(at // STRIP_SECONDS))
        # A visit waits, or has ended: those that there are together are those that were opened.
        waiting, ended = len(self._waiting), len(self._visits)
        if ended != self._ended:
            self._end(minute, at)
        if waiting + ended != self._opened:
            minute.arrivals += waiting + ended - self._opened
            self._opened = waiting + ended
            self._late.came(entry)
        minute.left_waiting = waiting
        minute.waiting = max(minute.waiting, waiting)

    def take(self) -> bytes:
        """What was noted since the last time, as a block."""
        data = _encode(_Kept(self._minutes, _written(self._moments)))
        self._minutes = [_Minute(last.minute, 0, last.waiting, 0, last.left_waiting) for last in self._minutes[-1:]]
        self._moments = []
        return data

    def _minute(self, number: int) -> _Minute:
        last = self._minutes[-1] if self._minutes else None
        if last is not None and last.minute >= number:
            return last
        waited = 0 if last is None else last.left_waiting
        self._minutes.append(_Minute(number, waiting=waited, left_waiting=waited))
        return self._minutes[-1]

    def _end(self, minute: _Minute, at: float) -> None:
        for row in self._visits.window().after(self._ended):
            self._late.left(row[_QUEUE], row[_CALL], at)
            if row[_OUTCOME] == _LOST:
                minute.lost += 1
                self._moments.append(Moment(at, MomentKind.LOST, subject_of(row[_QUEUE])))
        self._ended = len(self._visits)


class Strips:
    """The strip of a recording and its moments, as far as they have come."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._minutes: list[_Minute] = []
        self._moments: list[Moment] = []
        self._in_order = True
        self._asked: tuple[float, float] | None = None
        self._given = Strip(0.0)

    def add(self, data: bytes) -> None:
        """Another block. Raises DecodeError and ValidationError of msgspec for one that is none."""
        kept = _decode(data)
        for each in kept.minutes:
            self._add(each)
        self._moments += [Moment(*each) for each in kept.moments]
        self._in_order &= not kept.moments
        self._asked = None if kept.minutes else self._asked

    def strip(self, since: float, until: float) -> Strip:
        """What this span was like, as far as it is known: the same object again while nothing has come."""
        if self._asked != (since, until):
            self._asked, self._given = (since, until), self._strip(since, until)
        return self._given

    def moments(self, since: float, until: float) -> Sequence[Moment]:
        """Moments worth seeing from `since` up to, not with, `until`, in order."""
        if not self._in_order:
            self._moments.sort(key=_when)  # those of the rules come after all of the fold
            self._in_order = True
        first = bisect_left(self._moments, since, key=_when)
        return self._moments[first : bisect_left(self._moments, until, key=_when)]

    def _add(self, came: _Minute) -> None:
        if not self._numbers or self._numbers[-1] < came.minute:
            self._numbers.append(came.minute)
            self._minutes.append(came)
            return
        known = self._minutes[-1]  # the minute in which the last block ended
        known.arrivals += came.arrivals
        known.lost += came.lost
        known.waiting = max(known.waiting, came.waiting)
        known.left_waiting = came.left_waiting

    def _strip(self, since: float, until: float) -> Strip:
        if not self._numbers:
            return Strip(since)
        upto = min(ceil(min(until, (self._numbers[-1] + 1) * STRIP_SECONDS) / STRIP_SECONDS), self._numbers[-1] + 1)
        first = max(floor(max(since, self._numbers[0] * STRIP_SECONDS) / STRIP_SECONDS), upto - MOST_MINUTES)
        columns = list(zip(*self._columns(first, upto), strict=True)) or [(), (), ()]
        return Strip(first * STRIP_SECONDS, *columns)

    def _columns(self, first: int, upto: int) -> Iterator[tuple[int, int, int]]:
        """Arrivals, most waiting and lost of each minute."""
        at = bisect_right(self._numbers, first - 1)
        waited = self._minutes[at - 1].left_waiting if at else 0
        for number in range(first, upto):
            if at < len(self._numbers) and self._numbers[at] == number:
                minute, at = self._minutes[at], at + 1
                waited = minute.left_waiting
                yield minute.arrivals, minute.waiting, minute.lost
            else:
                yield 0, waited, 0


def _when(moment: Moment) -> float:
    return moment.at
