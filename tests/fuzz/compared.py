"""The same lines through floorwatch and through the reference floor, and where the two differ.

Rules
- A case is what a seed makes; it can be made again, cut shorter, and printed.
- A line is received when it came, by a clock that goes on with the log's own times and is behind none by more than a
  day: what lies further ahead is refused by both.
- Both are asked for their state after the last line, and at some moments before.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import time, tzinfo
from math import isclose
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from floorwatch.engine.decoding import LineDecoder, fold
from floorwatch.engine.state import state_of_floor
from floorwatch.feeds.shapes import FeedHealth, FeedLine
from floorwatch.model.clock import FloorDays
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules, Target
from floorwatch.text import inert
from floorwatch_asterisk.queue_log import QueueLogFormat
from tests.fuzz.damage import damaged
from tests.fuzz.floors import BEGAN, Switch, grammar
from tests.fuzz.reference import ReferenceFloor
from tests.fuzz.reference_figures import State, state_of

KINDS = ("clean", "damaged", "grammar", "two feeds")
FEEDS = ("north", "south")
OF_FEEDS = ("lines", "rejected", "unknown_events", "misfits", "last_line_at")
OF_AGENTS = ("state", "since", "calls", "queues")
"""What a queue log decides of them; the rest is the host's, the people file's, or what people entered."""

ALIKE = "names that cannot be told apart once they are inert"


class Received(NamedTuple):
    """A line as it came."""

    feed: str
    at: float
    raw: bytes


class Rules(NamedTuple):
    """What a floor knows beside its lines."""

    zone: str = "UTC"
    starts: time = time()
    targets: Mapping[str, tuple[float, float]] = {}


class Case(NamedTuple):
    """Lines in the order of their receipt, and the places after which the floors are compared."""

    rules: Rules
    lines: Sequence[Received]
    looks: Sequence[int]


class Difference(NamedTuple):
    """After so many lines, at this moment: what floorwatch says, and what the reference says."""

    lines: int
    now: float
    where: str
    ours: object
    theirs: object


def case_of(seed: int, lines: int, looks: int = 4) -> Case:
    """The case that a seed makes."""
    chance = Random(seed)
    kind = KINDS[seed % len(KINDS)]
    rules = Rules(
        chance.choice(("UTC", "Asia/Shanghai", "Europe/Berlin")),
        chance.choice((time(), time(4, 30))),
        {"support": (10.0, 2.0), "q2": (5.0, 5.0)} if chance.random() < 0.5 else {},
    )
    came = list(_lines_of(kind, chance, lines))
    places = sorted({len(came), *(chance.randrange(len(came) + 1) for _ in range(looks - 1))})
    return Case(rules, came, places)


def _lines_of(kind: str, chance: Random, lines: int) -> Iterator[Received]:
    began = BEGAN + chance.randrange(86_400)
    if kind == "two feeds" and chance.random() < 0.5:  # calls that one switch begins and the other one ends
        return _as_received(((chance.choice(FEEDS), raw) for raw in grammar(chance, lines, began)), began)
    if kind == "two feeds":
        first = damaged(chance, Switch(chance, began).run(lines // 2), chance.choice((0, 3)))
        second = damaged(chance, Switch(chance, began, chance.choice(("", "south-"))).run(lines // 2), 0)
        return _as_received(_mixed(chance, dict(zip(FEEDS, (first, second), strict=True))), began)
    if kind == "grammar":
        raws = list(grammar(chance, lines, began))
    else:
        raws = damaged(chance, Switch(chance, began).run(lines), 0 if kind == "clean" else chance.choice((1, 5, 30)))
    return _as_received((("queue_log", raw) for raw in raws), began)


def _mixed(chance: Random, feeds: Mapping[str, Sequence[bytes]]) -> Iterator[tuple[str, bytes]]:
    """The lines of each feed in order, and the feeds in any."""
    to_come = {feed: list(reversed(raws)) for feed, raws in feeds.items()}
    while any(to_come.values()):
        feed = chance.choice([feed for feed, raws in to_come.items() if raws])
        for _ in range(min(chance.randint(1, 5), len(to_come[feed]))):
            yield feed, to_come[feed].pop()


def _as_received(lines: Iterator[tuple[str, bytes]], began: float) -> Iterator[Received]:
    """Each at the time that it says, if that goes on from the last one and is not far from it."""
    now = float(began)
    for feed, raw in lines:
        stamp = raw.partition(b"|")[0]
        if stamp.isdigit() and now < int(stamp) < now + 50_000:
            now = float(stamp)
        yield Received(feed, now, raw)


class Ours:
    """floorwatch's floor."""

    def __init__(self, rules: Rules) -> None:
        fmt = QueueLogFormat()
        days = FloorDays(ZoneInfo(rules.zone), rules.starts)
        targets = {queue: Target(seconds, short) for queue, (seconds, short) in rules.targets.items()}
        self.floor = Floor(FloorRules(days, targets=targets), None, fmt.gives)
        self._decoders = {name: LineDecoder(fmt.decoder({}), FeedHealth(name)) for name in ("queue_log", *FEEDS)}

    def read(self, feed: str, received_at: float, raw: bytes) -> None:
        """One line, decoded and folded."""
        fold(self.floor, self._decoders[feed].decode(FeedLine(feed, received_at, 0, raw)))

    def state(self, now: float) -> State:
        """As `floorwatch state --json --unmasked`."""
        return state_of_floor(self.floor.snapshot(now), {}, unmasked=True)


def theirs_of(rules: Rules) -> ReferenceFloor:
    """The reference floor of these rules."""
    zone: tzinfo = ZoneInfo(rules.zone)
    return ReferenceFloor(zone, rules.starts, rules.targets)


def differing(case: Case, ours: Callable[[Rules], Ours] = Ours) -> Difference | None:
    """The first difference; None where both say the same at every look."""
    us, them = ours(case.rules), theirs_of(case.rules)
    looks = set(case.looks)
    for place, line in enumerate(case.lines, 1):
        us.read(*line)
        them.read(*line)
        if place in looks:
            now = line.at + place % 3
            for where, mine, other in differences(us.state(now), state_of(them, now)):
                return Difference(place, now, where, mine, other)
    return None


def differences(ours: State, theirs: State) -> Iterator[tuple[str, object, object]]:
    """(where, ours, theirs) of everything that is not the same, as far as the reference decides it."""
    shown = _inert(theirs)
    for agent in shown["agents"].values():
        if agent != ALIKE:
            agent["calls"].sort()
    yield from _differing("", _plain(ours), {**shown, "calls": sorted(shown["calls"])})


def _plain(state: State) -> State:
    """Ours as far as the reference decides it, its lists in the same order."""
    calls = sorted(
        (call["call"], call["queue"], call["agent"] or "", call["state"], call["since"]) for call in state["calls"]
    )
    agents = {
        key: {**_only(agent, OF_AGENTS), "calls": sorted(agent["calls"])} for key, agent in state["agents"].items()
    }
    feeds = {name: _only(feed, OF_FEEDS) for name, feed in state["feeds"].items()}
    return {"queues": state["queues"], "total": state["total"], "feeds": feeds, "calls": calls, "agents": agents}


def _only(of: State, keys: Sequence[str]) -> State:
    return {key: of[key] for key in keys}


def _inert(value: Any) -> Any:
    """Theirs as it may be shown: words from a feed are inert everywhere in a state."""
    match value:
        case str():
            return inert(value)
        case dict():
            names = [_inert(key) for key in value]
            return {
                name: _inert(each) if names.count(name) == 1 else ALIKE
                for name, each in zip(names, value.values(), strict=True)
            }
        case list():
            return [_inert(each) for each in value]
        case tuple():
            return tuple(_inert(each) for each in value)
        case _:
            return value


def _differing(where: str, ours: Any, theirs: Any) -> Iterator[tuple[str, object, object]]:
    if theirs == ALIKE:
        return
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys(), key=str):
            if key in ours and key in theirs:
                yield from _differing(f"{where}/{key}", ours[key], theirs[key])
            else:
                yield f"{where}/{key}", ours.get(key, "nothing"), theirs.get(key, "nothing")
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for place, (mine, other) in enumerate(zip(ours, theirs, strict=True)):
            yield from _differing(f"{where}/{place}", mine, other)
    elif isinstance(ours, float) and isinstance(theirs, float):
        if not isclose(ours, theirs, rel_tol=1e-9):
            yield where, ours, theirs
    elif ours != theirs:
        yield where, ours, theirs


def shortest(case: Case, fails: Callable[[Case], bool]) -> Case:
    """The same failing with fewer lines: pieces are left out for as long as it still fails."""
    step = max(1, len(case.lines) // 2)
    while step:
        place = 0
        while place < len(case.lines):
            fewer = [*case.lines[:place], *case.lines[place + step :]]
            tried = case._replace(lines=fewer, looks=range(len(fewer) + 1))
            if fails(tried):
                case = tried
            else:
                place += step
        step //= 2
    return case
