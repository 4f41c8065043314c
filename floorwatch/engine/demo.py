"""The demo floor: a simulated day that is written to a feed as time passes, like a switch would.

It is written as JSON lines, which tell what a queue log cannot: ringing, hold and wrap-up.
"""

import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from floorwatch.feeds.jsonl import JsonLines
from floorwatch.model.clock import Clock
from floorwatch.settings import FeedSettings, Settings, zone_of
from floorwatch.simulate.output import Form, LiveFloor
from floorwatch.simulate.plan import demo_plan
from floorwatch.simulate.staff import people_csv
from floorwatch.words import _

FEED = "switch"
DAY_BEFORE_HISTORY = timedelta(hours=1)
LONGEST_SLEEP_SECONDS = 1.0


class LiveWriter:
    """Appends what a simulated floor writes to a file, in a daemon thread, until stopped."""

    def __init__(self, out: Path, clock: Clock, floor: LiveFloor) -> None:
        self._floor = floor
        self._clock = clock
        self._out = out
        self._stopped = threading.Event()

    def start(self) -> None:
        """Write the past at once and the rest as it falls due."""
        self._append()
        threading.Thread(target=self._run_while_wanted, name="demo writer", daemon=True).start()

    def stop(self) -> None:
        """Write no more."""
        self._stopped.set()

    def run(self) -> None:
        """Write what is due and what falls due, until stopped or the plan ends. Raises OSError."""
        self._append()
        while (due := self._floor.next_at) is not None:
            if self._stopped.wait(min(LONGEST_SLEEP_SECONDS, max(0.0, due - self._clock.now()))):
                return
            self._append()

    def _run_while_wanted(self) -> None:
        with suppress(FileNotFoundError):  # the demo's folder goes when the demo does
            self.run()

    def _append(self) -> None:
        text = b"".join(self._floor.due(self._clock.now()))
        if text:
            with self._out.open("ab") as file:
                file.write(text)


def demo_floor(settings: Settings, folder: Path, clock: Clock) -> tuple[Settings, Path, Mapping[str, FeedSettings]]:
    """Begin the demo in an empty folder: its settings, its people file, its feed.

    Its business day begins an hour before its history does, so that the figures of the morning are all there at
    whatever time of day somebody asks for the demo.
    """
    now = clock.now()
    zone = zone_of(settings)
    plan = demo_plan(now, zone.key if isinstance(zone, ZoneInfo) and zone.key else "UTC")
    log, people = folder / FEED, folder / "people.csv"
    people.write_text(people_csv(plan), encoding="utf-8")
    LiveWriter(log, clock, LiveFloor(plan, Form.JSONL)).start()
    began = datetime.fromtimestamp(plan.start, zone) - DAY_BEFORE_HISTORY
    floor = replace(
        settings.floor, name=_("Demo floor"), day_starts=began.time().replace(minute=0, second=0, microsecond=0)
    )
    return replace(settings, floor=floor), people, {FEED: FeedSettings(str(log), JsonLines.name)}
