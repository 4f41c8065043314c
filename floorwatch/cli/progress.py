"""How far a long reading has come, on one line of a terminal that goes when it is done; silent in a pipe."""

import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from floorwatch.feeds.shapes import FeedHealth
from floorwatch.spoken import share
from floorwatch.text import inert
from floorwatch.words import _

FIRST_SECONDS = 0.5
"""What takes no longer needs no word."""

NEXT_SECONDS = 0.25
_CLEAR = "\r\x1b[K"
_WHOLE = 1_000_000


@contextmanager
def progress_of(health: Callable[[], Mapping[str, FeedHealth]]) -> Iterator[None]:
    """Say on stderr, while this lasts, how much of the feeds has been read, if that is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    thread = threading.Thread(target=_tell, args=(health, done), name="progress", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextmanager
def progress(name: str) -> Iterator[Callable[[float], None]]:
    """The same of one piece of work: what is given is to be told how much is done, 0..1."""
    so_far = FeedHealth(name, bytes_total=_WHOLE)

    def told(share: float) -> None:
        so_far.bytes_read = int(share * _WHOLE)

    with progress_of(lambda: {name: so_far}):
        yield told


def _tell(health: Callable[[], Mapping[str, FeedHealth]], done: threading.Event) -> None:
    seconds, told = FIRST_SECONDS, False
    while not done.wait(seconds):
        words = [_word(each) for each in list(health().values()) if each.bytes_read < each.bytes_total]
        sys.stderr.write(_CLEAR + ", ".join(words))
        sys.stderr.flush()
        seconds, told = NEXT_SECONDS, True
    if told:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def _word(health: FeedHealth) -> str:
    if not health.bytes_read:  # one document is one step: a share of it is not known
        return _("{feed}: reading").format(feed=inert(health.name))
    percent = share(health.bytes_read / health.bytes_total)
    return _("{feed}: {percent} % read").format(feed=inert(health.name), percent=percent)
