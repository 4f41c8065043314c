"""Builds the keyframes of a recording: folds all of it, then asks the alert rules about every instant of it.

Rules
- Whoever reads the file uses it as it grows: first the floor of any moment, then the alerts. A build that was stopped
  leaves what it had.
- What is there already, whole and sound, is not built again unless somebody says so; what somebody else builds at this
  moment is waited for.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from floorwatch.engine.alerting import grid_instants
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.house import House, rules_asked
from floorwatch.engine.keyframes.asking_pass import AskingPass
from floorwatch.engine.keyframes.blocks import Kind, Place
from floorwatch.engine.keyframes.entries import entries_of
from floorwatch.engine.keyframes.file import KeyframesFile
from floorwatch.engine.keyframes.fingerprint import header_of
from floorwatch.engine.keyframes.folding_pass import Folded, FoldingPass
from floorwatch.engine.keyframes.writer import KeyframesWriter, writer_for
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.timeline import RecordedTimeline
from floorwatch.feeds.content import GZIP_MAGIC
from floorwatch.feeds.recording import read_recording
from floorwatch.feeds.shapes import FeedError
from floorwatch.host.lane import Lanes
from floorwatch.words import _

FOLDING_SHARE = 0.1
"""Of all the work, to fold. On a day of 1,000 seats it is less: there the rules are asked for a minute and a half."""

MOST_INSTANTS = 4_000_000
"""Seven months of five seconds. A recording that claims more has a clock gone wrong in it, and would never be done."""

DAY_SECONDS = 86_400.0

_SIZE_BYTES = 4
"""At the end of an archive: how long it is unpacked, up to 4 GiB."""


class Built(Struct, frozen=True):
    """What was built: entries, frames, alerts that were raised, and the bytes of the file."""

    entries: int
    frames: int
    alerts: int
    size: int


def build(
    house: House,
    recording_path: str | os.PathLike[str],
    out_path: Path,
    told: Callable[[float], None] = lambda _share: None,
    *,
    again: bool = False,
    between: Callable[[], None] = lambda: None,
) -> Built | None:
    """Build the keyframes of this recording at `out_path`; None where they are there, and are not wanted `again`.

    `told` hears often how much of the work is done, 0..1, and may raise to stop it; `between` is called between the two
    passes, when next to nothing is in memory. Raises FeedError for a recording that cannot be read, or keyframes that
    cannot be written, and SettingsError for the options of rules.
    """
    recording = os.fspath(recording_path)
    fingerprint = header_of(house, recording)
    writer = writer_for(out_path, fingerprint, again=again)
    if writer is None:
        return None
    # Opened now: once somebody builds with other settings, this file is not to be found at its path any more.
    with closing(writer), closing(KeyframesFile(out_path, fingerprint)) as file:
        timeline = RecordedTimeline(house, read_recording(recording))
        folded = _folded(timeline, writer, _unpacked_size(recording), told)
        between()
        raised = asyncio.run(_asked(recording, timeline, folded, file, writer, told))
        writer.write(Place(Kind.ASKED, folded.entries, folded.entries, folded.until, folded.until, 1.0))
        told(1.0)
        return Built(folded.entries, folded.frames, raised, writer.size)


def _folded(timeline: RecordedTimeline, writer: KeyframesWriter, size: int, told: Callable[[float], None]) -> Folded:
    """The first pass; its floor is gone after it."""

    def share(offset: int) -> float:
        return FOLDING_SHARE * min(1.0, offset / size)

    folding = FoldingPass(timeline.house.floor(timeline.gives), timeline.house.rules, writer, share)
    return folding.run(timeline.entries(), told)


async def _asked(
    recording: str,
    timeline: RecordedTimeline,
    folded: Folded,
    file: KeyframesFile,
    writer: KeyframesWriter,
    told: Callable[[float], None],
) -> int:
    """The second pass; how many alerts were raised."""
    if folded.watched is None:
        return 0
    house, since, until = timeline.house, folded.watched[1], folded.until
    every = house.settings.alerts.every_seconds
    if until - since > MOST_INSTANTS * every:
        said = _("{path}: no alerts: it spans {days:.0f} days, for which nobody waits; a clock went wrong in it")
        raise FeedError(said.format(path=recording, days=(until - since) / DAY_SECONDS))

    def share(instant: float) -> float:
        return FOLDING_SHARE + (1.0 - FOLDING_SHARE) * (instant - since) / (until - since)

    lanes = Lanes(monotonic)
    try:
        file.refresh()
        floor = house.floor(timeline.gives)
        asking = AskingPass(floor, _entries(file, folded), rules_asked(house), lanes, writer.write)
        await asking.run(grid_instants(since, until, every), share, told)
    finally:
        lanes.close()
    return asking.raised


def _entries(file: KeyframesFile, folded: Folded) -> Iterator[Decoded]:
    """Everything that was folded: neither decoders nor the recording are needed for it again."""
    for span in folded.spans:
        yield from entries_of(file.read(span))


def _unpacked_size(recording: str) -> int:
    """How long the recording is, or will be when unpacked, as far as a compressed one tells: for progress alone."""
    with open(recording, "rb") as file:  # noqa: PTH123  # a path as text, as it was given
        is_packed = file.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        size = file.seek(0, os.SEEK_END)
        if is_packed and size >= _SIZE_BYTES:
            file.seek(-_SIZE_BYTES, os.SEEK_END)
            size = int.from_bytes(file.read(_SIZE_BYTES), "little")
    return max(1, size)
