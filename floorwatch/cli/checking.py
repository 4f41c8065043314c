"""`floorwatch feeds check`: what a feed is, what is in it, and which lines cannot be read and why."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from floorwatch.cli.plain import plain_table
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.engine.decoding import fold
from floorwatch.engine.timeline import Timeline, timeline_of
from floorwatch.model.snapshot import FeedState
from floorwatch.text import inert, inert_bytes
from floorwatch.words import _

REJECTS_SHOWN = 20
BLOCK_BYTES = 256 * 1024


def check(wishes: Wishes, words: Sequence[str], fmt: str | None) -> None:
    """Print what each feed holds. Raises FeedError and SettingsError."""
    house = wishes.house()
    for name, wanted in feeds_wanted(house.settings, words, fmt).items():
        timeline = timeline_of(house, {name: wanted})
        floor = house.floor(timeline.gives)
        events: Counter[str] = Counter()
        first = last = None
        for decoded in timeline.entries():
            fold(floor, decoded)
            events.update(type(event).__name__ for event in decoded.events)
            first = decoded.received_at if first is None else first
            last = decoded.received_at
        sys.stdout.write(
            _("{path}: {format}").format(path=inert(wanted.path), format=", ".join(timeline.formats)) + "\n"
        )
        if first is None or last is None:
            sys.stdout.write(_("  no lines") + "\n")
            continue
        for feed in floor.snapshot(last).feeds.values():
            _print(feed, timeline, wanted.path, (first, last), events)


def _print(feed: FeedState, timeline: Timeline, path: str, span: tuple[float, float], events: Counter[str]) -> None:
    days = timeline.house.rules.days
    first, last = (f"{days.local(at):%Y-%m-%d %H:%M:%S}" for at in span)
    said = _("  {lines} lines, {first} to {last}, {rejected} rejected")
    rejected = sum(feed.rejected.values())
    lines = [said.format(lines=feed.lines, first=first, last=last, rejected=rejected)]
    rows = [(name, str(number)) for name, number in events.most_common()]
    lines.append(_indented(plain_table((_("event"), _("count")), rows, frozenset({1}))))
    for title, counts in (
        (_("unknown events"), feed.unknown_events),
        (_("misfits"), feed.misfits),
        (_("rejected"), feed.rejected),
    ):
        if counts:
            rows = [(word, str(number)) for word, number in sorted(counts.items(), key=lambda item: -item[1])]
            lines.append(_indented(plain_table((title, _("count")), rows, frozenset({1}))))
    lines += _rejects(timeline, feed.name, path)
    sys.stdout.write("\n".join(lines) + "\n")


def _rejects(timeline: Timeline, name: str, path: str) -> list[str]:
    """The first refused lines by line number, as far as they are kept."""
    health = timeline.health().get(name)
    if health is None or not health.rejected_lines:
        return []
    shown = health.rejected_lines[:REJECTS_SHOWN]
    numbers = _line_numbers(path, [offset for offset, _reason, _raw in shown])
    said = _("  line {number} (byte {offset}): {reason}: {text}")
    return [
        said.format(number=numbers.get(offset, "?"), offset=offset, reason=reason, text=inert_bytes(raw[:80]))
        for offset, reason, raw in shown
    ]


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
