"""The demo floor: a simulated day that is written as time passes, like a switch and the people of a floor would.

Rules
- The feed is JSON lines, which tell what a queue log cannot: ringing, hold and wrap-up.
- Its roster and what its terminals punch are files beside the feed, read like anybody's.
- The week before is a recording beside it, written in the background: the comparison with it comes a moment later.
- What people enter goes into a journal in the demo's own folder, which whoever looks writes in too: never into theirs.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from floorwatch.feeds.jsonl import JsonLines
from floorwatch.feeds.recording import RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedError, FeedLine
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import Journal, JournalError, NewEntry
from floorwatch.model.clock import Clock
from floorwatch.model.events import Entered
from floorwatch.settings import FeedSettings, ScreenSettings, Settings, zone_of
from floorwatch.simulate.duty import duty_rules_of, roster_csv
from floorwatch.simulate.output import Form, Live, LiveEntries, LiveFloor, LivePunches, lines
from floorwatch.simulate.plan import HOUR, Plan, demo_plan
from floorwatch.simulate.staff import grid, people_csv
from floorwatch.simulate.workday import ACTIVITIES
from floorwatch.words import _

FEED = "switch"
ROSTER = "roster"
TERMINALS = "terminals"
LAYOUT = "floor"
DAY_BEFORE_HISTORY = timedelta(hours=1)
LONGEST_SLEEP_SECONDS = 1.0
EARLIER = "earlier"
WEEK_SECONDS = 7 * 86_400.0
HOURS_AHEAD = 4.0


T = TypeVar("T")


class LiveWriter(Generic[T]):
    """Writes down what happens on a simulated floor, in a daemon thread, until stopped."""

    def __init__(self, clock: Clock, floor: Live[T], write: Callable[[Sequence[T]], object]) -> None:
        """`write` takes what has fallen due, in the order of time. It may raise FileNotFoundError, which is the end."""
        self._floor = floor
        self._clock = clock
        self._write = write
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
        if due := self._floor.due(self._clock.now()):
            self._write(due)


def onto_file(out: Path) -> Callable[[Sequence[bytes]], object]:
    """Appends lines to this file."""

    def write(lines: Sequence[bytes]) -> None:
        with out.open("ab") as file:
            file.write(b"".join(lines))

    return write


def into_journal(journal: Journal) -> Callable[[Sequence[Entered]], object]:
    """Appends what people enter to this journal. Entries that stand in it already are not doubled."""

    def write(entries: Sequence[Entered]) -> None:
        journal.append([NewEntry(entry.id, entry.at, entry.by, entry) for entry in entries])

    return write


def into_journal_file(file: Path) -> Callable[[Sequence[Entered]], object]:
    """The same as time passes: what the journal could not take is tried again with the next, and when its folder is
    gone, so is the journal."""
    write, waiting = into_journal(open_journal(str(file))), list[Entered]()

    def write_while_there(entries: Sequence[Entered]) -> None:
        waiting.extend(entries)
        if not file.parent.is_dir():
            raise FileNotFoundError(file)
        with suppress(JournalError):
            write(waiting)
            waiting.clear()

    return write_while_there


def demo_floor(settings: Settings, folder: Path, clock: Clock) -> tuple[Settings, Path, Mapping[str, FeedSettings]]:
    """Begin the demo in an empty folder: its settings, which name its own journal, its people file, its feed.

    Its business day begins an hour before its history does, so that the figures of the morning are all there at
    whatever time of day somebody asks for the demo.
    """
    now = clock.now()
    zone = zone_of(settings)
    plan = demo_plan(now, zone.key if isinstance(zone, ZoneInfo) and zone.key else "UTC")
    log, people = folder / FEED, folder / "people.csv"
    people.write_text(people_csv(plan), encoding="utf-8")
    LiveWriter(clock, LiveFloor(plan, Form.JSONL), onto_file(log)).start()
    journal = folder / "journal.db"
    LiveWriter(clock, LiveEntries(plan), into_journal_file(journal)).start()
    roster, punched = folder / ROSTER, folder / TERMINALS
    roster.write_text(roster_csv(plan), encoding="utf-8")
    LiveWriter(clock, LivePunches(plan), onto_file(punched)).start()
    began = datetime.fromtimestamp(plan.start, zone) - DAY_BEFORE_HISTORY
    floor = replace(
        settings.floor,
        name=_("Demo floor"),
        day_starts=began.time().replace(minute=0, second=0, microsecond=0),
        grid=grid(plan),
    )
    minimums, noon = duty_rules_of(plan)
    duty = replace(settings.duty, minimums=minimums, noon=noon, activities=ACTIVITIES)
    comparison = replace(settings.comparison, recordings=folder / EARLIER)
    threading.Thread(target=_record_week_before, args=(plan, now, folder), name="demo week before", daemon=True).start()
    settings = replace(
        settings,
        floor=floor,
        duty=duty,
        journal=replace(settings.journal, url=str(journal)),
        comparison=comparison,
        screen=_screen(settings),
    )
    papers = {ROSTER: FeedSettings(str(roster), "roster-table"), TERMINALS: FeedSettings(str(punched), "zkteco-attlog")}
    return settings, people, {FEED: FeedSettings(str(log), JsonLines.name), **papers}


def _record_week_before(plan: Plan, now: float, folder: Path) -> None:
    """The same floor a week before, on a day without trouble: a recording up to some hours beyond what now is."""
    start = plan.start - WEEK_SECONDS
    hours = (now - plan.start) / HOUR + HOURS_AHEAD
    day = replace(plan, start=start, hours=hours, seed=plan.seed + 1, surges=())
    made, place = folder / f".{EARLIER}", folder / EARLIER
    with suppress(OSError, FeedError):  # the demo's folder goes when the demo does
        made.mkdir()
        writer = RecordingWriter(made / "a-week-ago.floorlog", plan.zone, {FEED: RecordedFeed(JsonLines.name)})
        for at, raw in lines(day, Form.JSONL):
            writer.append(FeedLine(FEED, at, 0, raw.rstrip(b"\n")))
        writer.close()
        made.rename(place)


def _screen(settings: Settings) -> ScreenSettings:
    """Everything that a supervisor looks at, unless somebody has a layout of their own."""
    own = ("screen", "layout") in settings.given
    return settings.screen if own else replace(settings.screen, layout=LAYOUT)
