"""`floorwatch roster check`: what is wrong with the plan, from documents and from what people entered.

Rules
- Of the configured feeds only documents are read: the switch's lines say nothing about a plan. What is named is read
  whole.
- Without a span it is from today to the last day of the rosters; the day of the last line, of a recording.
- The exit status is 1 when anything is wrong, so that a script can ask.
"""

import sys
from collections.abc import Mapping, Sequence
from datetime import date

import typer
from msgspec import Struct

from floorwatch.cli.doubts import say
from floorwatch.cli.failing import WorkError
from floorwatch.cli.plain import plain_table
from floorwatch.cli.reading import timeline_with_entries
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.cli.written import FORMS
from floorwatch.engine.decoding import fold
from floorwatch.engine.house import House
from floorwatch.engine.system_clock import SystemClock
from floorwatch.engine.timeline import Timeline, timeline_of
from floorwatch.feeds.shapes import FeedError
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.roster import Conflict, ConflictKind, conflicts, date_of, name_of
from floorwatch.settings import FeedSettings
from floorwatch.text import inert
from floorwatch.words import _, _n

TABLE = "table"
FOUND = 1
NAMES = ("date", "kind", "agent", "name", "start", "end", "detail")
ON_A_PAGE = ("date", "kind", "name", "start", "end", "detail")


class Asked(Struct, frozen=True):
    """What a person wrote behind `roster check`."""

    feeds: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    form: str = TABLE
    feed_format: str | None = None


def check(wishes: Wishes, asked: Asked) -> None:
    """Print what is wrong; leaves with status 1 where anything is. Raises WorkError, FeedError and SettingsError."""
    if asked.form not in (TABLE, *FORMS):
        forms = ", ".join((TABLE, *FORMS))
        raise typer.BadParameter(_("{form!r} is none of: {forms}").format(form=asked.form, forms=forms))
    ends = _date("--from", asked.since), _date("--to", asked.until)
    floor = _floor(wishes.house(), asked)
    first, last = _span(floor, *ends)
    found = conflicts(floor, first, last)
    if asked.form == TABLE:
        _print(_table(floor, found, first, last))
    else:
        _print(FORMS[asked.form]([_row(floor, each) for each in found], NAMES, ON_A_PAGE))
    if found:
        raise typer.Exit(FOUND)


def _floor(house: House, asked: Asked) -> FloorSnapshot:
    """The floor as far as documents and entries make it. Raises WorkError where there is no roster."""
    timeline = _timeline(house, asked)
    floor = timeline.house.floor(timeline.gives)
    for entry in timeline.entries():
        fold(floor, entry)
    last = timeline.last_at() if timeline.was_watched else None
    shown = floor.snapshot(SystemClock().now() if last is None else last)
    if not shown.duty.has_roster:
        read = ", ".join(map(inert, shown.duty.documents))
        said = (
            _("there is no roster in {documents}") if read else _("no roster was read: give one, or name it as a feed")
        )
        raise WorkError(said.format(documents=read))
    return shown


def _timeline(house: House, asked: Asked) -> Timeline:
    """The feeds that are named, else the documents among the configured ones, with what was entered."""
    if asked.feeds:
        return timeline_with_entries(house, feeds_wanted(house.settings, asked.feeds, asked.feed_format))
    feeds = house.settings.feeds
    return timeline_with_entries(house, {name: feed for name, feed in feeds.items() if _is_document(house, name, feed)})


def _is_document(house: House, name: str, feed: FeedSettings) -> bool:
    """A warning and False for one that cannot be read."""
    try:
        return bool(timeline_of(house, {name: feed}).of_documents)
    except FeedError as error:
        said = _("the rosters are checked without feed {name}: {reason}")
        say([inert(said.format(name=name, reason=error))])
        return False


def _date(option: str, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        said = _("{option} {text!r} is no date: write 2026-11-23")
        raise WorkError(said.format(option=option, text=inert(text))) from None


def _span(floor: FloorSnapshot, since: str | None, until: str | None) -> tuple[str, str]:
    """The first and last date that is looked at. Raises WorkError for a span without a day."""
    dates = set(floor.duty.shifts_on)
    dates |= {each.date for each in floor.duty.assignments.values() if not each.withdrawn}
    ends = max(dates)
    first, last = since or date_of(floor), until or ends
    if first <= last:
        return first, last
    said = {
        (False, False): _("the rosters end on {date}: give --from and --to to check days that are over"),
        (True, False): _("the rosters end on {date}, before {since}"),
        (False, True): _("{until} is over: give --from, too"),
        (True, True): _("{until} is before {since}"),
    }[since is not None, until is not None]
    raise WorkError(said.format(date=last, since=first, until=last))


def _table(floor: FloorSnapshot, found: Sequence[Conflict], first: str, last: str) -> str:
    span = _("Checked: {first} to {last}.").format(first=first, last=last)
    if not found:
        return _("No conflicts.") + f" {span}\n"
    head = (_("date"), _("what"), _("who"), _("from"), _("to"), _("detail"))
    kinds = kind_words()
    rows = [
        (each.date, kinds[each.kind], _who(floor, each), _clock(floor, each, each.start), _clock(floor, each, each.end),
         each.detail)
        for each in found
    ]  # fmt: skip
    count = _n("{n} conflict.", "{n} conflicts.", len(found)).format(n=len(found))
    return f"{plain_table(head, rows)}\n{count} {span}\n"


def kind_words() -> Mapping[ConflictKind, str]:
    """Each kind of finding in words."""
    return {
        ConflictKind.DOUBLE_SHIFT: _("double shift"),
        ConflictKind.UNKNOWN_PERSON: _("unknown person"),
        ConflictKind.UNKNOWN_CODE: _("unknown code"),
        ConflictKind.LATE_SWAP: _("late swap"),
        ConflictKind.OPEN_REQUEST: _("open request"),
        ConflictKind.LEAVE_IN_PEAK: _("leave in the peak"),
        ConflictKind.SHORT_REST: _("short rest"),
        ConflictKind.TOO_MANY_HOURS: _("too many hours"),
        ConflictKind.UNDERSTAFFED: _("too few hands"),
        ConflictKind.UNANNOUNCED_YEAR: _("year not published"),
    }


def _row(floor: FloorSnapshot, each: Conflict) -> Mapping[str, str | None]:
    """A finding with all that it says; moments in ISO format on the floor's own clock."""
    days = floor.rules.days
    start, end = (None if at is None else days.local(at).isoformat(timespec="minutes") for at in (each.start, each.end))
    name = None if each.agent is None else inert(name_of(floor, each.agent))
    agent = None if each.agent is None else inert(each.agent)
    return {
        "date": each.date, "kind": each.kind.value, "agent": agent, "name": name, "start": start, "end": end,
        "detail": each.detail,
    }  # fmt: skip


def _who(floor: FloorSnapshot, each: Conflict) -> str:
    if each.agent is None:
        return ""
    name = name_of(floor, each.agent)
    return inert(name if name == each.agent else _("{name} {number}").format(name=name, number=each.agent))


def _clock(floor: FloorSnapshot, each: Conflict, at: float | None) -> str:
    """The time of day, with the date where it is another than the finding's."""
    if at is None:
        return ""
    local = floor.rules.days.local(at)
    return f"{local:%H:%M}" if local.date().isoformat() == each.date else f"{local:%m-%d %H:%M}"


def _print(text: str) -> None:
    """In UTF-8 whatever the terminal speaks: names are what they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()
