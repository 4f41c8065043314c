"""The words of attendance: statuses, doubts, activities, hours, and an excused figure beside the raw one."""

from floorwatch.api import FloorSnapshot, _, _p, duty, roster, spoken


def status_name(status: roster.Status) -> str:
    """The status as a word."""
    return {
        roster.Status.ABSENT: _("absent"),
        roster.Status.LATE: _("late"),
        roster.Status.LEFT_EARLY: _("left early"),
        roster.Status.DUE: _("due"),
        roster.Status.PRESENT: _("here"),
        roster.Status.EXPECTED: _("still to come"),
        roster.Status.FINISHED: _("finished"),
        roster.Status.ON_LEAVE: _("on leave"),
        roster.Status.OFF: _p("a day", "off"),
        roster.Status.UNSEEN: _("not seen by anything"),
        roster.Status.OFF_ROSTER: _("here, off the roster"),
    }[status]


def doubt_words(floor: FloorSnapshot, each: roster.Attendance, doubt: roster.Doubt) -> str:
    """What witnesses disagree about, with their moments."""
    match doubt:
        case roster.Doubt.PUNCHED_NOT_SIGNED:
            return _("punched in {time}, not signed in").format(time=clock(floor, each.punched_in))
        case roster.Doubt.SIGNED_NOT_PUNCHED:
            return _("signed in {time}, not punched in").format(time=clock(floor, each.signed_in))
        case roster.Doubt.OFF_ROSTER:
            return _("here, off the roster")
        case roster.Doubt.MARKED_OTHERWISE:
            return _("marked otherwise than seen")
        case roster.Doubt.LEAVE_NOT_FILED:
            return _("leave not granted yet")
        case roster.Doubt.UNKNOWN_CODE:
            code = each.planned.code if each.planned is not None else ""
            return _("unknown shift code {code}").format(code=code)


def activity_name(activity: duty.Activity | None) -> str:
    """The activity as a word; None is away."""
    return _("away") if activity is None else spoken.activity_name(activity)


def break_name(taken: roster.BreakTaken) -> str:
    """What the switch calls it, else what it is."""
    return taken.reason or (activity_name(taken.activity) if taken.activity is not None else _("break"))


def hours_of(floor: FloorSnapshot, planned: roster.Planned | None) -> str:
    """From when to when somebody is to be here ("09:00-18:00"); the code of a day without hours."""
    if planned is None:
        return spoken.NOTHING
    if planned.start is None or planned.end is None:
        return planned.code or spoken.NOTHING
    return _("{start}-{end}").format(start=clock(floor, planned.start), end=clock(floor, planned.end))


def clock(floor: FloorSnapshot, at: float | None) -> str:
    """The moment on the floor's wall, to the minute; "-" for none."""
    return spoken.NOTHING if at is None else spoken.clock_minute(at, floor.rules.days.zone)


def per_cent(share: float | None) -> str:
    """A share with its sign; "-" for none."""
    return spoken.NOTHING if share is None else f"{spoken.share(share)}%"
