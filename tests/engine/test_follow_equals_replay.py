"""Following a log as it grows while people enter things and a roster is saved again and again, and replaying the
recording of that, give the same floor and the same alerts."""

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
from floorwatch.engine.document_reading import DocumentReader
from floorwatch.engine.entering import JOURNAL, decoded, new_entries
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.engine.house import House, build_house, rules_asked
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.live import SystemTime
from floorwatch.engine.pace import FloorTime
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.shows import Shows
from floorwatch.engine.station import Station
from floorwatch.engine.system_clock import monotonic
from floorwatch.feeds.documents import DocumentFeed
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.feeds.tail import Tail
from floorwatch.host.lane import Lanes
from floorwatch.journal.shapes import Entry
from floorwatch.model.clock import VirtualClock
from floorwatch.model.events import EntryUndone, HelpRequested, HelpTaken, NoteKind, NoteTaken, WatchBegan
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings import Settings, zone_name
from tests.engine.replays import at_moments, differences, frames_every, indexed, plain
from tests.engine.small_documents import Hours, HoursOptions, hours

CAPTURE = bundled("sample_feeds") / "asterisk-22"
NAME = "queue_log"
ROSTER = "roster"
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


class Growing:
    """The log of a switch that writes, now and then into a new file."""

    def __init__(self, path: Path, arrivals: list[tuple[float, bytes]]) -> None:
        self._path = path
        self._to_come = iter([*arrivals, (float("inf"), b"")])
        self._at, self._raw = next(self._to_come)

    def grow(self, until: float) -> None:
        """Write what came by then."""
        with self._path.open("ab") as file:
            while self._at <= until:
                file.write(self._raw)
                self._at, self._raw = next(self._to_come)

    def rotate(self) -> None:
        """Begin a new file."""
        self._path.rename(self._path.with_name(f"{NAME}.1"))
        self._path.touch()


class Roster:
    """A roster that somebody saves now and then, and the feed of it."""

    def __init__(self, house: House, path: Path) -> None:
        self._path = path
        self._feed = DocumentFeed(lambda: [str(path)], ROSTER)
        self._reader = DocumentReader(Hours(), HoursOptions(), house.rules.days, self._feed.judged)

    def save(self, step: int) -> None:
        """Other hours, and now and then something that is no roster at all."""
        lines = (f"PJSIP/200{agent} 0{(step + agent) % 9}:00 17:00" for agent in range(1, 4))
        self._path.write_bytes(b"torn" if step % 3 == 1 else hours(*lines))

    def read(self, now: float) -> list[Decoded]:
        """What it says, if that has changed and stood still since."""
        return [self._reader.decode(line) for line in self._feed.drain(now)]


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
    feeds = {NAME: RecordedFeed("asterisk-queue-log"), ROSTER: RecordedFeed("hours", documents=True)}
    writer = RecordingWriter(folder / "a.floorlog", zone, feeds)
    clock, hand_over = VirtualClock(arrivals[0][0] - 1), HandOver()
    station, ruling = station_for(house, hand_over, SystemTime(clock))

    def record(decoded: Decoded) -> None:
        if decoded.line is None:
            for event in decoded.events:
                writer.append(RecordedEvent(decoded.feed, decoded.received_at, event))
        else:
            writer.append(replace(decoded.line, received_at=decoded.received_at))

    station.on_folded = record
    log.touch()
    roster = Roster(house, folder / "roster.txt")
    roster.save(-1)
    tail = Tail(log, NAME)
    decoders = {NAME: LineDecoder(house.catalogue.format("asterisk-queue-log").thing.decoder({}), tail.health)}
    began = clock.now()
    station.take(Batch(JOURNAL, station.stamped(entries_at(-1, began - 86_400, ahead)), began))
    hand_over.put(Batch(ROSTER, roster.read(began), began))
    hand_over.put(Batch("", [Decoded("", began, (WatchBegan(began),))], began))
    await settle(station)
    seen: dict[float, FloorSnapshot] = {}
    growing = Growing(log, arrivals)
    for number, step in enumerate(steps):
        if rotate_at is not None and step >= rotate_at:
            growing.rotate()
            rotate_at = None
        growing.grow(step)
        clock.move_to(step)
        if number % 4 == 0:
            station.take(Batch(JOURNAL, station.stamped(entries_at(number, step, ahead)), step))
        if number % 5 == 0:
            roster.save(number)
        hand_over.put(Batch(ROSTER, roster.read(step), step))
        while lines := tail.drain(step, 100):
            hand_over.put(Batch(NAME, decode_all(lines, decoders), step))
            await settle(station)
        await settle(station)
        seen[step] = station.floor.snapshot(step)
    writer.close()
    return seen, ruling.log


def replayed(tape: Tape, moments: list[float]) -> Seen:
    """Replay the tape with its clock at each of the moments in turn."""
    seen = at_moments(tape, moments)
    return seen.floors, seen.log


def steps_of(arrivals: list[tuple[float, bytes]], gaps: list[float]) -> Iterator[float]:
    """Moments through the whole capture and 20 s beyond, with these gaps in turn."""
    at, place = arrivals[0][0], 0
    while at < arrivals[-1][0] + 20:
        at += gaps[place % len(gaps)]
        place += 1
        yield at


@settings(max_examples=4, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    live_gaps=st.lists(st.floats(2, 40), min_size=2, max_size=8),
    replay_gaps=st.lists(st.floats(15, 300), min_size=1, max_size=4),
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
    for open_tape in (plain, indexed):
        with frames_every(50):
            tape = open_tape(house, folder / "a.floorlog")
            moments = [moment for moment in moments if moment <= tape.span[1]]  # behind it there is nothing to go to
            again, again_log = replayed(tape, moments)
        for moment in sorted(live.keys() & set(moments))[::3]:
            assert differences(again[moment], live[moment], house) == [], moment
        assert [*again_log] == [entry for entry in live_log if entry.at <= moments[-1]]
        assert again[moments[-1]].day_counts
        assert again[moments[-1]].support.notes
        assert again[moments[-1]].duty.shifts
        assert JOURNAL in again[moments[-1]].feeds  # Wang undid what was not theirs: a misfit
        assert again_log
