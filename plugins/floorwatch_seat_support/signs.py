"""Signs that something is broken: clues of one kind that add up, with their start, their seats and their words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from floorwatch.api import FloorSnapshot, _, _n, spoken
from floorwatch_seat_support.clues import Clue, ClueKind, Watch, bursts, watches
from floorwatch_seat_support.limits import Limits

MOST_LINES = 20
"""Lines of evidence of one sign: the newest ones."""

RINGS_REMEMBERED = 256
"""So many rings in vain the floor remembers one by one: of a longer burst it does not know the beginning."""


class Sign(Struct, frozen=True):
    """One of them. `known_at` (epoch seconds) is when the clues first added up, `is_now` whether they still do. `key`
    is the same as long as it lasts."""

    key: str
    known_at: float
    is_now: bool
    clues: tuple[Clue, ...]

    @property
    def kind(self) -> ClueKind:
        """What its clues are."""
        return self.clues[0].kind

    @property
    def system(self) -> str:
        """What does not work, folded; "" for the telephone."""
        return self.clues[0].system

    @property
    def since(self) -> float:
        """When it began."""
        return self.clues[0].at

    @property
    def until(self) -> float:
        """When the last clue came."""
        return self.clues[-1].at

    @property
    def seats(self) -> tuple[str, ...]:
        """The seats concerned, in the order in which they were."""
        return tuple(dict.fromkeys(clue.seat for clue in self.clues if clue.seat))

    @property
    def agents(self) -> tuple[str, ...]:
        """Ids of the agents concerned."""
        return tuple(dict.fromkeys(clue.agent for clue in self.clues if clue.agent))

    @property
    def title(self) -> str:
        """What it is, in a few words."""
        return title_of(self.kind, next((clue.said for clue in self.clues if clue.said.strip()), ""))

    def lines(self, floor: FloorSnapshot) -> Iterator[str]:
        """Its evidence, to read."""
        zone, n = floor.rules.days.zone, len(self.agents)
        since = spoken.clock_minute(self.since, zone)
        if self.kind is ClueKind.RINGS:
            said = _n("{rings} rings in vain at {n} telephone", "{rings} rings in vain at {n} telephones", n)
            yield said.format(rings=len(self.clues), n=n)
        elif self.kind is ClueKind.DEVICES:
            yield _n("{n} telephone out since {time}", "{n} telephones out since {time}", n).format(n=n, time=since)
        else:
            for clue in self.clues[-MOST_LINES:]:
                if clue.line:
                    yield clue.line


def signs_of(
    clues: Iterable[Clue], floor: FloorSnapshot, limits: Limits, followed: Mapping[str, float]
) -> tuple[Sign, ...]:
    """All signs in these ascending clues, in the order in which they became known.

    `followed`: system -> since when somebody sees to it; from then on a single note of it is a sign.
    """
    by_kind: defaultdict[tuple[ClueKind, str], list[Clue]] = defaultdict(list)
    for clue in clues:
        by_kind[clue.kind, clue.system].append(clue)
    watch = watches(floor, limits)
    found = (sign for key, each in by_kind.items() for sign in _signs(each, floor, watch[key[0]], followed))
    return tuple(sorted(found, key=lambda sign: (sign.known_at, sign.key)))


def _signs(clues: list[Clue], floor: FloorSnapshot, watch: Watch, followed: Mapping[str, float]) -> Iterator[Sign]:
    """Of clues of one kind and system."""
    kind, system = clues[0].kind, clues[0].system
    since = followed.get(system) if kind is ClueKind.FAULT else None
    if since is not None:
        noted = tuple(clue for clue in clues if clue.at >= since - watch.window)
        if noted:
            yield Sign(key_from(kind, system, since), noted[0].at, is_now=True, clues=noted)
        return
    for known_at, burst in bursts(clues, watch):
        is_now = floor.at - burst[-1].at <= watch.gap
        began = _began(burst, floor)
        yield Sign(key_from(kind, system, began), known_at, is_now, tuple(burst))


def title_of(kind: ClueKind, system: str) -> str:
    """What does not work, in a few words; `system` as somebody wrote it, "" where nobody named any."""
    titles = {
        ClueKind.RINGS: _("telephones ring in vain"),
        ClueKind.DEVICES: _("telephones are out"),
        ClueKind.HANDLE_TIME: _("calls take much longer"),
        ClueKind.FAULT: _("{system} does not work").format(system=system) if system else _("something does not work"),
    }
    return titles[kind]


def key_from(kind: ClueKind, system: str, since: float) -> str:
    """What names it: "fault:crm@1763760000", "rings@1763760000"."""
    return f"{kind.value}:{system}@{since:.0f}" if kind is ClueKind.FAULT else f"{kind.value}@{since:.0f}"


def kind_and_system(key: str) -> tuple[ClueKind | None, str]:
    """What a key is about; None where it was made by somebody else."""
    name, _at, _since = key.rpartition("@")
    kind, _colon, system = name.partition(":")
    return (ClueKind(kind), system) if kind in set(ClueKind) else (None, "")


def _began(burst: list[Clue], floor: FloorSnapshot) -> float:
    """When it began, for its key. A burst of rings whose beginning is forgotten began, for that, with the day or when
    the last incident was closed: or its key would change with every ring that is forgotten."""
    first = burst[0]
    rings = floor.missed_rings
    if first.kind is not ClueKind.RINGS or len(rings) < RINGS_REMEMBERED or first.at > rings[0].at:
        return first.at
    closed = (each.closed_at or 0.0 for each in floor.support.incidents.values())
    return max(floor.day_start, max(closed, default=0.0))
