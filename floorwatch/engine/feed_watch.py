"""What is known of each feed at a moment, and what of it came lately: asked by the header, the feeds page and panels.

Rules
- What a feed brought is the floor's to tell, and the same in a replay; how it is read is the host's, and only live.
- Looks come about once a second. What was counted is noted every few seconds, so that "lately" has a beginning; when
  floor time or a count goes back, another moment is shown and it begins anew.
- Nothing is lately while the day is still being read, and for a second after that, until the last of it is shown: what
  was refused in the past is no news.
"""

from collections import deque
from collections.abc import Mapping
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.duty import DocumentState
from floorwatch.model.snapshot import FeedState, FloorSnapshot
from floorwatch.roster import silent_since

MINUTE_SECONDS = 60.0
LATELY_SECONDS = 600.0
"""Refused lines of so long ago are no news."""

LOSS_SECONDS = 3600.0
"""A possible loss is said in the header for so long; the feeds page knows it after that, too."""

NOTE_SECONDS = 5.0
SETTLED_SECONDS = 1.0
LOSSES_KEPT = 20


class Place(Struct, frozen=True):
    """Where a feed comes from, and what it is."""

    path: str = ""
    format: str = ""


class Loss(Struct, frozen=True):
    """So many occasions on which lines may have been lost, noticed at a moment."""

    at: float
    count: int


class Lately(Struct, frozen=True):
    """What came in the last minutes: lines a minute (None: not known yet), and how many of how many were refused.
    `since`: when the count of these begins, ten minutes ago or when the watch did; None: it has not yet."""

    per_minute: float | None = None
    lines: int = 0
    rejected: int = 0
    since: float | None = None


class FeedReport(Struct, frozen=True):
    """All that is known of one feed at `now`. `is_followed`: not, in a replay, where nobody knows how it was read.
    `is_opening`: its past is being read. `silent_since`: it should bring lines, and has brought none since then."""

    name: str
    now: float
    health: FeedHealth
    state: FeedState
    place: Place = Place()
    lately: Lately = Lately()
    losses: tuple[Loss, ...] = ()
    rotated_at: float | None = None
    silent_since: float | None = None
    documents: Mapping[str, DocumentState] = {}
    is_followed: bool = True
    is_opening: bool = False

    @property
    def rejected(self) -> Mapping[str, int]:
        """What was refused, by reason: by its decoder, and before that, because it was no line."""
        return {**self.health.rejected, **self.state.rejected}

    @property
    def too_old_at(self) -> float | None:
        """When its newest line was written, where all that it holds are too old for today; epoch seconds UTC."""
        is_empty = self.state.last_line_at is None and not self.is_opening and not self.health.of_documents
        return self.health.too_old_at if is_empty else None

    @property
    def is_silent(self) -> bool:
        """Whether it brings nothing although it should, or holds nothing that is not too old."""
        return self.silent_since is not None or self.too_old_at is not None

    @property
    def last_line_at(self) -> float | None:
        """When its last line was received or, where it brought none since all are too old, was written."""
        return self.too_old_at if self.state.last_line_at is None else self.state.last_line_at

    @property
    def age_seconds(self) -> float | None:
        """Since the last line; never below 0, whatever clocks do. None before the first."""
        last = self.last_line_at
        return None if last is None else max(0.0, self.now - last)


class FeedWatch:
    """Keeps what was seen of all feeds of one session. Used from the event loop's thread only."""

    def __init__(self, places: Mapping[str, Place], *, is_followed: bool) -> None:
        self._places = places
        self._is_followed = is_followed
        self._seen: dict[str, _Seen] = {}

    def look(
        self, health: FeedHealth, floor: FloorSnapshot | None, now: float, *, is_opening: bool = False
    ) -> FeedReport:
        """All that is known of this feed now."""
        name, seen = health.name, self._seen.setdefault(health.name, _Seen())
        state = (None if floor is None else floor.feeds.get(name)) or FeedState(name)
        report = FeedReport(name, now, health, state, self._places.get(name, Place()), is_followed=self._is_followed)
        seen.note(report, is_opening=is_opening)
        silent = None if floor is None or is_opening or health.of_documents else silent_since(floor, name, now)
        return replace(
            report,
            lately=seen.lately(now),
            losses=tuple(seen.losses),
            rotated_at=seen.rotated_at,
            silent_since=silent,
            documents=_documents(floor, name) if health.of_documents else {},
            is_opening=is_opening,
        )


class _Noted(Struct, frozen=True, gc=False):
    at: float
    lines: int
    rejected: int


class _Seen:
    """What was seen of one feed."""

    def __init__(self) -> None:
        self.losses: deque[Loss] = deque(maxlen=LOSSES_KEPT)
        self.rotated_at: float | None = None
        self._noted: deque[_Noted] = deque()
        self._last = _Noted(0.0, 0, 0)
        self._opened_at = inf
        self._rotations = self._losses = 0

    def note(self, report: FeedReport, *, is_opening: bool) -> None:
        health, now = report.health, report.now
        if health.possible_loss > self._losses:
            self.losses.append(Loss(now, health.possible_loss - self._losses))
        if health.rotations > self._rotations:
            self.rotated_at = now
        self._losses, self._rotations = health.possible_loss, health.rotations
        last = _Noted(now, report.state.lines, sum(report.rejected.values()))
        if is_opening or last.at < self._last.at or last.lines < self._last.lines:
            self._noted.clear()
            self._opened_at = inf
        self._last = last
        if is_opening:
            return
        self._opened_at = min(self._opened_at, now)
        is_due = now - (self._noted[-1].at if self._noted else -inf) >= NOTE_SECONDS
        if is_due and now - self._opened_at >= SETTLED_SECONDS:
            self._noted.append(last)
        while len(self._noted) > 1 and now - self._noted[1].at >= LATELY_SECONDS:
            self._noted.popleft()

    def lately(self, now: float) -> Lately:
        if not self._noted:
            return Lately()
        first, last = self._noted[0], self._last
        began = next((each for each in self._noted if now - each.at <= MINUTE_SECONDS), last)
        passed = now - began.at
        per_minute = (last.lines - began.lines) / passed * MINUTE_SECONDS if passed >= NOTE_SECONDS else None
        return Lately(per_minute, last.lines - first.lines, last.rejected - first.rejected, first.at)


def _documents(floor: FloorSnapshot | None, feed: str) -> Mapping[str, DocumentState]:
    """The documents of this feed, by their names on the floor."""
    known = {} if floor is None else floor.duty.documents
    return {name: each for name, each in known.items() if name == feed or name.startswith(f"{feed}/")}
