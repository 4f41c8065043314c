"""`floorwatch plugins list`: every plugin, where it comes from, what it brings, and what is wrong with it.

In a terminal a long path stands below its plugin, and long lists go on in the next line. In a pipe a plugin is a line,
and so is each kind of thing.
"""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from floorwatch.cli.plain import plain_table, wrapped
from floorwatch.cli.wishes import Wishes
from floorwatch.host.catalogue import CORE, Catalogue, Declared, PluginEntry
from floorwatch.host.conduct import conduct_of
from floorwatch.host.logbook import log_lines
from floorwatch.text import inert
from floorwatch.words import _

INDENT = "    "


def plugins_list(wishes: Wishes, *, verbose: bool) -> None:
    """Print the plugins, then their problems."""
    catalogue = wishes.silent_house(screen=True).catalogue
    plugins = catalogue.plugins
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    sys.stdout.write("".join(f"{line}\n" for line in (*_table(plugins, columns), "", *_brought(catalogue, columns))))
    for entry in plugins:
        for sentence, problem in zip(entry.sentences, entry.problems, strict=True):
            sys.stdout.write("".join(f"{line}\n" for line in _lines(sentence, columns)))
            if verbose and problem.traceback:
                sys.stdout.write(problem.traceback.rstrip() + "\n")
        for seen in conduct_of(entry.name, catalogue.contexts.get(entry.name)):
            sentence = _("plugin {name}: {problem}").format(name=entry.name, problem=seen)
            sys.stdout.write("".join(f"{line}\n" for line in _lines(sentence, columns)))
    for name, context in catalogue.contexts.items() if verbose else ():
        if said := log_lines(context.logbook):
            sys.stdout.write("\n".join((_("log of {plugin}:").format(plugin=name), *said)) + "\n")


def _table(plugins: Sequence[PluginEntry], columns: int | None) -> Iterator[str]:
    """The plugins in lines of at most so many cells, as far as words may be broken; None for no end."""
    head = (_("plugin"), _("version"), _("API"), _("from"), _("state"), _("where"))
    rows = [
        (entry.name, entry.version, entry.api, _(entry.origin.value), _(entry.state.value), entry.where)
        for entry in plugins
    ]
    whole = plain_table(head, rows).splitlines()
    without_where = plain_table(head[:-1], [row[:-1] for row in rows]).splitlines()
    for line, shorter, (*_rest, where) in zip(whole, without_where, (head, *rows), strict=True):
        if columns is None or cell_len(line) <= columns:
            yield line
        else:
            yield from (shorter, INDENT + inert(where))


def _brought(catalogue: Catalogue, columns: int | None) -> Iterator[str]:
    """Every name that a configuration or a command may use, by kind, floorwatch's own first."""
    kinds: Sequence[tuple[str, Mapping[str, Declared[Any]]]] = (
        (_("panels"), catalogue.panels),
        (_("feed formats"), catalogue.formats),
        (_("document formats"), catalogue.document_formats),
        (_("feed sources"), catalogue.sources),
        (_("metrics"), catalogue.metrics),
        (_("alert rules"), catalogue.rules),
        (_("commands"), catalogue.commands),
        (_("reports"), catalogue.reports),
    )
    for kind, declared in kinds:
        if declared:
            said = _("{kind}: {names}").format(kind=kind, names=", ".join(map(_named, declared.values())))
            yield from _lines(said, columns)


def _lines(text: str, columns: int | None) -> Iterator[str]:
    return iter([text]) if columns is None else wrapped(text, columns, len(INDENT))


def _named(declared: Declared[Any]) -> str:
    if declared.plugin in {CORE, declared.name}:
        return declared.name
    return _("{name} ({plugin})").format(name=declared.name, plugin=declared.plugin)
