"""The plugin screen: which plugins there are, where they come from, how they fare, and all that went wrong."""

from collections.abc import Sequence

from floorwatch.engine.shows import Slot
from floorwatch.host.catalogue import Catalogue, PluginEntry, PluginState
from floorwatch.host.conduct import conduct_of
from floorwatch.host.context import PluginContext
from floorwatch.host.health import HealthState
from floorwatch.host.lane import Lanes
from floorwatch.host.logbook import log_lines
from floorwatch.views import Cell, Column, Row, Table, Text, Tone
from floorwatch.words import _


def plugin_rows(catalogue: Catalogue, slots: Sequence[Slot]) -> Table:
    """A row a plugin: name, origin, state, and why where it is not well."""
    columns = (
        Column("plugin", _("plugin"), 18, flex=1),
        Column("origin", _("from"), 10, drop=2),
        Column("version", _("version"), 9, drop=3),
        Column("state", _("state"), 10),
        Column("reason", _("reason"), 30, flex=4, drop=1),
    )
    rows = (
        _row(entry, _worst(entry, slots), conduct_of(entry.name, catalogue.contexts.get(entry.name)))
        for entry in catalogue.plugins
    )
    return Table(columns, tuple(rows), _("No plugins are loaded."))


def plugin_text(catalogue: Catalogue, slots: Sequence[Slot], lanes: Lanes, name: str) -> Text:
    """Everything known of one plugin."""
    entry = next((entry for entry in catalogue.plugins if entry.name == name), None)
    if entry is None:
        return Text.of(_("There is no plugin {name!r}.").format(name=name), Tone.WARN)
    lines = [
        _heading(entry),
        _("imported in {ms:.0f} ms").format(ms=entry.import_seconds * 1000),
        *([_("written for API {version}").format(version=entry.api)] if entry.api else []),
        *_brought(entry),
    ]
    for problem in entry.problems:
        lines += ["", problem.reason, *problem.traceback.splitlines()]
    for slot in slots:
        if slot.plugin == name and slot.health.state is not HealthState.OK:
            said = _("panel {panel}: {state}, {reason}; {faults} faults so far")
            health = slot.health
            lines += [
                "",
                said.format(
                    panel=slot.name, state=_(health.state.value), reason=health.reason, faults=health.faults_ever
                ),
            ]
            lines += health.traceback.splitlines()
    if seen := conduct_of(name, catalogue.contexts.get(name)):
        lines += ["", _("Seen of it:"), *seen]
    if stuck := lanes.left_behind(name):
        lines += ["", _("{n} of its threads never came back and still run").format(n=stuck)]
    return Text.of("\n".join((*lines, *_logged(catalogue.contexts.get(name)))))


def _logged(context: PluginContext | None) -> list[str]:
    said = [] if context is None else log_lines(context.logbook)
    return ["", _("Its own log:"), *said] if said else []


def _heading(entry: PluginEntry) -> str:
    said = _("{name} {version}, {origin}: {where}") if entry.version else _("{name}, {origin}: {where}")
    return said.format(name=entry.name, version=entry.version, origin=_(entry.origin.value), where=entry.where)


def _brought(entry: PluginEntry) -> list[str]:
    kinds = (
        (_("panels: {names}"), entry.panels),
        (_("feed formats: {names}"), entry.formats),
        (_("document formats: {names}"), entry.document_formats),
        (_("feed sources: {names}"), entry.sources),
        (_("metrics: {names}"), entry.metrics),
        (_("alert rules: {names}"), entry.rules),
        (_("commands: {names}"), entry.commands),
        (_("reports: {names}"), entry.reports),
    )
    return [said.format(names=", ".join(names)) for said, names in kinds if names]


def _worst(entry: PluginEntry, slots: Sequence[Slot]) -> Slot | None:
    order = list(HealthState)
    mine = [slot for slot in slots if slot.plugin == entry.name and slot.health.state is not HealthState.OK]
    return max(mine, key=lambda slot: order.index(slot.health.state), default=None)


def _row(entry: PluginEntry, ill: Slot | None, seen: Sequence[str]) -> Row:
    reason = entry.problems[0].reason if entry.problems else next(iter(seen), "")
    state, tone = _(entry.state.value), Tone.CALM if entry.state is PluginState.LOADED and not seen else Tone.WARN
    if entry.state is PluginState.DISABLED:
        tone = Tone.MUTED
    if ill is not None:
        state, reason, tone = _(ill.health.state.value), f"{ill.name}: {ill.health.reason}", Tone.WARN
    told = Tone.MUTED if tone is Tone.MUTED else Tone.CALM  # one mark a row is enough
    words = (Cell(entry.name, told), Cell(_(entry.origin.value), told), Cell(entry.version, told), Cell(state, tone))
    return Row(entry.name, (*words, Cell(reason, told)))
