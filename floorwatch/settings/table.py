"""Every setting with its value, who set it, and where its default comes from: what `config show` prints."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from floorwatch.model.grid import EMPTY, Grid
from floorwatch.settings.duty import DutySettings, hours_said, minimum_said, minute_said
from floorwatch.settings.find import journal_url, save_folder
from floorwatch.settings.keys import dotted, key_at
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.toml_text import toml_text
from floorwatch.settings.values import FeedSettings, KeyPath, QueueSettings, Settings
from floorwatch.settings.zone import zone_name, zone_of
from floorwatch.words import _

_PASSWORD = re.compile(r"(?<=://)([^/@:\s]*):[^/@\s]*@")


class SettingRow(NamedTuple):
    """One setting. `source` is "file" or "default"; `origin` says why the default is what it is (rule or ours)."""

    key: str
    value: str
    source: str
    origin: str


def settings_table(settings: Settings) -> list[SettingRow]:
    """All settings in the order of the reference file. A password inside a feed's URL is not shown."""
    return [_row(settings, path, value) for path, value in _values(settings)]


def _row(settings: Settings, path: KeyPath, value: Any) -> SettingRow:
    key = key_at(path)
    source = _("file") if path in settings.given else _("default")
    shown = _PASSWORD.sub(r"\1:***@", toml_text(value))
    return SettingRow(dotted(path), shown, source, _(key.origin) if key else "")


def _values(settings: Settings) -> Iterator[tuple[KeyPath, Any]]:
    zone = zone_name(zone_of(settings))
    yield from _fields(("floor",), msgspec.structs.replace(settings.floor, zone=zone))
    yield from _fields(("service",), settings.service)
    for name, queue in settings.queues.items():
        yield from _queue(("queues", name), queue)
    yield from _named("groups", settings.groups)
    for name, feed in settings.feeds.items():
        yield from _feed(("feeds", name), feed)
    yield from _fields(("people",), settings.people)
    yield from _fields(("screen",), msgspec.structs.replace(settings.screen, save_folder=save_folder(settings)))
    for name, layout in settings.layouts.items():
        yield from _fields(("layouts", name), layout)
    for name, options in settings.panels.items():
        yield from _named("panels", options, name)
    for name, rule in settings.rules.items():
        yield ("rules", name, "enabled"), rule.enabled
        yield from _named("rules", rule.options, name)
    for name, options in settings.commands.items():
        yield from _named("commands", options, name)
    yield from _fields(("alerts",), settings.alerts)
    yield from _duty(settings.duty)
    yield from _fields(("journal",), msgspec.structs.replace(settings.journal, url=journal_url(settings)))
    yield from _fields(("recording",), settings.recording)
    yield from _fields(("comparison",), settings.comparison)
    yield ("plugins", "folders"), settings.plugins.folders
    yield ("plugins", "disabled"), settings.plugins.disabled
    for name, section in settings.plugins.sections.items():
        yield from _named("plugins", section, name)


def _fields(table: KeyPath, values: msgspec.Struct) -> Iterator[tuple[KeyPath, Any]]:
    for field in values.__struct_fields__:
        value = getattr(values, field)
        if isinstance(value, LayoutSpec):
            value = value.words
        elif isinstance(value, Grid):
            value = "\n".join(" ".join(seat or EMPTY for seat in row) for row in value.rows)
        yield (*table, field), "auto" if field == "ascii" and value is None else value


def _feed(table: KeyPath, feed: FeedSettings) -> Iterator[tuple[KeyPath, Any]]:
    for path, value in _fields(table, feed):
        yield path, hours_said(feed.hours) if path[-1] == "hours" and feed.hours is not None else value


def _duty(duty: DutySettings) -> Iterator[tuple[KeyPath, Any]]:
    table: KeyPath = ("duty",)
    for field in ("grace_seconds", "early_seconds"):
        yield (*table, field), getattr(duty, field)
    yield (*table, "minimums"), [minimum_said(each) for each in duty.minimums]
    for field in ("span", "long_call_seconds", "rest_hours", "week_hours", "swap_days", "country", "overrides"):
        yield (*table, field), getattr(duty, field)
    for named in ("tolerance", "breaks", "activities"):
        yield from _named("duty", getattr(duty, named), named)
    for end in ("start", "end"):
        yield (*table, "noon", end), minute_said(getattr(duty.noon, end))
    for field in ("hard", "target", "when"):
        yield (*table, "noon", field), getattr(duty.noon, field)
    for field in ("name", "first_day", "last_day"):
        yield (*table, "peak", field), getattr(duty.peak, field)


def _queue(table: KeyPath, queue: QueueSettings) -> Iterator[tuple[KeyPath, Any]]:
    yield (*table, "title"), queue.title
    yield (*table, "order"), queue.order
    yield from _fields(table, queue.target)


def _named(table: str, values: Mapping[str, Any], *above: str) -> Iterator[tuple[KeyPath, Any]]:
    return (((table, *above, name), value) for name, value in values.items())
