"""How a day of somebody's plan, a request's standing and a moment are said."""

from floorwatch.api import Cell, FloorSnapshot, Tone, _, _p, duty, roster, spoken
from floorwatch_rosters.changes import holds
from floorwatch_rosters.coverage_words import hours_of
from floorwatch_rosters.request_words import Change, missing_words
from floorwatch_rosters.typed_dates import date_words


def shift_words(floor: FloorSnapshot, planned: roster.Planned | None) -> str:
    """A day's plan in a few words: code and hours."""
    if planned is None:
        return _("nothing in the plan")
    if planned.is_unknown and not planned.stints:
        return _("{code}: code not known").format(code=planned.code)
    if planned.start is None or planned.end is None:
        if planned.leave is not None:
            return _("on leave")
        return planned.code or _p("a day", "off")
    hours = hours_of(floor, planned.start, planned.end)
    return _("{code} {hours}").format(code=planned.code, hours=hours) if planned.code else hours


def state_cell(change: Change) -> Cell:
    """How it stands, in a word or two."""
    if change.withdrawn:
        return Cell(_("withdrawn"), Tone.MUTED)
    if isinstance(change, duty.Assignment):
        return Cell(_("assigned"))
    if change.refused is not None:
        return Cell(_("refused"), Tone.MUTED)
    if isinstance(change, duty.Leave) and change.source:
        return Cell(_("in the roster"))
    if holds(change):
        return Cell(_("granted"))
    return Cell(_("waits for {missing}").format(missing=missing_words(change)), Tone.NOTICE)


def moment(floor: FloorSnapshot, at: float) -> str:
    """Date and time on the floor's wall; of today the time alone."""
    local = floor.rules.days.local(at)
    time = spoken.clock_minute(at, floor.rules.days.zone)
    if roster.date_of(floor, at) == roster.date_of(floor):
        return time
    date = date_words(local.date().isoformat(), roster.date_of(floor))
    return _("{date} {time}").format(date=date, time=time)
