"""A fake floor on which something happens, to look at: `python -m tests.app.stirred_floor --help`."""

import argparse
import asyncio
import os
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import time

from msgspec.structs import replace

from floorwatch.engine.desk import CommandEntry, FeedWord, Health, Mark, OnChange, Refused
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.model.clock import VirtualClock
from floorwatch.views import (
    Notice,
    Table,
)
from tests.app import fake_views as views
from tests.app.fake_floor import NOTE, FakeDesk
from tests.app.fake_replay import BAR, MINUTES, strip_of_day

STEP_SECONDS = 0.1
FASTEST = 3600.0


class WallClock:
    """Floor time as this machine says it, moved to the demo's day."""

    def __init__(self) -> None:
        self._offset = views.START - time()

    def now(self) -> float:
        """Floor time."""
        return time() + self._offset


async def _stir(desk: FakeDesk, seconds: float) -> None:
    """Let something happen every so often."""
    rng = random.Random(1)
    born = views.START
    while True:
        await asyncio.sleep(seconds)
        now = desk.now()
        extra = tuple((f"queue {at}", rng.randrange(9)) for at in range(rng.randrange(4)))
        desk.put("queue-status", views.queues_view(born + rng.randrange(int(now - born) + 1), extra))
        desk.snapshot = views.snapshot_at(now, waits=[rng.random() * 90 for _ in range(rng.randrange(1, 9))])
        desk.feeds = (FeedWord("queue_log", "ok", last_line_at=now), FeedWord("roster", "ok"))
        desk.tell()


async def _run(desk: FakeDesk) -> None:
    """Let a replay's time run, wherever one is."""
    while True:
        await asyncio.sleep(STEP_SECONDS)
        replay, clock = desk.replay, desk.clock
        if replay is not None and isinstance(clock, VirtualClock) and not replay.paused:
            clock.move_to(min(clock.now() + STEP_SECONDS * min(replay.rate, FASTEST), replay.shows.ends_at))
            desk.tell()


class StirredDesk(FakeDesk):
    """A fake desk on which something happens."""

    def __init__(self, *, replay: bool, still: bool, every: float) -> None:
        super().__init__(VirtualClock(views.START) if replay else WallClock(), replay=replay)
        self._still, self._every = still, every

    async def run_command(
        self,
        name: str,
        panel: str | None,
        row_key: str | None,
        filled: Mapping[str, str] | None = None,
        doing: str = "",
    ) -> Sequence[Toast | Open | Ask] | Refused:
        """The walk opens as a page."""
        answer = await super().run_command(name, panel, row_key, filled, doing)
        return (Open("walk"),) if name == "walk" else answer

    async def start(self, on_change: OnChange) -> None:
        """Begin, and go on stirring."""
        await super().start(on_change)
        if not self._still:
            await asyncio.gather(_stir(self, self._every), _run(self))


def _read_so_far(desk: FakeDesk, share: float | None) -> None:
    """So much of the replay is known, one day of several; somebody set a mark."""
    if desk.replay is not None and share is not None:
        known = strip_of_day(int(MINUTES * share))
        desk.replay.shows = replace(BAR, strip=known, read=share, earlier=True, later=True)
        desk.replay.marks = (Mark(views.START + 5_400, "coach"),)


def main() -> None:
    """Show the fake floor in this terminal."""
    from floorwatch.app.run import run
    from floorwatch.cli.leaving import ToldToLeave, leaving_in_order

    parser = argparse.ArgumentParser()
    parser.add_argument("--theme", default="dark")
    parser.add_argument("--ascii", action="store_true")
    parser.add_argument("--replay", action="store_true")
    parser.add_argument("--still", action="store_true")
    parser.add_argument("--every", type=float, default=2.0)
    parser.add_argument("--reading", type=float, help="a replay of which so much is read (0 to 1)")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("--broken", action="store_true")
    parser.add_argument("--seats", type=int, default=20)
    parser.add_argument("--drafts", type=Path)
    parser.add_argument("--lock", type=float)
    options = parser.parse_args()
    desk = StirredDesk(replay=options.replay, still=options.still, every=options.every)
    walk = CommandEntry("walk", "walk", "v")
    desk.entries = (NOTE, CommandEntry("note", "note", "n", rows=("",)), walk)
    desk.put_page("walk", "Walk", views.walk_view(desk.now()))
    desk.outcomes = Refused({"who": "'x' may be 1007 (A07 李娜), 1031 (B11 李娜): write the number"})
    now = desk.now()
    _read_so_far(desk, options.reading)
    if options.seats != 20:
        desk.put("agents", views.agents_view(now, size=options.seats))
    if options.broken:
        desk.put("queue-status", views.queues_view(now), Health.FAULTED, "KeyError: 'seat' in panel.py, line 3")
        desk.put("needs-you", None)
        desk.put("agents", views.agents_view(now), Health.SLOW, "takes 80 ms")
        desk.feeds = (FeedWord("queue_log", "silent", last_line_at=now - 130, stale=True),)
    if options.empty:
        desk.put("queue-status", Notice("No queue was seen yet."))
        desk.put("needs-you", Table(views.NEEDS_COLUMNS, (), empty="Nothing calls for you."))
        desk.put("agents", Table(views.AGENT_COLUMNS, (), empty="Nobody has signed in yet."))
        desk.snapshot = views.snapshot_at(now, waits=(), alarm=False)
    try:
        with leaving_in_order():
            run(
                desk,
                theme=options.theme,
                ascii=options.ascii or None,
                colour="NO_COLOR" not in os.environ,
                lock_after_seconds=options.lock,
                drafts=options.drafts,
            )
    except ToldToLeave as told:
        os._exit(told.status)


if __name__ == "__main__":
    main()
