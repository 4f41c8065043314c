"""Floors to check on: the empty one, the bundled samples at five moments, a made one, and one of 1,000 seats.

Rules
- They are made once a process. Plugins are given copies (`copied`): one that changes its floor spoils no other check.
- The alerts of a sample's moment are what the bundled rules find true at it, as if just raised.
"""

import pickle
from collections.abc import Iterator
from enum import Enum, auto
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.bundled import bundled
from floorwatch.conformance.made_duty import many_documents
from floorwatch.conformance.made_floor import LATER_SECONDS, MADE_AT, made_floor
from floorwatch.conformance.made_support import LOOKER, many_entries
from floorwatch.engine.decoding import fold
from floorwatch.engine.house import build_house, rules_asked
from floorwatch.engine.timeline import Timeline, timeline_of
from floorwatch.feeds.recording import is_recording
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty import Duty
from floorwatch.model.entities import Fact
from floorwatch.model.floor import Floor
from floorwatch.model.people import read_people
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Support
from floorwatch.model.targets import FloorRules
from floorwatch.settings import FeedSettings, FloorSettings, Settings
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.plan import Plan, queues_for
from floorwatch.simulate.staff import people_csv
from floorwatch.words import _

Entered = TypeVar("Entered", Support, Duty)

ZONE = "Asia/Shanghai"
MOMENTS = 5
LARGE_AT = 1_773_108_000.0  # 10:00 on Tuesday, 2026-03-10, in Shanghai
LARGE_SECONDS = 900.0
LARGE_STAFF = 1_400
"""Of whom some 1,000 have their shift at that hour; the others are at home."""


class FloorKind(Enum):
    """What a floor is there to show."""

    EMPTY = auto()
    SAMPLE = auto()
    MADE = auto()
    LARGE = auto()


class CheckFloor(Struct, frozen=True):
    """A floor with a name for reports. The floor is kept for all checks: give plugins a copy."""

    kind: FloorKind
    name: str
    floor: FloorSnapshot


class Sample(Struct, frozen=True):
    """A bundled recording: its feed, and who is who (None: nobody says)."""

    name: str
    feed: Path
    people: Path | None


def copied(floor: FloorSnapshot) -> FloorSnapshot:
    """An equal floor in which nothing that can be changed is the same object, and nothing was computed yet."""
    fields = {name: getattr(floor, name) for name in FloorSnapshot.__struct_fields__}
    changeable = {name: value for name, value in fields.items() if name not in _FROZEN}
    return FloorSnapshot(
        **pickle.loads(pickle.dumps(changeable, pickle.HIGHEST_PROTOCOL)),  # a fifth of what deepcopy costs
        rules=replace(floor.rules, targets=dict(floor.rules.targets)),
        support=_with_new_mappings(floor.support),
        duty=_with_new_mappings(floor.duty),
        spells=dict(floor.spells),
        people=floor.people,
        past=floor.past,
    )


_FROZEN = frozenset({"rules", "support", "duty", "spells", "people", "past"})
"""What stands in these is frozen through and through, and there may be a great deal of it."""


def _with_new_mappings(entered: Entered) -> Entered:
    return type(entered)(**{name: dict(getattr(entered, name)) for name in entered.__struct_fields__})


def check_floors() -> tuple[CheckFloor, ...]:
    """Every floor that panels, rules, metrics and commands are checked on, the largest last."""
    return (*small_floors(), large_floor())


@lru_cache(maxsize=1)
def small_floors() -> tuple[CheckFloor, ...]:
    """All but the one of 1,000 seats."""
    empty = Floor(_rules()).snapshot(MADE_AT)
    made = made_floor(_rules())
    later = replace(made, at=MADE_AT + LATER_SECONDS, gives=frozenset({Fact.CALLS}))
    return (
        CheckFloor(FloorKind.EMPTY, _("the empty floor"), empty),
        *(each for sample in samples() for each in _moments_of(sample)),
        CheckFloor(FloorKind.MADE, _("the made floor"), made),
        CheckFloor(FloorKind.MADE, _("the made floor a day later"), later),
    )


@lru_cache(maxsize=1)
def large_floor() -> CheckFloor:
    """A simulated floor with more than 1,000 agents in a busy quarter of an hour, weeks of notes behind it, and the
    roster of a month."""
    plan = Plan(LARGE_AT, LARGE_SECONDS / 3600, LARGE_STAFF, queues_for(8), zone=ZONE)
    people = read_people(people_csv(plan))
    floor = Floor(_rules(), people, frozenset(Fact))
    last = LARGE_AT
    for event in takewhile(lambda event: event.at <= LARGE_AT + LARGE_SECONDS, simulate(plan)):
        floor.take("switch", event.at, (event,))
        last = event.at
    agents = [person.id for person in people]
    for feed, document in many_documents(agents, LARGE_AT):
        floor.take(feed, document.at, (document,))
    for entry in many_entries(agents, LARGE_AT + LARGE_SECONDS / 2):
        floor.take("journal", entry.at, (entry,))
    floor.set_me(LOOKER)
    return CheckFloor(FloorKind.LARGE, _("the floor of 1,000 seats"), floor.snapshot(last))


@lru_cache(maxsize=1)
def samples() -> tuple[Sample, ...]:
    """The bundled recordings, by name."""
    folders = sorted(path for path in bundled("sample_feeds").iterdir() if path.is_dir())
    return tuple(sample for folder in folders for sample in _samples_in(folder))


def timeline_of_sample(sample: Sample) -> Timeline:
    """The sample from its beginning to its end, read by bundled plugins alone."""
    settings = Settings(floor=FloorSettings(zone=ZONE))
    house = build_house(settings, people=sample.people, only_bundled=True)
    return timeline_of(house, {sample.feed.stem: FeedSettings(str(sample.feed))})


def folded(timeline: Timeline) -> tuple[Floor, float]:
    """The floor at the end of the timeline, and when that is."""
    floor = timeline.house.floor(timeline.gives)
    last = 0.0
    for decoded in timeline.entries():
        fold(floor, decoded)
        last = decoded.received_at
    return floor, last


def _samples_in(folder: Path) -> Iterator[Sample]:
    people = folder / "people.csv"
    for path in sorted(folder.iterdir()):
        if path.name == "queue_log" or is_recording(str(path)):
            yield Sample(folder.name, path, people if people.is_file() else None)


def _moments_of(sample: Sample) -> Iterator[CheckFloor]:
    """First, last, and the quarters between."""
    timeline = timeline_of_sample(sample)
    first, last = timeline.first_at() or 0.0, timeline.last_at() or 0.0
    wanted = [first + (last - first) * part / (MOMENTS - 1) for part in range(MOMENTS - 1)] + [last]
    floor = timeline.house.floor(timeline.gives)
    for decoded in timeline.entries():
        while decoded.received_at > wanted[0]:
            yield _seen(sample, timeline, floor, wanted.pop(0))
        fold(floor, decoded)
    for at in wanted:
        yield _seen(sample, timeline, floor, at)


def _seen(sample: Sample, timeline: Timeline, floor: Floor, at: float) -> CheckFloor:
    before = floor.snapshot(at)
    floor.set_alerts(
        tuple(
            RaisedAlert(asked.name, alert, at)
            for asked in rules_asked(timeline.house)
            for alert in asked.check(before, asked.options)
        ),
        at,
    )
    time = timeline.house.rules.days.local(at)
    name = _("{sample} at {time}").format(sample=sample.name, time=f"{time:%H:%M:%S}")
    return CheckFloor(FloorKind.SAMPLE, name, floor.snapshot(at))


def _rules() -> FloorRules:
    return FloorRules(FloorDays(ZoneInfo(ZONE)))
