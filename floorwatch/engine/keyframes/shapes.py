"""What a replay is read from: a tape that gives the floor of any moment and what follows it.

Rules
- A plain tape folds from its beginning and knows no alerts: whoever plays it asks the rules. An indexed tape opens at
  the last keyframe before the moment, and knows the alerts of every instant that its index has come to.
- Opened at the same moment, both give the same floor; a test holds them to it.
- A tape may grow while it is read: its index is being built. `refresh` takes in what has come, and costs next to
  nothing where nothing has.
- Floor times are epoch seconds UTC, on the axis of the recording (`received_at`).
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from math import inf
from typing import Protocol

from msgspec import Struct

from floorwatch.engine.alerting import BookState, LogEntry
from floorwatch.engine.decoding import Decoded
from floorwatch.engine.house import House
from floorwatch.feeds.shapes import FeedHealth
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.floor import Floor

FRAME_EVERY = 1_024
"""Entries between two keyframes: what is folded at most on the way to a moment."""

STRIP_SECONDS = 60.0
"""One step of the strip."""


class MomentKind(StrEnum):
    """Why a moment is worth seeing."""

    ALERT = "alert"
    """An alert was raised, at an instant of the rule grid."""
    LOST = "lost"
    """A caller gave up."""
    LATE = "late"
    """The longest wait of a queue went over what the queue promises, where nobody of it waited for longer before."""


_NAMED = frozenset({"queue", "agent", "team"})


class Moment(Struct, frozen=True):
    """A moment worth seeing; `subject` is what it is about, as an alert's is: "queue:support"; `words` what the alert
    said as it was raised."""

    at: float
    kind: MomentKind
    subject: str
    words: str = ""

    @property
    def is_named(self) -> bool:
        """Whether it is about what a person knows by its name; of all else the words say more than the subject."""
        return self.subject.partition(":")[0] in _NAMED


class Strip(Struct, frozen=True, eq=False):
    """What a span of time was like, minute by minute: from `begins_at`, so many `STRIP_SECONDS` as the columns have.

    By the axis of the recording: callers who came, the most who waited at once, callers who gave up.
    """

    begins_at: float
    arrivals: Sequence[int] = ()
    waiting: Sequence[int] = ()
    lost: Sequence[int] = ()


class Reached(Struct, frozen=True):
    """How far a tape is known. `folded_to`, `alerts_to`: up to these moments the floor, and the alerts (-inf: none);
    inf once all of it is. `share` is 0..1 of all the work, None when it is done; `problem` is why no more will come."""

    folded_to: float = -inf
    alerts_to: float = -inf
    share: float | None = 0.0
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether everything is known."""
        return self.folded_to == inf and self.alerts_to == inf


WHOLE = Reached(inf, inf, None)


class Opened(Struct, frozen=True, eq=False):
    """A tape opened: the floor as of everything before `entries`, which follow in order and end where the tape is known
    up to. `at` is the time of the last entry folded (-inf: none). `watched_since` is when the rules began to be asked,
    where that was before `entries` (else the mark is among them)."""

    floor: Floor
    entries: Iterator[Decoded]
    at: float = -inf
    watched_since: float | None = None


class Alerts(Protocol):
    """The alerts of every instant of the rule grid, as far as `Reached.alerts_to`."""

    def up_at(self, at: float) -> tuple[RaisedAlert, ...]:
        """Those up as of the last instant that is not after `at`, the most urgent first."""
        ...

    def cleared_at(self, at: float) -> tuple[RaisedAlert, ...]:
        """Those over by then, as `Floor.set_alerts` would have kept them."""
        ...

    def state_at(self, at: float) -> BookState:
        """The book as of then, but for the length of its log: 0."""
        ...

    def log_to(self, at: float) -> tuple[LogEntry, ...]:
        """Everything that was raised and cleared up to then, in order. For tests and reports: all of it is read."""
        ...


class Tape(Protocol):
    """What a replay is read from. Opened from one thread at a time; `Opened.entries` may be read in another."""

    @property
    def house(self) -> House:
        """The house as the recording needs it."""
        ...

    @property
    def span(self) -> tuple[float, float]:
        """Times of the first and the last entry."""
        ...

    @property
    def begins_at(self) -> float:
        """Where a replay begins unless somebody says where: when the watch began; the first line where none did."""
        ...

    @property
    def alerts(self) -> Alerts | None:
        """The alerts, where they are known and need not be asked for; None for a plain tape."""
        ...

    def open_at(self, at: float) -> Opened:
        """The floor of the last keyframe that is not after `at`, and what follows. Raises FeedError when the recording
        can no longer be read."""
        ...

    def refresh(self) -> Reached:
        """Take in what has come since; how far the tape is known now."""
        ...

    def health(self) -> Mapping[str, FeedHealth]:
        """What each feed read and skipped."""
        ...

    def event_after(self, at: float) -> float | None:
        """Time of the first entry after `at`; None where there is none, or none is known yet."""
        ...

    def event_before(self, at: float) -> float | None:
        """Time of the last entry before `at`."""
        ...

    def moments(self, since: float, until: float) -> Sequence[Moment]:
        """Moments worth seeing from `since` up to, not with, `until`, in order; of those not known yet none."""
        ...

    def strip(self, since: float, until: float) -> Strip:
        """What this span was like, as far as it is known: the same object again while nothing has come."""
        ...

    def close(self) -> None:
        """Let go of files, and of whoever builds the index."""
        ...


class Building(Protocol):
    """Whoever builds an index, somewhere else: it is read from the file as it grows."""

    @property
    def problem(self) -> str:
        """Why it has ended before its time; "" while it works, and when it is done."""
        ...

    def start(self) -> None:
        """Begin to build."""
        ...

    def stop(self) -> None:
        """Nobody needs it any more. Does not wait."""
        ...
