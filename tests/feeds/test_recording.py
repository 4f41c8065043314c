"""Recordings: what is written comes back, and what is no recording is refused in words."""

import gzip
import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.feeds.held import is_held
from floorwatch.feeds.recording import (
    FLUSH_BYTES,
    TORN,
    Entry,
    RecordedEvent,
    RecordedFeed,
    RecordingEnd,
    RecordingWriter,
    end_of,
    is_recording,
    read_recording,
)
from floorwatch.feeds.shapes import FeedError, FeedLine
from floorwatch.model.events import AgentPaused, CallLeft, Custom, LeftHow

FEEDS = {"queue_log": RecordedFeed("asterisk-queue-log", {"custom_events": {"HELP": "help"}})}
EVENTS = st.sampled_from(
    [
        AgentPaused(1.0, "Wang 芳", None, "午餐"),
        CallLeft(2.5, "c", "q", LeftHow.KEY, "1"),
        Custom(3.0, "n", "s", {"a": [1]}),
    ]
)
TIMES = st.floats(0, 1e10, allow_nan=False)
ENTRIES = st.lists(
    st.builds(FeedLine, st.text(), TIMES, st.just(0), st.binary(max_size=80), st.booleans())
    | st.builds(RecordedEvent, st.text(), TIMES, EVENTS, st.just(0), st.booleans()),
    max_size=20,
)


def write(path: Path, *entries: Entry) -> Path:
    writer = RecordingWriter(path, "Asia/Shanghai", FEEDS)
    for entry in entries:
        writer.append(entry)
    writer.close()
    return path


def line(raw: bytes, at: float = 100.0) -> FeedLine:
    return FeedLine("queue_log", at, 0, raw)


def facts(entry: Entry) -> tuple[object, ...]:
    return entry.feed, entry.backfill, entry.raw if isinstance(entry, FeedLine) else entry.event


@settings(max_examples=60)
@given(ENTRIES)
def test_what_is_recorded_is_what_is_read(entries: list[Entry]) -> None:
    with TemporaryDirectory() as folder:
        read = list(read_recording(write(Path(folder) / "a.floorlog", *entries)))
    assert [facts(entry) for entry in read] == [facts(entry) for entry in entries]
    highest = 0.0
    for entry, written in zip(read, entries, strict=True):
        highest = max(highest, written.received_at)
        assert entry.received_at == highest


@settings(max_examples=30)
@given(ENTRIES.filter(bool), st.data())
def test_reading_may_begin_at_any_entry(entries: list[Entry], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        recording = read_recording(write(Path(folder) / "a.floorlog", *entries))
        read = list(recording)
        place = data.draw(st.integers(0, len(read) - 1))
        assert list(recording.entries(read[place].offset)) == read[place:]


def test_the_header_names_zone_and_feeds(tmp_path: Path) -> None:
    recording = read_recording(write(tmp_path / "a.floorlog"))
    assert (recording.zone, recording.feeds) == ("Asia/Shanghai", FEEDS)
    assert list(recording) == []


def test_a_recording_is_as_the_design_says_it_is(tmp_path: Path) -> None:
    path = write(tmp_path / "a.floorlog", line(b"1|NONE|NONE|NONE|QUEUESTART|", 1763760000.25), line(b"\xff", 5.0))
    assert path.read_text().splitlines()[1:] == [
        '{"received_at":1763760000.25,"feed":"queue_log","line":"1|NONE|NONE|NONE|QUEUESTART|"}',
        '{"received_at":1763760000.25,"feed":"queue_log","line_b64":"/w=="}',
    ]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_compressed_recording_reads_the_same(tmp_path: Path) -> None:
    path = write(tmp_path / "a.floorlog", *(line(b"%d" % number) for number in range(9000)))
    packed = tmp_path / "a.floorlog.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert is_recording(packed)
    assert list(read_recording(packed)) == list(read_recording(path))


def test_a_torn_last_line_is_left_out_and_told(tmp_path: Path) -> None:
    path = write(tmp_path / "a.floorlog", line(b"one"), line(b"two"))
    path.write_bytes(path.read_bytes()[:-9])
    recording = read_recording(path)
    assert [facts(entry)[2] for entry in recording] == [b"one"]
    assert recording.torn
    assert recording.health.rejected == {TORN: 1}


def test_a_bad_line_is_counted_with_its_place_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.floorlog", line(b"one"))
    offset = path.stat().st_size
    with path.open("ab") as file:
        file.write(
            b'{"received_at": "soon"}\n{"received_at":3,"feed":"f"}\n{"received_at":4,"feed":"f","line":"two"}\n'
        )
    recording = read_recording(path)
    assert [facts(entry)[2] for entry in recording] == [b"one", b"two"]
    assert sum(recording.health.rejected.values()) == 2
    assert recording.health.rejected_lines[0][0] == offset
    assert not recording.torn


@pytest.mark.parametrize("at", [b"1e300", b"-1e300", b"1795298007000", b"-7e10"])
def test_a_time_outside_of_all_days_costs_its_line_and_no_more(tmp_path: Path, at: bytes) -> None:
    path = write(tmp_path / "a.floorlog", line(b"one", 3.0))
    with path.open("ab") as file:
        file.write(b'{"received_at":3,"feed":"f","event":{"event":"AgentSignedIn","at":%b,"agent":"1"}}\n' % at)
        file.write(b'{"received_at":4,"feed":"f","line":"two"}\n')
        file.write(b'{"received_at":%b,"feed":"f","line":"never"}\n' % at)
    recording = read_recording(path)

    assert [facts(entry)[2] for entry in recording] == [b"one", b"two"]
    assert recording.health.rejected == {"a time outside of all days": 2}
    assert end_of(path) == RecordingEnd(4.0)


def test_brackets_in_brackets_without_end_are_a_bad_line_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.floorlog", line(b"one"))
    with path.open("ab") as file:
        deep = b"[" * 30_000 + b"]" * 30_000
        file.write(b'{"received_at":3,"feed":"f","line":' + deep + b"}\n")
        file.write(b'{"received_at":3,"feed":"f","unknown":' + deep + b"}\n")
        file.write(b'{"received_at":4,"feed":"f","line":"two"}\n')
    recording = read_recording(path)
    assert [facts(entry)[2] for entry in recording] == [b"one", b"two"]
    assert sum(recording.health.rejected.values()) == 2


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"1795298007|NONE|NONE|NONE|QUEUESTART|\n", "not a recording"),
        (b'{"event":"CallEntered","at":1}\n', "not a recording"),
        (b'{"floorlog": 2, "zone": "UTC"}\n', "newer"),
        (b'{"floorlog": 1, "feeds": {}}\n', "line 1"),
        (b"\x00" * 100, "not a recording"),
        (b'{"a":' + b"[" * 100_000 + b"\n", "not a recording"),
        (b'{"floorlog": 1, "zone": "UTC", "feeds": ' + b'{"a":' * 100_000 + b"\n", "not a recording"),
    ],
)
def test_what_is_no_recording_is_refused_in_words(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "a.floorlog"
    path.write_bytes(content)
    with pytest.raises(FeedError, match=word) as refusal:
        read_recording(path)
    assert str(path) in str(refusal.value)
    assert is_recording(path) == (b"floorlog" in content and len(content) < 1000)


def test_a_recording_that_was_torn_in_its_first_line_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.floorlog"
    path.write_bytes(b'{"floorlog":1,"zone":"Asia/Sh')
    with pytest.raises(FeedError, match="torn before anything stood in it"):
        read_recording(path)


def test_a_missing_recording_is_refused_in_words(tmp_path: Path) -> None:
    assert not is_recording(tmp_path / "none")
    assert not is_recording(tmp_path)
    with pytest.raises(FeedError, match="no such file"):
        read_recording(tmp_path / "none")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = write(tmp_path / "a.floorlog")
    with pytest.raises(FeedError, match="a file already"):
        RecordingWriter(path, "UTC", {})


def test_entries_are_written_within_a_second_of_floor_time(tmp_path: Path) -> None:
    path = tmp_path / "a.floorlog"
    writer = RecordingWriter(path, "UTC", FEEDS)
    writer.append(line(b"one", 100.0))
    writer.append(line(b"two", 100.9))
    assert len(list(read_recording(path))) == 1
    writer.append(line(b"three", 101.0))
    assert len(list(read_recording(path))) == 3
    writer.append(line(b"x" * FLUSH_BYTES, 101.1))
    assert len(list(read_recording(path))) == 4
    writer.close()


def test_a_full_disk_tears_nothing_and_is_told_and_made_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.floorlog"
    writer = RecordingWriter(path, "UTC", FEEDS)
    writer.append(line(b"one", 100.0))
    write_some = os.pwrite

    def full(fd: int, data: bytes, offset: int) -> int:
        write_some(fd, data[:5], offset)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        writer.append(line(b"two", 102.0))
        assert "No space left" in writer.problem
        assert [facts(entry)[2] for entry in read_recording(path)] == [b"one"]
    writer.append(line(b"three", 104.0))
    assert (writer.problem, writer.lost, writer.entries) == ("", 0, 3)
    writer.close()
    assert [facts(entry)[2] for entry in read_recording(path)] == [b"one", b"two", b"three"]


def test_where_not_even_the_first_line_could_be_written_no_file_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.floorlog"

    def full(_fd: int, _data: bytes, _offset: int) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", full)
        with pytest.raises(FeedError, match="No space left"):
            RecordingWriter(path, "UTC", FEEDS)

    assert list(tmp_path.iterdir()) == []


def test_lone_surrogates_in_an_event_are_written_as_replacement(tmp_path: Path) -> None:
    event = AgentPaused(1.75e9, "a\udc80b")
    (read,) = read_recording(write(tmp_path / "a.floorlog", RecordedEvent("journal", 5.0, event)))
    assert facts(read)[2] == AgentPaused(1.75e9, "a\ufffdb")


@pytest.mark.parametrize("packed", [False, True])
def test_how_a_recording_ends_is_known(tmp_path: Path, packed: bool) -> None:
    ends = {
        b"": RecordingEnd(104.0),
        b"\n": RecordingEnd(104.0),
        b'{"received_at":105,"feed":"f","line":"x"}': RecordingEnd(105.0),
        b'{"received_at":105,"feed":"f","li': RecordingEnd(104.0, torn=True),
        b"x" * 300_000: RecordingEnd(104.0, torn=True),
        b"no entry\n": RecordingEnd(104.0),
    }
    whole = write(tmp_path / "a.floorlog", line(b"one"), line(b"y" * 700_000, 104.0)).read_bytes()
    for number, (end, known) in enumerate(ends.items()):
        path = tmp_path / f"{number}"
        path.write_bytes(gzip.compress(whole + end) if packed else whole + end)
        assert end_of(path) == known


def test_the_end_of_an_archive_that_was_cut_short_is_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.floorlog", *(line(b"%d" % number, float(number)) for number in range(20_000)))
    packed = gzip.compress(whole.read_bytes())
    (tmp_path / "cut").write_bytes(packed[: len(packed) // 2])

    end = end_of(tmp_path / "cut")

    assert end.cut_short
    assert end.last_at == max(entry.received_at for entry in read_recording(tmp_path / "cut"))


def test_a_recording_without_an_entry_has_no_last_time(tmp_path: Path) -> None:
    assert end_of(write(tmp_path / "a.floorlog")) == RecordingEnd(None)


def test_many_entries_at_once_are_what_they_are_one_by_one(tmp_path: Path) -> None:
    entries: list[Entry] = [
        line(b"one", 5.0),
        line(b"\xff", 4.0),
        RecordedEvent("journal", 6.0, AgentPaused(1.75e9, "a\udc80b")),
    ]
    one_by_one = write(tmp_path / "a.floorlog", *entries)
    writer = RecordingWriter(tmp_path / "b.floorlog", "Asia/Shanghai", FEEDS)
    writer.extend(entries)
    writer.close()

    assert (tmp_path / "b.floorlog").read_bytes() == one_by_one.read_bytes()
    assert (writer.entries, writer.size) == (3, one_by_one.stat().st_size)


def test_feeds_whose_names_are_no_text_are_recorded(tmp_path: Path) -> None:
    name = os.fsdecode(b"queue\xff")
    writer = RecordingWriter(tmp_path / "a.floorlog", "UTC", {name: FEEDS["queue_log"]})
    writer.append(FeedLine(name, 5.0, 0, b"one"))
    writer.close()

    (read,) = recording = read_recording(tmp_path / "a.floorlog")
    assert read.feed in recording.feeds


def test_a_file_that_is_deleted_meanwhile_is_noticed(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "a.floorlog", "UTC", {})
    found = [writer.is_there]
    (tmp_path / "a.floorlog").rename(tmp_path / "b.floorlog")
    found.append(writer.is_there)
    (tmp_path / "a.floorlog").touch()
    found.append(writer.is_there)
    writer.close()

    assert found == [True, False, False]


def test_one_that_is_kept_is_held_while_it_is_written(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "a.floorlog", "UTC", {}, kept=True)
    assert is_held(tmp_path / "a.floorlog")
    writer.close()
    assert not is_held(tmp_path / "a.floorlog")
    assert not is_held(tmp_path / "none")
    assert read_recording(tmp_path / "a.floorlog").header.kept is True
