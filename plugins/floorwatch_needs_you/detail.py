"""What Enter on a line of "needs you" opens: an alert with what to do, a call with its agent, a pause with its day."""

from collections.abc import Sequence

from floorwatch.api import (
    Agent,
    Cell,
    Column,
    Fact,
    FloorSnapshot,
    RaisedAlert,
    Row,
    Stack,
    Table,
    Talk,
    Text,
    Tone,
    View,
    _,
    _p,
    ratio,
    spoken,
)
from floorwatch_needs_you.calls_for import Call

Facts = list[tuple[str, Cell]]


def detail_of(floor: FloorSnapshot, call: Call) -> View:
    """All that stands behind one line."""
    if call.alert is not None:
        return _alert(floor, call, call.alert)
    if call.talk is not None:
        playbook = _("Ask whether help is needed. A rare question is for an expert; a common one takes five minutes.")
        facts = _call(floor, call, call.talk)
    else:
        playbook = _("Ask when they will be back, or find someone for the place.")
        facts = _pause(floor, call)
    today = () if call.agent is None else (Table.of_facts(_today(floor, call.agent), _("Today")),)
    return Stack((_do_this(playbook), Table.of_facts(facts, call.what), *today))


def _alert(floor: FloorSnapshot, call: Call, raised: RaisedAlert) -> View:
    alert, zone = raised.alert, floor.rules.days.zone
    facts = [
        (_("about"), Cell(call.who)),
        (_("for"), Cell.age(call.since, tone=call.tone)),
        (_("since"), Cell(spoken.clock(call.since, zone))),
        (_("raised"), Cell(spoken.clock(raised.raised_at, zone))),
        (_("rule"), Cell(raised.rule)),
    ]
    if alert.command:
        facts.append((_("command"), Cell(alert.command)))
    facts += _seen_to(floor, call)
    views: tuple[View, ...] = (Text.of(alert.text, call.tone),)
    if alert.playbook:
        views = (*views, _do_this(alert.playbook))
    return Stack((*views, Table.of_facts(facts, "")))


def _seen_to(floor: FloorSnapshot, call: Call) -> Facts:
    """Who sees to it with which word, and until when it is snoozed."""
    zone, facts, seen_to = floor.rules.days.zone, Facts(), call.seen_to
    if seen_to is not None:
        facts += [(_("seen to by"), Cell(seen_to.owner)), (_("from"), Cell(spoken.clock(seen_to.at, zone)))]
        if seen_to.word:
            facts.append((_("word"), Cell(seen_to.word)))
        if seen_to.by != seen_to.owner:
            facts.append((_("entered by"), Cell(seen_to.by)))
    if call.snooze is not None:
        facts.append((_("snoozed until"), Cell(spoken.clock(call.snooze.until, zone))))
        facts.append((_("snoozed by"), Cell(call.snooze.by)))
    return facts


def snoozed_view(floor: FloorSnapshot, hidden: Sequence[Call]) -> Table:
    """The alerts that are snoozed, the first to come back first."""
    columns = (
        Column("until", _("until"), 8),
        Column("who", _("who"), 10, flex=2),
        Column("what", _("what"), 12, flex=3),
        Column("by", _("by"), 8, flex=1, drop=2),
        Column("key", "", 8, flex=1, drop=1),
    )
    zone = floor.rules.days.zone
    rows = tuple(
        Row(
            call.key_snoozed,
            (
                Cell(spoken.clock(call.snooze.until, zone)),
                Cell(call.who),
                Cell(call.what),
                Cell(call.snooze.by, Tone.MUTED),
                Cell(_p("into the list", "back"), Tone.MUTED, command="unsnooze"),
            ),
            about=call.key,
        )
        for call in hidden
        if call.snooze is not None
    )
    return Table(columns, rows, _("Nothing is snoozed."))


def _do_this(playbook: str) -> Text:
    return Text.of(_("Do this: {playbook}").format(playbook=playbook))


def _call(floor: FloorSnapshot, call: Call, talk: Talk) -> Facts:
    facts = [
        (_("agent"), Cell(call.who)),
        (_("number"), Cell(call.number or spoken.NOTHING)),
        (_("queue"), Cell(talk.queue)),
        (_("caller"), Cell(floor.number_of(talk) or _("no number"))),
        (_("waited"), Cell(spoken.duration_or_nothing(talk.wait_seconds))),
        (_("talking"), Cell.age(talk.since, tone=call.tone)),
    ]
    if talk.held_since is not None:
        facts.append((_("on hold"), Cell.age(talk.held_since)))
    return facts


def _pause(floor: FloorSnapshot, call: Call) -> Facts:
    agent = call.agent
    began = call.since if agent is None or agent.since is None else agent.since
    return [
        (_("agent"), Cell(call.who)),
        (_("number"), Cell(call.number or spoken.NOTHING)),
        (_("paused"), Cell.age(began)),
        (_("since"), Cell(spoken.clock(began, floor.rules.days.zone))),
        (_("over the limit"), Cell.age(call.since, prefix="+", tone=call.tone)),
    ]


def _today(floor: FloorSnapshot, agent: Agent) -> Facts:
    today = floor.agent_today(agent.id)
    told = Fact.MISSED_RINGS in floor.gives
    missed = Cell(str(today.missed_rings)) if told else Cell(_("not in this feed"), Tone.MUTED)
    return [
        (_("answered"), Cell(str(today.answered))),
        (_("mean talk"), Cell(spoken.duration_or_nothing(ratio(today.talk_seconds, today.ended)))),
        (_("paused before"), Cell(spoken.duration(today.paused_seconds))),
        (_("missed rings"), missed),
    ]
