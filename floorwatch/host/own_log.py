"""floorwatch's own log: when it began and ended, what became of its feeds, which plugin failed and where, and what of
floorwatch itself went wrong.

Rules
- It holds nothing of a caller, no note, no secret and no line of a feed: of an exception its kind and its places, never
  its words, since words quote values.
- Something is written when something has changed, never for a line of a feed, and at the pace of any log (`logbook`).
- Nothing is written, anywhere, before somebody says where (`keep_in`).
"""

import logging
import re
import traceback
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType

from floorwatch.host.health import Health, HealthState
from floorwatch.host.log_file import LogFileApart
from floorwatch.host.logbook import Logbook
from floorwatch.host.place import short_place

OWN, ABOVE = "own", "floorwatch."
PATIENCE_SECONDS = 0.5
MOST_PLACES = 8
"""Of a traceback, from the innermost out."""

_LOG = logging.getLogger(ABOVE + OWN)
_LOG.addHandler(logging.NullHandler())
_LOG.propagate = False

_PLACE = re.compile(r'^ *File "([^"\n]*)", line (\d+)', re.MULTILINE)


def keep_in(file: LogFileApart) -> Logbook:
    """Write to this file from now on."""
    return Logbook(OWN, file, above=ABOVE)


def settle() -> None:
    """Wait until all is written, if that does not take long: the process ends."""
    for handler in _LOG.handlers:
        if isinstance(handler, Logbook) and isinstance(handler.file, LogFileApart):
            handler.file.settle(PATIENCE_SECONDS)


def note(words: str, *, grave: bool = False) -> None:
    """Write down a line of our own words; names in it are the configuration's. Callable from any thread."""
    _LOG.log(logging.WARNING if grave else logging.INFO, "%s", words)


def crashed(error: BaseException) -> None:
    """Write down that floorwatch itself went wrong, and where."""
    _LOG.error("crashed: %s at %s", type(error).__name__, _listed(_places(error.__traceback__)))


def plugin_failed(plugin: str, panel: str, health: Health) -> None:
    """Write down that a panel does not come back, or raised, and where."""
    if health.state is HealthState.STALLED:
        _LOG.warning("plugin %s, panel %s: does not come back", plugin, panel)
    else:
        told = [short_place(file, int(line)) for file, line in _PLACE.findall(health.traceback)]
        _LOG.warning("plugin %s, panel %s: raised at %s", plugin, panel, _listed(reversed(told)))


def _places(trace: TracebackType | None) -> Iterator[str]:
    frames = [short_place(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(trace)]
    return reversed(frames)


def _listed(places: Iterable[str]) -> str:
    shown: Sequence[str] = list(places)[:MOST_PLACES]
    return ", called by ".join(shown) or "an unknown place"
