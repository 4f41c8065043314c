"""What the bar of a replay shows: the business day of the moment, as far as the tape has it."""

from collections.abc import Sequence
from math import inf, nextafter
from typing import Protocol

from floorwatch.engine.desk_replay import Mark, ReplayBar
from floorwatch.engine.keyframes.shapes import Moment, Reached, Tape


class KeepsMarks(Protocol):
    """Where marks are kept: beside the recording, or nowhere."""

    def all(self) -> Sequence[Mark]:
        """Every mark, by time; the same object while nothing changes."""
        ...

    def add(self, mark: Mark) -> None:
        """Keep this mark. Raises MarksError."""
        ...

    def remove(self, at: float) -> None:
        """Take the marks of this moment away. Raises MarksError."""
        ...


class ScratchMarks:
    """Marks that go with the session."""

    def __init__(self) -> None:
        self._marks: Sequence[Mark] = ()

    def all(self) -> Sequence[Mark]:
        """Every mark, by time."""
        return self._marks

    def add(self, mark: Mark) -> None:
        """Keep this mark, in the place of one that stood at its moment."""
        others = (each for each in self._marks if each.at != mark.at)
        self._marks = tuple(sorted((*others, mark), key=lambda each: each.at))

    def remove(self, at: float) -> None:
        """Take the mark of this moment away."""
        self._marks = tuple(each for each in self._marks if each.at != at)


class Bars:
    """Makes the bar, beat after beat: what has not changed is the same object again."""

    def __init__(self, tape: Tape, marks: KeepsMarks) -> None:
        self.marks = marks
        self._tape = tape
        self._moments: tuple[object, Sequence[Moment]] = (None, ())

    def bar(self, at: float, known: Reached, target: float | None, problem: str) -> ReplayBar:
        """The bar at a moment, of a tape that is known so far."""
        days, (first, last) = self._tape.house.rules.days, self._tape.span
        day, next_day = days.start_of(at), days.end_of(at)
        begins_at, ends_at = max(day, first), min(next_day, last)
        upto = nextafter(last, inf) if last < next_day else ends_at  # what came last of all belongs to its day
        return ReplayBar(
            begins_at,
            ends_at,
            at,
            self._tape.strip(begins_at, upto),
            self._moments_of(begins_at, upto, known),
            self.marks.all(),
            read=known.share if known.folded_to < inf else None,
            alerts=known.share if lacks_alerts(self._tape, at, known) else None,
            problem=problem or known.problem,
            target=target,
            earlier=first < day,
            later=last >= next_day,
        )

    def _moments_of(self, since: float, until: float, known: Reached) -> Sequence[Moment]:
        key = (since, until, known.folded_to, known.alerts_to)
        if self._moments[0] != key:
            self._moments = (key, self._tape.moments(since, until))
        return self._moments[1]


def lacks_alerts(tape: Tape, at: float, known: Reached) -> bool:
    """Whether the alerts of this moment will be known, and are not yet."""
    return tape.alerts is not None and at > known.alerts_to and at >= tape.begins_at
