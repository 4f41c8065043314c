"""Suspected incidents: what several signs within minutes add up to, and what somebody took up.

Rules
- Signs within minutes of each other are one incident; two systems are two.
- Its key is that of the sign that was known first, and stays while it lasts. One that somebody took up keeps its key
  and gathers what comes later, until it is closed. What it had gathered by then does not make it come back.
- What the telephone system alone tells fades with its evidence; what was noted, or taken up, does not.
"""

from collections.abc import Iterable

from msgspec import Struct

from floorwatch.api import FloorSnapshot, Incident, _, spoken
from floorwatch_seat_support.clues import LOOK_BACK_SECONDS, Clue, ClueKind, clues_of
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.signs import Sign, kind_and_system, signs_of


class Suspicion(Struct, frozen=True):
    """Something that may be broken. `key` stays while it lasts; `since` is when it began (epoch seconds); `agents` are
    ids; `evidence` are lines to read; `owner` is who sees to it ("": nobody). `is_taken`: somebody owns it."""

    key: str
    title: str
    since: float
    seats: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    owner: str = ""
    evidence: tuple[str, ...] = ()
    is_taken: bool = False


def suspicions(floor: FloorSnapshot, limits: Limits) -> tuple[Suspicion, ...]:
    """All that is suspected now, the oldest first."""
    clues = clues_of(floor, limits)
    known = sorted(floor.support.incidents.values(), key=lambda each: (each.closed_at or 0.0, each.since, each.key))
    for each in known:
        if each.closed_at is not None and each.closed_at > floor.at - LOOK_BACK_SECONDS:
            clues = _not_of(each, each.closed_at, clues, floor, limits)
    groups = _gathered([_Group(each) for each in known if each.is_open], clues, floor, limits)
    found = (group.suspicion(floor) for group in groups if group.is_now)
    return tuple(sorted(found, key=lambda each: (each.since, each.key)))


class _Group:
    """Signs that are one incident: one that somebody took up, or one that is only suspected."""

    def __init__(self, incident: Incident | None = None) -> None:
        self.incident = incident
        self.signs: list[Sign] = []
        self.kind, self.system = (None, "") if incident is None else kind_and_system(incident.key)

    @property
    def is_now(self) -> bool:
        return self.incident is not None or any(sign.is_now for sign in self.signs)

    def is_about(self, sign: Sign) -> bool:
        """Whether the sign is of what it is about itself."""
        return (sign.kind, sign.system) == (self.kind, self.system)

    def takes(self, sign: Sign, within: float) -> bool:
        """Whether the sign belongs to it: what it is about itself, or anything else within so many seconds."""
        closed_at = None if self.incident is None else self.incident.closed_at
        if closed_at is not None and sign.since > closed_at:
            return False
        if self.is_about(sign):
            return self.incident is not None or self._is_near(sign, within)
        systems = {each.system for each in self.signs} | {self.system}
        if sign.kind is ClueKind.FAULT and systems - {"", sign.system}:
            return False
        return self._is_near(sign, within)

    def add(self, sign: Sign) -> None:
        """The sign is part of it from now on."""
        if self.kind is None:
            self.kind, self.system = sign.kind, sign.system
        self.signs.append(sign)

    def suspicion(self, floor: FloorSnapshot) -> Suspicion:
        """What there is to say of it."""
        seats = tuple(seat for sign in self.signs for seat in sign.seats)
        agents = tuple(dict.fromkeys(agent for sign in self.signs for agent in sign.agents))
        lines = tuple(line for sign in self.signs for line in sign.lines(floor))
        incident = self.incident
        if incident is None:
            first = next((sign for sign in self.signs if sign.kind is ClueKind.FAULT), self.signs[0])
            since = min(sign.since for sign in self.signs)
            return Suspicion(self.signs[0].key, first.title, since, tuple(dict.fromkeys(seats)), agents, evidence=lines)
        return Suspicion(
            incident.key,
            incident.title,
            incident.since,
            tuple(dict.fromkeys((*incident.seats, *seats))),
            agents,
            incident.owner,
            (*lines, *_found_out(incident, floor)),
            is_taken=bool(incident.owner),
        )

    def _is_near(self, sign: Sign, within: float) -> bool:
        began = [each.since for each in self.signs]
        ended = [each.until for each in self.signs]
        if self.incident is not None:
            began.append(self.incident.since)
            ended.append(self.incident.since)
        return min(began) - within <= sign.until and sign.since <= max(ended) + within


def _gathered(groups: list[_Group], clues: Iterable[Clue], floor: FloorSnapshot, limits: Limits) -> list[_Group]:
    """These groups with the signs that belong to them, and a new one for each sign that belongs to none."""
    followed = {each.system: each.incident.since for each in groups if each.incident and each.kind is ClueKind.FAULT}
    for sign in signs_of(clues, floor, limits, followed):
        takers = [each for each in groups if each.takes(sign, limits.incident_seconds)]
        group = next((each for each in takers if each.is_about(sign)), takers[0] if takers else None)
        if group is None:
            group = _Group()
            groups.append(group)
        group.add(sign)
    return groups


def _not_of(
    incident: Incident, closed_at: float, clues: tuple[Clue, ...], floor: FloorSnapshot, limits: Limits
) -> tuple[Clue, ...]:
    """The clues that a closed incident had not gathered. Calls that have taken longer since are its own, too: they are
    what they were when it was closed."""
    before = tuple(clue for clue in clues if clue.at <= closed_at or clue.kind is ClueKind.HANDLE_TIME)
    group = _Group(incident)
    kind, system = kind_and_system(incident.key)
    _gathered([group], before, floor, limits)
    gathered = {id(clue) for sign in group.signs for clue in sign.clues}
    own = {id(clue) for clue in before if (clue.kind, clue.system) == (kind, system) and clue.at <= closed_at}
    return tuple(clue for clue in clues if id(clue) not in gathered and id(clue) not in own)


def _found_out(incident: Incident, floor: FloorSnapshot) -> Iterable[str]:
    """What people added."""
    zone = floor.rules.days.zone
    said = _("{time} {who}: {text}")
    for each in incident.evidence:
        yield said.format(time=spoken.clock_minute(each.at, zone), who=each.by, text=each.text)
