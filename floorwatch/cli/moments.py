"""Moments as people write them: `10:40`, `2026-11-21T10:40`, or epoch seconds."""

from datetime import datetime, time

from floorwatch.cli.failing import WorkError
from floorwatch.model.clock import FloorDays
from floorwatch.words import _

EARLIEST, LATEST = 1e8, 1e10
"""1973 to 2286 as epoch seconds: what lies outside is a slip (milliseconds, a year of two digits), never a floor."""


def moment(text: str, days: FloorDays, near: float) -> float:
    """Epoch seconds UTC. A time of day is that of the business day which holds `near`; times without a zone are the
    floor's. Raises WorkError."""
    for read in (_epoch, _time_of_day, _dated):
        try:
            found = read(text, days, near)
        except (ValueError, OverflowError):
            continue
        if EARLIEST <= found <= LATEST:
            return found
    said = _("{text!r} is no time: write 10:40, 2026-11-21T10:40 or epoch seconds")
    raise WorkError(said.format(text=text))


def _epoch(text: str, _days: FloorDays, _near: float) -> float:
    return float(text)


def _time_of_day(text: str, days: FloorDays, near: float) -> float:
    clock = time.fromisoformat(text)
    start = days.start_of(near)
    found = datetime.combine(days.local(start).date(), clock, clock.tzinfo or days.zone).timestamp()
    return found if found >= start else days.end_of(near) + found - start


def _dated(text: str, days: FloorDays, _near: float) -> float:
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=days.zone)).timestamp()
