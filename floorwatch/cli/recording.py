"""`floorwatch record`: feeds as they are written, raw, into a recording that replays to the same numbers."""

import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from msgspec import Struct

from floorwatch.cli.doubts import say
from floorwatch.cli.ending import usage_error
from floorwatch.cli.failing import WorkError
from floorwatch.cli.progress import progress
from floorwatch.cli.reading import entered
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.engine.house import House
from floorwatch.engine.recorder import Recorder
from floorwatch.engine.timeline import recording_among
from floorwatch.engine.written_out import write_out
from floorwatch.feeds.shapes import FeedError
from floorwatch.settings import FeedSettings
from floorwatch.text import inert
from floorwatch.words import _


class Span(Struct, frozen=True):
    """How long to record: until interrupted, for so many seconds, or what is there, whenever it happened."""

    seconds: float | None = None
    past: bool = False


def record(wishes: Wishes, out: Path, words: Sequence[str], fmt: str | None, span: Span) -> None:
    """Record. Raises FeedError and SettingsError."""
    if span.past and span.seconds is not None:
        raise usage_error(_("--past ends with the last line that is there: leave --seconds out"), "--past")
    house = wishes.house()
    wanted = feeds_wanted(house.settings, words, fmt)
    if span.past:
        _record_past(house, wanted, out)
    else:
        _record(house, wanted, out, span.seconds)


def _record(house: House, wanted: Mapping[str, FeedSettings], out: Path, seconds: float | None) -> None:
    with _until_told() as stopped:
        recorder = Recorder(house, wanted, out)
        if sys.stderr.isatty():
            sys.stderr.write(_("{file}: recording; ctrl+c ends it").format(file=out) + "\n")
        is_there = recorder.run(stopped, seconds, lambda why: say([inert(why)]))
        if recorder.problem:
            say([inert(_("what was entered is not in it: {reason}").format(reason=recorder.problem))])
    if not is_there:
        raise WorkError(_("{path}: was deleted while it was written").format(path=out))
    _say_how_much(out, recorder.entries, recorder.lost)
    if recorder.lost:
        raise WorkError(_("{file}: not all of it could be written").format(file=out))


def _record_past(house: House, wanted: Mapping[str, FeedSettings], out: Path) -> None:
    recording = recording_among(wanted)
    if recording is not None:
        raise FeedError(_("{path}: this is a recording already").format(path=recording.path))
    with progress(out.name) as told:
        entries = write_out(house, wanted, partial(entered, house), out, told)
    _say_how_much(out, entries, 0)


def _say_how_much(out: Path, entries: int, lost: int) -> None:
    said = _("{file}: {entries} entries recorded, {lost} lost")
    sys.stdout.write(said.format(file=out, entries=entries, lost=lost) + "\n")


@contextmanager
def _until_told() -> Iterator[threading.Event]:
    """An event that ctrl+c and a `kill` set, while this lasts."""
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        _restore(before)


def _restore(handlers: Mapping[signal.Signals, Any]) -> None:
    for number, handler in handlers.items():
        signal.signal(number, handler)
