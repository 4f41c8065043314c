"""The alerts of coverage: hands that are missing or will be, and the noon guard.

Rules
- What is missing now and what will be are two alerts: the second becomes the first, and is louder. Their subjects stay
  the same while time goes on, and so do their words while the figures do.
- A gap of the noon guard's own minimum is the noon guard's alert; a larger minimum at noon is a gap.
- Without a roster nobody is planned, and nothing is missing.
"""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from floorwatch.api import Alert, AlertRule, AlertTone, FloorSnapshot, _, roster
from floorwatch_rosters.coverage_words import carry_words, hours_of, minute_of, of_minimum, too_few
from floorwatch_rosters.gap_detail import could_come
from floorwatch_rosters.shortages import AHEAD, NOW, Shortage, shortages
from floorwatch_rosters.who import name_of

HOLD_SECONDS = 60.0
MOST_NAMED = 3


class GapOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """A gap that begins within `ahead_seconds` is a warning, within `alarm_seconds` an alarm. Raises ValueError when it
    would be an alarm before it is a warning."""

    ahead_seconds: float = 7200.0
    alarm_seconds: float = 1800.0

    def __post_init__(self) -> None:
        """Refuse a clock that runs backwards."""
        if self.alarm_seconds > self.ahead_seconds:
            said = _("alarm_seconds: {alarm} is further ahead than ahead_seconds, {ahead}")
            raise ValueError(said.format(alarm=self.alarm_seconds, ahead=self.ahead_seconds))


class CoverageGap(AlertRule):
    """Fewer hands than the minimum, now or soon."""

    name = "coverage-gap"
    title = "Hands are missing"
    hold_seconds = HOLD_SECONDS
    options_type: type[Struct] = GapOptions

    def check(self, floor: FloorSnapshot, options: GapOptions) -> Iterator[Alert]:
        """The one that runs, and the next one."""
        if not floor.duty.has_roster:
            return
        found = shortages(floor, of_plan=True)
        running = next((each for each in found if each.runs(floor.at)), None)
        if running is not None:
            yield _alert(floor, running, NOW, AlertTone.ALARM)
        ahead = next((each for each in found if not each.runs(floor.at)), None)
        if ahead is not None and ahead.start - floor.at <= options.ahead_seconds:
            is_soon = ahead.start - floor.at <= options.alarm_seconds
            yield _alert(floor, ahead, AHEAD, AlertTone.ALARM if is_soon else AlertTone.WARN)


class NoonGuardShort(AlertRule):
    """Noon falls below what must stay on the phones."""

    name = "noon-guard"
    title = "Noon guard"
    hold_seconds = HOLD_SECONDS
    options_type: type[Struct] = GapOptions

    def check(self, floor: FloorSnapshot, options: GapOptions) -> Iterator[Alert]:
        """One a noon: short is a warning and then an alarm, below the target a notice."""
        guard = roster.noon_guard(floor) if floor.duty.has_roster else None
        if guard is None or not guard.is_low or guard.least_at - floor.at > options.ahead_seconds:
            return
        tone = AlertTone.NOTICE
        if guard.is_short:
            is_soon = guard.least_at - floor.at <= options.alarm_seconds
            tone = AlertTone.ALARM if is_soon else AlertTone.WARN
        yield Alert(
            f"noon:{roster.date_of(floor, guard.start)}",
            _noon(floor, guard),
            tone,
            playbook=_noon_playbook(guard),
            command="rosters",
        )


def _alert(floor: FloorSnapshot, short: Shortage, subject: str, tone: AlertTone) -> Alert:
    few, hands = too_few(short.worst), of_minimum(short.worst)
    if subject == NOW:
        said = _("until {time} {few}: {hands}").format(time=minute_of(floor, short.end), few=few, hands=hands)
    else:
        hours = hours_of(floor, short.start, short.end)
        said = _("{hours} {few}: {hands}").format(hours=hours, few=few, hands=hands)
    return Alert(subject, said, tone, playbook=_playbook(floor, short), command="assign")


def _playbook(floor: FloorSnapshot, short: Shortage) -> str:
    names = ", ".join(name_of(floor, one.agent) for one in islice(could_come(floor, short), MOST_NAMED))
    at = minute_of(floor, short.worst.start)
    if names:
        said = _("Worst at {time}. Move breaks and meetings away from it, or ask who is off: {people}.")
        return said.format(time=at, people=names)
    return _("Worst at {time}. Move breaks and meetings away from it: nobody is off then.").format(time=at)


def _noon(floor: FloorSnapshot, guard: roster.NoonGuard) -> str:
    time = minute_of(floor, guard.least_at)
    if guard.is_short:
        said = _("{least} on the phones at {time}, {hard} must stay")
        return said.format(least=guard.least, time=time, hard=guard.hard)
    said = _("{least} on the phones at {time}, {target} should stay")
    return said.format(least=guard.least, time=time, target=guard.target)


def _noon_playbook(guard: roster.NoonGuard) -> str:
    what = _("Move a lunch, or have somebody else eat later.")
    carried = carry_words(guard)
    return _("{what} {carried}.").format(what=what, carried=carried) if carried else what
