"""Messages that stand as plain text where they are declared, and pass through `_` where they are shown: titles of what
plugins bring, help of the command line, figures and what they are made of, claims, where defaults come from."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

import typer

from floorwatch.cli.program import program
from floorwatch.conformance import claims
from floorwatch.conformance.made_floor import made_floor
from floorwatch.engine.house import build_house
from floorwatch.host.catalogue import Catalogue, PluginState
from floorwatch.host.declarations import SHAPES
from floorwatch.host.discovery import Origin
from floorwatch.host.health import HealthState
from floorwatch.model.service_level import SERVICE_LEVELS
from floorwatch.reports.agents import AgentDays
from floorwatch.reports.intervals import Intervals
from floorwatch.settings import Settings, load_settings
from floorwatch.settings.keys import KEYS
from floorwatch.settings.layout import LayoutSpec
from floorwatch.settings.layouts import layouts_of
from floorwatch.settings.values import Theme
from floorwatch.settings.zone import rules_of

_WORD = re.compile("[a-z]{2}")
"""Formulas of letters alone, and names in capitals, are the same in every language."""

ENUMERATED = (Origin, PluginState, HealthState, Theme)


def declared() -> Iterator[str]:
    """Each text once, in no special order; speak English before asking."""
    things = bundled_things()
    texts = chain(_figures(things), _claims(), _titles(things), _layouts(), _helps(typer.main.get_command(program)))
    words = chain((shape.word for shape in SHAPES), (key.origin for key in KEYS.values()), *ENUMERATED)
    yield from dict.fromkeys(text for text in (*texts, *words) if _WORD.search(text))


def bundled_things() -> Catalogue:
    """What the bundled plugins declare."""
    reports = (Intervals(), AgentDays())
    return build_house(load_settings(None), only_bundled=True, reports=reports).catalogue


def _titles(catalogue: Catalogue) -> Iterator[str]:
    for shape in SHAPES:
        for each in getattr(catalogue, shape.field).values():
            yield getattr(each.thing, "title", "")


def _layouts() -> Iterator[str]:
    for rows in ("usual", LayoutSpec(())):
        yield from (layout.title or "" for layout in layouts_of(rows, {}).values())


def _figures(catalogue: Catalogue) -> Iterator[str]:
    floor = made_floor(rules_of(Settings()))
    for metric in (declared.thing for declared in catalogue.metrics.values()):
        yield from (metric.title, metric.formula, metric.note)
        yield from (name for name, _number in metric.compute(floor, floor.total).parts)
    yield from (level.used_by for level in SERVICE_LEVELS.values())


def _claims() -> Iterator[str]:
    for kind in vars(claims).values():
        if isinstance(kind, type) and kind.__module__ == claims.__name__:
            yield from (claim.value for claim in kind)  # type: ignore[attr-defined]  # each class in it is an enum of texts


def _helps(command: Any) -> Iterator[str]:
    for of in (command, *command.params):
        yield " ".join((getattr(of, "help", None) or "").split())
    for below in getattr(command, "commands", {}).values():
        yield from _helps(below)
