"""The reports "attendance" and "adherence": a row a person and business day, and the first as text to paste.

Rules
- Raw figures and what excuses leave of them stand side by side.
- Exceptions are named; those with whom all is well are counted, and so are those whom nothing could see.
- Without dates they are about the business day.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from floorwatch.api import Over, Pasted, Report, Span, Spanned, _, inert, roster, spoken
from floorwatch_attendance.wording import status_name

if TYPE_CHECKING:
    import pandas as pd

Frames = Mapping[str, "pd.DataFrame"]

ATTENDANCE_FOR_PEOPLE = (
    "date", "name", "team", "status", "planned_start", "planned_end", "came", "left", "late_seconds",
    "adjusted_late_seconds", "early_seconds", "adjusted_early_seconds", "over_seconds", "overtime_seconds",
)  # fmt: skip
ADHERENCE_FOR_PEOPLE = (
    "date", "name", "team", "scheduled_seconds", "worked_seconds", "out_seconds", "outside_seconds", "excused_seconds",
    "adherence_rate", "adjusted_rate", "conformance_rate",
)  # fmt: skip
"""What fits on a screen and a page; the exports for programs hold the rest."""

_ORDER = tuple(roster.Status)


class AttendanceReport(Pasted, Spanned):
    """Who was late, absent, gone early or over a break."""

    name = "attendance"
    title = "Attendance by person and day"
    over = Over.DAY

    def build(self, frames: Frames, span: Span) -> "pd.DataFrame":
        """A row a person and day: the frame "attendance" with names and teams."""
        return _with_people(frames, _of(frames["attendance"], span), ATTENDANCE_FOR_PEOPLE)

    def text(self, frames: Frames, span: Span) -> str:
        """Counts, then each exception by name, as plain text to be pasted into a chat."""
        rows = list(_rows(self.build(frames, span)))
        dates = sorted({row.date for row in rows})
        lines = [_title(dates), *_counts(rows)]
        if not bool(frames["floor"]["has_roster"].iloc[0]):
            lines.append(_("- no roster is read: who is late or absent is not known"))
        for title, words in _sections(rows, several_days=len(dates) > 1):
            lines += ["", title, *words]
        if rows and len(lines) == 2:
            lines.append(_("- no exceptions"))
        return "\n".join(lines)


class AdherenceReport(Spanned):
    """How closely the plan was kept to."""

    name = "adherence"
    title = "Adherence by person and day"
    over = Over.DAY

    def build(self, frames: Frames, span: Span) -> "pd.DataFrame":
        """A row a person and day with a shift that something could see: the frame "adherence" with names and teams."""
        return _with_people(frames, _of(frames["adherence"], span), ADHERENCE_FOR_PEOPLE)


def reports() -> Sequence[Report]:
    """Its tables over history."""
    return [AttendanceReport(), AdherenceReport()]


def _of(frame: "pd.DataFrame", span: Span) -> "pd.DataFrame":
    """The days that begin in the span, or hold its beginning."""
    days = sorted({day for day in frame["day"] if day <= span.start})
    first = days[-1] if days else span.start
    return frame[(frame["day"] >= first) & (frame["day"] < span.end)]


def _with_people(frames: Frames, frame: "pd.DataFrame", for_people: tuple[str, ...]) -> "pd.DataFrame":
    import pandas as pd  # a second, and only when somebody asks for the report

    people = frames["agents"].drop_duplicates("agent").set_index("agent")
    agents = frame["agent"].astype("str")
    names = agents.map(people["name"].astype("object").to_dict())
    teams = agents.map(people["team"].astype("object").to_dict())
    about = {
        "date": frame["date"].astype("str"),
        "agent": agents,
        "name": names.where(names.notna(), agents).astype("str"),
        "team": teams.where(teams.notna(), "").astype("str"),
    }
    others = {name: frame[name] for name in frame.columns if name not in about}
    built = pd.DataFrame({**about, **others}).sort_values(["date", "team", "name", "agent"], kind="stable")
    built = built.reset_index(drop=True)
    built.attrs["for_people"] = for_people
    return built


# --- text ---


def _rows(frame: "pd.DataFrame") -> Iterator[Any]:
    return frame.itertuples(index=False)


def _title(dates: Sequence[str]) -> str:
    if not dates:
        return _("Attendance: nobody is planned, and nobody was seen")
    if len(dates) == 1:
        return _("Attendance, {date}").format(date=spoken.date_in_full(dates[0]))
    return _("Attendance, {first} to {last}").format(first=dates[0], last=dates[-1])


def _counts(rows: Sequence[Any]) -> Iterator[str]:
    count = Counter(str(row.status) for row in rows)
    said = [f"{status_name(status)} {count[status.value]}" for status in _ORDER if count[status.value]]
    if said:
        yield "- " + ", ".join(said)


def _sections(rows: Sequence[Any], *, several_days: bool) -> Iterator[tuple[str, list[str]]]:
    """Each kind of exception with its people, those who weigh most first."""
    absent = [row for row in rows if row.status == roster.Status.ABSENT]
    late = _by(rows, "late_seconds")
    early = _by(rows, "early_seconds")
    over = _by(rows, "over_seconds")
    doubted = [row for row in rows if isinstance(row.doubts, str) and row.doubts]
    told = (
        (_("Absent"), [_absent(row, several_days) for row in absent]),
        (_("Late"), [_timed(row, "late", several_days) for row in late]),
        (_("Left early"), [_timed(row, "early", several_days) for row in early]),
        (_("Breaks over their limit"), [_over(row, several_days) for row in over]),
        (_("In doubt"), [_doubted(row, several_days) for row in doubted]),
    )
    return ((title, words) for title, words in told if words)


def _by(rows: Sequence[Any], column: str) -> list[Any]:
    return sorted((row for row in rows if getattr(row, column) > 0), key=lambda row: -getattr(row, column))


def _who(row: Any, several_days: bool) -> str:
    name = inert(row.name)
    number = inert(spoken.number_of(row.agent, row.name))
    named = _("{name} {number}").format(name=name, number=number) if number else name
    return _("{name}, {date}").format(name=named, date=row.date) if several_days else named


def _absent(row: Any, several_days: bool) -> str:
    said = _("- {who}, excused") if row.excused else "- {who}"
    return said.format(who=_who(row, several_days))


def _timed(row: Any, what: str, several_days: bool) -> str:
    raw, adjusted = getattr(row, f"{what}_seconds"), getattr(row, f"adjusted_{what}_seconds")
    said = _("- {who}: {seconds}, excused to {adjusted}") if adjusted < raw else _("- {who}: {seconds}")
    words = {"seconds": spoken.duration(raw), "adjusted": spoken.duration(adjusted)}
    return said.format(who=_who(row, several_days), **words)


def _over(row: Any, several_days: bool) -> str:
    words = spoken.duration(0.0 if isnan(row.over_seconds) else row.over_seconds)
    return _("- {who}: {seconds}").format(who=_who(row, several_days), seconds=words)


def _doubted(row: Any, several_days: bool) -> str:
    named = {
        roster.Doubt.PUNCHED_NOT_SIGNED: _("punched in, not signed in"),
        roster.Doubt.SIGNED_NOT_PUNCHED: _("signed in, not punched in"),
        roster.Doubt.OFF_ROSTER: _("here off the roster"),
        roster.Doubt.MARKED_OTHERWISE: _("marked by hand otherwise than seen"),
        roster.Doubt.LEAVE_NOT_FILED: _("leave that lacks a tick"),
        roster.Doubt.UNKNOWN_CODE: _("a shift code that nobody explained"),
    }
    words = ", ".join(named[roster.Doubt(doubt)] for doubt in row.doubts.split())
    return _("- {who}: {what}").format(who=_who(row, several_days), what=words)
