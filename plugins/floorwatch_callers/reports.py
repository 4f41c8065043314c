"""The report "callbacks": the day's lost callers with what was done about each, for handing over.

Rules
- A row a caller: the call that was lost last. Who is still to be called back comes first, the oldest on top.
- Numbers are masked as in every report, in the text too.
"""

from collections.abc import Iterator, Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

from floorwatch.api import Over, Pasted, Report, Span, Spanned, _, inert, masked, spoken
from floorwatch_callers.left_how import left_words

if TYPE_CHECKING:
    import pandas as pd

Frames = Mapping[str, "pd.DataFrame"]

TO_CALL_BACK, CALLED_BACK, GOT_THROUGH = "to call back", "called back", "got through"
"""What may have become of a caller, in the order in which they are listed."""

COLUMNS = (
    "date", "queue", "caller", "left", "outcome", "short", "wait_seconds", "times", "became", "tries", "by", "at",
    "word",
)  # fmt: skip
MOST = 30
"""Callers of one section that the text names: more are read from a table."""


class CallBacksReport(Pasted, Spanned):
    """Who is to be called back, who was, and who got through."""

    name = "callbacks"
    title = "Call-backs: callers whom nobody answered"
    over = Over.DAY

    def build(self, frames: Frames, span: Span) -> "pd.DataFrame":
        """A row a caller and day: `left` and `at` on the floor's wall, the others as in the frame "lost"."""
        import pandas as pd  # a second, and only when somebody asks for the report

        lost = _listed(frames, span)
        zone = lost["entered"].dt.tz
        at = pd.to_datetime(lost["at"], unit="s", utc=True).dt.tz_convert(zone)
        agents = dict(zip(frames["agents"]["agent"], frames["agents"]["name"], strict=True))
        by = lost["by"].astype("object").map(lambda who: agents.get(who, who), na_action="ignore")
        built = lost.assign(
            date=lost["entered"].dt.strftime("%Y-%m-%d").astype("str"),
            left=lost["entered"].dt.strftime("%H:%M:%S").astype("str"),
            at=at.dt.strftime("%H:%M:%S").astype("str"),
            by=by.astype("str"),
        )
        return built[list(COLUMNS)].reset_index(drop=True)

    def text(self, frames: Frames, span: Span) -> str:
        """Counts, who is still to be called back, and who was, as plain text to be pasted into a chat."""
        rows = list(self.build(frames, span).itertuples(index=False))
        those = {became: [row for row in rows if row.became == became] for became in (TO_CALL_BACK, CALLED_BACK)}
        through = len(rows) - sum(map(len, those.values()))
        counts = _("- to call back {open}, called back {done}, got through by themselves {through}")
        open_, done = len(those[TO_CALL_BACK]), len(those[CALLED_BACK])
        lines = [_title(rows), counts.format(open=open_, done=done, through=through)]
        for title, section in ((_("To call back"), those[TO_CALL_BACK]), (_("Called back"), those[CALLED_BACK])):
            if section:
                lines += ["", title, *_section(section)]
        return "\n".join(lines)


def reports() -> list[Report]:
    """Its tables over history."""
    return [CallBacksReport()]


def _listed(frames: Frames, span: Span) -> "pd.DataFrame":
    """The callers of the span, in the order of the list."""
    lost = frames["lost"]
    lost = lost[(lost["left_at"] >= span.start) & (lost["left_at"] < span.end)]
    order = lost["became"].astype("str").map({TO_CALL_BACK: 0, CALLED_BACK: 1, GOT_THROUGH: 2})
    return lost.assign(order=order).sort_values(["order", "left_at"], kind="stable")


def _title(rows: list[Any]) -> str:
    dates = sorted({row.date for row in rows})
    match dates:
        case []:
            return _("Call-backs: nobody was lost")
        case [date]:
            return _("Call-backs, {date}").format(date=spoken.date_in_full(date))
        case _several:
            return _("Call-backs, {first} to {last}").format(first=dates[0], last=dates[-1])


def _section(rows: list[Any]) -> Iterator[str]:
    yield from (_line(row) for row in rows[:MOST])
    if len(rows) > MOST:
        yield _("- and {n} more").format(n=len(rows) - MOST)


def _line(row: Any) -> str:
    word = _word(row.caller)
    number = masked(word) if any(map(str.isdigit, word)) else _("no number")
    said = _("- {time} {queue}, {number}: {how} after {waited}").format(
        time=row.left[:5],
        queue=inert(row.queue),
        number=number,
        how=left_words(row.outcome, short=row.short),
        waited=spoken.duration(row.wait_seconds),
    )
    if row.times > 1:
        said = _("{line}, {n} calls").format(line=said, n=row.times)
    if not _word(row.by):
        return said
    back = _("{line}; reached {time} {who}") if row.became == CALLED_BACK else _("{line}; tried {time} {who}")
    return back.format(line=said, time=row.at[:5], who=inert(row.by))


def _word(value: object) -> str:
    """The word, "" for none."""
    return "" if value is None or (isinstance(value, float) and isnan(value)) else str(value)
