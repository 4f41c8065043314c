"""Moments on the command line: a word that is none is the person's to mend."""

import re

from floorwatch.cli.failing import WorkError
from floorwatch.engine.moments import on_the_day
from floorwatch.model.clock import FloorDays

_AGE = re.compile(r"(\d{1,5})([hdw])")
_SECONDS = {"h": 3600.0, "d": 86_400.0, "w": 604_800.0}


def age(text: str) -> float | None:
    """Seconds of `90d`, `12w` or `6h`; None for anything else."""
    found = _AGE.fullmatch(text.strip())
    return None if found is None else int(found[1]) * _SECONDS[found[2]]


def moment_or_age(text: str, days: FloorDays, now: float) -> float:
    """Epoch seconds UTC, like `moment` near now; `7d` is seven days ago. Raises WorkError."""
    ago = age(text)
    return moment(text, days, now) if ago is None else now - ago


def moment(text: str, days: FloorDays, near: float) -> float:
    """Epoch seconds UTC. A time of day is that of the business day which holds `near`; times without a zone are the
    floor's. Raises WorkError."""
    found = on_the_day(text, days, near)
    if isinstance(found, str):
        raise WorkError(found)
    return found
