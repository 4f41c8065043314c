"""The report "coverage": hands by quarters of an hour against what was needed, and the worst of them as text.

Rules
- A quarter counts with the fewest hands of any moment in it, as on the screen.
- Of days that are over, expected is whom nothing is known of that kept them away; of days to come it is the plan.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from floorwatch.api import Over, Pasted, Report, Span, Spanned, _, _n, roster

if TYPE_CHECKING:
    import pandas as pd

Frames = Mapping[str, "pd.DataFrame"]

MOST = 5
"""Quarters that the text names."""


class Quarter(Struct, frozen=True):
    """One row: `at` is its time on the floor's wall, `missing` hands against the minimum."""

    date: str
    at: str
    start: float
    scheduled: int
    expected: int
    minimum: int
    target: int

    @property
    def missing(self) -> int:
        """Hands below the minimum."""
        return max(0, self.minimum - self.expected)

    @property
    def spare(self) -> int:
        """Hands above it; below it, less than 0."""
        return self.expected - self.minimum


class CoverageReport(Pasted, Spanned):
    """Hands by quarter."""

    name = "coverage"
    title = "Coverage: hands by quarter of an hour"
    over = Over.DAY

    def build(self, frames: Frames, span: Span) -> "pd.DataFrame":
        """A row a quarter of an hour: `date`, `at`, `scheduled`, `expected`, `minimum`, `target`, `missing`."""
        import pandas as pd  # a second, and only when somebody asks for the report

        rows = list(_quarters(frames, span))
        figures = ("scheduled", "expected", "minimum", "target", "missing")
        return pd.DataFrame(
            {
                "date": pd.Series([row.date for row in rows], dtype="str"),
                "at": pd.Series([row.at for row in rows], dtype="str"),
                **{name: pd.Series([getattr(row, name) for row in rows], dtype="Int64") for name in figures},
            }
        )

    def text(self, frames: Frames, span: Span) -> str:
        """How many quarters were short, and the worst of them."""
        rows = list(_quarters(frames, span))
        said = [_("Coverage")]
        if not rows:
            return "\n".join([*said, _no_rows(frames)])
        short = [row for row in rows if row.missing]
        words = _n("{n} of {all} quarter hours was short", "{n} of {all} quarter hours were short", len(short))
        said.append(words.format(n=len(short), all=len(rows)))
        worst = sorted(short, key=lambda row: (row.spare, row.start))[:MOST]
        said += [_spoken(row) for row in sorted(worst, key=lambda row: row.start)]
        if not short and any(row.minimum for row in rows):
            lowest = min((row for row in rows if row.minimum), key=lambda row: (row.spare, row.start))
            said.append(_("- the lowest: {quarter}").format(quarter=_words(lowest)))
        return "\n".join(said)


def _quarters(frames: Frames, span: Span) -> Iterator[Quarter]:
    import pandas as pd  # here already: a report has been asked for

    zone = _zone(frames)
    frame = frames["coverage"]
    figures = (frame[name].astype("int64").tolist() for name in ("scheduled", "expected", "minimum", "target"))
    for date, start, *hands in zip(frame["date"].astype("str"), frame["start"].tolist(), *figures, strict=True):
        if span.start < start + roster.STEP_SECONDS and start < span.end:
            at = pd.Timestamp(start, unit="s", tz="UTC").tz_convert(zone)
            yield Quarter(date, f"{at:%H:%M}", start, *hands)


def _zone(frames: Frames) -> Any:
    return frames["visits"]["entered"].dt.tz


def _no_rows(frames: Frames) -> str:
    has_roster = bool(frames["floor"]["has_roster"].any())
    return _("- nobody is planned in this time") if has_roster else _("- no roster is read")


def _spoken(row: Quarter) -> str:
    return _("- {quarter}: {missing} too few").format(quarter=_words(row), missing=row.missing)


def _words(row: Quarter) -> str:
    said = _("{date} {at} {expected} of {minimum}")
    return said.format(date=row.date, at=row.at, expected=row.expected, minimum=row.minimum)


def reports() -> Sequence[Report]:
    """The report "coverage"."""
    return [CoverageReport()]
