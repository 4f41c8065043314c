"""`floorwatch index`: the keyframes of a recording, built beforehand, or by the child of a replay.

Rules
- Ended before its time it leaves what it has: a replay uses that, and has all of it built.
- As a child it gives way to everybody else on the machine once all is folded: before, somebody waits for it. It ends at
  once when its parent is gone, however that was.
"""

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path

from floorwatch.cli.doubts import say
from floorwatch.cli.progress import progress
from floorwatch.cli.reading import torn_among
from floorwatch.cli.wishes import Wishes
from floorwatch.engine.collector import leave_the_day_alone
from floorwatch.engine.keyframes.build import Built, build
from floorwatch.engine.keyframes.place import place_of
from floorwatch.engine.system_clock import monotonic
from floorwatch.settings import FeedSettings
from floorwatch.words import _

NICE = 10
AUTOGROUP = Path("/proc/self/autogroup")
STDIN = 0
LEFT_ALONE = 143
"""The status when the parent is gone: that of a `kill`."""


def index(wishes: Wishes, recording: Path, *, again: bool) -> None:
    """Build the keyframes of this recording, and say what was built. Raises FeedError and SettingsError."""
    house, out, began = wishes.house(), place_of(recording), monotonic()
    with progress(recording.name) as told:
        built = build(house, recording, out, told, again=again, between=leave_the_day_alone)
    say(torn_among({recording.name: FeedSettings(str(recording))}))
    sys.stdout.write(_said(out, built, monotonic() - began) + "\n")


def index_for_parent(wishes: Wishes, recording: Path) -> None:
    """The same for a process that waits for it: its pipe is our stdin. Raises FeedError and SettingsError."""
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    build(wishes.house(), recording, place_of(recording), between=_give_way)


def _give_way() -> None:
    leave_the_day_alone()
    if hasattr(os, "nice"):
        os.nice(NICE)
    with suppress(OSError):  # Linux weighs sessions first, where it is told to, and each child is a session of its own
        AUTOGROUP.write_text(str(NICE))


def _end_with_parent() -> None:
    """What is half written then is a block that does not count."""
    while os.read(STDIN, 1):  # not `sys.stdin`: Python cannot end while a thread waits in it
        pass
    os._exit(LEFT_ALONE)


def _said(out: Path, built: Built | None, seconds: float) -> str:
    if built is None:
        return _("{file}: all of it is there; --again builds it anew").format(file=out)
    said = _("{file}: {entries} entries, {frames} frames, {alerts} alerts, {size} bytes, {seconds:.1f} s")
    return said.format(
        file=out, entries=built.entries, frames=built.frames, alerts=built.alerts, size=built.size, seconds=seconds
    )
