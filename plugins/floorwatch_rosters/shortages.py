"""Where hands are missing ahead: quarter hours in a row that fall below the minimum, as one thing with a key.

Rules
- "gap:SECONDS" is the shortage that holds this moment (epoch seconds); "gap:now" the one that runs, "gap:ahead" the
  next one: an alert keeps its subject while time goes on.
- What the noon guard watches alone (a minimum that is none but its own) is the noon guard's to say: `of_plan` leaves it
  out.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from floorwatch.api import FloorSnapshot, roster

GAP = "gap"
NOW, AHEAD = f"{GAP}:now", f"{GAP}:ahead"


class Shortage(Struct, frozen=True):
    """Quarter hours in a row with too few hands, from `start` up to `end`; `worst` is the one with the fewest."""

    start: float
    end: float
    worst: roster.Step

    @property
    def key(self) -> str:
        """The key of its row."""
        return f"{GAP}:{self.start:.0f}"

    def runs(self, at: float) -> bool:
        """Whether it has begun."""
        return self.start <= at


def shortages(floor: FloorSnapshot, *, of_plan: bool = False) -> tuple[Shortage, ...]:
    """Those from now to the end of the day, in order of time."""
    steps = roster.steps(floor)
    hard = floor.rules.duty.noon.hard if of_plan else 0
    return tuple(_runs(steps, hard))


def shortage_of(floor: FloorSnapshot, key: str) -> Shortage | None:
    """The one that this key means; None where it is over."""
    found = shortages(floor)
    match key:
        case "gap:now":
            return next((each for each in found if each.runs(floor.at)), None)
        case "gap:ahead":
            return next((each for each in found if not each.runs(floor.at)), None)
        case _:
            at = _moment(key)
            return None if at is None else next((each for each in found if each.start <= at < each.end), None)


def _runs(steps: Iterable[roster.Step], hard: int) -> Iterator[Shortage]:
    for is_short, those in groupby(steps, key=lambda step: _is_short(step, hard)):
        if is_short:
            run = list(those)
            worst = min(run, key=lambda step: step.spare)
            yield Shortage(run[0].start, run[-1].start + roster.STEP_SECONDS, worst)


def _is_short(step: roster.Step, hard: int) -> bool:
    is_noons_own = step.target > 0 and step.minimum <= hard
    return step.gap > 0 and not is_noons_own


def _moment(key: str) -> float | None:
    try:
        return float(key.removeprefix(f"{GAP}:"))
    except ValueError:
        return None
