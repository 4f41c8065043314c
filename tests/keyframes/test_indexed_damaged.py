"""Keyframes that are stale, foreign, damaged or gone: the recording is shown all the same, and it is said."""

from math import inf
from pathlib import Path

import pytest

from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.build import build
from floorwatch.engine.keyframes.file import KeyframesError
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.engine.keyframes.writer import KeyframesWriter
from floorwatch.feeds.shapes import FeedError
from tests.engine.small_floor import START, house_in
from tests.keyframes.small_recording import fingerprint, grown, recording
from tests.keyframes.tapes import Hand, Kept, bares, plain_of, shown, tape_of


def test_stale_keyframes_are_as_good_as_none(kept: Kept, tmp_path: Path) -> None:
    other = recording(tmp_path / "other.floorlog", 30)
    KeyframesWriter(kept.place, fingerprint(other)).close()
    building = Hand()
    tape = tape_of(kept, building)
    assert tape.refresh().problem == ""
    assert building.started == 1
    kept.place.unlink()
    kept.place.write_bytes(kept.whole)
    assert tape.refresh().is_whole
    tape.close()


def test_what_was_built_for_something_else_is_said(kept: Kept, tmp_path: Path) -> None:
    other = recording(tmp_path / "other.floorlog", 30)
    tape = tape_of(kept, Hand())
    KeyframesWriter(kept.place, fingerprint(other)).close()
    assert "of another recording" in tape.refresh().problem
    tape.close()


def test_without_a_builder_it_is_said_what_stands_there(kept: Kept) -> None:
    kept.place.write_bytes(b"notes\n")
    tape = tape_of(kept)
    assert "not a file of keyframes" in tape.refresh().problem
    tape.close()


def test_of_a_recording_that_has_grown_the_beginning_is_known(kept: Kept) -> None:
    kept.place.write_bytes(kept.whole)
    grown(kept.path, 10)
    building = Hand()
    tape, plain = tape_of(kept, building), plain_of(kept.path)
    reached = tape.refresh()
    assert building.started == 1
    assert START < reached.folded_to < inf
    assert reached.alerts_to <= reached.folded_to
    assert not reached.is_whole
    assert reached.share == 0.0
    at = reached.folded_to
    assert shown(tape, at) == shown(plain, at)
    build(house_in("UTC"), kept.path, kept.place)
    assert tape.refresh().is_whole
    assert shown(tape, tape.span[1]) == shown(plain, tape.span[1])
    tape.close()


def test_where_a_frame_is_corrupt_the_one_before_is_taken_and_all_is_built_anew(kept: Kept) -> None:
    frame = kept.of(Kind.FRAME)[-1]
    spoilt = bytearray(kept.whole)
    spoilt[frame.offset + 9] ^= 1
    kept.place.write_bytes(spoilt)
    building = Hand()
    tape, plain = tape_of(kept, building), plain_of(kept.path)
    assert tape.refresh().is_whole
    assert building.started == 0
    at = frame.until + 1
    assert shown(tape, at) == shown(plain, at)
    tape.refresh()
    tape.refresh()
    assert building.started == 1
    assert build(house_in("UTC"), kept.path, kept.place) is not None
    assert tape.refresh().is_whole
    assert tape.open_at(at).at == frame.until
    assert building.started == 1
    tape.close()


def test_where_entries_are_corrupt_it_is_said_and_all_is_built_anew(kept: Kept) -> None:
    entries = kept.of(Kind.ENTRIES)[1]
    spoilt = bytearray(kept.whole)
    spoilt[entries.offset + 9] ^= 1
    kept.place.write_bytes(spoilt)
    building = Hand()
    tape = tape_of(kept, building)
    with pytest.raises(FeedError, match="corrupt at block"):
        bares(tape.open_at(START))
    with pytest.raises(KeyframesError, match="corrupt at block"):
        tape.event_after(entries.since)
    assert building.started == 0
    tape.refresh()
    assert building.started == 1
    build(house_in("UTC"), kept.path, kept.place)
    tape.refresh()
    assert len(bares(tape.open_at(START))) == kept.of(Kind.FOLDED)[0].upto
    tape.close()


def test_without_a_builder_what_is_corrupt_is_said(kept: Kept) -> None:
    rows = kept.of(Kind.ROWS)[-1]
    spoilt = bytearray(kept.whole)
    spoilt[rows.offset + 9] ^= 1
    kept.place.write_bytes(spoilt)
    tape = tape_of(kept)
    reached = tape.refresh()
    assert "corrupt at block" in reached.problem
    assert START < reached.folded_to < inf, "what stands before it is good"
    tape.close()


@pytest.mark.parametrize("kind", [Kind.READING, Kind.ROWS, Kind.STRIP, Kind.ALERTS])
def test_a_strangers_nonsense_ends_the_file_there(kept: Kept, kind: Kind) -> None:
    """With all checksums right."""
    first = kept.blocks[0][0]
    writer = KeyframesWriter(kept.place, fingerprint(kept.path))
    writer.write(Place(kind, 0, 1, first.since, first.until), b"\x93nonsense")
    for place, data in kept.blocks:
        writer.write(place, data)
    writer.close()
    building = Hand()
    tape = tape_of(kept, building)
    reached = tape.refresh()
    assert reached.folded_to == -inf
    assert building.started == 1
    tape.close()


def test_a_file_that_vanishes_is_read_on(whole: IndexedTape, kept: Kept) -> None:
    kept.place.unlink()
    plain = plain_of(kept.path)
    assert shown(whole, whole.span[1]) == shown(plain, whole.span[1])
    assert whole.refresh().is_whole
