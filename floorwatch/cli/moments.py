"""Moments as people write them: `10:40`, `2026-11-21T10:40`, or epoch seconds."""

from datetime import datetime, time

from floorwatch.cli.failing import WorkError
from floorwatch.model.clock import FloorDays
from floorwatch.words import _

EPOCHS = 1e8


def moment(text: str, days: FloorDays, near: float) -> float:
    """Epoch seconds UTC. A time of day is that of the business day which holds `near`; times without a zone are the
    floor's. Raises WorkError."""
    number = _number(text)
    if number is not None:
        return number
    try:
        clock = time.fromisoformat(text)
    except ValueError:
        return _dated(text, days)
    start = days.local(days.start_of(near))
    date = start.date()
    found = datetime.combine(date, clock, days.zone).timestamp()
    return found if found >= days.start_of(near) else days.end_of(near) + found - days.start_of(near)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number >= EPOCHS else None


def _dated(text: str, days: FloorDays) -> float:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        said = _("{text}: not a time; write 10:40, 2026-11-21T10:40 or epoch seconds")
        raise WorkError(said.format(text=text)) from None
    return (found if found.tzinfo else found.replace(tzinfo=days.zone)).timestamp()
