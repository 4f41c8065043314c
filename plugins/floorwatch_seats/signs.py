"""What calls for a person at a seat: the alert of whoever sits there, a request for help, a visit that is overdue.

Rules
- A seat has one sign, the worst: `!` an alarm, `h` help asked, `*` a warning, `v` not visited for too long. `h` and `v`
  are the keys that act on them. A call that is red by its age gives way to `h`: its cell is red as well.
- What somebody sees to needs nobody else: an alert with an owner, or snoozed, and help to which another is on the way
  carry no sign.
- `v` is drawn only once anybody has noted a visit today: where nobody does, it would stand on every seat.
"""

from collections.abc import Iterator, Mapping
from math import inf

from msgspec import Struct

from floorwatch.api import Agent, AgentState, AlertTone, Cell, FloorSnapshot, Help, RaisedAlert, Tone, _

ALARM, HELP, WARN, VISIT = "!", "h", "*", "v"
URGENCY = (ALARM, HELP, WARN, VISIT)
"""The signs, the worst first."""

_TONES = {ALARM: Tone.ALARM, HELP: Tone.NOTICE, WARN: Tone.WARN, VISIT: Tone.CALM}
_OF_THE_HOST = frozenset({ALARM, WARN})
"""The host draws these behind whatever has their tone."""

_RANK = {tone: rank for rank, tone in enumerate(AlertTone)}
NEVER_ALONE = inf
"""Of whoever is not on duty, and of whom nobody knows when they came."""


def words_of_signs() -> Mapping[str, str]:
    """What each sign means."""
    return {ALARM: _("alarm"), HELP: _("help"), WARN: _("warning"), VISIT: _("not visited")}


class Signs(Struct, frozen=True):
    """`alerts`: the worst that nobody sees to, by subject ("agent:1007", "seat:A07", "team:A"); `helps`: the oldest
    request of each agent; who was alone since before `alone_before` (epoch seconds) is not visited for too long."""

    alerts: Mapping[str, RaisedAlert]
    helps: Mapping[str, Help]
    me: str
    alone_before: float

    def alert_of(self, agent: Agent) -> RaisedAlert | None:
        """The worst alert about the agent or the seat."""
        if not self.alerts:
            return None
        about = (self.alerts.get(f"agent:{agent.id}"), self.alerts.get(f"seat:{agent.seat}"))
        return max((each for each in about if each is not None), key=_urgency, default=None)

    def waits(self, asked: Help | None) -> bool:
        """Whether the request still needs whoever looks."""
        return asked is not None and (asked.taken_at is None or asked.taken_by == self.me)

    def mark(self, floor: FloorSnapshot, agent: Agent, tone: Tone) -> str:
        """The worst sign of a person whose state has this tone by its age; "" for none."""
        alert = self.alert_of(agent)
        raised = "" if alert is None else sign_of(alert)
        if raised == ALARM:
            return ALARM
        if self.waits(self.helps.get(agent.id)):
            return HELP
        if tone is Tone.ALARM:
            return ALARM
        if tone is Tone.WARN or raised == WARN:
            return WARN
        return VISIT if alone_since(floor, agent) < self.alone_before else ""


def sign_cell(sign: str) -> Cell:
    """A sign in a column of its own; empty for none."""
    return Cell("" if sign in _OF_THE_HOST else sign, _TONES.get(sign, Tone.CALM), badge=bool(sign))


def signs_of(floor: FloorSnapshot, not_visited_seconds: float) -> Signs:
    """All of them on this floor."""
    counts = not_visited_seconds > 0 and any(v.at >= floor.day_start for v in floor.support.visits.values())
    helps: dict[str, Help] = {}
    for each in floor.support.queue_of_help:
        helps.setdefault(each.agent, each)
    alone_before = floor.at - not_visited_seconds if counts else -inf
    return Signs(_alerts(floor), helps, floor.me, alone_before)


def alone_since(floor: FloorSnapshot, agent: Agent) -> float:
    """Since when nobody was with somebody on duty: their last visit, or since they came where that is later."""
    if agent.state is AgentState.SIGNED_OUT:
        return NEVER_ALONE
    today = floor.agent_counts.get((agent.id, floor.day_start))
    if today is None and agent.state is AgentState.UNKNOWN:
        return NEVER_ALONE
    visit = floor.support.visits.get(agent.id)
    came = (None if today is None else today.signed_in_at) or agent.since
    if came is None:
        return NEVER_ALONE if visit is None else visit.at
    return came if visit is None else max(came, visit.at)


def _alerts(floor: FloorSnapshot) -> Mapping[str, RaisedAlert]:
    found: dict[str, RaisedAlert] = {}
    for raised in floor.alerts:
        if raised.alert.tone is AlertTone.NOTICE or not _needs_someone(floor, raised):
            continue
        for subject in _subjects(floor, raised.alert.subject):
            known = found.get(subject)
            if known is None or _urgency(raised) > _urgency(known):
                found[subject] = raised
    return found


def _needs_someone(floor: FloorSnapshot, raised: RaisedAlert) -> bool:
    support = floor.support
    return raised.cleared_at is None and support.seen_to(raised) is None and support.snooze_of(raised, floor.at) is None


def _subjects(floor: FloorSnapshot, subject: str) -> Iterator[str]:
    """Whom or which seats an alert is about; a request for help has a sign of its own."""
    kind, _colon, key = subject.partition(":")
    match kind:
        case "note":
            note = floor.support.notes.get(key)
            if note is not None and (note.agent or note.seat):
                yield f"agent:{note.agent}" if note.agent else f"seat:{note.seat}"
        case "incident":
            incident = floor.support.incidents.get(key)
            yield from (f"seat:{seat}" for seat in (() if incident is None else incident.seats))
        case "agent" | "seat" | "team":
            yield subject
        case _:
            pass


def sign_of(raised: RaisedAlert) -> str:
    """The sign of an alert."""
    return ALARM if raised.alert.tone is AlertTone.ALARM else WARN


def _urgency(raised: RaisedAlert) -> tuple[int, float]:
    """The worst alert, and of equals the oldest, has the greatest."""
    return _RANK[raised.alert.tone], -raised.raised_at
