"""What could excuse somebody's deviations of today: an incident at their seat, help, a visit, a note.

Rules
- Nothing is excused here: each offers itself, and a person accepts it or does not.
- What lasts (an incident, a help request) excuses where it meets a deviation; a word of a moment (a visit, a note)
  excuses the whole deviation in which, or shortly after which, it was written down.
- One fact is one proposal, from the first moment that it excuses to the last; what an excuse covers already is left
  out of it.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct

from floorwatch import spoken
from floorwatch.model.entered import NoteKind
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Note
from floorwatch.roster.adherence import adherence_of
from floorwatch.roster.attendance import attendance_of
from floorwatch.words import _

WRITTEN_WITHIN_SECONDS = 300.0
"""So long after it was over, what kept somebody is still written down."""

Window: TypeAlias = tuple[float, float]


class Proposal(Struct, frozen=True):
    """An excuse that offers itself for a deviation of a person: an incident at their seat, help that was asked for or
    given, a visit or coaching. `key` names it ("incident:...", "help:...", "note:..."); accepting it is one key."""

    agent: str
    start: float
    end: float
    reason: str
    key: str


class _Fact(Struct, frozen=True):
    """Something that kept somebody. `end` None: a word of a moment."""

    key: str
    reason: str
    start: float
    end: float | None


def proposals(floor: FloorSnapshot, agent: str) -> tuple[Proposal, ...]:
    """What could excuse today's deviations of this person and was not accepted yet, in order of time."""
    windows = _unexcused(floor, agent)
    if not windows:
        return ()
    found = (_proposal(agent, fact, windows) for fact in _facts(floor, agent))
    return tuple(sorted((each for each in found if each is not None), key=lambda each: (each.start, each.key)))


def _proposal(agent: str, fact: _Fact, windows: Iterable[Window]) -> Proposal | None:
    met = [meeting for window in windows if (meeting := _meeting(fact, window)) is not None]
    if not met:
        return None
    return Proposal(agent, min(start for start, _end in met), max(end for _start, end in met), fact.reason, fact.key)


def _meeting(fact: _Fact, window: Window) -> Window | None:
    start, end = window
    if fact.end is None:
        return window if start <= fact.start <= end + WRITTEN_WITHIN_SECONDS else None
    met = max(start, fact.start), min(end, fact.end)
    return met if met[0] < met[1] else None


# --- deviations ---


def _unexcused(floor: FloorSnapshot, agent: str) -> list[Window]:
    """When the person was off the plan today and nobody has excused it, in order."""
    windows = list(_deviations(floor, agent))
    for excuse in floor.duty.excuses.values():
        if excuse.agent == agent and not excuse.withdrawn:
            windows = [left for window in windows for left in _cut(window, excuse.start, excuse.end)]
    return sorted(windows)


def _deviations(floor: FloorSnapshot, agent: str) -> Iterator[Window]:
    adherence = adherence_of(floor, agent)
    if adherence is not None:
        yield from ((each.start, each.end) for each in adherence.deviations)
    seen = attendance_of(floor, agent)
    planned = None if seen is None else seen.planned
    if seen is None or planned is None or planned.start is None or planned.end is None:
        return
    if seen.late > 0:
        yield planned.start, planned.start + seen.late
    if seen.early > 0:
        yield planned.end - seen.early, planned.end


def _cut(window: Window, start: float, end: float) -> Iterator[Window]:
    """What is left of the window without this stretch."""
    first, last = window
    if first < min(start, last):
        yield first, min(start, last)
    if max(end, first) < last:
        yield max(end, first), last


# --- what kept somebody ---


def _facts(floor: FloorSnapshot, agent: str) -> Iterator[_Fact]:
    yield from _incidents(floor, agent)
    yield from _help(floor, agent)
    yield from _notes(floor, agent)
    yield from _visits(floor, agent)


def _incidents(floor: FloorSnapshot, agent: str) -> Iterator[_Fact]:
    seat = _seat(floor, agent)
    for each in floor.support.incidents.values():
        if seat and seat in each.seats:
            end = floor.at if each.closed_at is None else each.closed_at
            yield _Fact(f"incident:{each.key}", _("incident: {title}").format(title=each.title), each.since, end)


def _help(floor: FloorSnapshot, agent: str) -> Iterator[_Fact]:
    names = _names(floor, agent)
    for each in floor.support.helps_since(floor.day_start):
        end = floor.at if each.closed_at is None else each.closed_at
        if each.agent == agent:
            said = _("asked for help: {question}") if each.question else _("asked for help")
            yield _Fact(f"help:{each.id}", said.format(question=each.question), each.requested_at, end)
        elif each.taken_at is not None and each.taken_by in names:
            said = _("helped {who}").format(who=_name(floor, each.agent))
            yield _Fact(f"help:{each.id}", said, each.taken_at, end)


def _notes(floor: FloorSnapshot, agent: str) -> Iterator[_Fact]:
    seat = _seat(floor, agent)
    for each in floor.support.notes_since(floor.day_start):
        is_of_the_seat = each.agent is None and each.kind is NoteKind.FAULT and bool(seat) and each.seat == seat
        if each.agent == agent or is_of_the_seat:
            yield _Fact(f"note:{each.id}", _note_reason(each), each.at, None)


def _note_reason(note: Note) -> str:
    what = " ".join(filter(None, (note.tag, note.text)))
    match note.kind:
        case NoteKind.COACHING:
            return _("coaching by {who}").format(who=note.by)
        case NoteKind.FAULT:
            return _("fault: {what}").format(what=what)
        case NoteKind.STATE:
            return _("state: {what}").format(what=what)
        case _:
            return _("{who} was there").format(who=note.by)


def _visits(floor: FloorSnapshot, agent: str) -> Iterator[_Fact]:
    """Visits of which nothing was noted: a note, and a help request that was answered, stand for their own."""
    for key, each in floor.support.visit_log.items():
        is_bare = key not in floor.support.notes and key not in floor.support.helps
        if each.agent == agent and each.at >= floor.day_start and is_bare:
            yield _Fact(f"visit:{key}", _("{who} was there").format(who=each.by), each.at, None)


def _seat(floor: FloorSnapshot, agent: str) -> str | None:
    known, person = floor.agents.get(agent), floor.people.person(agent)
    return (None if known is None else known.seat) or (None if person is None else person.seat)


def _name(floor: FloorSnapshot, agent: str) -> str:
    known, person = floor.agents.get(agent), floor.people.person(agent)
    return person.name if person is not None else agent if known is None else known.name


def _names(floor: FloorSnapshot, agent: str) -> frozenset[str]:
    """Under what this person may write: help is taken by a name, not by an id."""
    name = _name(floor, agent)
    return frozenset(filter(None, (agent, name, spoken.number_of(agent, name))))
