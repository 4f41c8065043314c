"""What plugins bring that cannot do without options nobody has set: left out, and told as a problem of the plugin.

A panel that a layout of one's own names, or whatever has a section in the settings, is asked for: what is missing there
is a mistake in the settings, and said with the others.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from floorwatch.host.catalogue import Catalogue, Declared, PluginEntry, PluginState
from floorwatch.host.failure import Failure
from floorwatch.host.options import options_for
from floorwatch.settings import Settings
from floorwatch.settings.layouts import rows_by_key
from floorwatch.words import _

KINDS = ("panels", "rules", "commands")


def without_unset(catalogue: Catalogue, settings: Settings) -> Catalogue:
    """The catalogue without the panels, rules and commands that lack an option, each named on its plugin."""
    lacking = {kind: dict(_lacking(kind, getattr(catalogue, kind), settings)) for kind in KINDS}
    if not any(lacking.values()):
        return catalogue
    kept = {
        kind: {name: each for name, each in getattr(catalogue, kind).items() if name not in lacking[kind]}
        for kind in KINDS
    }
    entries = tuple(_told(entry, lacking) for entry in catalogue.plugins)
    return replace(catalogue, plugins=entries, **kept)


def _lacking(kind: str, things: Mapping[str, Declared[Any]], settings: Settings) -> Iterator[tuple[str, Failure]]:
    named = [panel for _key, rows in rows_by_key(settings.screen.layout, settings.layouts) for panel in rows.panels]
    for name, declared in things.items():
        if (kind == "panels" and name in named) or name in getattr(settings, kind):
            continue
        options = options_for(declared.options_type, {}, f"{kind}.{name}")
        if isinstance(options, tuple):
            said = _("{name} is left out until it is set up: {why}")
            yield name, Failure(said.format(name=name, why="; ".join(options)))


def _told(entry: PluginEntry, lacking: Mapping[str, Mapping[str, Failure]]) -> PluginEntry:
    """The plugin with a problem for each thing of it that is left out."""
    problems = [why for kind, named in lacking.items() for name, why in named.items() if name in getattr(entry, kind)]
    if not problems:
        return entry
    kept = {kind: tuple(name for name in getattr(entry, kind) if name not in lacking[kind]) for kind in KINDS}
    return replace(entry, problems=(*entry.problems, *problems), state=PluginState.PROBLEMS, **kept)
