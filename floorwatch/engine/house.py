"""A floor's house, put together from its settings: plugins, people, rules of counting, and what they need to begin."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.asking import AskedRule
from floorwatch.engine.layouts import first_of, offered
from floorwatch.engine.shows import Slot
from floorwatch.engine.system_clock import monotonic
from floorwatch.engine.unset import without_unset
from floorwatch.extend.command import Command
from floorwatch.extend.report import Report
from floorwatch.feeds.formats import CORE_FORMATS
from floorwatch.host.catalogue import Catalogue, Core, Declared, NotDeclaredError, catalogue_of
from floorwatch.host.claims import Reserved
from floorwatch.host.context import Stores
from floorwatch.host.discovery import Wanted, discover
from floorwatch.host.drop_in import drop_in_folders
from floorwatch.host.options import options_for
from floorwatch.model.entities import Fact
from floorwatch.model.floor import Floor
from floorwatch.model.people import People
from floorwatch.model.targets import FloorRules
from floorwatch.settings import (
    Options,
    Settings,
    SettingsError,
    journal_url,
    load_people,
    log_folder,
    rules_of,
    zone_name,
)
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.layouts import Layout


class House(Struct, frozen=True):
    """Everything that does not change while a floor is watched."""

    settings: Settings
    rules: FloorRules
    people: People
    catalogue: Catalogue
    tried: frozenset[str] = frozenset()
    """Plugins given on the command line: whoever gives one wants to see it, whatever the layout says."""
    journal: str | None = None
    """The journal given on the command line, by its URL: it stands above the settings."""

    begins_with: str = ""
    """The layout given on the command line, by its name: it stands above the settings."""

    @property
    def layouts(self) -> Mapping[str, Layout]:
        """The layouts to choose from, by name, in the order in which they are offered."""
        return offered(self.settings, self.catalogue, self.tried)

    @property
    def layout(self) -> LayoutSpec:
        """The panels on screen at first."""
        layouts = self.layouts
        return layouts[first_of(self.settings, self.begins_with, layouts)].rows

    @property
    def journal_url(self) -> str:
        """Where what people enter is kept: what was given, what the settings say, else a file of this user."""
        return journal_url(self.settings, self.journal)

    def in_zone(self, zone: str) -> "House":
        """The same house on another zone's clock: a recording's days are those of its own floor."""
        if zone == zone_name(self.rules.days.zone):
            return self
        settings = replace(self.settings, floor=replace(self.settings.floor, zone=zone))
        return replace(self, settings=settings, rules=rules_of(settings))

    def floor(self, gives: frozenset[Fact] = frozenset()) -> Floor:
        """An empty floor; `gives` is what its feeds can tell."""
        ordered = sorted(self.settings.queues.items(), key=lambda item: (item[1].order, item[0]))
        return Floor(self.rules, self.people, gives, [name for name, _queue in ordered])


def build_house(  # noqa: PLR0913  # each is a wish of its own, given by name
    settings: Settings,
    *,
    people: Path | None = None,
    plugin_folders: Sequence[Path] = (),
    only_bundled: bool = False,
    reports: tuple[Report, ...] = (),
    reserved: Reserved | None = None,
    journal: str | None = None,
) -> House:
    """Load plugins and people; `reserved` is what no command may take, `journal` the URL of one that stands above the
    settings. Raises SettingsError for the people file.

    What the settings ask of plugins is checked by `slots_of` and its like, all of it at once by `mistakes_of`.
    """
    folders = drop_in_folders(None, (*settings.plugins.folders, *plugin_folders))
    wanted = Wanted(folders, frozenset(settings.plugins.disabled), only_bundled)
    found = discover(wanted, monotonic)
    core = Core(formats=CORE_FORMATS, reports=reports)
    stores = Stores(settings.plugins.sections, settings.file, logs=log_folder)
    catalogue = without_unset(catalogue_of(found, core, reserved=reserved, stores=stores), settings)
    file = people if people is not None else settings.people.file
    given = {folder.absolute() for folder in plugin_folders}
    tried = frozenset(each.name for each in found if not given.isdisjoint((Path(each.where), Path(each.where).parent)))
    return House(settings, rules_of(settings), load_people(file), catalogue, tried, journal)


def mistakes_of(house: House) -> tuple[str, ...]:
    """Everything that is wrong in what the settings ask of plugins, a sentence each, with its file and key."""
    mistakes = list(house.catalogue.settings_mistakes)
    for ask in (slots_of_all, rules_asked, command_options, document_options):
        try:
            ask(house)
        except SettingsError as error:
            mistakes.extend(error.messages)
    return tuple(mistakes)


def slots_of(house: House) -> list[Slot]:
    """A slot for each panel of the layout, in its order. Raises SettingsError with every wrong option."""
    return _slots(house, house.layout.panels)


def slots_of_all(house: House) -> list[Slot]:
    """A slot for each panel of every layout, since each may be chosen. Raises SettingsError with every wrong option."""
    return _slots(house, dict.fromkeys(panel for each in house.layouts.values() for panel in each.rows.panels))


def slot_of(house: House, name: str) -> Slot | None:
    """A slot for a panel that the layout does not name; None where no plugin brings it."""
    return slot_shown(house, name) if name in house.catalogue.panels else None


def slot_shown(house: House, name: str) -> Slot:
    """A slot for a panel while the floor is open: what is wrong with its options, or that no plugin brings it, stands
    where its view would."""
    mistakes: list[str] = []
    slot = _slot(house, name, mistakes)
    return Slot(name, slot.plugin, None, None, missing="\n".join(mistakes)) if mistakes else slot


def rules_asked(house: House) -> list[AskedRule]:
    """Every enabled alert rule with its options. Raises SettingsError with every wrong option."""
    mistakes: list[str] = []
    asked = []
    for name, declared in house.catalogue.rules.items():
        wanted = house.settings.rules.get(name)
        if wanted is not None and not wanted.enabled:
            continue
        given = {} if wanted is None else wanted.options
        options = _options(house, declared.options_type, given, f"rules.{name}", mistakes)
        if options is not None:
            asked.append(AskedRule.of(declared, options))
    if mistakes:
        raise SettingsError(*mistakes)
    return asked


def command_options(house: House) -> Mapping[str, Struct]:
    """The options of every command by its name. Raises SettingsError with every wrong one."""
    mistakes: list[str] = []
    made = {name: _command_options(house, declared, mistakes) for name, declared in house.catalogue.commands.items()}
    if mistakes:
        raise SettingsError(*mistakes)
    return {name: options for name, options in made.items() if options is not None}


def document_options(house: House) -> Mapping[str, Struct]:
    """The options of every configured feed whose format is named, and one of documents. Raises SettingsError with every
    wrong one."""
    mistakes: list[str] = []
    formats = house.catalogue.document_formats
    feeds = {name: feed for name, feed in house.settings.feeds.items() if feed.format in formats}
    made = {
        name: _options(house, formats[feed.format or ""].options_type, feed.options, f"feeds.{name}.options", mistakes)
        for name, feed in feeds.items()
    }
    if mistakes:
        raise SettingsError(*mistakes)
    return {name: options for name, options in made.items() if options is not None}


def _command_options(house: House, declared: Declared[Command], mistakes: list[str]) -> Struct | None:
    given = house.settings.commands.get(declared.name, {})
    return _options(house, declared.options_type, given, f"commands.{declared.name}", mistakes)


def _slots(house: House, panels: Iterable[str]) -> list[Slot]:
    mistakes: list[str] = []
    slots = [_slot(house, name, mistakes) for name in panels]
    if mistakes:
        raise SettingsError(*mistakes)
    return slots


def _slot(house: House, name: str, mistakes: list[str]) -> Slot:
    try:
        declared = house.catalogue.panel(name)
    except NotDeclaredError as missing:
        return Slot(name, "", None, None, missing=str(missing))
    given = _with_groups(house.settings, declared.options_type, house.settings.panels.get(name, {}))
    options = _options(house, declared.options_type, given, f"panels.{name}", mistakes)
    return Slot(name, declared.plugin, declared.thing, options, declared=declared)


def _with_groups(settings: Settings, options_type: type[Struct], given: Options) -> Options:
    """The floor's groups for a panel that asks for `groups` and was given none of its own."""
    wants = "groups" in options_type.__struct_fields__ and "groups" not in given and settings.groups
    return {**given, "groups": {name: list(queues) for name, queues in settings.groups.items()}} if wants else given


def _options(
    house: House, options_type: type[Struct], given: Mapping[str, Any], where: str, mistakes: list[str]
) -> Struct | None:
    options = options_for(options_type, given, where)
    if isinstance(options, Struct):
        return options
    file = house.settings.file
    mistakes.extend(f"{file}: {said}" if file is not None else said for said in options)
    return None
