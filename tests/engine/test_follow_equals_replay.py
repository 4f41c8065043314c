"""Following a log as it grows while people enter things, and replaying the recording of that, give the same floor and
the same alerts."""

import asyncio
import gzip
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.bundled import bundled
from floorwatch.engine.alerting import LogEntry
from floorwatch.engine.decoding import Decoded, LineDecoder, decode_all
from floorwatch.engine.entering import JOURNAL, decoded, new_entries
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.house import House, build_house, rules_asked
from floorwatch.engine.live import SystemTime
from floorwatch.engine.replaying import ReplayTime
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.shows import Shows
from floorwatch.engine.station import FloorTime, Station
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.timeline import timeline_of
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.feeds.replay import Replay
from floorwatch.feeds.tail import Tail
from floorwatch.host.lane import Lanes
from floorwatch.journal.shapes import Entry
from floorwatch.model.clock import VirtualClock
from floorwatch.model.events import EntryUndone, HelpRequested, HelpTaken, NoteKind, NoteTaken, WatchBegan
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import FeedSettings, Settings, zone_name

CAPTURE = bundled("sample_feeds") / "asterisk-22"
NAME = "queue_log"
Seen = tuple[dict[float, FloorSnapshot], Sequence[LogEntry]]


@cache
def arrivals_of_capture() -> list[tuple[float, bytes]]:
    """When each line of the capture arrived, and the line."""
    with gzip.open(CAPTURE / "queue_log.arrivals.gz") as file:
        parts = (line.rstrip(b"\n").split(b"\t", 2) for line in file if not line.startswith(b"##"))
        return [(float(at), raw + b"\n") for at, _inode, raw in parts]


@cache
def house_of_capture() -> House:
    return build_house(Settings(), people=CAPTURE / "people.csv")


def station_for(house: House, hand_over: HandOver, time: FloorTime) -> tuple[Station, Ruling]:
    lanes = Lanes(monotonic)
    ruling = Ruling(rules_asked(house), lanes, 5.0)
    floor = house.floor(house.catalogue.format("asterisk-queue-log").thing.gives)
    return Station(floor, hand_over, time, ruling, Shows([], lanes, monotonic)), ruling


async def settle(station: Station) -> None:
    while await station.advance():
        pass


def entries_at(step: int, now: float, ahead: float) -> list[Decoded]:
    """What two people entered at a step, whose clocks are apart: a note, a request for help that both take, undoing."""
    first, second = f"{step}a", f"{step}b"
    events = [
        NoteTaken(now, kind=NoteKind.STATE, agent="PJSIP/2001", text=f"step {step}"),
        HelpRequested(now, agent="PJSIP/2002", question="how?"),
    ]
    late = [HelpTaken(now + ahead, help=f"{first}.1"), EntryUndone(now + ahead, entry=first)]
    new = [*new_entries(events, first, "Li", now), *new_entries(late, second, "Wang", now + ahead)]
    new += new_entries([EntryUndone(now, entry=first)], f"{step}c", "Li", now) if step % 3 == 0 else []
    return decoded(Entry(place, each.id, each.at, each.author, each.event) for place, each in enumerate(new))


async def followed(
    house: House,
    folder: Path,
    arrivals: list[tuple[float, bytes]],
    steps: list[float],
    rotate_at: float | None,
    ahead: float = 0.0,
) -> Seen:
    """Follow a file that grows at every step, record what is folded, and keep the floor of every step. Somebody enters
    something before the watch and at every fourth step, somebody else with a clock that is `ahead`."""
    log, zone = folder / NAME, zone_name(house.rules.days.zone)
    writer = RecordingWriter(folder / "a.floorlog", zone, {NAME: RecordedFeed("asterisk-queue-log")})
    clock, hand_over = VirtualClock(arrivals[0][0] - 1), HandOver()
    station, ruling = station_for(house, hand_over, SystemTime(clock))

    def record(decoded: Decoded) -> None:
        if decoded.line is None:
            writer.append(RecordedEvent(decoded.feed, decoded.received_at, decoded.events[0]))
        else:
            writer.append(replace(decoded.line, received_at=decoded.received_at))

    station.on_folded = record
    log.touch()
    tail = Tail(log, NAME)
    decoders = {NAME: LineDecoder(house.catalogue.format("asterisk-queue-log").thing.decoder({}), tail.health)}
    began = clock.now()
    station.take(Batch(JOURNAL, station.stamped(entries_at(-1, began - 86_400, ahead)), began))
    hand_over.put(Batch("", [Decoded("", began, (WatchBegan(began),))], began))
    await settle(station)
    seen: dict[float, FloorSnapshot] = {}
    to_come = iter([*arrivals, (float("inf"), b"")])
    at, raw = next(to_come)
    for number, step in enumerate(steps):
        if rotate_at is not None and step >= rotate_at:
            log.rename(folder / f"{NAME}.1")
            log.touch()
            rotate_at = None
        with log.open("ab") as file:
            while at <= step:
                file.write(raw)
                at, raw = next(to_come)
        clock.move_to(step)
        if number % 4 == 0:
            station.take(Batch(JOURNAL, station.stamped(entries_at(number, step, ahead)), step))
        while lines := tail.drain(step, 100):
            hand_over.put(Batch(NAME, decode_all(lines, decoders), step))
            await settle(station)
        await settle(station)
        seen[step] = station.floor.snapshot(step)
    writer.close()
    return seen, ruling.log


async def replayed(house: House, recording: Path, moments: list[float]) -> Seen:
    """Replay the recording with its clock at each of the moments in turn."""
    timeline = timeline_of(house, {"recording": FeedSettings(str(recording))})
    hand_over, time = HandOver(), ReplayTime(timeline.first_at() or 0.0)
    station, ruling = station_for(timeline.house, hand_over, time)
    replay = Replay(timeline.entries(), "replay", lambda _at: None)
    seen: dict[float, FloorSnapshot] = {}
    for moment in moments:
        while True:
            entries = replay.drain(moment, 64)
            done = replay.caught_up
            hand_over.put(Batch("replay", entries, moment if done else entries[-1].received_at - 1e-6))
            await settle(station)
            if done:
                break
        seen[moment] = station.floor.snapshot(moment)
    return seen, ruling.log


def steps_of(arrivals: list[tuple[float, bytes]], gaps: list[float]) -> Iterator[float]:
    """Moments through the whole capture and 20 s beyond, with these gaps in turn."""
    at, place = arrivals[0][0], 0
    while at < arrivals[-1][0] + 20:
        at += gaps[place % len(gaps)]
        place += 1
        yield at


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    live_gaps=st.lists(st.floats(0.2, 40), min_size=1, max_size=8),
    replay_gaps=st.lists(st.floats(0.5, 300), min_size=1, max_size=4),
    rotation=st.none() | st.floats(10, 700),
    ahead=st.sampled_from([0.0, -3600.0, 3600.0, 1e7]),
)
def test_the_recording_of_a_followed_log_replays_to_the_same_floor_at_any_rate(
    tmp_path_factory: pytest.TempPathFactory,
    live_gaps: list[float],
    replay_gaps: list[float],
    rotation: float | None,
    ahead: float,
) -> None:
    house, arrivals = house_of_capture(), arrivals_of_capture()
    folder = tmp_path_factory.mktemp("follow")
    steps = list(steps_of(arrivals, live_gaps))
    rotate_at = None if rotation is None else arrivals[0][0] + rotation
    live, live_log = asyncio.run(followed(house, folder, arrivals, steps, rotate_at, ahead))
    moments = sorted({*steps[:: max(1, len(steps) // 9)], *steps_of(arrivals, replay_gaps), steps[-1]})
    moments = [moment for moment in moments if moment <= steps[-1]]
    again, again_log = asyncio.run(replayed(house, folder / "a.floorlog", moments))
    for moment in moments:
        if moment in live:
            assert again[moment] == live[moment], moment
    assert again[steps[-1]].day_counts
    assert again[steps[-1]].support.notes
    assert JOURNAL in again[steps[-1]].feeds  # Wang undid what was not theirs: a misfit
    assert [*again_log] == [*live_log]
    assert again_log
