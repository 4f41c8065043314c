"""Rows of a table of another switch to events: of a row an event, or of a row a whole call.

Rules
- A word for who hung up that says neither caller nor agent is absent; any other unknown word refuses the row, except an
  unknown event, which becomes `Unrecognised`.
- A row that is a call tells of it only when it is over: such a feed knows no caller who is waiting now.
"""

from typing import Any

import msgspec

from floorwatch.feeds.jsonl import EVENT_TYPES, reason_of
from floorwatch.feeds.shapes import RejectLine
from floorwatch.feeds.table_options import ABANDONED, ANSWERED, OUTCOMES, TableOptions, ended_by
from floorwatch.feeds.table_rows import Row
from floorwatch.model import events
from floorwatch.model.events import AnyEvent, Event, LeftHow, Unrecognised


def events_of(row: Row, options: TableOptions) -> list[Event]:
    """The events that a row tells, in order. Raises RejectLine."""
    return _call(row, options) if options.by_call else _event(row, options)


def kind_of(row: Row, options: TableOptions) -> type[Event] | None:
    """The event type that a row an event means; None for an unknown or an ignored one."""
    return EVENT_TYPES.get(_our_name(row.text("event") or "", options))


def last_time(row: Row, options: TableOptions) -> float | None:
    """When the row was written, as far as its fields tell. Raises RejectLine."""
    if not options.by_call:
        return row.time("at")
    times = (row.time(field) for field in ("ended_at", "answered_at", "entered_at"))
    return next((at for at in times if at is not None), None)


def _our_name(word: str, options: TableOptions) -> str:
    """Our event for their word, "" for one to be ignored; without a map their words are ours."""
    return options.events.get(word, word)


def _event(row: Row, options: TableOptions) -> list[Event]:
    word, at = row.needed("event"), row.time("at")
    if at is None:
        raise RejectLine("no `at`")
    name = _our_name(word, options)
    if not name:
        return []
    kind = EVENT_TYPES.get(name)
    if kind is None:
        return [Unrecognised(at, word, row.text("call"), row.text("queue"), row.text("agent"))]
    found: dict[str, Any] = {"event": name, "at": at}
    for field in kind.__struct_fields__[1:]:
        value = row.seconds(field) if field.endswith("_seconds") else row.text(field)
        if value is not None:
            found[field] = value
    if ended_by(str(found.get("ended_by"))) is None:
        found.pop("ended_by", None)
    try:
        return [msgspec.convert(found, AnyEvent, strict=False)]
    except msgspec.ValidationError as error:
        raise RejectLine(reason_of(name, str(error))) from None


def _call(row: Row, options: TableOptions) -> list[Event]:
    call, queue, entered = row.needed("call"), row.needed("queue"), row.time("entered_at")
    if entered is None:
        raise RejectLine("no `entered_at`")
    position = row.text("position")
    entry = events.CallEntered(
        at=entered,
        call=call,
        queue=queue,
        caller=row.text("caller"),
        caller_name=row.text("caller_name"),
        position=int(position) if position is not None and position.isdecimal() else None,
    )
    outcome = _outcome(row, options)
    return [entry, *(_answered(row, entry) if outcome == ANSWERED else _left(row, entry, outcome))]


def _outcome(row: Row, options: TableOptions) -> str:
    word = row.text("outcome")
    if word is None:
        return ABANDONED if row.time("answered_at") is None else ANSWERED
    ours = options.outcomes.get(word, word)
    if ours not in OUTCOMES:
        raise RejectLine("`outcome` has a word that `outcomes` does not map")
    return ours


def _answered(row: Row, entry: events.CallEntered) -> list[Event]:
    agent, wait, talk = row.needed("agent"), row.seconds("wait_seconds"), row.seconds("talk_seconds")
    answered = _moment(row, "answered_at", entry.at, wait)
    if answered is None:
        raise RejectLine("answered, but no `answered_at` and no `wait_seconds`")
    waited = answered - entry.at if wait is None else wait
    found: list[Event] = [events.CallAnswered(answered, entry.call, entry.queue, agent, waited)]
    ended = _moment(row, "ended_at", answered, talk)
    if ended is not None:
        talked = ended - answered if talk is None else talk
        by = ended_by(row.text("ended_by") or "")
        found.append(events.CallCompleted(ended, entry.call, entry.queue, agent, by, waited, talked))
    return found


def _left(row: Row, entry: events.CallEntered, outcome: str) -> list[Event]:
    wait = row.seconds("wait_seconds")
    left = _moment(row, "ended_at", entry.at, wait)
    if left is None:
        raise RejectLine("not answered, but no `ended_at` and no `wait_seconds`")
    waited = left - entry.at if wait is None else wait
    if outcome == ABANDONED:
        return [events.CallAbandoned(left, entry.call, entry.queue, None, waited)]
    return [events.CallLeft(left, entry.call, entry.queue, LeftHow(outcome), row.text("detail"), waited)]


def _moment(row: Row, field: str, before: float, seconds: float | None) -> float | None:
    """The field's time, or so many seconds after the moment before it."""
    at = row.time(field)
    return before + seconds if at is None and seconds is not None else at
