"""A recording read through its keyframes: the same floor as folded from the start, and nothing ever steps back."""

import os
from math import inf
from pathlib import Path

import pytest

from floorwatch.engine.keyframes.blocks import Kind
from floorwatch.engine.keyframes.build import build
from floorwatch.engine.keyframes.in_thread import ThreadBuilding
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.engine.keyframes.place import place_of
from floorwatch.engine.keyframes.writer import KeyframesWriter
from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedError, FeedLine
from floorwatch.model.events import WatchBegan
from tests.engine.small_floor import QUEUE_LOG, START, house_in
from tests.keyframes.small_recording import fingerprint, recording
from tests.keyframes.tapes import Hand, Kept, bares, moments, plain_of, shown, tape_of
from tests.patience import PATIENCE_SECONDS


def test_opened_at_any_moment_it_is_the_floor_folded_from_the_start(whole: IndexedTape, kept: Kept) -> None:
    plain = plain_of(kept.path)
    for at in moments(whole):
        assert shown(whole, at) == shown(plain, at), at


def test_what_follows_on_an_opened_tape_is_the_rest_of_the_recording(whole: IndexedTape, kept: Kept) -> None:
    everything = bares(plain_of(kept.path).open_at(0.0))
    for at in moments(whole):
        opened = whole.open_at(at)
        rest = bares(opened)
        assert opened.at <= at
        assert rest == everything[len(everything) - len(rest) :]
        assert len(rest) >= len([entry for entry in plain_of(kept.path).open_at(0.0).entries if entry.received_at > at])


def test_a_tape_knows_when_it_was_watched_from(whole: IndexedTape, kept: Kept) -> None:
    plain = plain_of(kept.path)
    assert whole.begins_at == plain.begins_at
    assert whole.span == plain.span
    first, *_frames, last = kept.of(Kind.FRAME)
    assert whole.open_at(START).watched_since is None
    assert whole.open_at(first.until).watched_since == plain.begins_at
    assert whole.open_at(last.until).watched_since == plain.begins_at


def test_a_recording_without_a_mark_is_watched_from_its_first_line(tmp_path: Path) -> None:
    path = recording(tmp_path / "day.floorlog", 400, watched=False)
    build(house_in("UTC"), path, place_of(path))
    tape = IndexedTape(house_in("UTC"), path)
    assert tape.begins_at == START
    assert tape.open_at(inf).watched_since == START
    tape.close()


def test_a_mark_is_known_by_itself_and_not_by_its_word(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "day.floorlog", "UTC", {"queue_log": RecordedFeed(QUEUE_LOG)})
    said = b'%d|1.1|support|NONE|ENTERQUEUE||"WatchBegan"|1' % START
    writer.append(FeedLine("queue_log", START, 0, said, backfill=True))
    writer.append(RecordedEvent("", START + 7, WatchBegan(START + 7)))
    writer.close()
    tape = IndexedTape(house_in("UTC"), tmp_path / "day.floorlog", Hand())
    assert tape.begins_at == START + 7
    tape.close()


def test_entries_of_one_time_are_in_the_frame_or_follow_it(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "day.floorlog", "UTC", {"queue_log": RecordedFeed(QUEUE_LOG)})
    for number in range(2_500):
        at = START + number // 900  # no frame ends where a second does
        raw = b"%d|%d.1|support|NONE|ENTERQUEUE||1%04d|1" % (at, number, number)
        writer.append(FeedLine("queue_log", at, 0, raw))
    writer.close()
    build(house_in("UTC"), writer.path, place_of(writer.path))
    tape, plain = IndexedTape(house_in("UTC"), writer.path), plain_of(Path(writer.path))
    for at in (START, START + 0.5, START + 1, START + 1.5, START + 2):
        assert tape.open_at(at).at <= at
        assert shown(tape, at) == shown(plain, at)
    tape.close()


def test_events_before_and_after_are_those_of_the_recording(whole: IndexedTape, kept: Kept) -> None:
    plain = plain_of(kept.path)
    ends = [at for place in kept.of(Kind.ENTRIES) for at in (place.since, place.until)]
    for at in (*moments(whole), *ends, *(end + 0.25 for end in ends), -inf, inf):
        assert whole.event_after(at) == plain.event_after(at), at
        assert whole.event_before(at) == plain.event_before(at), at


def test_before_anything_is_known_the_floor_is_empty(kept: Kept) -> None:
    building = Hand()
    tape = tape_of(kept, building)
    reached = tape.refresh()
    assert (reached.folded_to, reached.alerts_to, reached.share, reached.problem) == (-inf, -inf, 0.0, "")
    opened = tape.open_at(START + 1_000)
    assert (list(opened.entries), opened.at, opened.watched_since) == ([], -inf, None)
    assert opened.floor.snapshot(START).waiting == {}
    assert tape.event_after(0.0) is tape.event_before(inf) is None
    assert not tape.moments(0.0, inf)
    assert not tape.strip(*tape.span).arrivals
    assert tape.alerts.up_at(START) == ()
    assert tape.span[0] == START, "known from the recording itself"
    assert building.started == 1
    tape.close()
    tape.close()
    assert building.stopped > 0


def test_it_is_read_while_it_is_built(kept: Kept) -> None:
    tape, plain = tape_of(kept, Hand()), plain_of(kept.path)
    writer = KeyframesWriter(kept.place, fingerprint(kept.path))
    before = tape.refresh()
    for place, data in kept.blocks:
        writer.write(place, data)
        reached = tape.refresh()
        assert before.folded_to <= reached.folded_to
        assert before.alerts_to <= reached.alerts_to
        if place.kind is Kind.ENTRIES:
            assert reached.folded_to < place.until, "more may follow of its last second"
        if reached.folded_to > -inf:
            at = min(reached.folded_to, tape.span[1])
            assert shown(tape, at) == shown(plain, at)
        before = reached
    assert before.is_whole
    assert before.share is None
    writer.close()
    tape.close()


def test_what_was_opened_ends_where_the_tape_was_known_to(kept: Kept) -> None:
    writer = KeyframesWriter(kept.place, fingerprint(kept.path))
    blocks = iter(kept.blocks)
    for place, data in blocks:
        writer.write(place, data)
        if place.kind is Kind.ENTRIES:
            break
    tape = tape_of(kept, Hand())
    opened = tape.open_at(START)
    for place, data in blocks:
        writer.write(place, data)
    tape.refresh()
    assert len(bares(opened)) == kept.of(Kind.ENTRIES)[0].upto
    writer.close()
    tape.close()


def test_whoever_builds_says_why_no_more_comes(kept: Kept) -> None:
    building = Hand()
    tape = tape_of(kept, building)
    assert tape.refresh().problem == ""
    building.problem = "no room on the disk"
    assert tape.refresh().problem == "no room on the disk"
    tape.close()


def test_nobody_builds_what_is_whole(kept: Kept) -> None:
    kept.place.write_bytes(kept.whole)
    building = Hand("never asked")
    tape = tape_of(kept, building)
    assert tape.refresh().is_whole
    assert tape.refresh().problem == ""
    assert building.started == 0
    tape.close()
    assert building.stopped == 0


def test_an_unfinished_file_is_used_until_the_new_one_has_come_as_far(kept: Kept) -> None:
    half = len(kept.blocks) // 2
    kept.place.write_bytes(kept.whole[: kept.blocks[half][0].offset])
    building = Hand()
    tape = tape_of(kept, building)
    first = tape.refresh()
    assert building.started == 1
    assert first.folded_to > START
    writer = KeyframesWriter(kept.place, fingerprint(kept.path))
    for place, data in kept.blocks:
        writer.write(place, data)
        reached = tape.refresh()
        assert reached.folded_to >= first.folded_to
        assert reached.problem == ""
    assert tape.refresh().is_whole
    assert building.started == 1
    writer.close()
    tape.close()


def test_a_builder_that_was_killed_is_followed_by_the_next(kept: Kept) -> None:
    tape = tape_of(kept, Hand())
    for upto in (5, len(kept.blocks)):
        writer = KeyframesWriter(kept.place, fingerprint(kept.path))
        for place, data in kept.blocks[:upto]:
            writer.write(place, data)
            tape.refresh()
        writer.close()
    assert tape.refresh().is_whole
    tape.close()


def test_a_torn_recording_says_so_and_its_good_part_opens(tmp_path: Path) -> None:
    path = recording(tmp_path / "day.floorlog", 20)
    os.truncate(path, path.stat().st_size - 7)
    build(house_in("UTC"), path, place_of(path))
    tape, plain = IndexedTape(house_in("UTC"), path), plain_of(path)
    assert tape.health().keys() == {"queue_log", str(path)}
    assert tape.health()[str(path)].rejected == {"torn last line": 1}
    at = tape.span[1] + 1
    assert shown(tape, at) == shown(plain, at)
    tape.close()


def test_an_empty_recording_is_an_empty_floor(tmp_path: Path) -> None:
    path = recording(tmp_path / "day.floorlog", 0, watched=False)
    build(house_in("UTC"), path, place_of(path))
    tape = IndexedTape(house_in("UTC"), path)
    assert tape.refresh().is_whole
    assert tape.span == (0.0, 0.0)
    assert tape.begins_at == 0.0
    assert list(tape.open_at(START).entries) == []
    assert tape.event_after(-inf) is tape.event_before(inf) is None
    assert tape.health().keys() == {"queue_log"}
    tape.close()


def test_what_cannot_be_read_as_a_recording_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("notes\n")
    with pytest.raises(FeedError, match="not a recording"):
        IndexedTape(house_in("UTC"), tmp_path / "notes")


def test_built_by_a_thread_it_becomes_whole(tmp_path: Path) -> None:
    path = recording(tmp_path / "day.floorlog", 200)
    building = ThreadBuilding(house_in("UTC"), path)
    tape = IndexedTape(house_in("UTC"), path, building)
    assert building.wait(PATIENCE_SECONDS)
    reached = tape.refresh()
    assert reached.problem == ""
    assert reached.is_whole
    tape.close()
