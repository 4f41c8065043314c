"""Plain feeds written out: the recording tells the same as the feeds, whatever moment one asks about."""

import errno
import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.headless import snapshots_at
from floorwatch.engine.house import House, rules_asked
from floorwatch.engine.ruling import Ruling
from floorwatch.engine.state import State, state_of_floor
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.timeline import Timeline, timeline_of
from floorwatch.engine.written_out import PlainFeeds, write_out
from floorwatch.feeds.recording import RecordedEvent, read_recording
from floorwatch.feeds.shapes import FeedError, FeedLine
from floorwatch.host.lane import Lanes
from floorwatch.model.entered import NoteKind, NoteTaken
from floorwatch.model.events import WatchBegan
from floorwatch.settings import FeedSettings
from tests.engine.small_documents import hours, with_hours
from tests.engine.small_floor import QUEUE_LOG, START, house_in, queue_log

NORTH = (
    (START, "NONE|NONE|NONE|QUEUESTART|"),
    (START + 60, "c1|support|NONE|ENTERQUEUE||5550001234|1"),
    (START + 90, "c1|support|PJSIP/2001|CONNECT|30|c1b|5"),
    (START + 300, "c1|support|PJSIP/2001|COMPLETECALLER|30|210|1"),
    (START + 400, "c3|support|NONE|ENTERQUEUE||5550001234|1"),
)
SOUTH = (
    (START + 30, "c2|billing|NONE|ENTERQUEUE||5550009876|1"),
    (START + 330, "c2|billing|NONE|ABANDON|1|1|300"),
)


def note(at: float, text: str) -> Decoded:
    """A note of somebody's, as the journal's past gives it."""
    return Decoded("journal", at, (NoteTaken(at, id=text, by="Ada", kind=NoteKind.CHECK, agent="1001", text=text),))


@pytest.fixture
def feeds(tmp_path: Path) -> dict[str, FeedSettings]:
    """Two logs."""
    return {"north": queue_log(tmp_path / "north", *NORTH), "south": queue_log(tmp_path / "south", *SOUTH)}


def add(log: Path, line: bytes) -> None:
    """Write another line."""
    with log.open("ab") as file:
        file.write(line)


def recorded(house: House, out: Path) -> Timeline:
    """The recording as a timeline."""
    return timeline_of(house, {"recording": FeedSettings(str(out))})


async def states(house: House, timeline: Timeline, moments: Sequence[float]) -> list[State]:
    """The floor at these moments, without what depends on when the rules began to be asked."""
    ruling = Ruling(rules_asked(house), Lanes(monotonic), house.settings.alerts.every_seconds)
    floors = snapshots_at(house.floor(timeline.gives), timeline.entries(), moments, ruling)
    return [state_of_floor(snapshot, timeline.health()) async for snapshot in floors]


async def test_the_recording_tells_what_the_feeds_tell(tmp_path: Path, feeds: dict[str, FeedSettings]) -> None:
    house, out = house_in(), tmp_path / "out.floorlog"
    entered = (note(START - 900, "before"), note(START + 200, "between"), note(START + 9000, "afterwards"))
    moments = [START - 1, *(START + after for after in (0, 60, 200, 329.9, 330, 400))]

    written = write_out(house, feeds, lambda: entered, out)

    plain = timeline_of(house, feeds, lambda: entered)
    assert await states(house, recorded(house, out), moments) == await states(house, plain, moments)
    assert written == len(NORTH) + len(SOUTH) + len([*entered[:2]]) + 1


def test_lines_stand_raw_and_in_the_order_of_their_times(tmp_path: Path, feeds: dict[str, FeedSettings]) -> None:
    out = tmp_path / "out.floorlog"
    add(tmp_path / "north", b"%d|c9|\xff\xfe|NONE|ABANDON|1|1|1\n" % (START + 500))

    write_out(house_in(), feeds, tuple, out)

    lines = [entry for entry in read_recording(out) if isinstance(entry, FeedLine)]
    both = (tmp_path / "north").read_bytes().splitlines() + (tmp_path / "south").read_bytes().splitlines()
    assert [line.raw for line in lines] == sorted(both, key=lambda raw: raw[:10])
    assert [line.received_at for line in lines] == sorted(line.received_at for line in lines)
    assert out.stat().st_mode & 0o777 == 0o600


def test_rules_are_asked_from_the_first_line_on(tmp_path: Path, feeds: dict[str, FeedSettings]) -> None:
    out = tmp_path / "out.floorlog"

    write_out(house_in(), feeds, lambda: (note(START - 900, "before"),), out)

    before, mark, line, *_rest = read_recording(out)
    assert isinstance(before, RecordedEvent)
    assert isinstance(mark, RecordedEvent)
    assert (mark.received_at, mark.event) == (START, WatchBegan(START))
    assert isinstance(line, FeedLine)


async def test_documents_are_there_from_the_beginning(tmp_path: Path) -> None:
    house, out = with_hours(house_in()), tmp_path / "out.floorlog"
    (tmp_path / "roster.txt").write_bytes(hours("Ada 09:00 17:00"))
    wanted = {
        "north": queue_log(tmp_path / "north", *NORTH),
        "roster": FeedSettings(str(tmp_path / "roster.txt"), "hours"),
    }

    write_out(house, wanted, lambda: (note(START - 900, "before"),), out)

    moments = [START - 900, START, START + 400]
    again = recorded(house_in(), out)
    assert again.of_documents == {"roster"}
    assert await states(house_in(), again, moments) == await states(
        house, timeline_of(house, wanted, lambda: (note(START - 900, "before"),)), moments
    )


def test_half_a_recording_is_none(
    tmp_path: Path, feeds: dict[str, FeedSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, write_some = tmp_path / "out.floorlog", os.pwrite

    def full_after_the_first_line(fd: int, data: bytes, offset: int) -> int:
        if offset:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_some(fd, data, offset)

    monkeypatch.setattr(os, "pwrite", full_after_the_first_line)

    with pytest.raises(FeedError, match=r"out\.floorlog: not recorded: No space left on device"):
        write_out(house_in(), feeds, tuple, out)

    assert not out.exists()


def test_a_disk_that_was_full_for_a_moment_leaves_no_half_recording_either(
    tmp_path: Path, feeds: dict[str, FeedSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, write_some, calls = tmp_path / "out.floorlog", os.pwrite, count(1)

    def full_for_a_moment(fd: int, data: bytes, offset: int) -> int:
        if next(calls) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_some(fd, data, offset)

    monkeypatch.setattr(os, "pwrite", full_for_a_moment)
    monkeypatch.setattr("floorwatch.feeds.recording.FLUSH_BYTES", 1)
    monkeypatch.setattr("floorwatch.engine.written_out.AT_ONCE", 1)

    with pytest.raises(FeedError, match=r"out\.floorlog: not recorded: No space left on device"):
        write_out(house_in(), feeds, tuple, out)
    assert not out.exists()


def test_without_a_line_there_is_nothing_to_write(tmp_path: Path) -> None:
    out, empty = tmp_path / "out.floorlog", tmp_path / "empty"
    empty.touch()

    with pytest.raises(FeedError, match="empty: there is no line to read in it"):
        write_out(house_in(), {"empty": FeedSettings(str(empty), QUEUE_LOG)}, lambda: (note(START, "a note"),), out)

    assert not out.exists()


def test_what_is_there_is_never_written_over(tmp_path: Path, feeds: dict[str, FeedSettings]) -> None:
    out = tmp_path / "out.floorlog"
    out.write_text("dear to somebody")

    with pytest.raises(FeedError, match="there is a file already"):
        write_out(house_in(), feeds, tuple, out)

    assert out.read_text() == "dear to somebody"


def test_how_far_it_is_is_told(tmp_path: Path, feeds: dict[str, FeedSettings]) -> None:
    told: list[float] = []

    write_out(house_in(), feeds, tuple, tmp_path / "out.floorlog", told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0


def test_feeds_are_known_again_until_something_of_them_changes(tmp_path: Path, feeds: dict[str, FeedSettings]) -> None:
    house = house_in()
    first = PlainFeeds(house, feeds, tuple).identity()

    assert PlainFeeds(house, feeds, tuple).identity() == first
    add(tmp_path / "north", b"%d|c9|support|NONE|ABANDON|1|1|1\n" % (START + 500))
    grown = PlainFeeds(house, feeds, tuple).identity()
    noted = PlainFeeds(house, feeds, lambda: (note(START, "a note"),)).identity()
    elsewhere = PlainFeeds(house_in("Asia/Shanghai"), feeds, tuple).identity()
    one = PlainFeeds(house, {"north": feeds["north"]}, tuple).identity()

    assert grown.feeds == noted.feeds == elsewhere.feeds == first.feeds != one.feeds
    assert len({each.content for each in (first, grown, noted, elsewhere)}) == 4


def test_a_file_whose_name_is_no_text_is_written_out(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"queue\xff")
    wanted = {path.name: queue_log(path, *NORTH)}

    write_out(house_in(), wanted, tuple, tmp_path / "out.floorlog")

    assert PlainFeeds(house_in(), wanted, tuple).identity() == PlainFeeds(house_in(), wanted, tuple).identity()
    timeline = recorded(house_in(), tmp_path / "out.floorlog")
    assert sum(entry.line is not None and not entry.rejected for entry in timeline.entries()) == len(NORTH)


async def test_midnight_and_a_restart_of_the_switch_are_in_it_as_they_were(tmp_path: Path) -> None:
    midnight = START + 14 * 3600
    lines = (
        (midnight - 120, "c1|support|NONE|ENTERQUEUE||5550001234|1"),
        (midnight - 60, "c2|support|NONE|ENTERQUEUE||5550001234|2"),
        (midnight + 30, "c1|support|PJSIP/2001|CONNECT|150|c1b|5"),
        (midnight + 60, "NONE|NONE|NONE|QUEUESTART|"),
        (midnight + 90, "c3|support|NONE|ENTERQUEUE||5550001234|1"),
    )
    house, out = house_in(), tmp_path / "out.floorlog"
    wanted = {"north": queue_log(tmp_path / "north", *lines)}
    moments = [midnight + after for after in (-90, -1, 0, 45, 60, 90)]

    write_out(house, wanted, tuple, out)

    found = await states(house, recorded(house, out), moments)
    assert found == await states(house, timeline_of(house, wanted), moments)
    assert [each["total"]["waiting"] for each in found] == [1, 2, 2, 1, 0, 1]
