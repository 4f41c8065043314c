"""Decoded entries as bytes and back: a seek needs neither the recording's JSON nor any state of a decoder.

Rules
- What is written is read back at once and compared: a decoder is plugin code, and may put anything into an event's
  fields. An entry that msgpack does not bring back as it was (a lone surrogate, a number as text, a tuple in the data
  of a `Custom`) is written a second way, as plain values; it costs more and holds everything but foreign objects, which
  are kept as their text.
- The bytes of lines are not kept: the fold does not read them. Their number, feed and time are.
- Nothing read here can name a function or a class: the file may come from a stranger.
"""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, NoReturn

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.keyframes.blocks import KeptEntry
from floorwatch.feeds.jsonl import EVENT_TYPES
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.events import AnyEvent, DocumentRead, Event


class EntriesError(Exception):
    """Bytes that are no entries, though they are as they were written: by another version, or by a stranger."""


class _Time(Struct, array_like=True, gc=False):
    """As much of a kept entry as says when it was."""

    feed: str
    received_at: float


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[KeptEntry]).decode
_decode_times = msgspec.msgpack.Decoder(list[_Time]).decode
_UNWRITABLE = (TypeError, ValueError, OverflowError, RecursionError)
_UNREADABLE = (msgspec.DecodeError, pickle.UnpicklingError, TypeError, ValueError, KeyError, EOFError, RecursionError)


def entries_bytes(entries: Iterable[Decoded]) -> bytes:
    """These entries, for a block of ENTRIES."""
    kept = [_kept(each) for each in entries]
    return _sound(kept) or _encode([each if _sound([each]) else _odd(each) for each in kept])


def entries_of(data: bytes) -> Iterator[Decoded]:
    """The entries of a block, in order; lines without their bytes. Raises EntriesError."""
    try:
        for kept in _decode(data):
            yield _decoded(_from_odd(kept) if kept.odd else kept)
    except _UNREADABLE as error:
        raise EntriesError(str(error)) from None


def times_of(data: bytes) -> Sequence[float]:
    """When the entries of a block were received; five times as fast as to read them. Raises EntriesError."""
    try:
        return [each.received_at for each in _decode_times(data)]
    except _UNREADABLE as error:
        raise EntriesError(str(error)) from None


def reading_bytes(number: int, reading: DocumentRead) -> bytes:
    """What one document said, under its number, for a block of READING."""
    return entries_bytes([Decoded(str(number), 0.0, (reading,))])


def reading_of(data: bytes) -> tuple[int, DocumentRead]:
    """The number and the reading of such a block. Raises EntriesError."""
    for entry in entries_of(data):
        match entry.events:
            case (DocumentRead() as reading,) if entry.feed.isdecimal():
                return int(entry.feed), reading
    raise EntriesError("no reading of a document")


def _kept(entry: Decoded) -> KeptEntry:
    line = entry.line
    return KeptEntry(
        entry.feed,
        entry.received_at,
        tuple(entry.events),  # type: ignore[arg-type]  # every event is one of AnyEvent
        entry.rejected,
        line is not None,
        line is not None and line.backfill,
    )


def _decoded(kept: KeptEntry) -> Decoded:
    line = FeedLine(kept.feed, kept.received_at, 0, b"", kept.backfill) if kept.is_line else None
    return Decoded(kept.feed, kept.received_at, kept.events, kept.rejected, line)


def _sound(kept: list[KeptEntry]) -> bytes:
    """The entries as msgpack writes them; nothing where it would not bring them back."""
    try:
        data = _encode(kept)
        return data if _decode(data) == kept else b""
    except (msgspec.DecodeError, *_UNWRITABLE):
        return b""


def _odd(kept: KeptEntry) -> KeptEntry:
    """The entry by plain values: pickle writes lone surrogates and numbers of any length."""
    events = [(type(event).__name__, _plain(msgspec.structs.asdict(event))) for event in kept.events]
    odd = pickle.dumps((kept.feed, kept.received_at, events, kept.rejected), protocol=5)
    return replace(kept, feed="", events=(), rejected=None, odd=odd)


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value, builtin_types=(bytes,), enc_hook=str)


def _from_odd(kept: KeptEntry) -> KeptEntry:
    feed, received_at, events, rejected = _PlainValues(BytesIO(kept.odd)).load()
    made = tuple(_event(name, fields) for name, fields in events)
    return replace(kept, feed=feed, received_at=received_at, events=made, rejected=rejected, odd=b"")


def _event(name: str, fields: dict[str, Any]) -> Event:
    """The event with fields of their types; as its decoder made it where they are not."""
    try:
        event: Event = msgspec.convert({"event": name, **fields}, AnyEvent)
    except msgspec.ValidationError:
        return EVENT_TYPES[name](**fields)
    return event


class _PlainValues(pickle.Unpickler):
    """Reads numbers, text, bytes, None, lists, tuples, dicts and sets, and nothing that has a name."""

    def find_class(self, module_name: str, global_name: str, /) -> NoReturn:
        """Refuse. Raises UnpicklingError."""
        raise pickle.UnpicklingError(f"{module_name}.{global_name}")
