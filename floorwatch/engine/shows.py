"""The panels of a layout on their way from a snapshot to a view: which are due, built in their plugin's lane, kept.

Rules
- A panel is built when a topic it needs was touched, when its own beat is due, or when someone asked for it.
- A panel that costs more is built less often: it rests `REST_FACTOR` times as long as its last build took, and as long
  as it says itself. What comes after a rest is shown at once: only while something happens all the time does it wait.
- The last good view stays whatever happens; health says how its plugin is doing.
- What is in a view is not looked at on its way to the screen: that would cost as much as to build it. Where the screen
  could not show one, the next ones of that panel are looked through in its lane, until one is sound.
"""

import asyncio
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from math import inf
from typing import Any, TypeVar

from floorwatch.engine.outcomes import outcomes_of
from floorwatch.engine.sound_view import what_is_wrong
from floorwatch.extend.command import Command, Outcome, Request, Toast
from floorwatch.extend.panel import Panel
from floorwatch.host.catalogue import Declared
from floorwatch.host.failure import Failure
from floorwatch.host.health import HEALTHY, Health, overdue, raised, retried, returned
from floorwatch.host.lane import Lanes, Raised, Result, Returned
from floorwatch.host.place import place_of, placed
from floorwatch.model.entities import Topic
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import VIEWS, Notice, Tone, View
from floorwatch.words import _, title_of

REST_FACTOR = 8.0
SHORTEST_REST_SECONDS = 0.03
DETAIL_PATIENCE_SECONDS = 2.0
T = TypeVar("T")


class Slot:
    """One panel of the layout. `panel` is None when no plugin brings it: then `view` says so and never changes."""

    def __init__(self, name: str, plugin: str, panel: Panel | None, options: Any, *, missing: str = "") -> None:
        self.name = name
        self.plugin = plugin
        self.panel = panel
        self.options = options
        self.title = name if panel is None else title_of(panel)
        self.view: View | None = Notice(missing, Tone.WARN) if panel is None else None
        self.built_at: float | None = None
        self.health: Health = HEALTHY
        self.is_due = panel is not None
        self.is_out = False
        self.is_doubted = False
        """The screen could not show its last view."""
        self.rested_at = -inf
        self.beat_at = inf

    def touch(self, touched: frozenset[Topic]) -> None:
        """Note what has changed on the floor."""
        if self.panel is not None and not touched.isdisjoint(self.panel.needs.topics):
            self.is_due = True

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
        self.on_built: Callable[[str], None] = lambda _panel: None

    @property
    def slots(self) -> Sequence[Slot]:
        """The panels in layout order."""
        return tuple(self._slots.values())

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
        return any(slot.is_out or (slot.is_due and slot.health.backoff_until is None) for slot in self._all())

    def due_at(self) -> float:
        """When the next panel shall be built, by the monotonic clock; inf when none asks."""
        return min((slot.due_at() for slot in self._all()), default=inf)

    def build(self, floor: FloorSnapshot) -> None:
        """Send every panel that is due to its lane, with this snapshot."""
        self._floor = floor
        now = self._monotonic()
        for slot in self._all():
            if slot.panel is not None and slot.due_at() <= now:
                self._send(slot, slot.panel, floor)

    def watch_over(self) -> None:
        """Mark panels whose plugin does not come back."""
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
        slot.health = raised(slot.health, _unsound(slot.panel, failure), self._monotonic())
        slot.is_due = slot.is_doubted = True
        self.on_built(slot.name)

    def retry(self, panel: str) -> None:
        """Try the panel again at once, in a new lane if its old one does not come back."""
        slot = self.slot(panel)
        if slot is None:
            return
        if slot.is_out:
            self._lanes.restart(slot.plugin)
            slot.is_out = False
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
        result = await self._in_lane(
            slot.plugin, partial(_opened, slot.panel, self._floor, slot.options, row_key), f"{panel} {row_key}"
        )
        if isinstance(result, Returned) and isinstance(result.value, VIEWS):
            return result.value
        reason = result.failure.reason if isinstance(result, Raised) else _("it did not return a view")
        return Notice(_("{panel}: {reason}").format(panel=slot.title, reason=reason), Tone.WARN)

    async def run(self, command: Declared[Command], request: Request) -> Sequence[Outcome]:
        """What a command wants to happen; a toast with the reason when it fails.

        One that does not come back in time is given up: what it answers later never happens, so that whoever tries
        again does nothing twice. Its lane is left behind, since a plugin without a panel has nothing to be retried.
        """

        def job() -> Sequence[Outcome]:
            return outcomes_of(command.thing, command.thing.run(request))

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
        said = _("{command}: {reason}").format(command=title_of(command.thing), reason=result.failure.reason)
        return [Toast(said, Tone.ALARM)]

    async def prefill(self, command: Declared[Command], request: Request) -> Mapping[str, str]:
        """What a command says its fields begin with; nothing where it says nothing, fails, or gives other things."""
        prefill = getattr(command.thing, "prefill", None)
        if not callable(prefill):
            return {}

        def job() -> Mapping[str, str]:
            return _texts(prefill(request))

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
        loop = asyncio.get_running_loop()

        def done(result: Result[object]) -> None:
            _call_soon(loop, self._accept, slot, floor.at, result)

        build: Callable[[], object] = partial(panel.build, floor, slot.options)
        if slot.is_doubted:
            build = partial(_looked_through, panel, floor, slot.options)
        self._lanes.submit(slot.plugin, (slot.name, "build"), build, done)

    def _accept(self, slot: Slot, built_at: float, result: Result[object]) -> None:
        now = self._monotonic()
        view, state, reason = slot.view, slot.health.state, slot.health.reason
        slot.is_out = False
        needs = None if slot.panel is None else slot.panel.needs
        own_rest, every = (0.0, None) if needs is None else (needs.rest_seconds, needs.every_seconds)
        slot.rested_at = now + max(SHORTEST_REST_SECONDS, REST_FACTOR * result.seconds, own_rest)
        slot.beat_at = inf if every is None else now + every
        if isinstance(result, Raised):
            slot.health = raised(slot.health, result.failure, now)
            slot.is_due = True
        elif isinstance(result.value, Failure):
            slot.health = raised(slot.health, result.value, now)
            slot.is_due = True
        elif not isinstance(result.value, VIEWS):
            slot.health = raised(slot.health, _no_view(slot.panel, result.value), now)
            slot.is_due = True
        else:
            slot.health = returned(slot.health, result.seconds, now)
            slot.view, slot.built_at, slot.is_doubted = result.value, built_at, False
        has_changed = (state, reason) != (slot.health.state, slot.health.reason) or not _are_equal(view, slot.view)
        if has_changed and self.slot(slot.name) is slot:
            self.on_built(slot.name)


def _call_soon(loop: asyncio.AbstractEventLoop, call: Callable[..., object], *words: Any) -> None:
    """From a lane's thread to the loop's; a loop that has closed by now wants nothing."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(call, *words)


def _looked_through(panel: Panel, floor: FloorSnapshot, options: Any) -> object:
    """What it builds, or what is wrong with that."""
    view: object = panel.build(floor, options)
    wrong = what_is_wrong(view) if isinstance(view, VIEWS) else None
    return view if wrong is None else _unsound(panel, Failure(wrong))


def _unsound(panel: Panel, failure: Failure) -> Failure:
    return Failure(placed(place_of(panel.build), failure.reason), failure.traceback)


def _are_equal(one: View | None, other: View | None) -> bool:
    try:
        return one is other or bool(one == other)
    except Exception:  # noqa: BLE001  # plugin code: what it put into a view compares by rules of its own
        return False


def _opened(panel: Panel, floor: FloorSnapshot, options: Any, row_key: str) -> object:
    return panel.detail(floor, options, row_key)


def _texts(given: object) -> Mapping[str, str]:
    """A copy of a mapping of text to text; nothing of anything else. Runs plugin code: the mapping may be its own."""
    items = list(given.items()) if isinstance(given, Mapping) else []
    return dict(items) if all(isinstance(word, str) for item in items for word in item) else {}


def _no_view(panel: Panel | None, value: object) -> Failure:
    kind = type(value).__name__
    names = ", ".join(view.__name__ for view in VIEWS)
    said = _("build returned a {kind}; return one of {names}").format(kind=kind, names=names)
    return Failure(placed(place_of(getattr(panel, "build", None)), said))
