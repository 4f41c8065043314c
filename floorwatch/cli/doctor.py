"""`floorwatch doctor`: everything that may keep a floor from being seen, each with what to do; what is well, too.

Rules
- A finding is one line, printed as it is found; in a terminal it goes on in the next line, indented. Level, area and
  what it is about stand first, in columns.
- It needs no sound configuration: what is wrong in one is told, and the rest of it is looked at.
- The exit status is 1 when something is wrong; what somebody should only look at is no failure.
"""

import shlex
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from floorwatch.app.glyphs import ALARM_MARK, WARN_MARK
from floorwatch.cli.doctor_terminal import terminal_found
from floorwatch.cli.doubts import doubted_country, doubted_names
from floorwatch.cli.plain import wrapped, write_json
from floorwatch.cli.wishes import Wishes
from floorwatch.engine.diagnosis import Check, Finding, Findings, Level, fine, in_time, look, wrong
from floorwatch.engine.diagnosis_feeds import feed_found
from floorwatch.engine.diagnosis_house import people_found, plugins_found, zone_found
from floorwatch.engine.diagnosis_journal import journal_found
from floorwatch.engine.diagnosis_log import Glance, words_of
from floorwatch.engine.diagnosis_machine import machine_found, versions_found
from floorwatch.engine.house import House, mistakes_of
from floorwatch.engine.system_clock import SystemClock
from floorwatch.settings import Settings, SettingsError, find_config, journal_url, load_settings, usual_places
from floorwatch.settings.sound import sound_settings
from floorwatch.text import inert
from floorwatch.words import _, _p

MARKS: Mapping[Level, str] = {Level.OK: " ", Level.LOOK: WARN_MARK, Level.WRONG: ALARM_MARK}
PLUGIN_SECONDS = 20.0
"""How long all plugins together may take to load."""

_LEVEL_CELLS, _AREA_CELLS = 7, 26
_INDENT = 4


class Told(Struct, frozen=True):
    """A finding as `doctor --json` gives it."""

    area: str
    check: str
    level: str
    subject: str
    says: str
    do: str


def doctor(wishes: Wishes, *, as_json: bool) -> None:
    """Print what is found. Ends with exit status 1 when something is wrong."""
    counts: Counter[Level] = Counter()
    tell = _tell_json if as_json else _tell
    for finding in _Visit(wishes).findings():
        counts[finding.level] += 1
        tell(finding)
    if not as_json:
        said = _("{ok} ok, {look} to look at, {wrong} wrong")
        numbers = {level.value: counts[level] for level in Level}
        sys.stdout.write(f"\n{said.format(**numbers)}\n")
    if counts[Level.WRONG]:
        raise SystemExit(1)


class _Visit:
    """One examination: what one part finds out, the next goes on from."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._settings = Settings()
        self._house: House | None = None
        self._people_are_read = True
        self._glances: list[Glance] = []

    def findings(self) -> Iterator[Finding]:
        """Part by part, each within its time."""
        yield from in_time(Check.CONFIG_FILE, self._config)
        yield from in_time(Check.PLUGIN_STATE, self._build, seconds=PLUGIN_SECONDS)
        house = self._house
        if house is not None:
            yield from self._of_house(house)
        yield from in_time(Check.JOURNAL_READ, partial(journal_found, self._journal))
        yield from terminal_found()
        yield from in_time(Check.MACHINE_FOLDERS, machine_found)
        yield from in_time(Check.VERSION_FLOORWATCH, versions_found)

    @property
    def _journal(self) -> str:
        return journal_url(self._settings, self._wishes.journal)

    def _config(self) -> Findings:
        path = find_config(self._wishes.config, Path.cwd())
        if path is None:
            places = ", ".join(map(str, usual_places(Path.cwd())))
            says = _("there is none: floorwatch shows its demo; looked for {places}").format(places=places)
            yield look(Check.CONFIG_FILE, inert(says), _("floorwatch config init begins one"))
            return
        yield fine(Check.CONFIG_FILE, inert(str(path)))
        try:
            self._settings = load_settings(path)
        except SettingsError as error:
            self._settings = sound_settings(path)
            for message in error.messages:
                yield _mistake(message)
        if path.is_file() and path.stat().st_mode & 0o022:
            says = _("others than you may write it ({mode})").format(mode=f"{path.stat().st_mode & 0o777:04o}")
            yield look(Check.CONFIG_RIGHTS, says, _("chmod go-w {file}").format(file=inert(shlex.quote(str(path)))))

    def _build(self) -> Findings:
        """The house, in spite of what is wrong with it; then what is."""
        try:
            house = self._wishes.silent_house(self._settings, screen=True)
        except SettingsError as error:  # of the people file alone
            for message in error.messages:
                yield wrong(Check.PEOPLE_FILE, inert(message), _("correct it, or have nobody read it"))
            self._people_are_read = False
            nobody = replace(self._settings, people=replace(self._settings.people, file=None))
            house = replace(self._wishes, people=None).silent_house(nobody, screen=True)
        self._house = house
        yield from map(_mistake, (*mistakes_of(house), *doubted_country(house)))
        for doubt in () if self._wishes.only_bundled else doubted_names(house):
            says = inert(doubt)
            yield look(Check.CONFIG_NAMES, says, _("correct the name, or load the plugin that has it"))
        yield zone_found(house, SystemClock().now())
        yield from plugins_found(house)

    def _of_house(self, house: House) -> Iterator[Finding]:
        if not house.settings.feeds:
            says = _("no feed is named: there is nothing to watch but the demo")
            yield look(Check.FEED_NAMED, says, _("floorwatch config init asks where the queue log is"))
        for name, wanted in house.settings.feeds.items():
            found = partial(feed_found, house, name, wanted, SystemClock().now(), self._glances.append)
            yield from in_time(Check.FEED_FILE, found, name)
        if self._people_are_read:
            file = self._wishes.people or house.settings.people.file
            words = list(words_of(self._glances))
            yield from in_time(Check.PEOPLE_AGENTS, partial(people_found, house, file, words))


def _mistake(message: str) -> Finding:
    return wrong(Check.CONFIG_MISTAKES, inert(message), _("correct the file"))


def _tell_json(finding: Finding) -> None:
    told = Told(finding.check.area, finding.check.value, finding.level.value, finding.subject, finding.says, finding.do)
    write_json(msgspec.json.encode(told))
    sys.stdout.flush()


def _tell(finding: Finding) -> None:
    level, area = _level_words()[finding.level], _area_words()[finding.check.area]
    about = f"{area} {inert(finding.subject)}" if finding.subject else area
    says = _("{says} - to do: {do}").format(says=finding.says, do=finding.do) if finding.do else finding.says
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    area_cells = _AREA_CELLS if columns is None else min(_AREA_CELLS, columns // 4)
    text = f"{_padded(level, _LEVEL_CELLS)}{_padded(about, area_cells)}  {says}"
    mark = MARKS[finding.level]
    for line in (text,) if columns is None else wrapped(text, columns - len(mark) - 1, _INDENT):
        sys.stdout.write(f"{mark} {line.rstrip()}\n")
        mark = " " * len(mark)
    sys.stdout.flush()


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - cell_len(text))


def _level_words() -> Mapping[Level, str]:
    return {Level.OK: _("ok"), Level.LOOK: _p("a finding", "look"), Level.WRONG: _("wrong")}


def _area_words() -> Mapping[str, str]:
    return {
        "config": _("configuration"),
        "feed": _("feed"),
        "document": _("documents"),
        "people": _("people"),
        "journal": _("journal"),
        "plugin": _("plugin"),
        "terminal": _("terminal"),
        "machine": _("machine"),
        "version": _("version"),
    }
