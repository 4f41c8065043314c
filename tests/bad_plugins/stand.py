"""Where bad plugins are tried: a house with some of them beside the bundled ones, a small floor, a clock to turn."""

import os
import shutil
import sys
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from floorwatch.engine.house import build_house, slots_of
from floorwatch.engine.plugin_screen import plugin_rows, plugin_text
from floorwatch.engine.shows import Shows, Slot
from floorwatch.host.lane import GIVEN_UP_SECONDS, Lanes
from floorwatch.model import events
from floorwatch.model.entities import Fact, Topic
from floorwatch.model.floor import Floor
from floorwatch.settings import FloorSettings, Settings
from floorwatch.views import View
from tests.engine.small_floor import START, Changes

PLUGINS = Path(__file__).with_name("plugins")
EVERY = tuple(sorted(path.stem.replace("_", "-") for path in PLUGINS.iterdir() if path.stem.startswith("bad_")))
"""The names of the twenty."""
HANGING = frozenset({"bad-06-sleeps", "bad-07-spins", "bad-09-huge-view"})
"""Those with a panel that is away for long, or for ever."""
STUCK = frozenset({"bad-06-sleeps", "bad-07-spins"})
LONGEST_REST_SECONDS = 1_000.0


def bring(folder: Path, names: Iterable[str] = EVERY) -> Path:
    """Put these plugins into a folder `plugins`, as nobody else may write to them."""
    into = folder / "plugins"
    into.mkdir(exist_ok=True)
    for name in names:
        source = next(path for path in PLUGINS.iterdir() if path.stem.replace("_", "-") == name)
        if source.is_dir():
            shutil.copytree(source, into / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, into)
    for each in (into, *into.rglob("*")):
        each.chmod(0o755 if each.is_dir() else 0o644)
    return into


def small_floor() -> Floor:
    """Two queues, three people on duty, one talk, two callers who wait, one who gave up."""
    settings = Settings(floor=FloorSettings(zone="UTC"))
    floor = build_house(settings, only_bundled=True, journal="memory:").floor(frozenset(Fact))
    told: list[events.Event] = [
        *(events.MemberAdded(START - 900, agent=f"PJSIP/{n}", queue="support") for n in (2001, 2002, 2003)),
        events.MemberAdded(START - 890, agent="PJSIP/2001", queue="sales"),
        events.AgentPaused(START - 600, agent="PJSIP/2003", reason="lunch"),
        *(events.CallEntered(START - 300 + 10 * n, call=f"c{n}", queue="support") for n in range(3)),
        events.CallEntered(START - 200, call="s1", queue="sales"),
        events.CallAnswered(START - 180, call="c0", queue="support", agent="PJSIP/2001"),
        events.CallAbandoned(START - 120, call="c1", queue="support"),
        events.WatchBegan(START - 1),
    ]
    for event in sorted(told, key=lambda event: event.at):
        floor.apply(event, "switch")
    return floor


class Stand:
    """The bundled panels and those of the plugins, built of the small floor by a clock that the test turns."""

    def __init__(self, *folders: Path) -> None:
        settings = Settings(floor=FloorSettings(zone="UTC"))
        self.house = build_house(settings, plugin_folders=folders, journal="memory:")
        self.seconds = 0.0
        self.lanes = Lanes(lambda: self.seconds)
        self.floor = small_floor()
        self.shows = Shows(slots_of(self.house), self.lanes, lambda: self.seconds)
        self.changes = Changes()
        self.shows.on_built = lambda name: self.changes(frozenset({name}))

    async def build(self, rounds: int = 1) -> None:
        """Build all panels so often, each time on the next snapshot; what does not come back is given up."""
        for _round in range(rounds):
            self.seconds += LONGEST_REST_SECONDS
            self.shows.touch(frozenset(Topic))
            self.shows.build(self.floor.snapshot(START))
            await self.changes.until(lambda: all(self._is_in(slot) for slot in self.shows.slots))
            if any(slot.is_out for slot in self.shows.slots):
                await self._give_up()

    def _is_in(self, slot: Slot) -> bool:
        return not slot.is_out or (slot.plugin in STUCK and self.lanes.running(slot.plugin) is not None)

    async def _give_up(self) -> None:
        for _look in range(round(GIVEN_UP_SECONDS) + 2):  # the first one has passed over what was before it
            self.seconds += 1
            self.shows.watch_over()
        await self.changes.until(lambda: not any(slot.is_out for slot in self.shows.slots))

    def close(self) -> None:
        """Let go of what the plugins left behind: it must not go on beside other tests, or hold up their end."""
        self.lanes.close()
        for found in self.house.catalogue.plugins:
            for module in [each for name, each in sys.modules.items() if found.name.replace("-", "_") in name]:
                stop = getattr(module, "STOP", None)
                if isinstance(stop, threading.Event):
                    stop.set()

    def views(self) -> Mapping[str, View | None]:
        """What the bundled panels show."""
        bundled = {slot.name for slot in self.shows.slots if not slot.plugin.startswith("bad-")}
        return {slot.name: slot.view for slot in self.shows.slots if slot.name in bundled}

    def row(self, plugin: str) -> str:
        """The plugin's row on the plugin page, as one line."""
        rows = plugin_rows(self.house.catalogue, self.shows.slots).rows
        (found,) = (row for row in rows if row.key == plugin)
        return " ".join(cell.text for cell in found.cells)

    def text(self, plugin: str) -> str:
        """All that the plugin page says of it."""
        said = plugin_text(self.house.catalogue, self.shows.slots, self.lanes, plugin)
        return "\n".join("".join(cell.text for cell in line.cells) for line in said.lines)

    def slot(self, panel: str) -> Slot:
        """The slot of this panel."""
        found = self.shows.slot(panel)
        assert found is not None, panel
        return found


def where_am_i() -> str:
    """The working folder of this process."""
    return os.getcwd()  # noqa: PTH109  # the words of the system, not of pathlib
