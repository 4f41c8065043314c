"""A short day of a simulated floor for tests: followed live, line by line and note by note, and recorded meanwhile."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.alerting import LogEntry
from floorwatch.engine.decoding import Decoded, decode_all
from floorwatch.engine.demo import into_journal, onto_file
from floorwatch.engine.entering import JOURNAL, decoded
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.house import House, build_house
from floorwatch.engine.live import SystemTime
from floorwatch.engine.opening import live_feed
from floorwatch.engine.recorder import Recorder, past_lines
from floorwatch.feeds.files import FileSource
from floorwatch.journal.opening import open_journal
from floorwatch.model.clock import VirtualClock
from floorwatch.model.events import WatchBegan
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings, FloorSettings, Settings
from floorwatch.simulate.output import LiveEntries, LiveFloor
from floorwatch.simulate.plan import HOUR, Plan, queues_for
from floorwatch.simulate.staff import grid, people, people_csv
from tests.engine.small_floor import QUEUE_LOG
from tests.engine.test_follow_equals_replay import settle, station_for

MONDAY = 1_795_363_200.0
"""00:00 on 2026-11-23 in Shanghai."""
PANELS = ("seat-support", "walk", "help", "notes")
NAME = "queue_log"


def morning() -> Plan:
    """Two hours, in which leaders walk and the CRM breaks at several seats."""
    return Plan(MONDAY + 9.8 * HOUR, 2.0, 40, queues_for(2), seed=5)


class Seen(Struct, frozen=True):
    """What was seen of a day: the floor at some moments, and the alerts that came and went."""

    floors: Mapping[float, FloorSnapshot]
    alerts: Sequence[LogEntry]


def house_of(plan: Plan, folder: Path) -> House:
    """The house of the plan's floor, looked at by whoever leads its first team."""
    file = folder / "people.csv"
    file.write_text(people_csv(plan), encoding="utf-8")
    leader = next(who for who in people(plan) if who.leader)
    floor = FloorSettings(zone=plan.zone, me=leader.name, grid=grid(plan))
    return build_house(Settings(floor=floor), people=file, only_bundled=True, journal=str(folder / "day.journal"))


def followed(plan: Plan, house: House, folder: Path, gaps: Sequence[float]) -> Seen:
    """Follow the plan's log and journal as they grow, by turns of these seconds, and record them into `day.floorlog`
    meanwhile. The first ten minutes are there before anybody watches."""
    return asyncio.run(_followed(plan, house, folder, gaps))


async def _followed(plan: Plan, house: House, folder: Path, gaps: Sequence[float]) -> Seen:
    log, wanted = folder / NAME, FeedSettings(str(folder / NAME), QUEUE_LOG)
    floor, support, journal = LiveFloor(plan), LiveEntries(plan), open_journal(house.journal_url)
    write_log, write_journal = onto_file(log), into_journal(journal)
    clock, hand_over = VirtualClock(plan.start + 600), HandOver()
    write_log(floor.due(clock.now()))
    write_journal(support.due(clock.now()))

    station, ruling = station_for(house, hand_over, SystemTime(clock))
    feed = live_feed(house, FileSource(), NAME, wanted, clock.now(), lambda: None)
    decode = partial(decode_all, decoders={NAME: feed.decoder})
    recorder = Recorder(house, {NAME: wanted}, folder / "day.floorlog", clock)
    recorder.begin()
    read = journal.since(0)
    station.take(Batch("", decoded(read), clock.now(), opening=True))
    station.take(Batch("", decode(list(past_lines(feed, clock))), clock.now(), opening=True))
    station.take(Batch("", [Decoded("", clock.now(), (WatchBegan(clock.now()),))], clock.now(), opening=True))
    await settle(station)

    floors: dict[float, FloorSnapshot] = {}
    for moment in moments_of(plan, gaps):
        clock.move_to(moment)
        write_log(floor.due(moment))
        write_journal(support.due(moment))
        recorder.step()
        while lines := feed.feed.drain(moment, 4096):
            station.take(Batch(NAME, decode(lines), moment))
        new = journal.since(read[-1].seq if read else 0)
        read = new or read
        station.take(Batch(JOURNAL, station.stamped(decoded(new)), moment))
        await settle(station)
        floors[moment] = station.floor.snapshot(moment)
    recorder.close()
    feed.feed.close()
    journal.close()
    return Seen(floors, ruling.log)


def moments_of(plan: Plan, gaps: Sequence[float]) -> Iterator[float]:
    """Moments from ten minutes after the beginning to the plan's end, with these seconds between them in turn."""
    at, place = plan.start + 600, 0
    while (at := at + gaps[place % len(gaps)]) < plan.end:
        place += 1
        yield at


def for_eyes(floor: FloorSnapshot, house: House) -> FloorSnapshot:
    """The floor as whoever writes in this house looks at it."""
    return replace(floor, me=house.settings.floor.me or "")
