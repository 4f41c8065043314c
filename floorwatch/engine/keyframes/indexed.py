"""A recording as a tape, read through its keyframes: any moment at once, as far as they have come."""

import os
from collections.abc import Mapping, Sequence

from floorwatch.engine.house import House
from floorwatch.engine.keyframes.course import Course
from floorwatch.engine.keyframes.fingerprint import header_of
from floorwatch.engine.keyframes.index import Index
from floorwatch.engine.keyframes.place import place_of
from floorwatch.engine.keyframes.shapes import Alerts, Building, Moment, Opened, Reached, Strip
from floorwatch.engine.keyframes.track import AlertTrack
from floorwatch.engine.timeline import RecordedTimeline
from floorwatch.feeds.recording import read_recording
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.floor import Floor


class IndexedTape:
    """A recording with its keyframes. Driven by one thread; the entries of an opened tape may be read in another."""

    def __init__(self, house: House, recording_path: str | os.PathLike[str], building: Building | None = None) -> None:
        """`building` is whoever builds the keyframes, elsewhere; started where they are not all there. Raises FeedError
        for the recording, and SettingsError for the options of rules."""
        recording = read_recording(recording_path)
        self._timeline = RecordedTimeline(house, recording)
        self._course = Course(recording)
        # Taken last: of a recording that grows, the keyframes must hold all that was seen of its course.
        fingerprint = header_of(self.house, recording_path)
        self._index = Index(place_of(recording_path), fingerprint, self._new_floor, building)
        self._index.refresh()

    @property
    def house(self) -> House:
        """The house on the clock of the recording's floor."""
        return self._timeline.house

    @property
    def span(self) -> tuple[float, float]:
        """Times of the first and the last entry; twice 0 where there is none."""
        return self._course.span

    @property
    def begins_at(self) -> float:
        """When the watch began; the first line where none did. Raises FeedError."""
        watched_at = self._course.watched_at
        return self.span[0] if watched_at is None else watched_at

    @property
    def refused(self) -> str:
        """Why keyframes that were there could not be used, and are built anew; "" where none were, or they are."""
        return self._index.refused

    @property
    def alerts(self) -> Alerts:
        """The alerts as far as they are known; another object once other keyframes took over."""
        return _NO_ALERTS if self._index.contents is None else self._index.contents.alerts

    def open_at(self, at: float) -> Opened:
        """The floor of the last keyframe that is not after `at`, and what follows; an empty floor, and nothing, while
        nothing is known. Raises KeyframesError; reading the entries may, too."""
        contents = self._index.contents
        return Opened(self._new_floor(), iter(())) if contents is None else contents.open_at(at)

    def refresh(self) -> Reached:
        """Take in what has come since; how far the tape is known now."""
        return self._index.refresh()

    def health(self) -> Mapping[str, FeedHealth]:
        """Every feed, and the recording where it is torn; what feeds refused is in the floor's ledgers."""
        return self._course.health()

    def event_after(self, at: float) -> float | None:
        """Time of the first entry after `at`; None where there is none, or none is known yet. Raises KeyframesError."""
        return None if self._index.contents is None else self._index.contents.event_after(at)

    def event_before(self, at: float) -> float | None:
        """Time of the last entry before `at`. Raises KeyframesError."""
        return None if self._index.contents is None else self._index.contents.event_before(at)

    def moments(self, since: float, until: float) -> Sequence[Moment]:
        """Moments worth seeing from `since` up to, not with, `until`, in order; of those not known yet none."""
        return () if self._index.contents is None else self._index.contents.strips.moments(since, until)

    def strip(self, since: float, until: float) -> Strip:
        """What this span was like, as far as it is known: the same object again while nothing has come."""
        return _NO_STRIP if self._index.contents is None else self._index.contents.strips.strip(since, until)

    def close(self) -> None:
        """Let go of the files, and of whoever builds."""
        self._index.close()

    def _new_floor(self) -> Floor:
        return self.house.floor(self._timeline.gives)


_NO_STRIP = Strip(0.0)
_NO_ALERTS = AlertTrack(lambda _place: b"")
