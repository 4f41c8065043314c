"""What a person asked for on the command line, and the house that comes of it: settings, people, plugins, feeds."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.cli.doubts import doubted_country, doubts, say
from floorwatch.cli.ending import usage_error
from floorwatch.engine.entries import OUR_WORDS
from floorwatch.engine.house import House, build_house, mistakes_of
from floorwatch.extend.report import Report
from floorwatch.host.claims import Reserved
from floorwatch.settings import FeedSettings, Settings, SettingsError, find_config, load_settings
from floorwatch.settings.language import language_in
from floorwatch.settings.layouts import no_layout
from floorwatch.words import _, language_of, use_language


class Wishes(Struct, frozen=True):
    """The global options."""

    config: Path | None = None
    people: Path | None = None
    plugin_folders: tuple[Path, ...] = ()
    only_bundled: bool = False
    journal: str | None = None
    layout: str = ""

    def settings(self) -> Settings:
        """The settings of the configuration that applies. Raises SettingsError."""
        return load_settings(find_config(self.config, Path.cwd()))

    def speak(self) -> None:
        """Choose the language: that of the configuration that applies, where it names one, else the environment's."""
        use_language(language_in(find_config(self.config, Path.cwd())) or language_of(os.environ))

    def house(
        self, settings: Settings | None = None, reports: tuple[Report, ...] = (), *, screen: bool = False
    ) -> House:
        """The house of these settings (read now unless given), for a screen or not; warns of what is doubtful.

        Raises SettingsError: for a screen with everything that plugins find wrong in the settings, else with what
        plugins find wrong in their own sections; and with a country that has no holidays.
        """
        house = self.silent_house(settings, reports, screen=screen)
        say(self.doubts(house))
        mistakes = [*(mistakes_of(house) if screen else house.catalogue.settings_mistakes), *doubted_country(house)]
        if mistakes:
            raise SettingsError(*mistakes)
        return house

    def doubts(self, house: House) -> list[str]:
        """What this house can run with, though nobody meant it."""
        people = self.people if self.people is not None else house.settings.people.file
        return doubts(house, people, only_bundled=self.only_bundled)

    def silent_house(
        self, settings: Settings | None = None, reports: tuple[Report, ...] = (), *, screen: bool = False
    ) -> House:
        """The house, for a command whose business it is to say what is doubtful; `screen`: with a look at the keys of
        the screen, which commands must not take. Raises SettingsError, and a usage error for a layout."""
        house = build_house(
            settings or self.settings(),
            people=self.people,
            plugin_folders=self.plugin_folders,
            only_bundled=self.only_bundled,
            reports=reports,
            reserved=Reserved(_keys_of_the_screen() if screen else frozenset(), OUR_WORDS),
            journal=self.journal,
        )
        if self.layout and self.layout not in house.layouts:
            raise usage_error(no_layout(self.layout, house.layouts), "--layout")
        return replace(house, begins_with=self.layout)


def as_words(wishes: Wishes) -> tuple[str, ...]:
    """The words that stand before a command of another process of ours, for the same house as these. A layout is an
    option of single commands, and is not among them."""
    given = (("--config", wishes.config), ("--people", wishes.people), ("--journal", wishes.journal))
    folders = (("--plugin-dir", folder) for folder in wishes.plugin_folders)
    words = tuple(f"{option}={value}" for option, value in (*given, *folders) if value is not None)
    return (*words, "--no-plugins") if wishes.only_bundled else words


def _keys_of_the_screen() -> frozenset[str]:
    from floorwatch.app.keys import taken  # 30 ms of Textual, which `state` and its like do not need

    return taken()


def feeds_wanted(settings: Settings, words: Sequence[str], fmt: str | None = None) -> Mapping[str, FeedSettings]:
    """The feeds by name: those given as PATH or NAME=PATH, else the configured ones. Raises SettingsError for none."""
    if not words:
        if not settings.feeds:
            raise SettingsError(
                _("no feed: give a file or folder, or name one under [feeds.NAME] in the configuration")
            )
        return settings.feeds
    wanted: dict[str, FeedSettings] = {}
    for word in words:
        name, path = _named(word)
        known = settings.feeds.get(path)
        if known is not None:
            wanted[path] = known
            continue
        wanted[_free(name, wanted)] = FeedSettings(path, fmt)
    return wanted


def _named(word: str) -> tuple[str, str]:
    """NAME=PATH taken apart; a path that exists as it stands is a path, whatever it holds."""
    name, equals, path = word.partition("=")
    if equals and name.isidentifier() and not Path(word).exists():
        return name, path
    place = Path(word.rstrip("/"))
    stem = (place.parent.name if any(sign in place.name for sign in "*?[") else place.name) or "feed"
    return stem.removesuffix(".gz").rpartition(".floorlog")[0] or stem.partition(".")[0] or stem, word


def _free(name: str, taken: Mapping[str, object]) -> str:
    number = 1
    found = name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found
