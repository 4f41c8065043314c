"""The frames of a report as the parts of a day's report ask for them: who is who, which days, when, of which span."""

from collections import Counter, namedtuple
from collections.abc import Iterator, Mapping
from datetime import date as Date  # noqa: N812  # `date` is what the model calls the text
from datetime import datetime, tzinfo
from typing import Any

import pandas as pd

from floorwatch import spoken
from floorwatch.computed import computed_once
from floorwatch.extend.report import Span
from floorwatch.text import inert
from floorwatch.words import _


class DayFrames:
    """The frames and the span of one report. Rows are given as plain tuples; words that nobody said are "". `dates` are
    those of the span."""

    def __init__(self, frames: Mapping[str, pd.DataFrame], span: Span) -> None:
        self.frames = frames
        self.span = span
        self.zone: tzinfo = frames["visits"]["entered"].dt.tz
        self.floor = next(rows_of(frames["floor"]))
        self.at: float = self.floor.at
        self._names = {row.agent: row.name for row in rows_of(frames["agents"])}
        self._shared = _twice(self._names)
        self.days = [row for row in rows_of(frames["days"]) if row.day < span.end and row.end > span.start]
        self.dates = frozenset(row.date for row in self.days)

    @computed_once
    def rostered(self) -> frozenset[str]:
        """All dates on which a roster or an assignment names somebody, whatever the span."""
        given = self.frames["assignments"]
        return frozenset((*self.frames["shifts"]["date"].unique(), *given.loc[~given["withdrawn"], "date"].unique()))

    def rows(self, name: str) -> Iterator[Any]:
        """The rows of a frame."""
        return rows_of(self.frames[name])

    def of_the_days(self, name: str) -> Iterator[Any]:
        """The rows of a frame that stand under a date of the span."""
        frame = self.frames[name]
        return rows_of(frame[frame["date"].isin(self.dates)])

    def within(self, name: str, by: str) -> Iterator[Any]:
        """The rows of a frame whose moment `by` is in the span."""
        return (row for row in self.rows(name) if self.span.start <= getattr(row, by) < self.span.end)

    def who(self, agent: str) -> str:
        """The person's name, with their number where two share it."""
        name = inert(self._names.get(agent) or agent)
        number = inert(spoken.number_of(agent, name))
        if name in self._shared and number:
            return _("{name} {number}").format(name=name, number=number)
        return name

    def on(self, agent: str, date: str) -> str:
        """The person, with the date where the report is about several."""
        who = self.who(agent)
        return who if len(self.dates) <= 1 else _("{name} {date}").format(name=who, date=date)

    def clock(self, at: float) -> str:
        """`10:41` of a moment of today, else the date before it."""
        local = datetime.fromtimestamp(at, self.zone)
        if local.date() == Date.fromisoformat(self.floor.date):
            return f"{local:%H:%M}"
        return f"{local:%Y-%m-%d %H:%M}"

    def hours(self, start: float, end: float) -> str:
        """`09:00-18:00`; with dates where they are not today's."""
        return _("{start}-{end}").format(start=self.clock(start), end=spoken.clock_minute(end, self.zone))

    def span_said(self) -> str:
        """The day or days that the report is about."""
        dates = sorted(self.dates)
        if len(dates) > 1:
            return _("{first} to {last}").format(first=dates[0], last=dates[-1])
        return spoken.date_in_full(dates[0]) if dates else spoken.NOTHING


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples of plain values: what is missing among words is "", among numbers NaN."""
    row = namedtuple("Row", [str(name) for name in frame.columns])  # type: ignore[misc]  # frames have their columns at run time
    return map(row._make, zip(*(_plain(frame[name]) for name in frame.columns), strict=True))


def _plain(column: "pd.Series[Any]") -> list[Any]:
    values = column.tolist()
    return values if pd.api.types.is_numeric_dtype(column) else ["" if pd.isna(value) else value for value in values]


def one_line(text: str) -> str:
    """What somebody wrote, harmless and in one line."""
    return inert(" ".join(text.split()))


def _twice(names: Mapping[str, str]) -> frozenset[str]:
    count = Counter(inert(name) for name in names.values())
    return frozenset(name for name, times in count.items() if times > 1)
