"""`floorwatch plugins list`: every plugin, where it comes from, what it brings, and what is wrong with it."""

import sys

from floorwatch.cli.plain import plain_table
from floorwatch.cli.wishes import Wishes
from floorwatch.host.catalogue import PluginEntry
from floorwatch.words import _


def plugins_list(wishes: Wishes, *, verbose: bool) -> None:
    """Print the plugins, then their problems."""
    plugins = wishes.house().catalogue.plugins
    head = (_("plugin"), _("version"), _("from"), _("state"), _("brings"), _("where"))
    sys.stdout.write(plain_table(head, (_row(entry) for entry in plugins)) + "\n")
    for entry in plugins:
        for sentence, problem in zip(entry.sentences, entry.problems, strict=True):
            sys.stdout.write(sentence + "\n")
            if verbose and problem.traceback:
                sys.stdout.write(problem.traceback.rstrip() + "\n")


def _row(entry: PluginEntry) -> tuple[str, ...]:
    brought = (
        *entry.panels,
        *entry.formats,
        *entry.sources,
        *entry.metrics,
        *entry.rules,
        *entry.commands,
        *entry.reports,
    )
    return (entry.name, entry.version, entry.origin.value, entry.state.value, ", ".join(brought), entry.where)
