"""The clock on the floor's wall: times as a test writes them, made into epoch seconds and back."""

from datetime import date, datetime, time, tzinfo
from typing import TypeAlias

from msgspec import Struct

Time: TypeAlias = str | float
"""A moment: "10:40", "10:40:30.5", "2026-03-10 10:40", or epoch seconds UTC."""


class Wall(Struct, frozen=True):
    """A day in a zone."""

    day: date
    zone: tzinfo

    def at(self, moment: Time) -> float:
        """Epoch seconds UTC of a moment; one without a date is on this day. Raises ValueError for what is no time."""
        if isinstance(moment, int | float):
            return float(moment)
        for read in (self._of_day, self._dated):
            try:
                return read(moment)
            except ValueError:
                continue
        raise ValueError(f'{moment!r} is no time: write "10:40", "10:40:30", "2026-03-10 10:40" or epoch seconds')

    def spelt(self, at: float) -> str:
        """The time of day, with the date where it is another day."""
        local = datetime.fromtimestamp(at, self.zone)
        clock = local.strftime("%H:%M:%S")
        return clock if local.date() == self.day else f"{local.date()} {clock}"

    def _of_day(self, text: str) -> float:
        clock = time.fromisoformat(text)
        return datetime.combine(self.day, clock, clock.tzinfo or self.zone).timestamp()

    def _dated(self, text: str) -> float:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=self.zone)).timestamp()
