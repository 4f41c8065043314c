"""`floorwatch watch`, `replay`, `demo`: a session, with the screen or without one."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from math import inf
from pathlib import Path

import msgspec

from floorwatch.cli.crashing import noted
from floorwatch.cli.ending import usage_error
from floorwatch.cli.failing import WorkError
from floorwatch.cli.plain import write_json
from floorwatch.cli.stray import terminal_alone
from floorwatch.cli.terminal import check_terminal, not_utf8
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.engine.desk import Desk
from floorwatch.engine.house import House
from floorwatch.engine.live import live_session
from floorwatch.engine.save_folder import SaveFolder
from floorwatch.engine.session import Session
from floorwatch.engine.state import state_of_floor
from floorwatch.engine.system_clock import SystemClock, monotonic
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.settings.find import drafts_folder, save_folder
from floorwatch.words import _

HEADLESS_SECONDS = 3.0


def watch_or_demo(wishes: Wishes) -> None:
    """The configured floor; the demo, saying so, where no feed is configured."""
    if wishes.settings().feeds:
        watch(wishes, (), None, headless=False, seconds=None)
        return
    _needs_terminal()
    sys.stderr.write(
        _("No feed is configured: this is the demo floor. `floorwatch config init` begins your own.") + "\n"
    )
    demo(wishes, headless=False, seconds=None)


def watch(  # each is an option of its own, given by name
    wishes: Wishes,
    words: Sequence[str],
    fmt: str | None,
    *,
    headless: bool,
    seconds: float | None,
    every: float | None = None,
) -> None:
    """Watch feeds until the person leaves, or for so many seconds."""
    _needs_terminal(headless, seconds, every)
    house = wishes.house(screen=True)
    feeds = feeds_wanted(house.settings, words, fmt)
    if headless:
        _print(live_session(house, feeds), seconds, every)
        return
    from floorwatch.cli.looking_back import watched

    desk = watched(wishes, house, feeds)
    drafts = drafts_folder(house.journal or house.settings.journal.url)
    _show(house, desk, leave=desk.close, drafts=drafts)


def replay(wishes: Wishes, words: Sequence[str], at: str | None, rate: str, fmt: str | None) -> None:
    """See a recording, or plain feeds, again."""
    from floorwatch.cli.opening_replay import beginning, opened, rate_of
    from floorwatch.engine.marks import Marks
    from floorwatch.engine.replaying import replay_session

    _needs_terminal()
    fast = rate_of(rate)
    found = opened(wishes, wishes.house(screen=True), words, fmt)
    house, tape = found.tape.house, found.tape
    try:
        session = replay_session(house, tape, beginning(found, at), fast, marks=Marks(found.marks))
        _show(house, session, leave=tape.close)
    finally:
        tape.close()


def demo(wishes: Wishes, *, headless: bool, seconds: float | None, every: float | None = None) -> None:
    """The demo floor in a folder of its own, which goes when the demo does."""
    _needs_terminal(headless, seconds, every)
    from floorwatch.engine.demo import demo_floor  # the simulator: 9 ms that `watch` does not need

    folder = Path(tempfile.mkdtemp(prefix="floorwatch-demo-"))
    try:
        settings, people, feeds = demo_floor(wishes.settings(), folder, SystemClock())
        wishes = msgspec.structs.replace(wishes, people=people)
        house = wishes.house(settings, screen=True)
        if headless:
            _print(live_session(house, feeds), seconds, every)
            return
        from floorwatch.cli.looking_back import demonstrated

        desk = demonstrated(house, feeds, partial(wishes.silent_house, settings))

        def leave() -> None:
            desk.close()
            _clear(folder)

        _show(house, desk, leave=leave)
    finally:
        _clear(folder)


def _clear(folder: Path) -> None:
    with suppress(OSError):
        # Under another name first: what still writes there would make files anew while it is emptied.
        shutil.rmtree(folder.rename(folder.with_name(f"{folder.name}-gone")), ignore_errors=True)


def _needs_terminal(headless: bool = False, seconds: float | None = None, every: float | None = None) -> None:
    if not headless and seconds is not None:
        raise usage_error(_("--seconds goes with --headless: the screen is left with q"))
    if not headless and every is not None:
        raise usage_error(_("--every goes with --headless: the screen is always as of now"))
    if not headless and not sys.stdout.isatty():
        raise WorkError(_("this is not a terminal: use `floorwatch state`, or --headless with watch and demo"))
    if not headless:
        check_terminal(os.environ)


def _show(house: House, desk: Desk, *, leave: Callable[[], None] = lambda: None, drafts: Path | None = None) -> None:
    """Show the desk until the person leaves; `leave` tidies up, however that was."""
    from floorwatch.app.run import run
    from floorwatch.app.terminal import NotUtf8Error

    screen = house.settings.screen
    try:
        with noted("screen"):
            run(
                desk,
                theme=screen.theme.value,
                ascii=screen.ascii,
                colour="NO_COLOR" not in os.environ,
                lock_after_seconds=screen.lock_after_seconds,
                drafts=drafts,
                notify=screen.notify,
                saves=SaveFolder(save_folder(house.settings)),
                alone=terminal_alone(),
            )
    except NotUtf8Error:
        raise not_utf8("this terminal does not read it") from None
    finally:
        leave()
    sys.stdout.flush()
    os._exit(0)  # a plugin's stuck thread must not keep the process; the terminal is restored and nothing is unsaved


def _print(session: Session, seconds: float | None, every: float | None) -> None:
    """The floor as it is after so many seconds, without a screen; with `every` also before, each so many seconds, and
    then for as long as nobody ends it unless `seconds` says otherwise."""
    with noted("headless"):
        if every is None:
            asyncio.run(_run_headless(session, HEADLESS_SECONDS if seconds is None else seconds))
        else:
            asyncio.run(_tell_headless(session, inf if seconds is None else seconds, every))


async def _run_headless(session: Session, seconds: float) -> None:
    async with _running(session) as task:
        await _until_ended(task, seconds)
    snapshot = session.station.snapshot
    if snapshot is None:
        raise WorkError(_("the floor was not read within {seconds:g} seconds").format(seconds=seconds))
    _write_state(session, snapshot)


async def _tell_headless(session: Session, seconds: float, every: float) -> None:
    """Begins once what was there before is read: half of a day would be taken for all of it."""
    async with _running(session) as task:
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            await _until_ended(task, min(every, left))
            if not session.station.is_opening:
                _write_state(session, session.station.look())
                sys.stdout.flush()


@asynccontextmanager
async def _running(session: Session) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(session.start(lambda _changed: None))
    try:
        yield task
    finally:
        task.cancel()


async def _until_ended(task: "asyncio.Task[None]", seconds: float) -> None:
    """Wait so long. Raises what the session failed of."""
    done, _pending = await asyncio.wait({task}, timeout=seconds)
    for finished in done:
        finished.result()


def _write_state(session: Session, floor: FloorSnapshot) -> None:
    health = {each.name: each for each in session.feed_health()}
    write_json(msgspec.json.encode(state_of_floor(floor, health, followed=True)))
