"""Views that cannot be shown, as the engine hears of them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from msgspec import Struct

from floorwatch.engine.shows import Shows, Slot
from floorwatch.extend.panel import Needs, NoOptions, Panel
from floorwatch.host.failure import Failure
from floorwatch.host.health import HealthState
from floorwatch.host.lane import Lanes
from floorwatch.model.entities import Topic
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import Bars, Cell, Line, Text, View
from tests.engine.small_floor import START, Changes, house_in

WRONG = Failure("row 'a', column 1: text is 5, of type int: write str", "Traceback ...")


class Telling(Panel):
    """Shows what it is told to."""

    name = "mine"
    title = "Mine"

    def __init__(self) -> None:
        self.view: View = Text.of("first")

    def build(self, floor: FloorSnapshot, options: Struct) -> View:  # noqa: ARG002  # the protocol's
        """What it was told."""
        return self.view


class Stand:
    """One panel on its way, by a clock that the test turns."""

    def __init__(self, lanes: Lanes, seconds: list[float], panel: Telling) -> None:
        self.panel = panel
        self.slot = Slot("mine", "mine", self.panel, NoOptions())
        self.shows = Shows([self.slot], lanes, lambda: seconds[0])
        self.changes = Changes()
        self.shows.on_built = lambda name: self.changes(frozenset({name}))
        self.seconds = seconds

    async def build(self, true: Callable[[], bool]) -> None:
        """Build it, and wait for what shall come of it."""
        self.shows.build(house_in().floor().snapshot(START))
        await self.changes.until(true)


@asynccontextmanager
async def standing(panel: Telling | None = None) -> AsyncIterator[Stand]:
    """The panel, built once."""
    seconds = [0.0]
    lanes = Lanes(lambda: seconds[0])
    stand = Stand(lanes, seconds, panel or Telling())
    await stand.build(lambda: stand.slot.view is not None)
    yield stand
    lanes.close()


async def test_a_view_that_cannot_be_shown_is_a_fault_with_its_place() -> None:
    async with standing() as stand:
        assert stand.slot.view is not None
        stand.shows.fault("mine", stand.slot.view, WRONG)

        assert stand.slot.health.state is HealthState.FAULTED
        assert stand.slot.health.reason.startswith("test_shows.py:")
        assert stand.slot.health.reason.endswith(WRONG.reason)
        assert stand.slot.health.traceback == WRONG.traceback
        assert stand.changes.told[-1] == {"mine"}


async def test_it_is_built_again_after_a_while_and_the_next_view_counts() -> None:
    async with standing() as stand:
        assert stand.slot.view is not None
        stand.shows.fault("mine", stand.slot.view, WRONG)
        assert 0 < stand.shows.due_at() - stand.seconds[0] <= 1
        stand.panel.view = Text.of("second")
        stand.seconds[0] = stand.shows.due_at()
        await stand.build(lambda: stand.slot.health.state is HealthState.OK)

        assert stand.slot.view == Text.of("second")


async def test_after_one_that_cannot_be_shown_each_is_looked_through_until_one_is_sound() -> None:
    wrong: Any = 5
    async with standing() as stand:
        assert stand.slot.view is not None
        stand.shows.fault("mine", stand.slot.view, WRONG)
        for faults in (2, 3):
            stand.panel.view = Text((Line((Cell(wrong),)),))
            stand.seconds[0] = stand.shows.due_at()
            await stand.build(lambda faults=faults: stand.slot.health.faults == faults)  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            assert stand.slot.health.reason.endswith("line 1, piece 1: text is 5, of type int: write str")
            assert stand.slot.view == Text.of("first")

        listed: Any = [Line((Cell("in a list"),))]
        stand.panel.view = Text(listed)
        stand.seconds[0] = stand.shows.due_at()
        await stand.build(lambda: stand.slot.health.state is HealthState.OK)
        assert stand.slot.view is stand.panel.view


async def test_what_comes_back_well_and_is_never_shown_is_tried_more_and_more_seldom() -> None:
    async with standing() as stand:
        rests = []
        for number in range(1, 4):
            assert stand.slot.view is not None
            stand.shows.fault("mine", stand.slot.view, WRONG)
            rests.append(stand.shows.due_at() - stand.seconds[0])
            stand.panel.view = Text.of(f"wrong in a way that nobody sees {number}")
            stand.seconds[0] = stand.shows.due_at()
            await stand.build(lambda: stand.slot.health.state is HealthState.OK)
        assert rests == [1, 2, 4]

        stand.panel.view = Text.of("good")
        stand.shows.touch(frozenset(Topic))
        stand.seconds[0] += 100
        await stand.build(lambda: stand.slot.view == Text.of("good"))
        assert stand.slot.view is not None
        stand.shows.fault("mine", stand.slot.view, WRONG)
        assert stand.shows.due_at() - stand.seconds[0] == 1


async def test_of_a_view_that_is_shown_no_longer_nothing_is_noted() -> None:
    async with standing() as stand:
        stand.shows.fault("mine", Text.of("first"), WRONG)
        stand.shows.fault("none", Text.of("first"), WRONG)

        assert stand.slot.health.state is HealthState.OK


async def test_values_that_refuse_to_be_compared_are_a_change_like_any_other() -> None:
    class Contrary:
        def __eq__(self, other: object) -> bool:
            raise ValueError("the truth value of an array is ambiguous")

        __hash__ = None  # type: ignore[assignment]  # as arrays have none

    values: Any = Contrary()
    async with standing() as stand:
        for title in ("first", "second"):
            stand.panel.view = Bars(title, values)
            stand.slot.is_due = True
            stand.seconds[0] += 10
            await stand.build(lambda view=stand.panel.view: stand.slot.view is view)  # type: ignore[misc]  # mypy cannot infer a lambda with a default


class Resting(Telling):
    """One that nobody reads twice within two seconds."""

    needs = Needs(rest_seconds=2.0)


async def test_a_panel_is_not_built_again_within_the_rest_that_it_asks_for() -> None:
    async with standing(Resting()) as stand:
        stand.shows.touch(frozenset(Topic))
        assert stand.shows.due_at() == 2.0

        stand.panel.view = Text.of("second")
        stand.seconds[0] = 2.0
        await stand.build(lambda: stand.slot.view == Text.of("second"))
