"""A report: a table over a span of history, built with pandas outside the screen's process of events."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from msgspec import Struct

if TYPE_CHECKING:
    import pandas as pd


class Span(Struct, frozen=True):
    """From `start` up to but not including `end`, epoch seconds UTC."""

    start: float
    end: float


class Over(StrEnum):
    """What a report is about where nobody names a span."""

    EVERYTHING = "everything"
    DAY = "day"
    WEEK = "week"


class Report(Protocol):
    """A named table. `frames` holds "visits", "talks", "notes" and others by name, as documented in reports/frames."""

    name: str
    title: str

    def build(self, frames: "Mapping[str, pd.DataFrame]", span: Span) -> "pd.DataFrame":
        """The table for this span."""
        ...


@runtime_checkable
class Pasted(Report, Protocol):
    """A report that is also a text, to be pasted where people talk; without a format asked for, that is what it is."""

    def text(self, frames: "Mapping[str, pd.DataFrame]", span: Span) -> str:
        """Plain text in lines, for this span. Names of agents are in `frames["agents"]`."""
        ...


@runtime_checkable
class Spanned(Report, Protocol):
    """A report with a span of its own: without --from, --to, --day and --week it is about that, not everything."""

    @property
    def over(self) -> Over:
        """The business day, or its week."""
        ...


@runtime_checkable
class Briefed(Report, Protocol):
    """A report that has a short form too, for `--brief`."""

    @property
    def brief(self) -> Report:
        """The short form: a report by itself, of the same name."""
        ...
