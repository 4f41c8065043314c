"""Recordings: what is written comes back, and what is no recording is refused in words."""

import gzip
import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.feeds.recording import (
    FLUSH_BYTES,
    TORN,
    Entry,
    RecordedEvent,
    RecordedFeed,
    RecordingWriter,
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


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_what_is_recorded_is_what_is_read(entries: list[Entry]) -> None:
    with TemporaryDirectory() as folder:
        read = list(read_recording(write(Path(folder) / "a.floorlog", *entries)))
    assert [facts(entry) for entry in read] == [facts(entry) for entry in entries]
    highest = 0.0
    for entry, written in zip(read, entries, strict=True):
        highest = max(highest, written.received_at)
        assert entry.received_at == highest


@settings(max_examples=30, deadline=None)
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


def test_lone_surrogates_in_an_event_are_written_as_replacement(tmp_path: Path) -> None:
    event = AgentPaused(1.75e9, "a\udc80b")
    (read,) = read_recording(write(tmp_path / "a.floorlog", RecordedEvent("journal", 5.0, event)))
    assert facts(read)[2] == AgentPaused(1.75e9, "a\ufffdb")
