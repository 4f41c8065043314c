"""`floorwatch feeds check`: what a feed is, what is in it, and which lines, or which of a document, cannot be read and
why.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from floorwatch.cli.checked_document import Checked, refused_of, said_of
from floorwatch.cli.plain import plain_table
from floorwatch.cli.progress import progress_of
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.feed_page import bytes_said
from floorwatch.engine.state import rejected_of
from floorwatch.engine.timeline import Timeline, timeline_of
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.duty_events import DocumentGone, DocumentRead
from floorwatch.model.snapshot import FeedState, FloorSnapshot
from floorwatch.text import inert, inert_bytes, without_numbers
from floorwatch.words import _

REJECTS_SHOWN = 20
REJECT_SHOWN = 80
"""Characters of a line that was refused."""
BLOCK_BYTES = 256 * 1024


def check(wishes: Wishes, words: Sequence[str], fmt: str | None) -> None:
    """Print what each feed holds. Raises FeedError and SettingsError."""
    house = wishes.house()
    for name, wanted in feeds_wanted(house.settings, words, fmt).items():
        timeline = timeline_of(house, {name: wanted})
        with progress_of(timeline.health):
            said = list(_said(timeline, wanted.path))
        head = _("{path}: {format}").format(path=wanted.path, format=", ".join(timeline.formats))
        sys.stdout.write("".join(f"{line}\n" for line in (inert(head), *said)))


def _said(timeline: Timeline, path: str) -> Iterator[str]:
    floor = timeline.house.floor(timeline.gives)
    events: defaultdict[str, Counter[str]] = defaultdict(Counter)
    spans: dict[str, tuple[float, float]] = {}
    documents: dict[str, dict[str, DocumentRead]] = {}
    for decoded in timeline.entries():
        fold(floor, decoded)
        if decoded.is_document:
            _take_document(documents.setdefault(decoded.feed, {}), decoded)
            continue
        events[decoded.feed].update(type(event).__name__ for event in decoded.events)
        spans[decoded.feed] = (spans.get(decoded.feed, (decoded.received_at,))[0], decoded.received_at)
    snapshot = floor.snapshot(max((last for _first, last in spans.values()), default=0.0))
    for name, health in timeline.health().items():
        feed = snapshot.feeds.get(name, FeedState(name))
        if name in documents or name in timeline.of_documents:
            yield from _documents(timeline, snapshot, name, documents.get(name, {}))
            yield from refused_of(health)
            continue
        yield _summary(timeline, feed, health, spans.get(name))
        yield from _costs(health)
        yield from _tables(feed, health, events[name])
        yield from _rejects(health, path, unmasked=timeline.house.rules.show_numbers)
    yield from _table(_("entries without a line"), events[""])


def _take_document(documents: dict[str, DocumentRead], decoded: Decoded) -> None:
    for event in decoded.events:
        if isinstance(event, DocumentRead):
            documents[event.document] = event
        elif isinstance(event, DocumentGone):
            documents.pop(event.document, None)


def _documents(
    timeline: Timeline, floor: FloorSnapshot, feed: str, documents: Mapping[str, DocumentRead]
) -> Iterator[str]:
    """Each document of the feed. On the floor it stands under the feed's name, or under its own as well."""
    known = floor.duty.documents
    for name, read in documents.items():
        state = known.get(f"{feed}/{name}") or known.get(feed)
        yield from said_of(Checked(read, state, len(timeline.house.people) > 0))


def _summary(timeline: Timeline, feed: FeedState, health: FeedHealth, span: tuple[float, float] | None) -> str:
    rejected = sum(rejected_of(feed, health).values())
    if span is None:
        said = _("  {feed}: no lines, {rejected} rejected") if rejected else _("  {feed}: no lines")
        return said.format(feed=inert(feed.name), rejected=rejected)
    days = timeline.house.rules.days
    first, last = (f"{days.local(at):%Y-%m-%d %H:%M:%S}" for at in span)
    said = _("  {feed}: {lines} lines, {first} to {last}, {rejected} rejected")
    return said.format(feed=inert(feed.name), lines=feed.lines, first=first, last=last, rejected=rejected)


def _costs(health: FeedHealth) -> Iterator[str]:
    """What kept lines from being read, or may have."""
    if health.reason:
        yield f"  {inert(health.reason)}"
    if health.possible_loss:
        yield _("  lines may have been lost: {n}").format(n=health.possible_loss)
    if health.bytes_left:
        yield _("  there, and not read: {bytes}").format(bytes=bytes_said(health.bytes_left))


def _tables(feed: FeedState, health: FeedHealth, events: Counter[str]) -> Iterator[str]:
    counted: Iterable[tuple[str, Mapping[str, int]]] = (
        (_("event"), events),
        (_("unknown events"), feed.unknown_events),
        (_("misfits"), feed.misfits),
        (_("rejected"), rejected_of(feed, health)),
    )
    for title, counts in counted:
        yield from _table(title, counts)


def _table(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    if counts:
        rows = [
            (without_numbers(word), str(number)) for word, number in sorted(counts.items(), key=lambda item: -item[1])
        ]
        yield _indented(plain_table((title, _("count")), rows, frozenset({1})))


def _rejects(health: FeedHealth, path: str, *, unmasked: bool) -> Iterator[str]:
    """The first refused lines by line number, as far as they are kept."""
    shown = sorted(health.rejected_lines)[:REJECTS_SHOWN]
    numbers = _line_numbers(path, [offset for offset, _reason, _raw in shown])
    for offset, reason, raw in shown:
        said = _("  line {number}: {reason}: {text}") if offset in numbers else _("  byte {offset}: {reason}: {text}")
        # Masked before it is cut: half of a number would not be known for one.
        text = (inert_bytes(raw) if unmasked else without_numbers(raw.decode("utf-8", "replace")))[:REJECT_SHOWN]
        yield said.format(number=numbers.get(offset), offset=offset, reason=inert(reason), text=text)


def _line_numbers(path: str, offsets: Sequence[int]) -> dict[int, int]:
    """The line, from 1, that begins at each offset of a plain file; nothing for folders and compressed files."""
    if not Path(path).is_file() or path.endswith(".gz"):
        return {}
    numbers: dict[int, int] = {}
    at, line = 0, 1
    with Path(path).open("rb") as file:
        for offset in sorted(offsets):
            while at < offset and (block := file.read(min(BLOCK_BYTES, offset - at))):
                at += len(block)
                line += block.count(b"\n")
            numbers[offset] = line
    return numbers


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))
