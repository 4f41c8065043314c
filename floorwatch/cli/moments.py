"""Moments on the command line: a word that is none is the person's to mend."""

from floorwatch.cli.failing import WorkError
from floorwatch.engine.moments import on_the_day
from floorwatch.model.clock import FloorDays
from floorwatch.words import _


def moment(text: str, days: FloorDays, near: float) -> float:
    """Epoch seconds UTC. A time of day is that of the business day which holds `near`; times without a zone are the
    floor's. Raises WorkError."""
    found = on_the_day(text, days, near)
    if found is None:
        said = _("{text!r} is no time: write 10:40, 2026-11-21T10:40 or epoch seconds")
        raise WorkError(said.format(text=text))
    return found
