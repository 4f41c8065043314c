"""A floor's house, put together from its settings: plugins, people, rules of counting, and what they need to begin."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.asking import AskedRule
from floorwatch.engine.shows import Slot
from floorwatch.engine.system_clock import monotonic
from floorwatch.extend.report import Report
from floorwatch.feeds.formats import CORE_FORMATS
from floorwatch.host.catalogue import Catalogue, Core, NotDeclaredError, catalogue_of
from floorwatch.host.discovery import Wanted, discover
from floorwatch.host.drop_in import drop_in_folders
from floorwatch.host.options import options_for
from floorwatch.model.entities import Fact
from floorwatch.model.floor import Floor
from floorwatch.model.people import People
from floorwatch.model.targets import FloorRules
from floorwatch.settings import Options, Settings, SettingsError, load_people, rules_of, zone_name


class House(Struct, frozen=True):
    """Everything that does not change while a floor is watched."""

    settings: Settings
    rules: FloorRules
    people: People
    catalogue: Catalogue

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


def build_house(
    settings: Settings,
    *,
    people: Path | None = None,
    plugin_folders: Sequence[Path] = (),
    only_bundled: bool = False,
    reports: tuple[Report, ...] = (),
) -> House:
    """Load plugins and people. Raises SettingsError with every mistake in what the settings ask of plugins."""
    folders = drop_in_folders(None, (*settings.plugins.folders, *plugin_folders))
    wanted = Wanted(folders, frozenset(settings.plugins.disabled), only_bundled)
    catalogue = catalogue_of(discover(wanted, monotonic), Core(formats=CORE_FORMATS, reports=reports))
    file = people if people is not None else settings.people.file
    return House(settings, rules_of(settings), load_people(file), catalogue)


def slots_of(house: House) -> list[Slot]:
    """A slot for each panel of the layout, in its order. Raises SettingsError with every wrong option."""
    mistakes: list[str] = []
    slots = [_slot(house, name, mistakes) for name in house.settings.screen.layout.panels]
    if mistakes:
        raise SettingsError(*mistakes)
    return slots


def rules_asked(house: House) -> list[AskedRule]:
    """Every enabled alert rule with its options. Raises SettingsError with every wrong option."""
    mistakes: list[str] = []
    asked = []
    for name, declared in house.catalogue.rules.items():
        wanted = house.settings.rules.get(name)
        if wanted is not None and not wanted.enabled:
            continue
        given = {} if wanted is None else wanted.options
        options = _options(house, declared.thing.options_type, given, f"rules.{name}", mistakes)
        if options is not None:
            asked.append(AskedRule.of(declared, options))
    if mistakes:
        raise SettingsError(*mistakes)
    return asked


def _slot(house: House, name: str, mistakes: list[str]) -> Slot:
    try:
        declared = house.catalogue.panel(name)
    except NotDeclaredError as missing:
        return Slot(name, "", None, None, missing=str(missing))
    given = _with_groups(house.settings, declared.thing.options_type, house.settings.panels.get(name, {}))
    options = _options(house, declared.thing.options_type, given, f"panels.{name}", mistakes)
    return Slot(name, declared.plugin, declared.thing, options)


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
