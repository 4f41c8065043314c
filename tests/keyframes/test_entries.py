"""Decoded entries as bytes and back: whatever a decoder may have put into them."""

import math
import pickle
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.keyframes.blocks import KeptEntry
from floorwatch.engine.keyframes.entries import (
    EntriesError,
    entries_bytes,
    entries_of,
    reading_bytes,
    reading_of,
    times_of,
)
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.duty import Shift, Who
from floorwatch.model.events import (
    CallCompleted,
    CallEntered,
    CallLeft,
    Custom,
    DocumentRead,
    EndedBy,
    Event,
    LeftHow,
    WatchBegan,
)

ANY_TEXT = st.text(st.characters())
"""Lone surrogates among it."""


def line(*events: Event, at: float = 5.0, feed: str = "queue_log", rejected: str | None = None) -> Decoded:
    return Decoded(feed, at, events, rejected, FeedLine(feed, at, 17, b"the line", backfill=True))


def without_bytes(entry: Decoded) -> Decoded:
    """The entry as it is kept: its line has no bytes, and stands nowhere."""
    if entry.line is None:
        return msgspec.structs.replace(entry, events=tuple(entry.events))
    kept = FeedLine(entry.feed, entry.received_at, 0, b"", entry.line.backfill)
    return msgspec.structs.replace(entry, line=kept, events=tuple(entry.events))


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [line(CallEntered(1.5, "1", "support", "13800000000", None, 3))],
        [
            line(CallCompleted(1.5, "1", "support", "a", EndedBy.CALLER, 3.0)),
            line(CallLeft(2.0, "1", "q", LeftHow.KEY)),
        ],
        [line(rejected="no such word"), line(), Decoded("", 7.0, (WatchBegan(7.0),))],
        [line(CallEntered(1.0, "\ud800", "s\udfff"), feed="\udc80"), line(CallEntered(1.0, "王芳", "客服"))],
        [line(rejected="\udcff")],
        [Decoded("roster", -math.inf, (DocumentRead(at=1.0, document="a\ud800.csv", people=(Who("1", "\udc00"),)),))],
        [line(Custom(1.0, "n", "s", {"wide": 2**80, "pair": (1, 2), "deep": {"a": [None, True]}}))],
        [Decoded("queue_log", math.inf, [WatchBegan(1.0)])],
    ],
)
def test_entries_come_back_as_they_were(entries: list[Decoded]) -> None:
    assert list(entries_of(entries_bytes(entries))) == [without_bytes(each) for each in entries]


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT, st.floats(allow_nan=False), st.none() | ANY_TEXT)))
def test_any_text_and_any_time_comes_back(found: list[tuple[str, str, float, str | None]]) -> None:
    entries = [line(CallEntered(at, call, "q", caller), at=at, feed=feed) for feed, call, at, caller in found]
    data = entries_bytes(entries)
    assert list(entries_of(data)) == [without_bytes(each) for each in entries]
    assert list(times_of(data)) == [at for _feed, _call, at, _caller in found]


def test_fields_of_the_wrong_kind_come_back_as_the_decoder_made_them() -> None:
    wrong: Any = CallEntered
    entry = line(wrong(1.0, 17, "support", ["not", "text"]))
    assert list(entries_of(entries_bytes([entry]))) == [without_bytes(entry)]


def test_a_foreign_object_is_kept_as_its_text() -> None:
    (kept,) = entries_of(entries_bytes([line(Custom(1.0, "n", "s", {"thing": EntriesError("odd")}))]))
    assert kept.events == (Custom(1.0, "n", "s", {"thing": "odd"}),)


def test_one_odd_entry_does_not_make_the_others_odd() -> None:
    plain = [line(CallEntered(float(number), str(number), "support")) for number in range(1000)]
    odd = line(CallEntered(1.0, "\ud800", "support"))
    assert len(entries_bytes([*plain, odd])) < len(entries_bytes(plain)) + 1_000


def test_a_number_that_is_none_is_kept() -> None:
    (kept,) = entries_of(entries_bytes([line(CallEntered(math.nan, "1", "support"))]))
    assert math.isnan(kept.events[0].at)


def test_a_reading_is_kept_under_its_number() -> None:
    reading = DocumentRead(at=1.0, document="a.csv", shifts=(Shift("1", "1004", "2026-11-22"),), unknown_codes={"X": 3})
    assert reading_of(reading_bytes(12, reading)) == (12, reading)
    for data in (entries_bytes([]), entries_bytes([line()]), entries_bytes([Decoded("x", 0.0, (reading,))])):
        with pytest.raises(EntriesError):
            reading_of(data)


class Evil:
    """What would run code when it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (print, ("run",))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xff",
        msgspec.msgpack.encode({"not": "a list"}),
        msgspec.msgpack.encode([KeptEntry("q", 1.0, odd=pickle.dumps(Evil()))]),
        msgspec.msgpack.encode([KeptEntry("q", 1.0, odd=pickle.dumps(("q", 1.0, [("NoEvent", {})], None)))]),
        msgspec.msgpack.encode([KeptEntry("q", 1.0, odd=pickle.dumps(("q", 1.0, [("Custom", {"x": 1})], None)))]),
        msgspec.msgpack.encode([KeptEntry("q", 1.0, odd=b"no pickle")]),
        msgspec.msgpack.encode([KeptEntry("q", 1.0, odd=pickle.dumps(7))]),
    ],
)
def test_a_strangers_bytes_are_refused(data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(EntriesError):
        list(entries_of(data))
    assert capsys.readouterr().out == ""
