"""A live floor with the way into its past: who reads that past, and where its marks are kept.

Everything about tapes is imported when somebody looks back, not when the screen opens.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from floorwatch.cli.wishes import Wishes, as_words
from floorwatch.engine.house import House
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.replay_bar import KeepsMarks
from floorwatch.engine.two_times import TwoTimes, two_times
from floorwatch.settings import FeedSettings


def watched(wishes: Wishes, house: House, feeds: Mapping[str, FeedSettings]) -> TwoTimes:
    """These feeds; a child of ours builds the keyframes of their past. Marks stand beside the recording that is kept of
    the day; where none is, they are kept under the feeds' own name. Raises FeedError and SettingsError."""

    def tape_of(house: House, recording: Path) -> Tape:
        from floorwatch.engine.keyframes.child import ChildBuilding
        from floorwatch.engine.keyframes.indexed import IndexedTape

        return IndexedTape(house, recording, ChildBuilding(as_words(wishes), recording))

    def marks_of(kept: Path | None) -> KeepsMarks:
        from floorwatch.engine.marks import Marks, marks_file
        from floorwatch.engine.opening_tape import marks_of_feeds
        from floorwatch.engine.written_out import name_of

        return Marks(marks_of_feeds(name_of(feeds)) if kept is None else marks_file(kept))

    return two_times(house, feeds, tape_of, marks_of)


def demonstrated(house: House, feeds: Mapping[str, FeedSettings], another: Callable[[], House]) -> TwoTimes:
    """The demo's feeds; no command line says what house it is, so a thread builds the keyframes, in another house of
    the same settings. Marks go with the demo. Raises FeedError and SettingsError."""

    def tape_of(house: House, recording: Path) -> Tape:
        from floorwatch.engine.keyframes.in_thread import ThreadBuilding
        from floorwatch.engine.keyframes.indexed import IndexedTape

        return IndexedTape(house, recording, ThreadBuilding(another(), recording))

    return two_times(house, feeds, tape_of)
