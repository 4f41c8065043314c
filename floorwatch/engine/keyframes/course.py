"""What a recording tells of its course at a first look, before anything of it is indexed."""

from collections.abc import Mapping

from floorwatch.computed import computed_once
from floorwatch.feeds.reader import DAMAGED
from floorwatch.feeds.recording import TORN, RecordedEvent, Recording, end_of
from floorwatch.feeds.recording_bytes import blocks_of_lines
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.events import WatchBegan

_MARK = b'"WatchBegan"'
"""Stands in a line of a recording for the event alone: in a text, its quotes would be written otherwise."""


class Course:
    """The course of a recording as it was when this was made. Raises FeedError where it cannot be read."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._end = end_of(recording.path)
        self._first_at = next((entry.received_at for entry in recording), None)

    @property
    def span(self) -> tuple[float, float]:
        """Times of the first and the last entry; twice 0 where there is none."""
        if self._first_at is None or self._end.last_at is None:
            return 0.0, 0.0
        return self._first_at, max(self._first_at, self._end.last_at)

    @computed_once
    def watched_at(self) -> float | None:
        """Time of the mark `WatchBegan`, None where there is none: then all of the recording was looked through, 1 s
        for 1 GB. Raises FeedError."""
        recording, at = self._recording, self._recording.body
        for lines, size in blocks_of_lines(recording.path, at, lambda *_rejected: None):
            place = -1
            while (place := lines.find(_MARK, place + 1)) >= 0:
                entry = next(recording.entries(at + lines.rfind(b"\n", 0, place) + 1), None)
                if isinstance(entry, RecordedEvent) and isinstance(entry.event, WatchBegan):
                    return entry.received_at
            at += size
        return None

    def health(self) -> Mapping[str, FeedHealth]:
        """Every feed, and the recording itself where its end is torn; what feeds refused is in the floor's ledgers."""
        feeds = self._recording.feeds.items()
        health = {name: FeedHealth(name, state="ok", of_documents=feed.documents is True) for name, feed in feeds}
        whole = FeedHealth(self._recording.path, state="ok")
        if self._end.torn:
            whole.reject(TORN, 0, b"")
        if self._end.cut_short:
            whole.reject(DAMAGED, 0, b"")
        return {**health, whole.name: whole} if whole.rejected else health
