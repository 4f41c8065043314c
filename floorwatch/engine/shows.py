"""The panels of a layout on their way from a snapshot to a view: which are due, built in their plugin's lane, kept.

Rules
- A panel is built when a topic it needs was touched, when its own beat is due, or when someone asked for it.
- A panel that costs more is built less often: it rests `REST_FACTOR` times as long as its last build took, and as long
  as it says itself. What comes after a rest is shown at once: only while something happens all the time does it wait.
- The last good view stays whatever happens; health says how its plugin is doing.
- While nobody looks nothing is built; whoever looks again finds the views as they were, and all panels due.
- What was under way when the floor went to another moment is of no interest: it never comes under the new time.
- What is in a view is not looked at on its way to the screen: that would cost as much as to build it. Where the screen
  could not show one, the next ones of that panel are looked through in its lane, until one is sound. Its size is looked
  at always: a million rows would hold up every key.
- A guest is lent a floor of its own, and what failed of it stays known after the next good view: whoever opens the
  plugin page a moment later wants to know.
"""

import asyncio
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from math import inf
from typing import Any, TypeVar

from msgspec.structs import replace

from floorwatch.engine.built import are_equal, built, looked_through, opened, unsound, viewed, without_view
from floorwatch.engine.lent import lent_to
from floorwatch.engine.outcomes import outcomes_of, texts_of
from floorwatch.extend.command import Command, Outcome, Request, Toast
from floorwatch.extend.panel import Needs, Panel
from floorwatch.host.catalogue import Declared
from floorwatch.host.failure import Failure
from floorwatch.host.guests import see
from floorwatch.host.health import HEALTHY, Health, overdue, raised, retried, returned
from floorwatch.host.lane import Lanes, Raised, Result, Returned
from floorwatch.host.options import can_turn
from floorwatch.model.entities import Topic
from floorwatch.model.metrics import Metric
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import VIEWS, Notice, Tone, View
from floorwatch.words import _, title_of

REST_FACTOR = 8.0
FAULT_REST_FACTOR, LONGEST_FAULT_REST_SECONDS = 100.0, 300.0
"""A build that failed and took long rests for longer than its back-off: it must not cost a hundredth of the time."""
SHORTEST_REST_SECONDS = 0.03
DETAIL_PATIENCE_SECONDS = 2.0
T = TypeVar("T")


class Slot:
    """One panel of the layout. `panel` is None when no plugin brings it: then `view` says so and never changes.

    What the panel says of itself is asked once: `title`, `needs` and `turns` may be properties of a plugin. `declared`
    is what was read at the start (None: the panel is asked now).
    """

    def __init__(  # the last two by name
        self,
        name: str,
        plugin: str,
        panel: Panel | None,
        options: Any,
        *,
        missing: str = "",
        declared: Declared[Panel] | None = None,
    ) -> None:
        self.name = name
        self.plugin = plugin
        self.panel = panel
        self.options = options
        self.declared = declared
        said = declared or panel
        self.title = name if said is None else title_of(said)
        self.needs = Needs() if said is None else said.needs
        turns = getattr(panel, "turns", "")
        self.turns: str = turns if isinstance(turns, str) else ""
        self.view: View | None = Notice(missing, Tone.WARN) if panel is None else None
        self.built_at: float | None = None
        self.health: Health = HEALTHY
        self.is_due = panel is not None
        self.is_out = False
        self.is_doubted = False
        """The screen could not show its last view."""
        self.unshown = 0
        """Views in a row that the screen could not show: each came back well from its lane, which forgets faults."""
        self.rested_at = -inf
        self.beat_at = inf

    def touch(self, touched: frozenset[Topic]) -> None:
        """Note what has changed on the floor."""
        if self.panel is not None and not touched.isdisjoint(self.needs.topics):
            self.is_due = True

    @property
    def can_turn(self) -> bool:
        """Whether there is an option through which a key goes."""
        return can_turn(self.options, self.turns)

    def due_at(self) -> float:
        """The monotonic instant from which it shall be built again; inf when nothing asks for it."""
        if self.is_out or self.panel is None:
            return inf
        wanted = -inf if self.is_due else self.beat_at
        return max(wanted, self.rested_at, self.health.backoff_until or -inf)


class Shows:
    """All panels on screen: those of the layout, and those opened beside it. Used from the event loop's thread only."""

    def __init__(self, slots: Sequence[Slot], lanes: Lanes, monotonic: Callable[[], float]) -> None:
        self._slots = {slot.name: slot for slot in slots}
        self._opened: dict[str, Slot] = {}
        self._closed: dict[str, Slot] = {}
        self._lanes = lanes
        self._monotonic = monotonic
        self._floor: FloorSnapshot | None = None
        self._leaps = 0
        self.is_resting = False
        self.on_built: Callable[[str], None] = lambda _panel: None

    def rest(self) -> None:
        """Build nothing until `go_on`: nobody looks."""
        self.is_resting = True

    def go_on(self) -> None:
        """Build every panel at once, and go on as usual: somebody looks again."""
        self.is_resting = False
        self.anew()

    def anew(self) -> None:
        """Build every panel at once, and let go of what is under way: the floor is at another moment."""
        self._leaps += 1
        for slot in self._all():
            # Out no longer, either: of a lane that was restarted meanwhile nobody would hear that it came back.
            slot.is_due, slot.is_out, slot.rested_at = slot.panel is not None, False, -inf

    def show_like(self, other: "Shows") -> None:
        """Have the panels of the other from now on, in the layout and beside it, arranged as they are there."""
        self._slots = {slot.name: _like(slot) for slot in other.slots}
        self._opened = {slot.name: _like(slot) for slot in other.opened}
        self._closed = {}

    @property
    def slots(self) -> Sequence[Slot]:
        """The panels in layout order."""
        return tuple(self._slots.values())

    @property
    def opened(self) -> Sequence[Slot]:
        """The panels that are open beside the layout."""
        return tuple(self._opened.values())

    def slot(self, panel: str) -> Slot | None:
        """A panel of the layout, or one that is open beside it."""
        return self._slots.get(panel) or self._opened.get(panel)

    def lay_out(self, panels: Iterable[str], make: Callable[[str], Slot]) -> None:
        """Build these panels from now on, in this order. Those that were there stay as they are; of one that was there
        before, the last view is there at once; others are made by `make`."""
        known = {**self._closed, **self._opened, **self._slots}
        slots = {panel: known.get(panel) or make(panel) for panel in panels}
        for name, slot in slots.items():
            if name not in self._slots:
                slot.is_due = slot.panel is not None
        self._closed |= {name: slot for name, slot in self._slots.items() if name not in slots}
        self._closed = {name: slot for name, slot in self._closed.items() if name not in slots}
        self._opened = {name: slot for name, slot in self._opened.items() if name not in slots}
        self._slots = slots

    def renew(self, options: Mapping[str, Any]) -> None:
        """Build these panels with other options from now on."""
        for name, those in options.items():
            self._closed.pop(name, None)
            slot = self.slot(name)
            if slot is not None and slot.panel is not None:
                slot.options, slot.is_due, slot.rested_at = those, True, -inf

    def open(self, panel: str, make: Callable[[], Slot | None]) -> Slot | None:
        """Begin to build a panel that the layout does not have, made by `make` the first time; of one that was open
        before, the last view is there at once. None where nothing makes it."""
        slot = self.slot(panel) or self._closed.pop(panel, None) or make()
        if slot is not None and panel not in self._slots and panel not in self._opened:
            self._opened[panel] = slot
            slot.is_due = slot.panel is not None
        return slot

    def close(self, panel: str) -> None:
        """Build it no longer, unless it is one of the layout."""
        slot = self._opened.pop(panel, None)
        if slot is not None:
            self._closed[panel] = slot

    def touch(self, touched: frozenset[Topic]) -> None:
        """Mark every panel that reads one of these topics."""
        for slot in self._all():
            slot.touch(touched)

    @property
    def is_busy(self) -> bool:
        """Whether a panel is being built, or waits to be; one that failed waits for nothing that comes soon."""
        waits = not self.is_resting
        return any(slot.is_out or (waits and slot.is_due and slot.health.backoff_until is None) for slot in self._all())

    def due_at(self) -> float:
        """When the next panel shall be built, by the monotonic clock; inf when none asks."""
        return inf if self.is_resting else min((slot.due_at() for slot in self._all()), default=inf)

    def build(self, floor: FloorSnapshot) -> None:
        """Send every panel that is due to its lane, with this snapshot."""
        self._floor = floor
        now = self._monotonic()
        for slot in () if self.is_resting else self._all():
            if slot.panel is not None and slot.due_at() <= now:
                self._send(slot, slot.panel, floor)

    def watch_over(self) -> None:
        """Mark panels whose plugin does not come back, and give up what takes far too long."""
        self._lanes.give_up_overdue()
        now = self._monotonic()
        for slot in self._all():
            running = self._lanes.running(slot.plugin) if slot.is_out else None
            health = overdue(slot.health, None if running is None else running.since, now)
            if health.state is not slot.health.state:
                slot.health = health
                self.on_built(slot.name)

    def fault(self, panel: str, view: View, failure: Failure) -> None:
        """This view cannot be shown: as if its build had raised. Nothing, where the panel has another one by now."""
        slot = self.slot(panel)
        if slot is None or slot.panel is None or slot.view is not view:
            return
        slot.health = replace(slot.health, faults=max(slot.health.faults, slot.unshown))
        self._failed(slot, unsound(slot.panel, failure), self._monotonic())
        slot.is_doubted, slot.unshown = True, slot.unshown + 1
        self.on_built(slot.name)

    def retry(self, panel: str) -> None:
        """Try the panel again at once, in a new lane if its old one does not come back."""
        slot = self.slot(panel)
        if slot is None:
            return
        if slot.is_out:
            self._lanes.restart(slot.plugin)
            slot.is_out = False
        self._lanes.pardon(slot.plugin)
        slot.health = retried(slot.health)
        slot.is_due = True
        slot.rested_at = -inf

    async def detail(self, panel: str, row_key: str, make: Callable[[], Slot | None] = lambda: None) -> View:
        """The detail of a row; a notice with the reason when there is none. A panel that nobody has opened yet is made
        by `make`, to be asked and not to be built."""
        slot = self.slot(panel) or self._closed.get(panel)
        if slot is None and (slot := make()) is not None:
            self._closed[panel] = slot
        if slot is None or slot.panel is None or self._floor is None:
            return Notice(_("There is nothing to open here."))
        floor = lent_to(slot.plugin, self._floor)
        job = partial(opened, slot.panel, floor, slot.options, row_key)
        result = await self._in_lane(slot.plugin, job, f"{panel} {row_key}")
        if isinstance(result, Raised):
            said = _("detail of {panel}: {reason}").format(panel=slot.name, reason=result.failure.reason)
            see(slot.plugin, f"detail {slot.name}", said)
        return viewed(result, slot.title)

    async def view_of(self, panel: str, floor: FloorSnapshot) -> View:
        """What this panel would show of another floor, as it is arranged now; a notice with the reason when it cannot
        be told."""
        slot = self.slot(panel)
        if slot is None or slot.panel is None:
            return Notice(_("There is nothing to open here."))
        build = partial(built, slot.panel, lent_to(slot.plugin, floor), slot.options)
        return viewed(await self._in_lane(slot.plugin, build, (slot, "elsewhen")), slot.title)

    async def computed(self, metric: Declared[Metric], explain: Callable[[], object]) -> View:
        """How a plugin's figure is made; a notice with the reason when that fails."""
        result = await self._in_lane(metric.plugin, explain, (metric.name, "explained"))
        if isinstance(result, Raised):
            said = _("metric {metric}: {reason}").format(metric=metric.name, reason=result.failure.reason)
            see(metric.plugin, f"metric {metric.name}", said)
        return viewed(result, title_of(metric))

    async def run(self, command: Declared[Command], request: Request) -> Sequence[Outcome]:
        """What a command wants to happen; a toast with the reason when it fails.

        One that does not come back in time is given up: what it answers later never happens, so that whoever tries
        again does nothing twice. Its lane is left behind, since a plugin without a panel has nothing to be retried.
        """

        lent = replace(request, floor=lent_to(command.plugin, request.floor))

        def job() -> Sequence[Outcome]:
            return outcomes_of(command.thing, command.thing.run(lent))

        # A key of its own: two notes taken in a hurry are two notes, where of two details only the newer is wanted.
        key = (command.name, object())
        given_up = _("no answer within {seconds:g} s: it was given up, and nothing happened; try again")
        late = given_up.format(seconds=DETAIL_PATIENCE_SECONDS)
        result = await self._in_lane(command.plugin, job, key, late)
        if isinstance(result, Returned):
            return result.value
        running = self._lanes.running(command.plugin)
        if running is not None and running.key == ("asked", key):
            self._lanes.restart(command.plugin)
        said = _("{command}: {reason}").format(command=title_of(command), reason=result.failure.reason)
        see(command.plugin, f"command {command.name}", said)
        return [Toast(said, Tone.ALARM)]

    async def prefill(self, command: Declared[Command], request: Request) -> Mapping[str, str]:
        """What a command says its fields begin with; nothing where it says nothing, fails, or gives other things."""
        prefill = getattr(command.thing, "prefill", None)
        if not callable(prefill):
            return {}

        lent = replace(request, floor=lent_to(command.plugin, request.floor))

        def job() -> Mapping[str, str]:
            return texts_of(prefill(lent))

        result = await self._in_lane(command.plugin, job, (command.name, "prefill"))
        return result.value if isinstance(result, Returned) else {}

    async def _in_lane(self, plugin: str, job: Callable[[], T], key: Hashable, late: str = "") -> Result[T]:
        """What became of the job; `late` is the reason where it does not come back in time."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Result[T]] = loop.create_future()

        def done(result: Result[T]) -> None:
            _call_soon(loop, lambda: None if future.done() else future.set_result(result))

        self._lanes.submit(plugin, ("asked", key), job, done)
        try:
            return await asyncio.wait_for(future, DETAIL_PATIENCE_SECONDS)
        except TimeoutError:
            return Raised(Failure(late or _("does not come back")), DETAIL_PATIENCE_SECONDS)

    def _all(self) -> Iterator[Slot]:
        yield from self._slots.values()
        yield from self._opened.values()

    def _send(self, slot: Slot, panel: Panel, floor: FloorSnapshot) -> None:
        slot.is_out, slot.is_due = True, False
        loop, leaps = asyncio.get_running_loop(), self._leaps

        def done(result: Result[object]) -> None:
            _call_soon(loop, self._come_back, slot, floor.at, leaps, result)

        make = looked_through if slot.is_doubted else built
        build = partial(make, panel, lent_to(slot.plugin, floor), slot.options)
        # The slot itself is the key: of one plugin, panels of two times may wait in its lane.
        self._lanes.submit(slot.plugin, (slot, "build"), build, done)

    def _come_back(self, slot: Slot, built_at: float, leaps: int, result: Result[object]) -> None:
        if leaps == self._leaps:
            self._accept(slot, built_at, result)

    def _accept(self, slot: Slot, built_at: float, result: Result[object]) -> None:
        now = self._monotonic()
        view, state, reason = slot.view, slot.health.state, slot.health.reason
        slot.is_out = False
        every = slot.needs.every_seconds
        slot.rested_at = now + max(SHORTEST_REST_SECONDS, REST_FACTOR * result.seconds, slot.needs.rest_seconds)
        slot.beat_at = inf if every is None else now + every
        if isinstance(result, Raised):
            self._failed(slot, result.failure, now, result.seconds)
        elif isinstance(result.value, Failure):
            self._failed(slot, result.value, now, result.seconds)
        elif not isinstance(result.value, VIEWS):
            self._failed(slot, without_view(slot.panel, result.value), now, result.seconds)
        else:
            slot.health = returned(slot.health, result.seconds, now)
            slot.unshown = slot.unshown if slot.is_doubted else 0
            slot.view, slot.built_at, slot.is_doubted = result.value, built_at, False
        has_changed = (state, reason) != (slot.health.state, slot.health.reason) or not are_equal(view, slot.view)
        if has_changed and self.slot(slot.name) is slot:
            self.on_built(slot.name)

    def _failed(self, slot: Slot, failure: Failure, now: float, seconds: float = 0.0) -> None:
        slot.health = raised(slot.health, failure, now)
        slot.is_due = True
        slot.rested_at = max(slot.rested_at, now + min(LONGEST_FAULT_REST_SECONDS, FAULT_REST_FACTOR * seconds))
        said = _("panel {panel}: {n} faults so far, the last: {reason}")
        see(slot.plugin, f"panel {slot.name}", said.format(
            panel=slot.name, n=slot.health.faults_ever, reason=failure.reason
        ))  # fmt: skip


def _like(slot: Slot) -> Slot:
    """A slot of the same panel, arranged in the same way, which was never built; a missing one says the same."""
    made = Slot(slot.name, slot.plugin, slot.panel, slot.options, declared=slot.declared)
    made.view = slot.view if slot.panel is None else None
    return made


def _call_soon(loop: asyncio.AbstractEventLoop, call: Callable[..., object], *words: Any) -> None:
    """From a lane's thread to the loop's; a loop that has closed by now wants nothing."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call, *words)
