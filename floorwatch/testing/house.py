"""A house for a test: the settings, plugins and people of a floor that is the test's own."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from floorwatch.engine.house import House
from floorwatch.engine.system_clock import monotonic
from floorwatch.extend.command import Command
from floorwatch.extend.panel import Panel
from floorwatch.extend.rule import AlertRule
from floorwatch.feeds.formats import CORE_FORMATS
from floorwatch.feeds.shapes import FeedFormat
from floorwatch.host.catalogue import Core, catalogue_of
from floorwatch.host.discovery import Wanted, discover
from floorwatch.journal.opening import MEMORY
from floorwatch.model.people import People
from floorwatch.model.targets import FloorRules
from floorwatch.settings import (
    FloorSettings,
    JournalSettings,
    QueueSettings,
    RuleSettings,
    ScreenSettings,
    Settings,
    zone_name,
)
from floorwatch.settings.layout import LayoutSpec

Given = Mapping[str, Any]
"""Options as the settings give them."""

ME = "Ada"
"""Who looks and enters things where a test does not say: never whoever runs it."""


class Wishes(Struct, frozen=True):
    """What a test wants in its house, by name where it has options. `bundled`: the formats of bundled plugins too."""

    panels: Sequence[tuple[Panel, Given]] = ()
    rules: Sequence[tuple[AlertRule, Given]] = ()
    commands: Sequence[Command] = ()
    formats: Sequence[FeedFormat] = ()
    bundled: bool = False
    me: str = ME


def house_of(rules: FloorRules, people: People, wishes: Wishes) -> House:
    """The house. Raises nothing: what is declared is checked by whoever wishes for it."""
    core = Core(
        panels=tuple(panel for panel, _given in wishes.panels),
        formats=(*wishes.formats, *CORE_FORMATS),
        rules=tuple(rule for rule, _given in wishes.rules),
        commands=tuple(wishes.commands),
    )
    asked = {rule.name: RuleSettings(True, given) for rule, given in wishes.rules}
    found = list(discover(Wanted(only_bundled=True), monotonic)) if wishes.bundled else []
    catalogue = catalogue_of(found, core)
    silent = {name: RuleSettings(False) for name in catalogue.rules if name not in asked}
    settings = Settings(
        floor=FloorSettings("Test floor", zone_name(rules.days.zone), rules.days.starts, me=wishes.me, grid=rules.grid),
        journal=JournalSettings(MEMORY),
        service=rules.default,
        queues={name: QueueSettings(order=order, target=target) for order, (name, target) in _queues(rules)},
        screen=ScreenSettings(layout=LayoutSpec.of([panel.name] for panel, _given in wishes.panels)),
        panels={panel.name: given for panel, given in wishes.panels},
        rules={**silent, **asked},
        given=frozenset({("screen", "layout")}),
    )
    return House(settings, rules, people, catalogue)


def _queues(rules: FloorRules) -> list[tuple[int, tuple[str, Any]]]:
    return list(enumerate(rules.targets.items()))
