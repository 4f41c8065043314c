"""`floorwatch record`: feeds as they are written, raw, into a recording that replays to the same numbers."""

import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from floorwatch.cli.doubts import say
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.engine.recorder import Recorder
from floorwatch.text import inert
from floorwatch.words import _


def record(wishes: Wishes, out: Path, words: Sequence[str], fmt: str | None, seconds: float | None) -> None:
    """Record until interrupted, or for so many seconds. Raises FeedError and SettingsError."""
    house = wishes.house()
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        recorder = Recorder(house, feeds_wanted(house.settings, words, fmt), out)
        if sys.stderr.isatty():
            sys.stderr.write(_("{file}: recording; ctrl+c ends it").format(file=out) + "\n")
        recorder.run(stopped, seconds)
        if recorder.problem:
            say([inert(_("what was entered is not in it: {reason}").format(reason=recorder.problem))])
    finally:
        _restore(before)
    said = _("{file}: {entries} entries recorded, {lost} lost")
    sys.stdout.write(said.format(file=out, entries=recorder.entries, lost=recorder.lost) + "\n")


def _restore(handlers: Mapping[signal.Signals, Any]) -> None:
    for number, handler in handlers.items():
        signal.signal(number, handler)
