"""What may point to something broken: fault notes, rings in vain, telephones that are out, calls that take much longer.

Rules
- A clue is one thing that was noted or that the telephone system told. Several clues within minutes make a sign.
- A clue counts for the seat where it was noted; without a seat, for the agent. One without either does not count.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from math import ceil, inf

from msgspec import Struct

from floorwatch.api import INTERVAL_SECONDS, Agent, AgentState, FloorSnapshot, NoteKind, _, interval_of, spoken
from floorwatch_seat_support.asked_before import key_of
from floorwatch_seat_support.duty import on_duty
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.who import who
from floorwatch_seat_support.wording import in_one_line

LOOK_BACK_SECONDS = 3 * 86_400.0
"""So old are the oldest notes and closed incidents that are looked at."""

NOTES_LAST_SECONDS = 86_400.0
"""What was noted is suspected until it is closed, or until nothing more of it was noted for so long."""

EVERYWHERE = "*"
"""The place of what is true of the whole floor."""


class ClueKind(StrEnum):
    """What a clue is."""

    FAULT = "fault"
    RINGS = "rings"
    DEVICES = "devices"
    HANDLE_TIME = "handle"


class Clue(Struct, frozen=True):
    """One of them. `system` is what does not work, folded ("" for the telephone); `said` as it was written; `place` is
    what it counts for; `line` is for a person to read, where there is something to read."""

    kind: ClueKind
    at: float
    place: str
    system: str = ""
    said: str = ""
    seat: str | None = None
    agent: str | None = None
    line: str = ""


class Watch(Struct, frozen=True):
    """How clues of a kind add up: `least` places within `window` seconds make a sign, which goes on while the next clue
    comes within `gap`; where `keeps_heat`, only while as many places are in the window."""

    window: float
    least: int
    gap: float
    keeps_heat: bool = False


def watches(floor: FloorSnapshot, limits: Limits) -> Mapping[ClueKind, Watch]:
    """How each kind adds up by these limits, on a floor of this size."""
    seats = limits.incident_seats
    telephones = max(seats, ceil(limits.incident_share * len(on_duty(floor))))
    return {
        ClueKind.FAULT: Watch(limits.incident_seconds, seats, NOTES_LAST_SECONDS),
        ClueKind.RINGS: Watch(limits.missed_seconds, telephones, limits.missed_seconds, keeps_heat=True),
        ClueKind.DEVICES: Watch(limits.incident_seconds, telephones, inf),
        ClueKind.HANDLE_TIME: Watch(0.0, 1, 2.0 * INTERVAL_SECONDS),
    }


def clues_of(floor: FloorSnapshot, limits: Limits) -> tuple[Clue, ...]:
    """All of them, the oldest first."""
    found = [*_faults(floor), *_rings(floor), *_devices(floor), *_long_handling(floor, limits)]
    return tuple(sorted(found, key=lambda clue: clue.at))


def bursts(clues: Iterable[Clue], watch: Watch) -> Iterator[tuple[float, list[Clue]]]:
    """Those that add up, oldest first: when they first did, and all of them. `clues` are of one kind and ascend."""
    window: deque[Clue] = deque()
    places: dict[str, int] = {}
    burst: list[Clue] = []
    known_at = last = -inf
    for clue in clues:
        window.append(clue)
        if clue.place:
            places[clue.place] = places.get(clue.place, 0) + 1
        while clue.at - window[0].at > watch.window:
            _leave(places, window.popleft().place)
        is_hot = len(places) >= watch.least
        if burst and clue.at - last > watch.gap:
            yield known_at, burst
            burst = []
        if burst and (is_hot or not watch.keeps_heat):
            burst.append(clue)
            last = clue.at
        elif is_hot:
            known_at = last = clue.at
            burst = list(window)
    if burst:
        yield known_at, burst


def _leave(places: dict[str, int], place: str) -> None:
    """One clue fewer of this place; without any it is none of them."""
    if place and places[place] > 1:
        places[place] -= 1
    elif place:
        del places[place]


def _faults(floor: FloorSnapshot) -> Iterator[Clue]:
    for note in reversed(list(floor.support.notes_since(floor.at - LOOK_BACK_SECONDS))):
        if note.kind is NoteKind.FAULT:
            place = note.seat or note.agent or ""
            name = who(floor, note.agent, note.seat) if note.agent else place
            text = in_one_line(note.text)
            line = _("{who}: {text}").format(who=name, text=text) if name and text else name or text
            yield Clue(ClueKind.FAULT, note.at, place, key_of(note.tag), note.tag, note.seat, note.agent, line)


def _rings(floor: FloorSnapshot) -> Iterator[Clue]:
    for ring in floor.missed_rings:
        seat = _seat(floor.agents.get(ring.agent))
        yield Clue(ClueKind.RINGS, ring.at, ring.agent, seat=seat, agent=ring.agent)


def _devices(floor: FloorSnapshot) -> Iterator[Clue]:
    for agent in floor.agents.values():
        if agent.state is AgentState.FAULT and agent.fault_since is not None:
            yield Clue(ClueKind.DEVICES, agent.fault_since, agent.id, seat=agent.seat, agent=agent.id)


def _long_handling(floor: FloorSnapshot, limits: Limits) -> Iterator[Clue]:
    """Quarters of an hour of today whose handle time is a jump above that of the day before them."""
    before_seconds, before_calls, least = 0.0, 0, limits.handle_time_calls
    for start in range(interval_of(floor.day_start), interval_of(floor.at) + 1, INTERVAL_SECONDS):
        seconds, calls = _handled(floor, start)
        if calls >= least > 0 and before_calls >= least:
            now, before = seconds / calls, before_seconds / before_calls
            if now >= before * limits.handle_time_factor:
                said = _("calls from {time} on: handle time {now}, before {before}")
                time = spoken.clock_minute(start, floor.rules.days.zone)
                line = said.format(time=time, now=spoken.duration(now), before=spoken.duration(before))
                yield Clue(ClueKind.HANDLE_TIME, float(start), EVERYWHERE, line=line)
        before_seconds, before_calls = before_seconds + seconds, before_calls + calls


def _handled(floor: FloorSnapshot, start: int) -> tuple[float, int]:
    found = [c for queue in floor.queue_names if (c := floor.interval_counts.get((queue, start))) is not None]
    return sum(c.talk_seconds + c.wrap_seconds for c in found), sum(c.completed + c.transferred for c in found)


def _seat(agent: Agent | None) -> str | None:
    return None if agent is None else agent.seat
