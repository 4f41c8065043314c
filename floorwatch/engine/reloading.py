"""The configuration file, read again when it changes, while the floor is watched.

Rules
- What is of the screen alone is applied: layouts, the theme, options of panels. Of everything else it is said that it
  needs a restart.
- A file with mistakes changes nothing; the old settings stay, and the first mistake is said.
- A thread of its own looks at the file once a second and reads it when it has been the same for two looks: an editor
  that writes in place is then done, and one that renames has its file there. Looking costs 5 us, reading some 10 ms.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import replace

from floorwatch.engine.desk import Reload
from floorwatch.engine.house import House, slots_of_all
from floorwatch.engine.looks import Looks
from floorwatch.extend.command import Toast
from floorwatch.settings import ScreenSettings, Settings, SettingsError, load_settings, settings_table
from floorwatch.views import Tone
from floorwatch.words import _, _n

LOOK_SECONDS = 1.0
APPLIED = ("screen.theme", "screen.layout", "layouts.", "panels.")
"""How the keys begin that are applied at once."""
MOST_NAMED = 3
LAYOUT: tuple[str, str] = ("screen", "layout")

Signature: TypeAlias = tuple[int, int, int]
Told: TypeAlias = Callable[[Settings, Settings | SettingsError], None]


class Watcher:
    """Tells what a file said before and says now, each time that it has changed. It tells in its own thread. Where it
    changed before it could be read here, it said before what it says now, as far as anybody knows."""

    def __init__(self, file: Path, told: Told, look_seconds: float) -> None:
        self._file = file
        self._told = told
        self._look_seconds = look_seconds
        self._stopped = threading.Event()
        self._read = _signature(file)

    def start(self) -> None:
        """Begin to look."""
        threading.Thread(target=self._run, name="configuration", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def _run(self) -> None:
        before = self._at_the_start()
        seen, was_wrong = self._read, False
        while not self._stopped.wait(self._look_seconds):
            last, seen = seen, _signature(self._file)
            if seen is None or seen == self._read or seen != last:
                continue
            self._read = seen
            try:
                now = load_settings(self._file)
            except SettingsError as error:
                was_wrong = True
                self._told(before or Settings(), error)
                continue
            if was_wrong or now != before:  # whoever mended a mistake wants to hear that it is mended
                was_wrong = False
                self._told(before or now, now)
                before = now

    def _at_the_start(self) -> Settings | None:
        """What the file said when floorwatch read it; None where it has changed since then."""
        with suppress(SettingsError):
            found = load_settings(self._file)
            return found if _signature(self._file) == self._read else None
        return None


class Reloading:
    """Has what a changed configuration says of the screen on the screen."""

    def __init__(self, looks: Looks, on_reload: Callable[[], None]) -> None:
        self._looks = looks
        self._on_reload = on_reload
        self._watcher: Watcher | None = None

    def begin(self) -> None:
        """Watch the configuration file, if there is one; on the running loop."""
        file, loop = self._looks.house.settings.file, asyncio.get_running_loop()

        def told(before: Settings, now: Settings | SettingsError) -> None:
            with suppress(RuntimeError):  # the loop has closed: nobody is there to be told
                loop.call_soon_threadsafe(self.take, before, now)

        if file is not None:
            self._watcher = Watcher(file, told, LOOK_SECONDS)
            self._watcher.start()

    def end(self) -> None:
        """Watch no more."""
        if self._watcher is not None:
            self._watcher.stop()

    def take(self, before: Settings, now: Settings | SettingsError) -> None:
        """Apply what the file says now, or say what is wrong with it."""
        old = self._looks.house
        try:
            if isinstance(now, SettingsError):
                raise now
            house = with_screen_of(old, now)
            slots_of_all(house)
        except SettingsError as error:
            self._say(_wrong(error.messages), Tone.WARN)
            return
        self._looks.take(house)
        keys = needing_restart(before, now)
        said = _("The configuration was read again.")
        self._say(_("{said} {restart}").format(said=said, restart=_restart(keys)) if keys else said)

    def _say(self, text: str, tone: Tone = Tone.NOTICE) -> None:
        self._looks.reload = Reload(Toast(text, tone), self._looks.house.settings.screen.theme.value)
        self._on_reload()


def with_screen_of(house: House, settings: Settings) -> House:
    """The house with what these settings say of the screen. Where they name no layout, one that nobody had named (that
    of the demo) stays."""
    old, new = house.settings, settings.screen
    layout = new.layout
    if LAYOUT not in settings.given:
        layout = ScreenSettings().layout if LAYOUT in old.given else old.screen.layout
    screen = replace(old.screen, theme=new.theme, layout=layout)
    given = settings.given
    changed = replace(old, screen=screen, layouts=settings.layouts, panels=settings.panels, given=given)
    return replace(house, settings=changed)


def needing_restart(before: Settings, now: Settings) -> Sequence[str]:
    """The keys that say something else than before and are read at the start alone."""
    old, new = ({row.key: row.value for row in settings_table(each)} for each in (before, now))
    changed = (key for key in {**old, **new} if old.get(key) != new.get(key))
    return [key for key in changed if not key.startswith(APPLIED)]


def _restart(keys: Sequence[str]) -> str:
    named = ", ".join(keys[:MOST_NAMED])
    if len(keys) > MOST_NAMED:
        named = _("{keys} and {n} more").format(keys=named, n=len(keys) - MOST_NAMED)
    return _n("{keys} needs a restart.", "{keys} need a restart.", len(keys)).format(keys=named)


def _wrong(mistakes: Sequence[str]) -> str:
    said = _n(
        "The configuration has a mistake, and nothing was changed: {first}",
        "The configuration has {n} mistakes, and nothing was changed: {first}",
        len(mistakes),
    )
    return said.format(n=len(mistakes), first=mistakes[0])


def _signature(file: Path) -> Signature | None:
    """What changes with the file; None while it is not there."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
