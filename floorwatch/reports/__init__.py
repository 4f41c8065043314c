"""Tables over what has happened: the only home of pandas, whose import takes a second and never precedes a screen."""

from floorwatch.extend.report import Report
from floorwatch.reports.agents import AgentDays
from floorwatch.reports.day import Day
from floorwatch.reports.intervals import Intervals

CORE_REPORTS: tuple[Report, ...] = (Intervals(), AgentDays(), Day())
"""The reports that come with floorwatch, by the same protocol as those of plugins."""
