"""A replay opened: the tape of a recording, or of plain feeds, which are written out as a recording first.

Rules
- A recording is read through its keyframes, which whoever builds them makes where they are not there, or stale.
- Where keyframes cannot be written (a full disk), every moment is folded from the first entry on; its alerts are not
  known then, unless all of it is read as a plain tape.
- Plain feeds are kept as a recording in the user's cache until they change: opened again, they are there at once.
- Marks of a recording stand beside it. Those of plain feeds are kept under the feeds' own name, in the user's data
  folder: a log that grows keeps its marks, and no file appears beside a switch's log.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from math import inf
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.house import House
from floorwatch.engine.keyframes.folding_pass import never_back
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.engine.keyframes.shapes import Building, Opened, Reached
from floorwatch.engine.marks import SUFFIX, marks_file
from floorwatch.engine.plain_tape import PlainTape
from floorwatch.engine.replay_cache import HeldRecording, ReplayCache
from floorwatch.engine.system_clock import SystemClock
from floorwatch.engine.timeline import Entered, RecordedTimeline, recording_among
from floorwatch.engine.written_out import PlainFeeds, Told
from floorwatch.feeds.recording import read_recording
from floorwatch.feeds.shapes import FeedError
from floorwatch.settings import FeedSettings
from floorwatch.settings.find import marks_folder, replay_folder
from floorwatch.settings.own_folders import make_own
from floorwatch.words import _

LONGEST_NAME = 60

BuildingFor = Callable[[Path], Building]
"""Gives whoever builds the keyframes of the recording at this path."""


class ToReplay(Struct, frozen=True):
    """What is to be replayed: a recording that can be read, where its marks are, and what holds it in the cache."""

    path: Path
    marks: Path
    held: HeldRecording | None = None

    def let_go(self) -> None:
        """Nobody looks at it any more."""
        if self.held is not None:
            self.held.let_go()


def to_replay(
    house: House, wanted: Mapping[str, FeedSettings], entered: Entered, told: Told = lambda _share: None
) -> ToReplay:
    """The recording that these feeds are, or that they were written out to now; `told` hears how far that is. Raises
    FeedError and SettingsError."""
    recording = recording_among(wanted)
    if recording is not None:
        path = Path(recording.path)
        return ToReplay(path, marks_file(path))
    feeds = PlainFeeds(house, wanted, entered)
    identity, cache = feeds.identity(), ReplayCache(replay_folder())
    try:
        held = cache.recording(identity, _name_of(wanted), partial(feeds.write, told=told), SystemClock().now())
    except OSError as error:
        said = _("{folder}: a replay of plain feeds is written there first: {reason}")
        raise FeedError(said.format(folder=replay_folder(), reason=error.strerror)) from error
    return ToReplay(held.path, marks_of_feeds(identity.feeds), held)


def marks_of_feeds(name: str) -> Path:
    """Where the marks of these plain feeds stand; `name` is as `written_out.name_of` gives it."""
    marks = marks_folder() / f"{name}{SUFFIX}"
    with suppress(OSError):  # whoever sets a mark is told then
        make_own(marks.parent)
    return marks


def tape_of(house: House, found: ToReplay, building_for: BuildingFor) -> "OpenedTape":
    """The tape of what was found, which is held for as long as the tape is open. Raises FeedError."""
    try:
        return OpenedTape(house, found, building_for(found.path))
    except BaseException:  # nobody else knows yet that it is held; raised again
        found.let_go()
        raise


class OpenedTape(IndexedTape):
    """A tape of a recording that somebody else might clear away, read without keyframes where there will be none."""

    def __init__(self, house: House, found: ToReplay, building: Building) -> None:
        self._found = found
        self.is_unindexed = False
        """Whether it was said at any time that there will be no keyframes of all of it: how far one can see never steps
        back, even where they come after all."""
        self._is_folded = False
        super().__init__(house, found.path, building)
        self.refresh()

    def refresh(self) -> Reached:
        """Take in what has come since; how far the tape is known now."""
        known = super().refresh()
        self._is_folded = known.folded_to == inf
        self.is_unindexed |= bool(known.problem) and not self._is_folded
        return replace(known, folded_to=inf) if self.is_unindexed else known

    def open_at(self, at: float) -> Opened:
        """The floor of the last keyframe that is not after `at`, and what follows; without keyframes an empty floor,
        and all entries. Raises FeedError; reading the entries may, too."""
        if self.is_unindexed and not self._is_folded:
            return Opened(self.house.floor(self._timeline.gives), never_back(self._timeline.entries()))
        return super().open_at(at)

    def plain(self) -> PlainTape:
        """The same recording without keyframes: alerts are asked for, from its first instant on. Raises FeedError."""
        return PlainTape(RecordedTimeline(self.house, read_recording(self._found.path)))

    def close(self) -> None:
        """Let go of the files, of whoever builds the index, and of the recording."""
        super().close()
        self._found.let_go()


def _name_of(wanted: Mapping[str, FeedSettings]) -> str:
    name = "+".join(wanted)
    return re.sub(r"[^\w.+-]", "_", name)[:LONGEST_NAME].lstrip(".") or "feeds"
