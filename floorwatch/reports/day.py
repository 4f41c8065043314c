"""The report "day": the evening's report that wrote itself, and with `--brief` what the morning's huddle wants to know.

Rules
- What is not read is said ("No roster is read."), never shown as 0.
- It is about the business day, unless another span was asked for; what is open is as of now.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import pandas as pd

from floorwatch.extend.report import Over, Span
from floorwatch.reports import day_ahead, day_calls, day_people, day_support
from floorwatch.reports.day_frames import DayFrames
from floorwatch.reports.day_line import Section, table_of, text_of
from floorwatch.words import _

Part: TypeAlias = Callable[[DayFrames], Section]

_EVENING: Sequence[Part] = (
    day_calls.calls,
    day_calls.worst_half_hours,
    day_people.attendance,
    day_people.changes,
    day_support.help_topics,
    day_support.incidents,
    day_support.still_open,
)
_MORNING: Sequence[Part] = (
    day_ahead.kind_of_day,
    day_ahead.gaps,
    day_people.away,
    day_people.swaps_and_replacements,
    day_support.carried_over,
    day_support.due_today,
    day_support.hard_topics,
)


class _Told:
    """A day told by its parts."""

    name = "day"
    over = Over.DAY
    parts: Sequence[Part]

    def build(self, frames: Mapping[str, pd.DataFrame], span: Span) -> pd.DataFrame:
        """A row a line of the report: section subject figure count share_rate duration_seconds words."""
        day = DayFrames(frames, span)
        return table_of(part(day) for part in self.parts)

    def text(self, frames: Mapping[str, pd.DataFrame], span: Span) -> str:
        """The same, to be pasted."""
        day = DayFrames(frames, span)
        head = self.head().format(span=day.span_said(), at=day.clock(day.at))
        return text_of(head, [part(day) for part in self.parts])

    def head(self) -> str:
        """The first line, with places for the days and the moment."""
        raise NotImplementedError


class MorningBrief(_Told):
    """What the day will need."""

    title = "Morning brief"
    parts = _MORNING

    def head(self) -> str:
        """As of a brief."""
        return _("Brief for {span}, as of {at}")


class Day(_Told):
    """What became of the day."""

    title = "The day"
    parts = _EVENING
    brief = MorningBrief()

    def head(self) -> str:
        """As of a report."""
        return _("Report of {span}, as of {at}")
