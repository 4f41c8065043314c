"""The past of a guest's feed, read and decoded in threads of its own: a call that does not come back costs that feed.

Rules
- A feed of floorwatch's own is read where it always was, and pays nothing.
- What came before the call that was given up is read; of that feed nothing is read after it.
- What a decoder refuses is counted when its line is asked for, however far ahead it was decoded.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import TypeVar

from floorwatch.engine.decoding import Decoded, Decoder, LineDecoder
from floorwatch.engine.opening import OpenFeed
from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.shapes import FeedError, FeedLine
from floorwatch.host.apart import apart
from floorwatch.host.patience import NotBackError
from floorwatch.words import _

T = TypeVar("T")


class FeedGivenUpError(FeedError):
    """A call of a guest did not come back; nothing may be read of its feed any more: a thread may still be in it."""


class GuestPast:
    """Gives the lines of the past of one feed and then, as a decoder does, what each of them brought."""

    def __init__(self, opened: OpenFeed, lines: Iterator[FeedLine]) -> None:
        self.is_given_up = False
        self._opened = opened
        self._lines = lines
        self._ahead: deque[Decoded] = deque()
        self._why = ""

    def lines(self) -> Iterator[FeedLine]:
        """The lines. Raises what the feed raises, and FeedGivenUpError where a call does not come back."""
        try:
            yield from self._in_time()
        except NotBackError as error:
            raise not_back(self._opened.name, error) from None

    def lines_while_it_works(self) -> Iterator[FeedLine]:
        """The lines. Where a call does not come back, they end there, and the feed's health says why."""
        with suppress(NotBackError):
            yield from self._in_time()

    def decode(self, line: FeedLine) -> Decoded:
        """What the first line that was given, and not asked for yet, brought."""
        decoded = self._ahead.popleft()
        if decoded.rejected is not None:
            self._opened.feed.health.reject(decoded.rejected, line.offset, line.raw)
        return decoded

    def _in_time(self) -> Iterator[FeedLine]:
        try:
            for line, decoded in apart(self._decoded(), self._let_go, self._opened.patience_seconds):
                self._ahead.append(decoded)
                yield line
        except NotBackError as error:
            self._why = str(error)
            self._fail()
            raise

    def _decoded(self) -> Iterator[tuple[FeedLine, Decoded]]:
        decoder = self._opened.decoder
        decode = (decoder.uncounted() if isinstance(decoder, LineDecoder) else decoder).decode
        return ((line, decode(line)) for line in self._lines)

    def _let_go(self) -> None:
        """In the thread that was left behind: while it came back, the feed may have said that all is well."""
        let_go(self._opened)
        self._fail()

    def _fail(self) -> None:
        self.is_given_up = True
        health = self._opened.feed.health
        health.state, health.reason = "failed", self._why


def past_of(opened: OpenFeed, lines: Iterator[FeedLine]) -> tuple[Iterator[FeedLine], Decoder]:
    """The lines of a feed's past, and what decodes each of them in turn. Those of a guest raise FeedGivenUpError where
    a call does not come back."""
    if not opened.is_guest:
        return lines, opened.decoder
    past = GuestPast(opened, lines)
    return past.lines(), past


def in_time(opened: OpenFeed, items: Iterator[T]) -> Iterator[T]:
    """What is read of a feed; of a guest's, FeedGivenUpError is raised where a call does not come back."""
    return _in_time(opened, items) if opened.is_guest else items


def _in_time(opened: OpenFeed, items: Iterator[T]) -> Iterator[T]:
    try:
        yield from apart(items, lambda: let_go(opened), opened.patience_seconds)
    except NotBackError as error:
        raise not_back(opened.name, error) from None


def let_go(opened: OpenFeed) -> None:
    """Close it, whatever comes of that."""
    with suppress(*FAILURES):  # a source of a plugin may have made it
        opened.feed.close()


def not_back(feed: str, error: NotBackError) -> FeedGivenUpError:
    """What to say of a feed that was given up."""
    return FeedGivenUpError(_("feed {name}: {reason}").format(name=feed, reason=error))
