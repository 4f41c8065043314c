"""What a guest does to the whole process: its working folder stays where it is, threads are counted, and end somewhere.

Rules
- Python tells of a move before it happens (an audit event), whichever library made it; other events cost a comparison
  of words. Of threads it tells nothing before 3.12, so their `start` is ours: it notes whose it is, and starts it.
- Refused is what would hurt everybody at once: another working folder, and threads without an end, after which none can
  be started for the screen either.
- Whoever wants to get round this can: it is there for mistakes.
"""

import sys
import threading
import weakref
from collections.abc import Callable
from functools import wraps
from typing import Any

from floorwatch.host.guests import AtWork, guest_at_work, see
from floorwatch.words import _, _n

MANY_THREADS = 4
"""Threads of a guest that live at once: more than a pool needs that waits for something."""

MOST_THREADS = 64
"""No more are started for it."""

_threads: dict[str, "weakref.WeakSet[threading.Thread]"] = {}
_is_heeded = False


def heed_guests() -> None:
    """Look after guests from now on, until the process ends: Python forgets no such hook."""
    global _is_heeded  # noqa: PLW0603  # once a process, as the hook itself
    if not _is_heeded:
        _is_heeded = True
        sys.addaudithook(_heed)
        threading.Thread.start = _counted(threading.Thread.start)  # type: ignore[assignment]  # see above


def threads_of(plugin: str) -> int:
    """How many threads live that this guest started."""
    return sum(thread.is_alive() for thread in tuple(_threads.get(plugin, ())))


def _heed(event: str, _words: tuple[Any, ...]) -> None:
    if event == "os.chdir":
        _refuse_to_move()


def _refuse_to_move() -> None:
    guest = guest_at_work()
    if guest is not None:
        see(guest.plugin, "chdir", _("wanted to move the working folder ({place}): refused").format(place=guest.place))
        raise PermissionError(_("a plugin cannot move the working folder of floorwatch: write whole paths"))


def _counted(start: Callable[[threading.Thread], None]) -> Callable[[threading.Thread], None]:
    @wraps(start)
    def counted(self: threading.Thread) -> None:
        guest = guest_at_work()
        if guest is not None and threads_of(guest.plugin) >= MOST_THREADS:
            raise RuntimeError(_("a plugin may run {most} threads at once").format(most=MOST_THREADS))
        start(self)
        if guest is not None:
            _count(guest, self)

    return counted


def _count(guest: AtWork, thread: threading.Thread) -> None:
    mine = _threads.setdefault(guest.plugin, weakref.WeakSet())
    mine.add(thread)
    alive = threads_of(guest.plugin)
    if alive > MANY_THREADS:
        said = _n("{n} thread of its own runs ({place})", "{n} threads of its own run, the last from {place}", alive)
        see(guest.plugin, "threads", said.format(n=alive, place=guest.place))
