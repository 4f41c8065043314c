"""`floorwatch watch`, `replay`, `demo`: a session, with the screen or without one."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from floorwatch.cli.ending import usage_error
from floorwatch.cli.failing import WorkError
from floorwatch.cli.moments import moment
from floorwatch.cli.plain import write_json
from floorwatch.cli.terminal import check_terminal, not_utf8
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.engine.house import House
from floorwatch.engine.live import live_session
from floorwatch.engine.save_folder import SaveFolder
from floorwatch.engine.session import Session
from floorwatch.engine.state import state_of_floor
from floorwatch.engine.system_clock import SystemClock
from floorwatch.settings import Settings
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


def watch(wishes: Wishes, words: Sequence[str], fmt: str | None, *, headless: bool, seconds: float | None) -> None:
    """Watch feeds until the person leaves, or for so many seconds."""
    _needs_terminal(headless, seconds)
    house = wishes.house(screen=True)
    session = live_session(house, feeds_wanted(house.settings, words, fmt))
    drafts = drafts_folder(house.journal or house.settings.journal.url)
    _show(house, session, headless=headless, seconds=seconds, drafts=drafts)


def replay(wishes: Wishes, recording: str, at: str | None, rate: float, fmt: str | None) -> None:
    """See a recording again."""
    from floorwatch.cli.reading import timeline_with_entries
    from floorwatch.engine.replaying import replay_session

    _needs_terminal()
    house = wishes.house(screen=True)
    timeline = timeline_with_entries(house, feeds_wanted(house.settings, [recording], fmt))
    house = timeline.house
    first = timeline.first_at()
    if first is None:
        raise WorkError(_("{feed}: there is no line to read in it").format(feed=recording))
    begin = None if at is None else moment(at, house.rules.days, first)
    _show(house, replay_session(house, timeline, begin, rate), headless=False, seconds=None)


def demo(wishes: Wishes, *, headless: bool, seconds: float | None) -> None:
    """The demo floor in a folder of its own, which goes when the demo does."""
    _needs_terminal(headless, seconds)
    from floorwatch.engine.demo import demo_floor  # the simulator: 9 ms that `watch` does not need

    folder = Path(tempfile.mkdtemp(prefix="floorwatch-demo-"))
    try:
        settings, people, feeds = demo_floor(wishes.settings(), folder, SystemClock())
        house = _demo_house(wishes, settings, people)
        _show(house, live_session(house, feeds), headless=headless, seconds=seconds, leave=folder)
    finally:
        _clear(folder)


def _demo_house(wishes: Wishes, settings: Settings, people: Path) -> House:
    return msgspec.structs.replace(wishes, people=people).house(settings, screen=True)


def _clear(folder: Path) -> None:
    with suppress(OSError):
        # Under another name first: what still writes there would make files anew while it is emptied.
        shutil.rmtree(folder.rename(folder.with_name(f"{folder.name}-gone")), ignore_errors=True)


def _needs_terminal(headless: bool = False, seconds: float | None = None) -> None:
    if not headless and seconds is not None:
        raise usage_error(_("--seconds goes with --headless: the screen is left with q"))
    if not headless and not sys.stdout.isatty():
        raise WorkError(_("this is not a terminal: use `floorwatch state`, or --headless with watch and demo"))
    if not headless:
        check_terminal(os.environ)


def _show(
    house: House,
    session: Session,
    *,
    headless: bool,
    seconds: float | None,
    leave: Path | None = None,
    drafts: Path | None = None,
) -> None:
    if headless:
        asyncio.run(_run_headless(session, HEADLESS_SECONDS if seconds is None else seconds))
        return
    from floorwatch.app.run import run
    from floorwatch.app.terminal import NotUtf8Error

    screen = house.settings.screen
    try:
        run(
            session,
            theme=screen.theme.value,
            ascii=screen.ascii,
            colour="NO_COLOR" not in os.environ,
            lock_after_seconds=screen.lock_after_seconds,
            drafts=drafts,
            notify=screen.notify,
            saves=SaveFolder(save_folder(house.settings)),
        )
    except NotUtf8Error:
        raise not_utf8("this terminal does not read it") from None
    if leave is not None:
        _clear(leave)
    sys.stdout.flush()
    os._exit(0)  # a plugin's stuck thread must not keep the process; the terminal is restored and nothing is unsaved


async def _run_headless(session: Session, seconds: float) -> None:
    task = asyncio.create_task(session.start(lambda _changed: None))
    done, _pending = await asyncio.wait({task}, timeout=seconds)
    for finished in done:
        finished.result()
    task.cancel()
    snapshot = session.station.snapshot
    if snapshot is None:
        raise WorkError(_("the floor was not read within {seconds:g} seconds").format(seconds=seconds))
    health = {each.name: each for each in session.feed_health()}
    write_json(msgspec.json.encode(state_of_floor(snapshot, health)))
