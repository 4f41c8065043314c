"""The alerts of any moment, read from what the rules were asked once: as if they had been asked all the way."""

import asyncio
import threading
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.engine.alerting import AlertBook, BookState, LogEntry
from floorwatch.engine.asking import ANSWER_SECONDS, AskedRule, run_rules
from floorwatch.engine.keyframes import asking_pass
from floorwatch.engine.keyframes.asking_pass import PAGE_INSTANTS, AskingPass
from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.file import KeyframesError
from floorwatch.engine.keyframes.shapes import Moment, MomentKind
from floorwatch.engine.keyframes.strips import Strips
from floorwatch.engine.keyframes.track import AlertTrack
from floorwatch.engine.system_clock import monotonic
from floorwatch.extend.panel import NoOptions
from floorwatch.host.lane import Lanes
from floorwatch.model.alerts import Alert, AlertTone
from floorwatch.model.clock import FloorDays
from floorwatch.model.floor import Floor
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules
from tests.patience import PATIENCE_SECONDS

NOON = 1_795_262_400.0
MIDNIGHT = NOON + 43_200
EVERY = 5.0

Said = Sequence[Alert] | None
"""What a rule says at one instant; None: it fails."""

Asked = tuple[Sequence[BookState], Sequence[FloorSnapshot], Sequence[LogEntry]]
"""After each instant the book, and the floor; at the end the log."""

ALERTS = st.builds(
    Alert,
    st.sampled_from(["queue:a", "queue:b", "agent:\ud800"]),
    st.sampled_from(["bad", "worse", "比较糟"]),
    st.sampled_from(AlertTone),
    st.none() | st.floats(0, NOON),
    st.sampled_from(["", "do something"]),
    red_line=st.booleans(),
)
SAID = st.none() | st.lists(ALERTS, max_size=3)
DAYS = st.lists(st.tuples(SAID, SAID), min_size=1, max_size=25)


def rule(name: str, hold_seconds: float, said: Mapping[float, Said]) -> AskedRule:
    """A rule that says what it was told to say."""

    def check(floor: FloorSnapshot, options: Any) -> Iterator[Alert]:
        alerts = said[floor.at]
        if alerts is None:
            raise ValueError("no idea")
        return iter(alerts)

    return AskedRule(f"plugin of {name}", name, hold_seconds, check, NoOptions())


def rules_of(day: Sequence[tuple[Said, Said]], first: float) -> list[AskedRule]:
    instants = [first + EVERY * number for number in range(len(day))]
    at_once, held = zip(*day, strict=True)
    return [
        rule("at-once", 0.0, dict(zip(instants, at_once, strict=True))),
        rule("held", 10.0, dict(zip(instants, held, strict=True))),
    ]


def a_floor() -> Floor:
    return Floor(FloorRules(FloorDays()))


async def asked(rules: Sequence[AskedRule], instants: Sequence[float]) -> Asked:
    """What a floor that was watched all the way would have held."""
    floor, lanes = a_floor(), Lanes(monotonic)
    book = AlertBook({each.name: each.hold_seconds for each in rules})
    states, floors = [], []
    for instant in instants:
        book.step(instant, await run_rules(floor.snapshot(instant), rules, lanes))
        floor.set_alerts(book.active, instant)
        states.append(replace(book.state, log_length=0))
        floors.append(floor.snapshot(instant))
    lanes.close()
    return states, floors, book.log


async def kept(rules: Sequence[AskedRule], instants: Sequence[float]) -> tuple[AlertTrack, Strips]:
    """What is read back of the pages that were written."""
    blocks: list[tuple[Place, bytes]] = []
    lanes = Lanes(monotonic)
    asking = AskingPass(a_floor(), iter(()), rules, lanes, lambda place, data: blocks.append((place, data)))
    await asking.run(instants, lambda _instant: 0.5, lambda _share: None)
    lanes.close()
    pages = {place: data for place, data in blocks if place.kind is Kind.ALERTS}
    track, strips = AlertTrack(pages.__getitem__), Strips()
    for place, data in blocks:
        if place.kind is Kind.ALERTS:
            track.add(place)
        else:
            strips.add(data)
    return track, strips


@settings(max_examples=60)
@given(
    DAYS,
    st.lists(st.floats(-20, 160), max_size=12),
    st.sampled_from([1, 3, 60]),
    st.sampled_from([NOON, MIDNIGHT - 50]),
)
def test_any_moment_holds_what_a_floor_watched_all_the_way_would(
    day: list[tuple[Said, Said]], after: list[float], page: int, first: float
) -> None:
    instants = [first + EVERY * number for number in range(len(day))]
    rules = rules_of(day, first)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("floorwatch.engine.keyframes.asking_pass.PAGE_INSTANTS", page)
        track, _strips = asyncio.run(kept(rules, instants))
    states, floors, log = asyncio.run(asked(rules, instants))

    for at in (*(first + seconds for seconds in after), *instants):
        known = bisect_right(instants, at)
        assert track.up_at(at) == (floors[known - 1].alerts if known else ())
        assert track.state_at(at) == (states[known - 1] if known else BookState())
        assert track.log_to(at) == tuple(line for line in log if line.at <= at)
    for at, shown in zip(instants, floors, strict=True):
        floor = a_floor()
        floor.hold_alerts(track.up_at(at), track.cleared_at(at))
        assert floor.snapshot(at).cleared_alerts == shown.cleared_alerts


class Slow:
    """A rule that finds something, once it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.rule = AskedRule("slow", "slow", 0.0, self._check, NoOptions())

    def _check(self, _floor: FloorSnapshot, _options: Any) -> Iterator[Alert]:
        self.let_go.wait(PATIENCE_SECONDS)
        yield Alert("queue:a", "bad", AlertTone.WARN)


async def alerts_of(*rules: AskedRule) -> Sequence[str]:
    """The rules of the alerts at noon."""
    track, _strips = await kept(rules, [NOON])
    return [each.rule for each in track.up_at(NOON)]


async def test_a_slow_rule_is_waited_for_longer_than_on_a_live_floor() -> None:
    slow = Slow()
    threading.Timer(ANSWER_SECONDS * 1.1, slow.let_go.set).start()
    assert await alerts_of(slow.rule) == ["slow"]


async def test_a_rule_that_does_not_come_back_is_not_waited_for_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking_pass, "UNHURRIED_SECONDS", 0.05)
    slow = Slow()
    assert await alerts_of(slow.rule) == []
    slow.let_go.set()


def always(alert: Alert, instants: Sequence[float]) -> list[AskedRule]:
    return [rule("rule", 0.0, {instant: [alert] for instant in instants})]


async def test_what_says_the_same_is_the_same_object_from_one_instant_to_the_next() -> None:
    instants = [NOON + EVERY * number for number in range(10)]
    track, _strips = await kept(always(Alert("queue:a", "bad"), instants), instants)

    assert track.up_at(NOON) is track.up_at(NOON + 20)
    assert track.state_at(NOON + 20).held is track.state_at(NOON + 45).held


async def test_a_page_of_an_alert_that_lasts_is_small() -> None:
    instants = [NOON + EVERY * number for number in range(PAGE_INSTANTS)]
    blocks: list[bytes] = []
    lanes = Lanes(monotonic)
    rules = always(Alert("queue:a", "bad", playbook="Do what has to be done. " * 20), instants)
    asking = AskingPass(a_floor(), iter(()), rules, lanes, lambda _place, data: blocks.append(data))
    await asking.run(instants, lambda _instant: 0.5, lambda _share: None)
    lanes.close()

    assert len(blocks) == 2
    assert len(blocks[0]) < 2_000


async def test_alerts_are_worth_seeing_when_they_are_raised_as_a_warning_or_rise_to_one() -> None:
    notice = Alert("queue:a", "well", AlertTone.NOTICE)
    said = {
        NOON: [notice],
        NOON + 5: [replace(notice, tone=AlertTone.WARN), Alert("queue:b", "bad", AlertTone.ALARM)],
        NOON + 10: [notice],
    }
    _track, strips = await kept([rule("rule", 0.0, said)], list(said))

    assert list(strips.moments(-inf, inf)) == [
        Moment(NOON + 5, MomentKind.ALERT, "queue:a", "well"),
        Moment(NOON + 5, MomentKind.ALERT, "queue:b", "bad"),
    ]


def test_before_any_page_has_come_nothing_is_up() -> None:
    track = AlertTrack(lambda _place: b"")

    assert track.up_at(NOON) == track.cleared_at(NOON) == ()
    assert track.log_to(NOON) == ()
    assert track.state_at(NOON) == BookState()


@pytest.mark.parametrize(
    "data",
    [b"", b"torn", msgspec.msgpack.encode([[], [], None, [], [[0, 0, 0.0, 0.0]], []])],
)
def test_a_page_that_makes_no_sense_is_said_in_one_way(data: bytes) -> None:
    with pytest.raises(KeyframesError):
        AlertTrack(lambda _place: data).add(Place(Kind.ALERTS, 0, 1, NOON, NOON + 5))


def test_what_is_out_of_place_in_a_page_is_said_in_the_same_way() -> None:
    odd = msgspec.msgpack.encode([[b"rule"], [], None, [[NOON, [[0, 5, 7, 0.0, None]], None]], [], []])
    track = AlertTrack(lambda _place: odd)
    track.add(Place(Kind.ALERTS, 0, 1, NOON - 1, NOON))

    with pytest.raises(KeyframesError):
        track.up_at(NOON)
