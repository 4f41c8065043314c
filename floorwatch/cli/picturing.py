"""`floorwatch replay REC --at T --screenshot FILE`: the screen of a moment as a file, without a terminal."""

import asyncio
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from floorwatch.cli.doubts import say
from floorwatch.cli.ending import usage_error
from floorwatch.cli.failing import WorkError
from floorwatch.cli.opening_replay import beginning, opened
from floorwatch.cli.progress import progress
from floorwatch.cli.wishes import Wishes
from floorwatch.engine.house import House
from floorwatch.engine.keyframes.shapes import Tape
from floorwatch.engine.marks import Marks
from floorwatch.engine.opening_tape import OpenedTape
from floorwatch.engine.replaying import replay_session
from floorwatch.engine.screenshot import ENDINGS, USUAL, Readiness, check_place, size_of, write_picture
from floorwatch.engine.system_clock import monotonic
from floorwatch.text import inert
from floorwatch.words import _

if TYPE_CHECKING:
    from floorwatch.app.still import Still

LOOK_SECONDS = 0.05


class Wanted(Struct, frozen=True):
    """What is to be pictured, and how, as it was asked for: feeds or a recording, the moment, the file, the size."""

    feeds: Sequence[str]
    at: str | None
    file: Path | None
    size: str | None = None
    fmt: str | None = None


def picture(wishes: Wishes, wanted: Wanted) -> None:
    """Write the picture, and say where it is. Raises FeedError, SettingsError, WorkError and usage errors."""
    file, size = _file(wanted), _size(wanted)
    check_place(file)
    opening = opened(wishes, wishes.house(screen=True), wanted.feeds, wanted.fmt)
    try:
        at = beginning(opening, wanted.at)
        with progress(opening.name) as told:
            tape = _worked_out(opening.tape, told)
            seen = asyncio.run(_seen(tape, opening.marks, at, size, told))
    finally:
        opening.tape.close()
    content = seen.text if file.suffix.lower() == ".txt" else seen.picture
    write_picture(file, content.encode("utf-8", "replace"))
    if sys.stdout.isatty():
        sys.stdout.write(_("{file}: written").format(file=file) + "\n")


def _file(wanted: Wanted) -> Path:
    if wanted.file is None:
        raise usage_error(_("--size goes with --screenshot: a terminal has the size that it has"), "--size")
    if wanted.file.suffix.lower() not in ENDINGS:
        said = _("{file}: a picture is written as .svg or .txt: give it a name that ends so")
        raise usage_error(said.format(file=wanted.file), "--screenshot")
    return wanted.file


def _size(wanted: Wanted) -> tuple[int, int]:
    size = USUAL if wanted.size is None else size_of(wanted.size)
    if isinstance(size, str):
        raise usage_error(size, "--size")
    return size


def _worked_out(tape: OpenedTape, told: Callable[[float], None]) -> Tape:
    """The tape once all of it is known; where no keyframes can be written of it, a plain one, and it is said."""
    while not (known := tape.refresh()).is_whole and not known.problem:
        told(0.0 if known.share is None else known.share)
        sleep(LOOK_SECONDS)
    if known.is_whole or not tape.is_unindexed:
        return tape
    say([_("{reason}: the picture is drawn without the day in its bar").format(reason=inert(known.problem))])
    return tape.plain()


async def _seen(
    tape: Tape, marks: Path, at: float | None, size: tuple[int, int], told: Callable[[float], None]
) -> "Still":
    from floorwatch.app.glyphs import ASCII, BLOCKS  # Textual: 0.2 s, for nothing where the command line is wrong
    from floorwatch.app.still import Look, still

    asyncio.get_running_loop().set_exception_handler(_tell)
    house = tape.house
    session = replay_session(house, tape, at, 1.0, marks=Marks(marks))
    control = session.replay_control()
    assert control is not None, "a replay is steered"
    control.pause()
    ready = Readiness(session, control, tape, monotonic, told)
    screen = house.settings.screen
    look = Look(size, screen.theme.value, ASCII if screen.ascii else BLOCKS, "NO_COLOR" not in os.environ)
    seen = await still(session, look, ready.is_there, lambda: _title(house, session.now()))
    if ready.problem:
        raise WorkError(ready.problem)
    if ready.missing:
        say([_("the picture is not complete: {why}").format(why=ready.missing)])
    return seen


def _tell(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Tell of what went wrong in a task that nobody waits for; not of a `kill`, which may fall into any."""
    if not isinstance(context.get("exception"), KeyboardInterrupt):
        loop.default_exception_handler(context)


def _title(house: House, at: float) -> str:
    return f"{house.settings.floor.name} {house.rules.days.local(at):%Y-%m-%d %H:%M:%S}"
