"""What was read of a roster, in short words: for tests of the formats."""

from datetime import UTC, date, datetime, timedelta, timezone

from floorwatch.api import duty, events

SHANGHAI = timezone(timedelta(hours=8))


def hours(shift: duty.Shift) -> str:
    """ "08:30-12:00 phones, 12:00-13:00 lunch" of a shift's own date; later days with "+1"."""
    return ", ".join(
        f"{_clock(shift, stint.start)}-{_clock(shift, stint.end)} {stint.activity.value}" for stint in shift.stints
    )


def days(read: events.DocumentRead, agent: str) -> list[tuple[str, str, str, str]]:
    """(date, kind, code, hours) of everything that this person has, in order of dates."""
    those = [shift for shift in read.shifts if shift.agent == agent]
    return [(shift.date, shift.kind.value, shift.code, hours(shift)) for shift in sorted(those, key=lambda s: s.date)]


def why(read: events.DocumentRead) -> list[tuple[str, str]]:
    """(where, why) of what was refused."""
    return [(refusal.where, refusal.why) for refusal in read.refused]


def _clock(shift: duty.Shift, at: float) -> str:
    local = datetime.fromtimestamp(at, UTC).astimezone(SHANGHAI)
    later = (local.date() - date.fromisoformat(shift.date)).days
    return f"{local:%H:%M}" + (f"+{later}" if later else "")
