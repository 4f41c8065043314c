"""A short day with duty in it for tests: a log and punches that grow, a roster that is saved again, leave, swaps, marks
and excuses, followed turn by turn and recorded meanwhile."""

import asyncio
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from floorwatch.engine.decoding import Decoded, decode_all
from floorwatch.engine.demo import into_journal, onto_file
from floorwatch.engine.entering import JOURNAL, decoded
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.house import House, build_house
from floorwatch.engine.live import SystemTime
from floorwatch.engine.opening import OpenFeed, live_feed
from floorwatch.engine.recorder import Recorder, past_lines
from floorwatch.feeds.files import FileSource
from floorwatch.journal.opening import open_journal
from floorwatch.model import events
from floorwatch.model.clock import VirtualClock
from floorwatch.model.duty import MarkKind, Tick
from floorwatch.model.events import Entered, WatchBegan
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings, FloorSettings, Settings
from floorwatch.simulate.crew import first_day
from floorwatch.simulate.duty import duty_rules_of, roster_csv
from floorwatch.simulate.output import Live, LiveEntries, LiveFloor, LivePunches
from floorwatch.simulate.plan import HOUR, Plan, queues_for
from floorwatch.simulate.staff import grid, people, people_csv
from floorwatch.simulate.workday import ACTIVITIES
from tests.engine.small_floor import QUEUE_LOG
from tests.engine.test_follow_equals_replay import settle, station_for
from tests.support.days import MONDAY, Seen

LOG, ROSTER, TERMINALS = "queue_log", "roster", "attlog.dat"
RECORDING = "day.floorlog"
LOOK_SECONDS = 600.0
"""So long the day has gone on before anybody watches."""


def morning() -> Plan:
    """An hour and a half in which a floor of forty comes to work; some do not."""
    return Plan(MONDAY + 7.9 * HOUR, 1.5, 40, queues_for(2), seed=5)


def absent_of(plan: Plan) -> list[str]:
    """Who does not come on the first day."""
    return [employee for employee, day in first_day(plan).items() if day is None]


def house_of(plan: Plan, folder: Path) -> House:
    """The house of the plan's floor, with its rules of duty."""
    file = folder / "people.csv"
    file.write_text(people_csv(plan), encoding="utf-8")
    leader = next(who for who in people(plan) if who.leader)
    minimums, noon = duty_rules_of(plan)
    settings = Settings(floor=FloorSettings(zone=plan.zone, me=leader.name, grid=grid(plan)))
    settings = replace(settings, duty=replace(settings.duty, minimums=minimums, noon=noon, activities=ACTIVITIES))
    return build_house(settings, people=file, only_bundled=True, journal=str(folder / "day.journal"))


def wanted(folder: Path) -> Mapping[str, FeedSettings]:
    """The three feeds of the day."""
    formats = {LOG: QUEUE_LOG, ROSTER: "roster-table", TERMINALS: "zkteco-attlog"}
    return {name: FeedSettings(str(folder / name), fmt) for name, fmt in formats.items()}


def entered(plan: Plan) -> Iterator[Entered]:
    """What is entered beside what the simulator's people do, in the order of time: each kind that there is."""
    staff, (first, *_others) = people(plan), absent_of(plan)
    date, early, late = "2026-11-23", staff[3].employee, staff[4].employee
    start, leader = plan.start, staff[0].name
    shift = (MONDAY + 8 * HOUR, MONDAY + 17 * HOUR)
    made: list[Entered] = [
        events.AttendanceMarked(start + 1500, agent=early, date=date, kind=MarkKind.CAME, moment=start + 1440),
        events.AttendanceMarked(start + 1900, agent=first, date=date, kind=MarkKind.ABSENT, moment=shift[0]),
        events.ExceptionExcused(start + 2100, agent=first, start=shift[0], end=shift[1], reason="traffic"),
        events.EntryUndone(start + 2200, entry="x2"),
        events.ShiftAssigned(
            start + 2400, agent=late, date=date, start=start + 2700, end=shift[1], instead_of=first
        ),
        events.AgentTold(start + 2500, about="x4", agent=late),
        events.LeaveRequested(start + 2600, agent=early, start=start + 3600, end=start + 4800, kind="personal"),
        events.RequestTicked(start + 2700, request="x6", tick=Tick.HEAD),
        events.RequestTicked(start + 2800, request="x6", tick=Tick.HR),
        events.SwapRequested(start + 2900, agent=early, date=date, other=late, other_date=date),
        events.RequestRefused(start + 3000, request="x9", word="too late"),
        events.DutyWithdrawn(start + 3300, entry="x4", word="the other one came"),
        events.ExceptionExcused(start + 3400, agent=first, start=shift[0], end=shift[1], reason="sick"),
    ]  # fmt: skip
    return (replace(each, id=f"x{number}", by=leader) for number, each in enumerate(made))


class Paper:
    """A roster that somebody saves again: now and then a line is gone, and once it is torn."""

    def __init__(self, plan: Plan, path: Path) -> None:
        self._head, *self._lines = roster_csv(plan).splitlines()
        self._path = path

    def save(self, step: int, now: float) -> None:
        """As programs save: beside it, and then in its place."""
        left = [line for number, line in enumerate(self._lines) if (number + step) % 17 or step < 0]
        new = self._path.with_suffix(".tmp")
        new.write_bytes(b"torn" if step == 2 else "\n".join((self._head, *left)).encode())
        os.utime(new, (now, now))
        new.replace(self._path)


class Desk:
    """What whoever watches has open: a feed of each kind, and a station that is given what they give."""

    def __init__(self, house: House, folder: Path, clock: VirtualClock) -> None:
        files = FileSource()
        self._feeds: list[OpenFeed] = [
            live_feed(house, files, name, each, clock.now(), lambda: None) for name, each in wanted(folder).items()
        ]
        self._feeds.sort(key=lambda feed: not feed.is_of_documents)
        self._decode = partial(decode_all, decoders={feed.name: feed.decoder for feed in self._feeds})
        self._journal = open_journal(house.journal_url)
        self._read = 0
        self.station, self.ruling = station_for(house, HandOver(), SystemTime(clock))
        self._clock = clock

    async def begin(self) -> None:
        """What was entered and what lies there, then the mark."""
        now, station = self._clock.now(), self.station
        station.take(Batch("", self._entered(), now, opening=True))
        for feed in self._feeds:
            for line in past_lines(
                feed, self._clock
            ):  # one by one: the next document waits for the verdict on this one
                station.take(Batch("", self._decode([line]), now, opening=True))
        station.take(Batch("", [Decoded("", now, (WatchBegan(now),))], now, opening=True))
        await settle(station)

    async def turn(self) -> FloorSnapshot:
        """Take in what has come, documents first."""
        now = self._clock.now()
        for feed in self._feeds:
            while lines := feed.feed.drain(now, 4096):
                self.station.take(Batch(feed.name, self._decode(lines), now))
        self.station.take(Batch(JOURNAL, self.station.stamped(self._entered()), now))
        await settle(self.station)
        return self.station.floor.snapshot(now)

    def close(self) -> None:
        """Let go of everything."""
        for feed in self._feeds:
            feed.feed.close()
        self._journal.close()

    def _entered(self) -> list[Decoded]:
        new = self._journal.since(self._read)
        self._read = new[-1].seq if new else self._read
        return list(decoded(new))


def followed(plan: Plan, house: House, folder: Path, gaps: Sequence[float]) -> Seen:
    """Follow the day by turns of these seconds, and record it into `day.floorlog` meanwhile."""
    return asyncio.run(_followed(plan, house, folder, gaps))


async def _followed(plan: Plan, house: House, folder: Path, gaps: Sequence[float]) -> Seen:
    journal, paper = open_journal(house.journal_url), Paper(plan, folder / ROSTER)
    log, terminals, ours = LiveFloor(plan), LivePunches(plan), Live((each.at, each) for each in entered(plan))
    theirs, enter = LiveEntries(plan), into_journal(journal)
    onto_log, onto_terminals = onto_file(folder / LOG), onto_file(folder / TERMINALS)

    def write(now: float) -> None:
        onto_log(log.due(now))
        onto_terminals(terminals.due(now))
        enter(sorted((*theirs.due(now), *ours.due(now)), key=lambda entry: entry.at))

    clock = VirtualClock(plan.start + LOOK_SECONDS)
    paper.save(-1, plan.start)
    write(clock.now())
    desk = Desk(house, folder, clock)
    recorder = Recorder(house, wanted(folder), folder / RECORDING, clock)
    recorder.begin()
    await desk.begin()
    floors: dict[float, FloorSnapshot] = {}
    for number, moment in enumerate(moments_of(plan, gaps)):
        clock.move_to(moment)
        write(moment)
        if number % 30 == 20:
            paper.save(number // 30, moment)
        recorder.step()
        floors[moment] = await desk.turn()
    recorder.close()
    desk.close()
    journal.close()
    return Seen(floors, desk.ruling.log)


def moments_of(plan: Plan, gaps: Sequence[float]) -> Iterator[float]:
    """Moments from the beginning of the watch to the plan's end, with these seconds between them in turn."""
    at, place = plan.start + LOOK_SECONDS, 0
    while (at := at + gaps[place % len(gaps)]) < plan.end:
        place += 1
        yield at
