"""From the checked tables of a file to settings: what the file leaves out keeps its default."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from floorwatch.model.targets import Target
from floorwatch.settings.duty import DutySettings
from floorwatch.settings.duty_days import DutyDays
from floorwatch.settings.keys import KEYS_OF_PLUGINS
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.layouts import Layout
from floorwatch.settings.values import (
    AlertSettings,
    ComparisonSettings,
    FeedSettings,
    FloorSettings,
    JournalSettings,
    KeyPath,
    PeopleSettings,
    PluginSettings,
    QueueSettings,
    RecordingSettings,
    RuleSettings,
    ScreenSettings,
    Settings,
)

PLUGIN_FOLDER = "plugins"
"""Beside the configuration file, and read without being named."""


def filled(checked: Mapping[str, Any], folder: Path, days: DutyDays) -> Settings:
    """The settings that these tables give; `folder` is the file's, `days` what its file of overrides says."""
    service = Target(**checked.get("service", {}))
    return Settings(
        floor=FloorSettings(**checked.get("floor", {})),
        service=service,
        queues={name: _queue(table, service) for name, table in checked.get("queues", {}).items()},
        groups={name: tuple(queues) for name, queues in checked.get("groups", {}).items()},
        feeds={name: FeedSettings(**table) for name, table in checked.get("feeds", {}).items()},
        people=PeopleSettings(**checked.get("people", {})),
        screen=_screen(checked.get("screen", {})),
        layouts={name: _layout(table) for name, table in checked.get("layouts", {}).items()},
        panels=checked.get("panels", {}),
        rules={name: _rule(table) for name, table in checked.get("rules", {}).items()},
        commands=checked.get("commands", {}),
        alerts=AlertSettings(**checked.get("alerts", {})),
        journal=JournalSettings(**checked.get("journal", {})),
        recording=RecordingSettings(**checked.get("recording", {})),
        comparison=ComparisonSettings(**checked.get("comparison", {})),
        duty=_duty(checked.get("duty", {}), days),
        plugins=_plugins(checked.get("plugins", {}), folder),
    )


def paths_in(tables: Mapping[str, Any], above: KeyPath = ()) -> Iterator[KeyPath]:
    """The path of every key and table in a parsed file."""
    for name, value in tables.items():
        yield (*above, name)
        if isinstance(value, dict):
            yield from paths_in(value, (*above, name))


def _queue(table: Mapping[str, Any], service: Target) -> QueueSettings:
    own = {key: value for key, value in table.items() if key in Target.__struct_fields__}
    shown = {key: value for key, value in table.items() if key not in own}
    return QueueSettings(**shown, target=replace(service, **own))


def _screen(table: Mapping[str, Any]) -> ScreenSettings:
    ready: dict[str, Any] = dict(table)
    if isinstance(table.get("layout"), list):
        ready["layout"] = LayoutSpec.of(table["layout"])
    return ScreenSettings(**ready)


def _layout(table: Mapping[str, Any]) -> Layout:
    return Layout(**{**table, "rows": LayoutSpec.of(table["rows"])})


def _rule(table: Mapping[str, Any]) -> RuleSettings:
    options = {key: value for key, value in table.items() if key != "enabled"}
    return RuleSettings(table.get("enabled", True), options)


def _duty(table: Mapping[str, Any], days: DutyDays) -> DutySettings:
    given = DutySettings(**table)
    usual = DutySettings()
    return replace(
        given,
        minimums=tuple(given.minimums),
        tolerance={**usual.tolerance, **given.tolerance},
        breaks={**usual.breaks, **given.breaks},
        days=days.days,
        peak=replace(given.peak, exceptions=days.peaks),
    )


def _plugins(table: Mapping[str, Any], folder: Path) -> PluginSettings:
    beside = folder / PLUGIN_FOLDER
    folders = table.get("folders", [beside] if beside.is_dir() else [])
    sections = {name: section for name, section in table.items() if name not in KEYS_OF_PLUGINS}
    return PluginSettings(tuple(folders), tuple(table.get("disabled", ())), sections)
