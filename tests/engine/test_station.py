"""The station: one floor, folded in the order of receipt, asked by rules on their grid, shown to panels."""

import threading
from itertools import pairwise
from typing import Any

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.shows import Shows, Slot
from floorwatch.engine.system_clock import monotonic
from floorwatch.extend.panel import NoOptions
from floorwatch.host.health import STALLED_SECONDS, HealthState
from floorwatch.host.lane import Lanes
from floorwatch.model.entities import Topic
from floorwatch.model.events import AgentPaused
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import Text, View
from tests.engine.small_floor import START, Changes, Counting, entered, house_in, watch_began
from tests.engine.stands import Stand


async def test_a_burst_is_folded_in_capped_passes_and_in_order(stand: Stand) -> None:
    burst = [entered(START + place / 1000, str(place)) for place in range(30_000)]
    stand.give(*burst)

    passes = await stand.settle()

    assert passes > 1
    assert stand.folded == burst
    assert len(stand.station.floor.snapshot(START + 60).waiting) == len(burst)


async def test_no_rule_instant_is_left_out_and_each_sees_exactly_what_came_until_then(stand: Stand) -> None:
    stand.give(watch_began(START), entered(START + 5, "on time"), entered(START + 5.5, "later"))
    stand.time.at = START + 61

    await stand.settle()

    assert [floor.at for floor in stand.rules.asked] == [START + 5 * number for number in range(1, 13)]
    assert {call for _queue, call in stand.rules.asked[0].waiting} == {"on time"}
    assert {call for _queue, call in stand.rules.asked[1].waiting} == {"on time", "later"}


async def test_rules_are_not_asked_of_the_past_before_the_watch(stand: Stand) -> None:
    stand.give(entered(START - 7200), entered(START - 3600, "2"))
    stand.time.at = START
    await stand.settle()
    assert stand.rules.asked == []

    stand.give(watch_began(START))
    stand.time.at = START + 5
    await stand.settle()
    assert [floor.at for floor in stand.rules.asked] == [START + 5]


async def test_a_line_that_comes_after_its_rule_instant_is_stamped_just_behind_it(stand: Stand) -> None:
    stand.give(watch_began(START))
    stand.time.at = START + 10
    await stand.settle()
    stand.give(entered(START + 3))
    await stand.settle()

    stamped = stand.folded[-1].received_at

    assert START + 10 < stamped < START + 10.001
    assert stand.station.floor.snapshot(stamped).waiting["support", "1"].entered_at == START + 3


async def test_the_order_of_the_fold_never_steps_back(stand: Stand) -> None:
    stand.give(watch_began(START), entered(START + 4, "1"), entered(START + 2, "2"))
    stand.give(entered(START + 1, "3"))
    await stand.settle()

    times = [item.received_at for item in stand.folded]

    assert times == sorted(times)
    assert len(times) == 4


async def test_floor_time_on_the_screen_never_goes_back(stand: Stand) -> None:
    shown: list[float] = []

    def see(_panels: frozenset[str]) -> None:
        assert stand.station.snapshot is not None
        shown.append(stand.station.snapshot.at)
        stand.changes()

    async with stand.running():
        stand.station.on_change = see
        stand.give(watch_began(START))
        stand.time.at = START + 12
        stand.station.wake()
        await stand.changes.until(lambda: bool(shown) and shown[-1] >= START + 12)
        stand.time.at = START + 11
        stand.give(entered(START + 3))
        await stand.changes.until(lambda: bool(stand.station.snapshot and stand.station.snapshot.waiting))

    assert all(later >= earlier for earlier, later in pairwise(shown) if earlier < START + 12)
    assert shown[-1] > START + 10


async def test_a_panel_is_built_only_when_what_it_needs_was_touched(lanes: Lanes) -> None:
    calls, custom = Counting("calls", {Topic.CALLS}), Counting("custom", {Topic.CUSTOM})
    stand = Stand([calls, custom], lanes)
    async with stand.running():
        await stand.changes.until(lambda: calls.builds == custom.builds == 1)
        stand.give(entered(START))
        await stand.changes.until(lambda: calls.builds == 2)
        stand.give(Decoded("queue_log", START + 1, (AgentPaused(START + 1, "ann"),)))
        await stand.changes.until(lambda: "ann" in (stand.station.snapshot or stand.rules.asked[0]).agents)

    assert custom.builds == 1


async def test_a_panel_that_raises_keeps_its_last_view_and_says_why(lanes: Lanes) -> None:
    def fail_from_the_second_on(builds: int) -> None:
        if builds > 1:
            raise KeyError("no such queue")

    stand = Stand([Counting("mine", {Topic.CALLS}, fail_from_the_second_on)], lanes)
    (slot,) = stand.shows.slots
    async with stand.running():
        await stand.changes.until(lambda: slot.view is not None)
        stand.give(entered(START))
        await stand.changes.until(lambda: slot.health.state is HealthState.FAULTED)

    assert slot.view == Text.of("build 1")
    assert "no such queue" in slot.health.reason
    assert stand.station.floor.snapshot(START).waiting


async def test_a_panel_that_returns_no_view_is_faulted(lanes: Lanes) -> None:
    words: Any = "words"

    class Wrong(Counting):
        def build(self, floor: FloorSnapshot, options: Any) -> View:  # noqa: ARG002  # asked for by the protocol
            return words  # type: ignore[no-any-return]  # a plugin's mistake

    stand = Stand([Wrong("mine", {Topic.CALLS})], lanes)
    (slot,) = stand.shows.slots
    async with stand.running():
        await stand.changes.until(lambda: slot.health.state is HealthState.FAULTED)

    assert slot.view is None
    assert ": build returned a str; return one of " in slot.health.reason


async def test_a_panel_that_does_not_come_back_is_stalled_alone_until_it_is_tried_again() -> None:
    patience, stuck = [0.0], threading.Event()

    def hang_once(builds: int) -> None:
        if builds == 1:
            stuck.wait()

    lanes = Lanes(lambda: patience[0])
    hanging, other = Counting("hanging", {Topic.CALLS}, hang_once), Counting("other", {Topic.CALLS})
    slots = [Slot(panel.name, panel.name, panel, NoOptions()) for panel in (hanging, other)]
    shows, changes = Shows(slots, lanes, lambda: patience[0]), Changes()
    shows.on_built = lambda panel: changes(frozenset({panel}))
    floor = house_in().floor().snapshot(START)

    shows.build(floor)
    await changes.until(lambda: slots[1].view is not None and hanging.builds == 1)
    patience[0] += STALLED_SECONDS + 0.1
    shows.watch_over()
    assert (slots[0].health.state, slots[0].health.reason) == (HealthState.STALLED, "does not come back")
    assert slots[1].health.state is HealthState.OK

    shows.retry("hanging")
    shows.build(floor)
    await changes.until(lambda: slots[0].view == Text.of("build 2"))
    assert slots[0].health.state is HealthState.OK
    assert lanes.left_behind("hanging") == 1

    stuck.set()
    lanes.close()


async def test_a_panel_that_nobody_brings_says_so_in_its_frame() -> None:
    slot = Slot("calender", "", None, None, missing="there is no panel 'calender'")
    shows = Shows([slot], Lanes(monotonic), monotonic)

    shows.build(house_in().floor().snapshot(START))

    assert "there is no panel 'calender'" in str(slot.view)
    assert shows.due_at() == float("inf")
