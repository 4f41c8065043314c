"""What on the floor calls for a person: alerts held up by the host, long calls, pauses over their limit.

Rules
- Most urgent first: by tone, then what concerns many (a queue, a feed) before what concerns one person, then the one
  that has needed someone longest. The order changes only when a fact does.
- A key stays with its thing: an alert's is its id, a call's its queue and call, a pause's its agent.
- A call without an end for longer than the stale limit is a fault of the feed, not a long call.
"""

from collections.abc import Iterator

from msgspec import Struct, field

from floorwatch.api import Agent, AgentState, FloorSnapshot, RaisedAlert, Talk, Tone, _, spoken

URGENCY = (Tone.ALARM, Tone.WARN, Tone.NOTICE)
PAUSE_LIMITS = {"lunch": 3600.0}


class NeedsYouOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits in seconds. `pause_limits`: reason -> limit, large and small letters alike; other reasons have
    `pause_limit_seconds`. Raises ValueError when a call would be red before it is amber."""

    call_warn_seconds: float = 240.0
    call_alarm_seconds: float = 300.0
    pause_limit_seconds: float = 900.0
    pause_limits: dict[str, float] = field(default_factory=lambda: dict(PAUSE_LIMITS))

    def __post_init__(self) -> None:
        """Refuse a clock that runs backwards."""
        if self.call_warn_seconds > self.call_alarm_seconds:
            raise ValueError(
                _("call_warn_seconds: {warn} is later than call_alarm_seconds, {alarm}").format(
                    warn=self.call_warn_seconds, alarm=self.call_alarm_seconds
                )
            )

    def limit_of(self, reason: str | None) -> float:
        """Seconds that a pause for this reason may take."""
        limits = {name.casefold(): limit for name, limit in self.pause_limits.items()}
        return limits.get((reason or "").strip().casefold(), self.pause_limit_seconds)


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
    talk: Talk | None = None
    agent: Agent | None = None

    @property
    def about(self) -> str:
        """Whom or what it is about, as rows of other panels are keyed."""
        if self.agent is not None:
            return f"agent:{self.agent.id}"
        return "" if self.alert is None else self.alert.alert.subject

    @property
    def commands(self) -> tuple[str, ...]:
        """What the rule says would help."""
        return (self.alert.alert.command,) if self.alert is not None and self.alert.alert.command else ()

    @property
    def of_one(self) -> bool:
        """Whether it concerns one person, and not a queue or a feed."""
        return self.alert is None or self.alert.alert.subject.startswith("agent:")


def calls_for_a_person(floor: FloorSnapshot, options: NeedsYouOptions) -> list[Call]:
    """Everything, most urgent first."""
    found = [*_alerts(floor), *_long_calls(floor, options), *_long_pauses(floor, options)]
    return sorted(found, key=lambda call: (URGENCY.index(call.tone), call.of_one, call.since, call.key))


def _alerts(floor: FloorSnapshot) -> Iterator[Call]:
    for raised in floor.alerts:
        if raised.cleared_at is not None:
            continue
        alert = raised.alert
        kind, _colon, subject = alert.subject.partition(":")
        agent = floor.agents.get(subject) if kind == "agent" else None
        since = raised.raised_at if alert.since is None else alert.since
        what = alert.text.removeprefix(f"{subject}: ")  # the subject has a column of its own
        key, tone = f"alert:{raised.id}", Tone(alert.tone.value)
        if agent is None:
            yield Call(key, tone, subject or alert.subject, what, since, alert=raised)
        else:
            yield Call(key, tone, _who(agent), what, since, _number(agent), alert=raised)


def _long_calls(floor: FloorSnapshot, options: NeedsYouOptions) -> Iterator[Call]:
    for talk in floor.talks.values():
        age = floor.at - talk.since
        agent = floor.agents.get(talk.agent)
        if age < options.call_warn_seconds or agent is None or floor.is_stale(talk):
            continue
        tone = Tone.ALARM if age >= options.call_alarm_seconds else Tone.WARN
        what = _("long call, {queue}").format(queue=talk.queue)
        key = f"call:{talk.queue}/{talk.call}"
        yield Call(key, tone, _who(agent), what, talk.since, _number(agent), talk=talk, agent=agent)


def _long_pauses(floor: FloorSnapshot, options: NeedsYouOptions) -> Iterator[Call]:
    for agent in floor.agents.values():
        if agent.state is not AgentState.PAUSED or agent.since is None:
            continue
        over_since = agent.since + options.limit_of(agent.pause_reason)
        if floor.at < over_since:
            continue
        what = _("{reason} over").format(reason=agent.pause_reason or _("pause"))
        yield Call(
            f"pause:{agent.id}", Tone.WARN, _who(agent), what, over_since, _number(agent), prefix="+", agent=agent
        )


def _who(agent: Agent) -> str:
    return f"{agent.seat} {agent.name}" if agent.seat else agent.name


def _number(agent: Agent) -> str:
    return spoken.number_of(agent.id, agent.name)
