"""What on the floor calls for a person: alerts held up by the host, long calls, pauses over their limit.

Rules
- Most urgent first: by tone, then what concerns many (a queue, a feed) before who asks for help and then what else
  concerns one person, then the one that has needed someone longest. The order changes only when a fact does.
- An alert that somebody sees to stands below all others. A snoozed one is not there until then, but for red lines.
- A key stays with its thing: an alert's is its id, a call's its queue and call, a pause's its agent.
- A call without an end for longer than the stale limit is a fault of the feed, not a long call.
"""

from collections.abc import Iterator

from msgspec import Struct

from floorwatch.api import (
    Acknowledgement,
    Agent,
    AgentState,
    FloorSnapshot,
    RaisedAlert,
    Snooze,
    Talk,
    Tone,
    WorkLimits,
    _,
    _p,
    folded,
)
from floorwatch_needs_you.subjects import About, about_of

OF_AGENT = "agent"
OF_ONE = {"help": 1, OF_AGENT: 2, "note": 2}
"""Kinds of subjects that are about one person, and their order; all others are about many."""

URGENCY = (Tone.ALARM, Tone.WARN, Tone.NOTICE)
BREAK_OVER = "break-over"
"""The rule that knows the roster: a break of which it says that it is too long is not said twice."""


class NeedsYouOptions(WorkLimits, frozen=True, forbid_unknown_fields=True):
    """How long a call and a pause may take before they stand in the list."""


class Call(Struct, frozen=True):
    """One thing that calls for a person. `since` is what its running age counts from, with `prefix` before it.

    `who` is a seat with a name, a queue or a feed; `number` an employee number. Behind it stands an alert, or a talk
    with its agent, or a paused agent.
    """

    key: str
    tone: Tone
    who: str
    what: str
    since: float
    number: str = ""
    prefix: str = ""
    alert: RaisedAlert | None = None
    seen_to: Acknowledgement | None = None
    snooze: Snooze | None = None
    talk: Talk | None = None
    agent: Agent | None = None

    @property
    def about(self) -> str:
        """Whom or what it is about, as rows of other panels are keyed."""
        if self.agent is not None:
            return f"agent:{self.agent.id}"
        return "" if self.alert is None else self.alert.alert.subject

    @property
    def key_snoozed(self) -> str:
        """Its key among those that are snoozed, where it can be had back; "" where it is no alert."""
        return "" if self.alert is None else f"snoozed:{self.alert.id}"

    @property
    def commands(self) -> tuple[str, ...]:
        """What the rule says would help."""
        return (self.alert.alert.command,) if self.alert is not None and self.alert.alert.command else ()

    @property
    def order(self) -> tuple[bool, int, int, float, str]:
        """Its place in the list."""
        kind = OF_AGENT if self.alert is None else self.alert.alert.subject.partition(":")[0]
        return self.seen_to is not None, URGENCY.index(self.tone), OF_ONE.get(kind, 0), self.since, self.key


def calls_for_a_person(floor: FloorSnapshot, options: NeedsYouOptions) -> list[Call]:
    """Everything that is not snoozed, most urgent first."""
    alerts = (call for call in _alerts(floor) if call.snooze is None)
    found = [*alerts, *_long_calls(floor, options), *_long_pauses(floor, options)]
    return sorted(found, key=lambda call: call.order)


def snoozed(floor: FloorSnapshot) -> list[Call]:
    """The alerts that are up and not to be seen now, the first to come back first."""
    found = [(call.snooze.until, call) for call in _alerts(floor) if call.snooze is not None]
    return [call for _until, call in sorted(found, key=lambda each: (each[0], each[1].order))]


def _alerts(floor: FloorSnapshot) -> Iterator[Call]:
    support = floor.support
    for raised in floor.alerts:
        if raised.cleared_at is not None:
            continue
        alert = raised.alert
        about, key = about_of(floor, alert.subject), alert.subject.partition(":")[2]
        yield Call(
            f"alert:{raised.id}",
            Tone(alert.tone.value),
            about.who,
            alert.text.removeprefix(
                _("{subject}: {text}").format(subject=key, text="")
            ),  # the subject has a column of its own
            raised.raised_at if alert.since is None else alert.since,
            about.number,
            alert=raised,
            seen_to=support.seen_to(raised),
            snooze=support.snooze_of(raised, floor.at),
        )


def _long_calls(floor: FloorSnapshot, options: NeedsYouOptions) -> Iterator[Call]:
    for talk in floor.talks.values():
        age = floor.at - talk.since
        agent = floor.agents.get(talk.agent)
        if age < options.call_warn_seconds or agent is None or floor.is_stale(talk):
            continue
        tone = Tone.ALARM if age >= options.call_alarm_seconds else Tone.WARN
        what = _("long call, {queue}").format(queue=talk.queue)
        key, about = f"call:{talk.queue}/{talk.call}", About.of_agent(agent)
        yield Call(key, tone, about.who, what, talk.since, about.number, talk=talk, agent=agent)


def _long_pauses(floor: FloorSnapshot, options: NeedsYouOptions) -> Iterator[Call]:
    told = {each.alert.subject for each in floor.alerts if each.rule == BREAK_OVER and each.cleared_at is None}
    for agent in floor.agents.values():
        if agent.state is not AgentState.PAUSED or agent.since is None or f"agent:{agent.id}" in told:
            continue
        activity = floor.rules.duty.activity_of(folded(agent.pause_reason or ""))
        over_since = agent.since + options.limit_of(agent.pause_reason, activity.value if activity else "")
        if floor.at < over_since:
            continue
        what = _("{reason} over").format(reason=agent.pause_reason or _p("of an agent", "pause"))
        about = About.of_agent(agent)
        yield Call(f"pause:{agent.id}", Tone.WARN, about.who, what, over_since, about.number, prefix="+", agent=agent)
