"""`floorwatch plugins list`: every plugin, where it comes from, what it brings, and what is wrong with it."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from floorwatch.cli.plain import plain_table
from floorwatch.cli.wishes import Wishes
from floorwatch.host.catalogue import CORE, Catalogue, Declared, PluginEntry
from floorwatch.host.logbook import log_lines
from floorwatch.text import inert
from floorwatch.words import _


def plugins_list(wishes: Wishes, *, verbose: bool) -> None:
    """Print the plugins, then their problems."""
    catalogue = wishes.silent_house(screen=True).catalogue
    plugins = catalogue.plugins
    head = (_("plugin"), _("version"), _("API"), _("from"), _("state"), _("where"))
    sys.stdout.write(plain_table(head, (_row(entry) for entry in plugins)) + "\n\n")
    sys.stdout.write("".join(f"{line}\n" for line in _brought(catalogue)))
    for entry in plugins:
        for sentence, problem in zip(entry.sentences, entry.problems, strict=True):
            sys.stdout.write(sentence + "\n")
            if verbose and problem.traceback:
                sys.stdout.write(problem.traceback.rstrip() + "\n")
    for name, context in catalogue.contexts.items() if verbose else ():
        if said := log_lines(context.logbook):
            sys.stdout.write("\n".join((_("log of {plugin}:").format(plugin=name), *said)) + "\n")


def _row(entry: PluginEntry) -> tuple[str, ...]:
    return (entry.name, entry.version, entry.api, entry.origin.value, entry.state.value, entry.where)


def _brought(catalogue: Catalogue) -> Iterator[str]:
    """Every name that a configuration or a command may use, by kind, floorwatch's own first."""
    kinds: Sequence[tuple[str, Mapping[str, Declared[Any]]]] = (
        (_("panels"), catalogue.panels),
        (_("feed formats"), catalogue.formats),
        (_("feed sources"), catalogue.sources),
        (_("metrics"), catalogue.metrics),
        (_("alert rules"), catalogue.rules),
        (_("commands"), catalogue.commands),
        (_("reports"), catalogue.reports),
    )
    for kind, declared in kinds:
        if declared:
            yield inert(_("{kind}: {names}").format(kind=kind, names=", ".join(map(_named, declared.values()))))


def _named(declared: Declared[Any]) -> str:
    if declared.plugin in {CORE, declared.name}:
        return declared.name
    return _("{name} ({plugin})").format(name=declared.name, plugin=declared.plugin)
