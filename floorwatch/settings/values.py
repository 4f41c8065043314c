"""The settings of a floor as the rest of floorwatch reads them; every default of the house stands here.

Rules
- `Settings()` is the floor of someone who has no configuration file.
- Paths are already expanded and absolute. What the file leaves out, or sets to "", is None here.
- Options of feeds, panels, rules, commands and plugins are passed on unread: whoever asked for them checks them.
"""

from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from msgspec import Struct

from floorwatch.model.grid import NO_GRID, Grid
from floorwatch.model.targets import Target
from floorwatch.settings.duty import DutySettings
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.layouts import USUAL_ROWS, Layout

Options: TypeAlias = Mapping[str, Any]
"""A table of the file for a plugin to check: what text means there is the plugin's business."""

KeyPath: TypeAlias = tuple[str | int, ...]
"""Where a value stands in the file: ("feeds", "main", "path"); a number counts the items of a list from 0."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Theme(StrEnum):
    """The colours of the screen; `contrast` is safe for colour-blind eyes."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "contrast"


class Notify(StrEnum):
    """How a new alarm calls whoever does not look: the terminal's bell, a word on the desktop (OSC 9), not at all."""

    BELL = "bell"
    DESKTOP = "desktop"
    OFF = "off"


class FloorSettings(Struct, frozen=True):
    """The floor itself. `zone` is an IANA name, None the system's own; `me` is the name of who sits at this screen,
    None the system user's; `grid` the seats as they stand;
    `language` None: the environment's."""

    name: str = "Floor"
    zone: str | None = None
    day_starts: time = time(0, 0)
    language: str | None = None
    me: str | None = None
    grid: Grid = NO_GRID


class JournalSettings(Struct, frozen=True):
    """Where what people enter is kept. `url` None: a file in the user's data folder; `keep_days` is what
    `floorwatch notes purge` proposes: nothing goes by itself."""

    url: str | None = None
    keep_days: int = 90


class QueueSettings(Struct, frozen=True):
    """One queue. Lower `order` stands higher, equal ones by name; `target` has what [service] says filled in."""

    title: str | None = None
    order: int = 100
    target: Target = Target()


class FeedSettings(Struct, frozen=True):
    """One feed: an absolute path or a URL, and how to read it. `format` None: found by looking at the first lines.
    `silent_seconds` and `hours` say when it should bring lines, as `FeedRules` has it."""

    path: str
    format: str | None = None
    site: str | None = None
    backfill_days: int = 7
    silent_seconds: float | None = None
    hours: tuple[int, int] | None = None
    options: Options = _NOTHING


class PeopleSettings(Struct, frozen=True):
    """Where the identity map is."""

    file: Path | None = None


class ScreenSettings(Struct, frozen=True):
    """How the floor is shown. `ascii` None: decided by the terminal. `layout`: rows (see `settings.layout`), or the
    name of a layout."""

    theme: Theme = Theme.DARK
    ascii: bool | None = None
    layout: LayoutSpec | str = USUAL_ROWS
    show_numbers: bool = False
    lock_after_seconds: float | None = None
    notify: Notify = Notify.BELL
    save_folder: Path | None = None


class RuleSettings(Struct, frozen=True):
    """One alert rule."""

    enabled: bool = True
    options: Options = _NOTHING


class AlertSettings(Struct, frozen=True):
    """The floor-time grid on which rules are asked."""

    every_seconds: float = 5.0


class ComparisonSettings(Struct, frozen=True):
    """What today is compared with: the same weekday, at most `weeks` ago (0: nothing), as it stands in the feeds' own
    rotated files, or among the recordings in a folder."""

    weeks: int = 4
    recordings: Path | None = None


class RecordingSettings(Struct, frozen=True):
    """Where `watch` keeps each business day (None: nowhere), for how many days and within how many megabytes."""

    folder: Path | None = None
    keep_days: int = 14
    most_megabytes: int = 2000


class PluginSettings(Struct, frozen=True):
    """Drop-in folders (all of them exist), the names of plugins that are not to run, and each plugin's own section."""

    folders: tuple[Path, ...] = ()
    disabled: tuple[str, ...] = ()
    sections: Mapping[str, Options] = _NOTHING


class Settings(Struct, frozen=True):
    """Everything. `file` is where it came from (None: no file), `given` the keys that the file sets."""

    floor: FloorSettings = FloorSettings()
    service: Target = Target()
    queues: Mapping[str, QueueSettings] = _NOTHING
    groups: Mapping[str, tuple[str, ...]] = _NOTHING
    feeds: Mapping[str, FeedSettings] = _NOTHING
    people: PeopleSettings = PeopleSettings()
    screen: ScreenSettings = ScreenSettings()
    layouts: Mapping[str, Layout] = _NOTHING
    panels: Mapping[str, Options] = _NOTHING
    rules: Mapping[str, RuleSettings] = _NOTHING
    commands: Mapping[str, Options] = _NOTHING
    alerts: AlertSettings = AlertSettings()
    journal: JournalSettings = JournalSettings()
    recording: RecordingSettings = RecordingSettings()
    comparison: ComparisonSettings = ComparisonSettings()
    duty: DutySettings = DutySettings()
    plugins: PluginSettings = PluginSettings()
    file: Path | None = None
    given: frozenset[KeyPath] = frozenset()


class SettingsError(Exception):
    """What is wrong with the configuration: one sentence a mistake, all of them, each with its file, line and key."""

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages
