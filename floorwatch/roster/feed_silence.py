"""When a feed has been silent for too long: it brings no line while it should.

Rules
- Without a word of the settings a silence is as long as MISSED_CALLS calls take at the pace of the hour before it, the
  feed's share of them: two minutes at least, half an hour at most. On a busy floor two minutes mean something, on a
  small one they do not.
- A feed should bring lines in the hours that the settings give it on working days: a silence counts from their
  beginning. Without hours, what came in the same minutes on this weekday of an earlier week says whether it should; and
  where there is no such day to compare with, that people take calls. A caller who waits, or is talking, is always
  enough.
- Everything is read from the floor, so a replay says the same as the live floor did.
"""

from calendar import SATURDAY
from datetime import date, datetime, time, timedelta

from floorwatch.model.counts import INTERVAL_SECONDS, interval_of
from floorwatch.model.entities import AgentState
from floorwatch.model.snapshot import FeedState, FloorSnapshot
from floorwatch.model.targets import FeedRules
from floorwatch.roster.working_days import day_of

SHORTEST_SECONDS = 120.0
LONGEST_SECONDS = 1800.0
MISSED_CALLS = 5
HOUR_SECONDS = 3600.0

_INTERVALS = int(HOUR_SECONDS // INTERVAL_SECONDS)
_AWAY = frozenset({AgentState.SIGNED_OUT, AgentState.UNKNOWN})
_UNSAID = FeedRules()


def silent_since(floor: FloorSnapshot, feed: str, now: float | None = None) -> float | None:
    """Since when this feed has been silent although it should bring lines (epoch seconds UTC): the time of its last
    line. None where it is not, or never brought one. `now` is the floor's own moment, or a later one."""
    at = floor.at if now is None else now
    state, said = floor.feeds.get(feed), floor.rules.feeds.get(feed, _UNSAID)
    last = None if state is None else state.last_line_at
    if state is None or last is None or at - last < (said.silent_seconds or SHORTEST_SECONDS):
        return None
    opened = last if said.hours is None else _opened(floor, said.hours, at)
    if opened is None:
        return None
    limit = said.silent_seconds or (LONGEST_SECONDS if at - last >= LONGEST_SECONDS else _by_pace(floor, state, last))
    if at - max(last, opened) < limit:
        return None
    return last if said.hours is not None or _should_bring(floor, last, at) else None


def _by_pace(floor: FloorSnapshot, feed: FeedState, last: float) -> float:
    """How long a silence of this feed means something, by the calls of the hour before its last line."""
    newest = interval_of(last)
    came = _offered(floor, newest - (_INTERVALS - 1) * INTERVAL_SECONDS, newest)
    # What the others brought since is left out, as far as the calls tell: with it this feed's part would grow smaller
    # and smaller, and one that has been called silent would not be for a while.
    since = _offered(floor, newest + INTERVAL_SECONDS, interval_of(floor.at))
    known = max(floor.total.counts.offered, came + since)
    others = sum(each.lines for each in floor.feeds.values()) - feed.lines
    lines = feed.lines + others * (1 - since / known if known else 1)
    its_own = came * feed.lines / lines if lines else 0.0
    seconds = MISSED_CALLS * HOUR_SECONDS / its_own if its_own else LONGEST_SECONDS
    return min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS)


def _offered(floor: FloorSnapshot, first: float, last: float) -> int:
    """The calls of all queues in the intervals from the one that starts at `first` to the one that starts at `last`."""
    steps = int((last - first) // INTERVAL_SECONDS) + 1
    return sum(
        counts.offered
        for step in range(steps)
        for queue in floor.queue_names
        if (counts := floor.interval_counts.get((queue, first + step * INTERVAL_SECONDS))) is not None
    )


def _should_bring(floor: FloorSnapshot, last: float, now: float) -> bool:
    """Whether lines should have come since, as far as the floor itself shows."""
    if any(not floor.is_stale(each) for each in floor.waiting.values()):
        return True
    if any(not floor.is_stale(each) for each in floor.talks.values()):
        return True
    usual = _usual(floor, last, now)
    if usual is not None:
        return usual >= MISSED_CALLS
    return any(agent.state not in _AWAY for agent in floor.agents.values())


def _usual(floor: FloorSnapshot, last: float, now: float) -> int | None:
    """How many came in the same time of an earlier week; None where that is not known."""
    read = floor.weekday
    return None if read is None else read.arrived(read.arrivals, max(last, read.compared_with), now)


def _opened(floor: FloorSnapshot, hours: tuple[int, int], now: float) -> float | None:
    """When the hours began in which `now` lies, on a working day; None outside of them."""
    local = floor.rules.days.local(now)
    for day in (local.date(), local.date() - timedelta(days=1)):  # hours may end on the next day
        start, end = (_at(floor, day, minute) for minute in hours)
        if start <= now < end and _is_worked(floor, day):
            return start
    return None


def _is_worked(floor: FloorSnapshot, day: date) -> bool:
    try:
        return day_of(floor.rules.duty, day).is_worked
    except ValueError:  # a country that nobody knows, which `config check` says
        return day.weekday() < SATURDAY


def _at(floor: FloorSnapshot, day: date, minute: int) -> float:
    """The time that a clock on the wall shows so many minutes after midnight."""
    days, rest = divmod(minute, 24 * 60)
    wall = time(rest // 60, rest % 60)
    return datetime.combine(day + timedelta(days=days), wall, floor.rules.days.zone).timestamp()
