"""The shapes of a feed: a line, a decoder, a format, a source. Plugins implement these; the engine drives them.

Rules
- A feed gives complete lines only, in order, each once; what it skips it counts (`FeedHealth`).
- A decoder holds the state of one feed and does no I/O. It refuses a line by `RejectLine("why")`; the line is counted.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, runtime_checkable

from msgspec import Struct, field

from floorwatch.model.entities import Fact
from floorwatch.model.events import Event

MAX_LINE_BYTES = 64 * 1024
"""A longer line is skipped and counted: Asterisk cuts at 8,191 bytes, and memory must stay bounded."""


FIRST_KEPT, LAST_KEPT = 100, 10
"""Lines that were refused and are kept: the first for `feeds check`, the last for the screen."""

LAGS_KEPT = 5


class FeedLine(Struct, frozen=True, gc=False):
    """One complete line without its line end. `offset` is where it began in its file; `received_at` is floor time.

    `backfill` is true for lines that were there before the watch began.
    """

    feed: str
    received_at: float
    offset: int
    raw: bytes
    backfill: bool = False


class FeedError(Exception):
    """A feed that cannot be opened or read; the message says what, where and what to do, on one line."""


class RejectLine(Exception):  # noqa: N818  # an order to the host, said by every decoder; "RejectLineError" reads worse
    """Raised by a decoder for a line that it cannot read; the message is the reason, the same for like lines."""


class Decoder(Protocol):
    """Turns the lines of one feed into events; keeps what it must remember between lines."""

    def feed(self, line: FeedLine) -> Iterable[Event]:
        """Events of this line, in order, none for a blank. Raises RejectLine("why")."""
        ...


@runtime_checkable
class FeedFormat(Protocol):
    """What a kind of line means: found by name in the config, or by `sniff` on the first bytes. A class that inherits
    from this has everything below but name, title, gives, sniff, decoder and time_of.
    """

    name: str
    title: str
    gives: frozenset[Fact]

    def sniff(self, sample: bytes) -> float:
        """How likely these first bytes (up to 64 KiB, the last line perhaps torn) are this format, 0..1."""
        ...

    def decoder(self, options: dict[str, Any]) -> Decoder:
        """A new decoder for one feed. Raises ValueError that names the option and what it may be."""
        ...

    def time_of(self, raw: bytes) -> float | None:
        """The event time of a raw line, epoch seconds UTC, without decoding it; None when it has none."""
        ...

    def carries(self, raw: bytes) -> bool:  # noqa: ARG002  # for formats that tell of memberships or pauses
        """Whether a line of an earlier day still matters today (memberships, pauses): no, unless said otherwise."""
        return False


@runtime_checkable
class ConfigurableFormat(FeedFormat, Protocol):
    """A format whose facts and times depend on the feed's options: `feeds.formats.configured` binds them."""

    def configured(self, options: dict[str, Any]) -> FeedFormat:
        """This format with the options fixed, for one feed. Raises ValueError that names every wrong option."""
        ...


class FeedHealth(Struct):
    """What a feed has read and what it had to skip; the host's, outside the fold. Grows in place, copied when shown."""

    name: str
    state: str = "starting"  # starting | reading | ok | waiting (nothing there yet) | lost (was there) | failed | ended
    reason: str = ""
    is_turning: bool = False  # a rotated file is read to its end before the new one begins: `reason` is no trouble
    lines: int = 0
    bytes_read: int = 0
    bytes_total: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    rejected_lines: list[tuple[int, str, bytes]] = field(default_factory=list)
    rotations: int = 0
    possible_loss: int = 0
    last_line_at: float | None = None
    polling: bool = False
    polling_reason: str = ""
    of_documents: bool = False
    last_rejected: list[tuple[int, str, bytes]] = field(default_factory=list)
    last_lags: list[float] = field(default_factory=list)
    lacks: str = ""  # file | permission: what a feed that is waiting or lost needs to be read, where that is it

    @property
    def too_old_at(self) -> float | None:
        """When the newest line was written that was there, epoch seconds UTC, where none of them was given since today
        needs none so old; None where lines were given, and where there were none."""
        return None if self.lines else self.last_line_at

    @property
    def lag_seconds(self) -> float | None:
        """How long lines take from the switch to here: the least of the last few, so that one line which lay waiting
        for us does not count; never below 0. None before LAGS_KEPT lines came live."""
        lags = self.last_lags.copy()  # whoever asks is another thread
        return max(0.0, min(lags)) if len(lags) >= LAGS_KEPT else None

    @property
    def bytes_left(self) -> int | None:
        """Bytes that are there and not read yet; None of a feed that does not count them."""
        return None if self.lines and not self.bytes_total else max(0, self.bytes_total - self.bytes_read)

    def gave(self, lines: Sequence[FeedLine]) -> None:
        """Count what was given."""
        self.lines += len(lines)
        if lines:
            self.last_line_at = lines[-1].received_at

    def passed_over(self, at: float | None) -> None:
        """What was written until then was there, and is too old to be given."""
        if not self.lines and at is not None:
            self.last_line_at = max(at, self.last_line_at or at)

    def reject(self, reason: str, offset: int, raw: bytes) -> None:
        """Count a line that was not understood; the first 100 and the last 10 are kept (offset, reason, first 200
        bytes)."""
        self.rejected[reason] = self.rejected.get(reason, 0) + 1
        refused = (offset, reason, raw[:200])
        if len(self.rejected_lines) < FIRST_KEPT:
            self.rejected_lines.append(refused)
        self.last_rejected.append(refused)
        del self.last_rejected[:-LAST_KEPT]

    def came_late(self, seconds: float) -> None:
        """A line came live, so long after what it tells of."""
        self.last_lags.append(seconds)
        del self.last_lags[:-LAGS_KEPT]


class Feed(Protocol):
    """An open feed: drained by its own thread, never by two."""

    name: str
    health: FeedHealth

    def drain(self, now: float, limit: int = 4096) -> Sequence[FeedLine]:
        """Complete lines that have come since, at most `limit`; empty when there are none now. Does not block."""
        ...

    @property
    def caught_up(self) -> bool:
        """Whether everything that was there at the last drain has been given."""
        ...

    def close(self) -> None:
        """Let go of files and watches; may be called twice."""
        ...


class FeedSource(Protocol):
    """A way to open feeds: files and folders are ours; sockets and queues may come from plugins."""

    scheme: str

    def open(self, url: str, name: str, wake: Callable[[], None]) -> Feed:
        """Open without blocking; `wake` may be called from any thread when there is something to drain."""
        ...
