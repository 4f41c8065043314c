"""`floorwatch state`: the floor at an instant, as text for people or as JSON for scripts."""

import asyncio
import sys
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from floorwatch.cli.differing import difference_text
from floorwatch.cli.doubts import say
from floorwatch.cli.ending import usage_error
from floorwatch.cli.failing import WorkError
from floorwatch.cli.moments import moment
from floorwatch.cli.plain import plain_table, write_json
from floorwatch.cli.reading import timeline_with_entries, unread_among
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.engine.headless import snapshots_at
from floorwatch.engine.house import House, rules_asked
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.state import State, state_of_floor
from floorwatch.engine.state_difference import state_difference
from floorwatch.engine.system_clock import SystemClock, monotonic
from floorwatch.engine.timeline import Timeline
from floorwatch.host.lane import Lanes
from floorwatch.model.entities import AgentState
from floorwatch.spoken import STATE_LETTERS, count, duration_or_nothing, share
from floorwatch.text import inert
from floorwatch.words import _


class Form(Struct, frozen=True):
    """How the states are printed: as JSON, with the callers' numbers, as what changed from each to the next."""

    as_json: bool = False
    unmasked: bool = False
    differences: bool = False


def state(wishes: Wishes, words: Sequence[str], at: Sequence[str], fmt: str | None, form: Form) -> None:
    """Print the state at each moment, in ascending order; without one, at the last line; of documents alone, now."""
    if form.differences and len(at) < 2:
        raise usage_error(_("what changed is told between two moments or more: --at A --at B --diff"), "--diff")
    house = wishes.house()
    timeline = timeline_with_entries(house, feeds_wanted(house.settings, words, fmt))
    house = timeline.house
    near = timeline.last_at()
    say(unread_among(timeline))
    if near is None and timeline.of_documents:
        near = SystemClock().now()  # what documents say has no time: it is there now as well as ever
    if near is None and not at:
        raise WorkError(_("{feed}: there is no line to read in it").format(feed=", ".join(timeline.names)))
    moments = [moment(text, house.rules.days, near or 0.0) for text in at] or [near or 0.0]
    asyncio.run(_print(house, timeline, moments, form))


async def _print(house: House, timeline: Timeline, moments: Sequence[float], form: Form) -> None:
    lanes = Lanes(monotonic)
    ruling = Ruling(rules_asked(house), lanes, house.settings.alerts.every_seconds)
    floor = house.floor(timeline.gives)
    before: State | None = None
    try:
        async for snapshot in snapshots_at(floor, timeline.entries(), moments, ruling):
            state = state_of_floor(snapshot, timeline.health(), unmasked=form.unmasked)
            if not form.differences:
                _write(state if form.as_json else _text(state, house))
            elif before is not None:
                _write(state_difference(before, state) if form.as_json else _difference(before, state, house))
            before = state
    finally:
        lanes.close()


def _write(said: State | str) -> None:
    if isinstance(said, str):
        sys.stdout.write(said)
    else:
        write_json(msgspec.json.encode(said))


def _difference(before: State, after: State, house: House) -> str:
    return difference_text(before, after, house, lambda alert, state: _alert_words(alert, state, house))


def _text(state: State, house: House) -> str:
    local = house.rules.days.local(state["at"])
    total = state["total"]
    level = total["service_level"][house.rules.default.definition]
    head = _("{time}  waiting {waiting}, longest {longest}, answered {rate} % of {offered}, service level {level} %")
    lines = [
        head.format(
            time=f"{local:%Y-%m-%d %H:%M:%S}",
            waiting=total["waiting"],
            longest=duration_or_nothing(total["longest_wait_seconds"]),
            rate=share(total["answer_rate"]),
            offered=total["offered"],
            level=share(level),
        ),
        "",
        _queues(state, house),
    ]
    lines += [_alert_line(alert, state, house) for alert in state["alerts"]]
    lines += _support_lines(state["support"])
    lines += [_document_line(source, each) for source, each in state["documents"].items()]
    lines += ["", *(_feed_line(name, feed) for name, feed in state["feeds"].items()), ""]
    return "\n".join(lines)


def _queues(state: State, house: House) -> str:
    shown = [AgentState(word) for word in STATE_LETTERS if word != AgentState.UNKNOWN]
    letters = [STATE_LETTERS[one.value] for one in shown]
    head = [
        _("queue"),
        _("wait"),
        _("longest"),
        *letters,
        _("offered"),
        _("answered"),
        _("abandoned"),
        _("rate"),
        _("SL"),
        _("ASA"),
    ]
    scopes = [*state["queues"].items(), (_("total"), state["total"])]
    rows = [
        [
            name,
            str(scope["waiting"]),
            duration_or_nothing(scope["longest_wait_seconds"]),
            *(count(scope["agents"][one.value]) for one in shown),
            str(scope["offered"]),
            str(scope["answered"]),
            str(scope["abandoned"]),
            share(scope["answer_rate"]),
            share(scope["service_level"][house.rules.target(name).definition]),
            duration_or_nothing(scope["asa_seconds"]),
        ]
        for name, scope in scopes
    ]
    return plain_table(head, rows, frozenset(range(1, len(head))))


def _support_lines(support: State) -> list[str]:
    """One line on what people entered, where they entered anything."""
    said = _(
        "help: {helps}, to follow up: {follow_ups}, incidents: {incidents}; today: notes {notes}, visited {visited}"
    )
    counts = {
        "helps": len(support["open_helps"]),
        "follow_ups": len(support["follow_ups"]),
        "incidents": len(support["incidents"]),
        "notes": support["notes_today"],
        "visited": support["visited_today"],
    }
    return [said.format(**counts)] if any(counts.values()) else []


def _alert_line(alert: State, state: State, house: House) -> str:
    return f"! {_alert_words(alert, state, house)}"


def _alert_words(alert: State, state: State, house: House) -> str:
    since = alert["raised_at"] if alert["since"] is None else alert["since"]
    age, who = duration_or_nothing(state["at"] - since), _about(alert["subject"], state, house)
    if not who:
        return _("{text}, for {age}").format(text=alert["text"], age=age)
    return _("{who}: {text}, for {age}").format(who=who, text=alert["text"], age=age)


def _about(subject: str, state: State, house: House) -> str:
    """The queue or the person that an alert is about; "" for anything else, which its text names."""
    kind, _colon, name = subject.partition(":")
    if kind == "queue":
        return name
    if kind != "agent":
        return ""
    agent, person = state["agents"].get(name), house.people.person(name)
    return str(agent["name"]) if agent is not None else name if person is None else inert(person.name)


def _document_line(source: str, document: State) -> str:
    if document["refused_at"] == document["read_at"]:
        return _("{document}: cannot be used: {why}").format(document=source, why=document["why"])
    said = _("{source}: {title}, {period}: {people} people ({unmatched} unknown), {shifts} shifts, {punches} punches")
    period = "-" if document["period"] is None else _("{first} to {last}").format(
        first=document["period"][0], last=document["period"][1]
    )  # fmt: skip
    counted = said.format(
        source=source,
        title=_(document["title"]),
        period=period,
        people=document["people"],
        unmatched=len(document["unmatched"]),
        shifts=document["shifts"],
        punches=document["punches"],
    )
    refused, codes = sum(document["refused"].values()), sum(document["unknown_codes"].values())
    if refused or codes:
        more = _("{document}; {refused} refused, {codes} unknown codes")
        counted = more.format(document=counted, refused=refused, codes=codes)
    if document["refused_at"] is None:
        return counted
    return _("{document}; the newer file cannot be used: {why}").format(document=counted, why=document["why"])


def _feed_line(name: str, feed: State) -> str:
    said = _("{feed}: {lines} lines, {rejected} rejected, {unknown} unknown events, {misfits} misfits")
    counted = said.format(
        feed=name,
        lines=feed["lines"],
        rejected=sum(feed["rejected"].values()),
        unknown=sum(feed["unknown_events"].values()),
        misfits=sum(feed["misfits"].values()),
    )
    if not feed["silent"]:
        return counted
    return _("{counted}; silent for {age}").format(counted=counted, age=duration_or_nothing(feed["age_seconds"]))
