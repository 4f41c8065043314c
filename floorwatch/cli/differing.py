"""What changed on the floor between two moments, as text for people: what `floorwatch state --diff` prints.

Rules
- Figures of queues, states of agents, calls and alerts have words of their own; whatever else changed stands below,
  under the name that it has in the JSON (docs/state.md). Left out are calls past `MOST_CALLS`, and what changed by less
  than one can see in a figure.
- Of the definitions of a service level the one by which the queue is judged stands here, of a talk its state and not
  its seconds: the JSON has the rest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from floorwatch.cli.plain import plain_table
from floorwatch.engine.house import House
from floorwatch.engine.state import State
from floorwatch.engine.state_difference import Change, changes_between, changes_within, named
from floorwatch.model.entities import AgentState
from floorwatch.spoken import NOTHING, clock, duration, share, state_name
from floorwatch.words import _, _n, _p

MOST_CALLS = 20
LONGEST_VALUE = 90
"""Cells of a value that has no words of its own."""

_SaidOfAlert = Callable[[State, State], str]


def difference_text(before: State, after: State, house: House, said_of_alert: _SaidOfAlert) -> str:
    """Everything that is other in `after`, ending in an empty line; `said_of_alert` says an alert of a state."""
    parts = [
        _figures(before, after, house),
        _agents(before, after),
        _calls(before, after),
        _alerts(before, after, said_of_alert),
        _rest([change for change in changes_between(before, after) if not _has_words(change)], house),
    ]
    body = "\n\n".join(part for part in parts if part) or _("Nothing changed.")
    return f"{_head(before['at'], after['at'], house)}\n\n{body}\n\n"


def _head(before: float, after: float, house: House) -> str:
    first, last = house.rules.days.local(before), house.rules.days.local(after)
    shown = f"{last:%H:%M:%S}" if first.date() == last.date() else f"{last:%Y-%m-%d %H:%M:%S}"
    said = _("{first} to {last}, {duration} later")
    return said.format(first=f"{first:%Y-%m-%d %H:%M:%S}", last=shown, duration=duration(after - before))


def _has_words(change: Change) -> bool:
    """Whether it is said above the rest."""
    place, *rest = change.path
    if place == "agents":
        return len(rest) == 1 or rest[1] in {"state", "since", "calls"} or rest[-1] in {"paused", "pause_reason"}
    return place in {"queues", "total", "calls"} or (place == "alerts" and len(rest) == 1)


# Queues


def _figures(before: State, after: State, house: House) -> str:
    rows = [
        [name, _figure_name(change.path), *values]
        for name, left, right in _scopes(before, after)
        for change in changes_within((), left, right)
        if _is_shown(change, house.rules.target(name).definition) and (values := _values(change, house))
    ]
    head = [_("queue"), _("figure"), _("before"), _p("a moment", "after"), _("difference")]
    return plain_table(head, rows, frozenset({2, 3, 4})) if rows else ""


def _scopes(before: State, after: State) -> Iterator[tuple[str, State, State]]:
    for name in {**after["queues"], **before["queues"]}:
        yield name, before["queues"].get(name, {}), after["queues"].get(name, {})
    yield _("total"), before["total"], after["total"]


def _is_shown(change: Change, definition: str) -> bool:
    """Not the callers, who stand among the calls; of a queue that came none of the figures that are still 0."""
    place, *rest = change.path
    if place == "callers" or isinstance(change.before, dict | list) or isinstance(change.after, dict | list):
        return False
    return (place != "service_level" or rest == [definition]) and bool(change.before or change.after)


def _figure_name(path: Sequence[str]) -> str:
    place, *rest = path
    if place == "agents" and rest[0] in {state.value for state in AgentState}:
        return state_name(rest[0])
    if place == "left" and rest:
        return _("left: {how}").format(how=rest[0])
    words = _FIGURES.get(place)
    return ".".join(path) if words is None else words()


_FIGURES: Mapping[str, Callable[[], str]] = {
    "waiting": lambda: _p("callers", "waiting"),
    "longest_wait_seconds": lambda: _("longest wait"),
    "offered": lambda: _("offered"),
    "answered": lambda: _("answered"),
    "abandoned": lambda: _("abandoned"),
    "completed": lambda: _("completed"),
    "service_level": lambda: _("service level"),
    "answer_rate": lambda: _("answer rate"),
    "asa_seconds": lambda: _("ASA"),
    "talk_seconds_mean": lambda: _("talk, mean"),
    "aht_seconds": lambda: _("AHT"),
}


# Agents


def _agents(before: State, after: State) -> str:
    left, right = before["agents"], after["agents"]
    rows = []
    for agent in {**right, **left}:
        was, now = _agent_state(left.get(agent)), _agent_state(right.get(agent))
        if was != now:
            rows.append([agent, (right.get(agent) or left[agent])["name"], was, now])
    return plain_table([_("agent"), _("name"), _("before"), _p("a moment", "after")], rows) if rows else ""


def _agent_state(agent: State | None) -> str:
    """`paused (Lunch)`; the queues beside it, where it is only of some of them that something can be said."""
    if agent is None:
        return NOTHING
    places = agent["queues"]
    paused = {queue: place for queue, place in places.items() if place["paused"]}
    reasons = dict.fromkeys(place["pause_reason"] for place in paused.values() if place["pause_reason"])
    state = state_name(agent["state"])
    about = ", ".join([*reasons, *(paused if paused and len(paused) < len(places) else ())])
    return _("{state} ({about})").format(state=state, about=about) if about else state


# Calls, alerts, and the rest


def _calls(before: State, after: State) -> str:
    left, right = named(before["calls"]), named(after["calls"])
    rows = []
    for call in {**left, **right}:
        was, now = _call_state(left.get(call)), _call_state(right.get(call))
        if was != now:
            rows.append([call, (right.get(call) or left[call])["queue"], was, now])
    if not rows:
        return ""
    table = plain_table([_("call"), _("queue"), _("before"), _p("a moment", "after")], rows[:MOST_CALLS])
    more = len(rows) - MOST_CALLS
    return table if more <= 0 else f"{table}\n{_n('and {n} more call', 'and {n} more calls', more).format(n=more)}"


def _call_state(call: State | None) -> str:
    if call is None:
        return NOTHING
    words = {
        "waiting": _p("callers", "waiting"),
        "talking": state_name(AgentState.ON_CALL),
        "on_hold": state_name(AgentState.ON_HOLD),
    }
    state = words.get(call["state"]) or str(call["state"])
    return _("{state} ({about})").format(state=state, about=call["agent"]) if call["agent"] else state


def _alerts(before: State, after: State, said: _SaidOfAlert) -> str:
    left, right = named(before["alerts"]), named(after["alerts"])
    raised = [_("raised: {alert}").format(alert=said(right[each], after)) for each in right if each not in left]
    cleared = [_("cleared: {alert}").format(alert=said(left[each], before)) for each in left if each not in right]
    return "\n".join([*raised, *cleared])


def _rest(changes: Sequence[Change], house: House) -> str:
    rows = [[".".join(change.path), *values] for change in changes if (values := _values(change, house))]
    head = [_("what"), _("before"), _p("a moment", "after"), _("difference")]
    return plain_table(head, rows, frozenset({3})) if rows else ""


# Values


def _values(change: Change, house: House) -> Sequence[str]:
    """Before, after, and how much more that is as it stands there; nothing where nobody would see a difference."""
    key = next((part for part in reversed(change.path) if _unit(part)), "")
    before, after = (_value(key, value, house) for value in (change.before, change.after))
    if before == after:
        return ()
    if change.difference is None or _unit(key) == "time":
        return before, after, ""
    more = _as_shown(key, change.after) - _as_shown(key, change.before)
    said = _value(key, abs(more), house)
    return before, after, f"-{said}" if more < 0 else f"+{said}"


def _as_shown(key: str, value: float) -> float:
    unit = _unit(key)
    return round(value, 3) if unit == "share" else int(value) if unit == "seconds" else value


def _unit(key: str) -> str:
    """What the numbers under this key are."""
    if key in {"service_level", "answer_rate"}:
        return "share"
    if key in {"since", "snoozed_until"} or key.endswith("_at"):
        return "time"
    return "seconds" if "_seconds" in key else ""


def _value(key: str, value: Any, house: House) -> str:
    """A value as one says it: of a thing its own values, as far as they stand in a line."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Mapping):
        said = (f"{name} {_value(name, each, house)}" for name, each in value.items() if each not in (None, "", [], {}))
        return _cut(", ".join(said))
    if isinstance(value, list):
        return _cut(", ".join(_value(key, each, house) for each in value)) or NOTHING
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _cut(str(value))
    return _number(_unit(key), value, house)


def _number(unit: str, value: float, house: House) -> str:
    if unit == "time":
        return clock(value, house.rules.days.zone)
    if unit == "seconds":
        return duration(value)
    return share(value) if unit == "share" else f"{value:g}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
