"""Everything that floorwatch and its plugins declare, by kind and name, and what is wrong with which plugin.

Rules
- Each declared thing remembers whose it is. A name is unique among its kind over all plugins; the first keeps it, and
  floorwatch's own come first.
- A mistake is a sentence on its plugin: nothing here raises because of a plugin, and one bad thing costs only itself.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Generic, TypeVar

from msgspec import Struct

from floorwatch.extend.command import Command
from floorwatch.extend.panel import Panel
from floorwatch.extend.report import Report
from floorwatch.extend.rule import AlertRule
from floorwatch.feeds.shapes import FeedFormat, FeedSource
from floorwatch.host.declarations import SHAPES, Shape, examined, items_of
from floorwatch.host.discovery import Found, Origin
from floorwatch.host.failure import Failure
from floorwatch.host.hooks import Hooks
from floorwatch.model.metrics import METRICS, Metric
from floorwatch.words import _

CORE = "floorwatch"
"""The plugin name on what floorwatch itself declares."""

T = TypeVar("T")


class Declared(Struct, Generic[T], frozen=True):
    """One declared thing, its name as it was when read, and the plugin that brought it."""

    plugin: str
    name: str
    thing: T


class Core(Struct, frozen=True):
    """What floorwatch itself declares, beside the plugins."""

    panels: tuple[Panel, ...] = ()
    sources: tuple[FeedSource, ...] = ()
    formats: tuple[FeedFormat, ...] = ()
    metrics: tuple[Metric, ...] = tuple(METRICS.values())
    rules: tuple[AlertRule, ...] = ()
    commands: tuple[Command, ...] = ()
    reports: tuple[Report, ...] = ()


class PluginState(StrEnum):
    """How a plugin stands after the start. `PROBLEMS`: some of what it declares is left out."""

    LOADED = "loaded"
    PROBLEMS = "problems"
    FAILED = "failed"
    DISABLED = "disabled"


class PluginEntry(Struct, frozen=True):
    """One plugin as the plugin screen and `plugins list` show it: the names of what it brought, and its problems."""

    name: str
    origin: Origin
    where: str
    version: str
    state: PluginState
    panels: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    problems: tuple[Failure, ...] = ()
    import_seconds: float = 0.0

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its problems, each with its name on it, for a place where it is not named otherwise."""
        named = _("plugin {name}: {problem}")
        return tuple(named.format(name=self.name, problem=problem.reason) for problem in self.problems)


class NotDeclaredError(LookupError):
    """Nothing of that kind has that name; the message says so, with the nearest there is."""


class Catalogue(Struct, frozen=True):
    """The plugins in the order they were found, and what is declared, each kind by name (feed sources by scheme)."""

    plugins: tuple[PluginEntry, ...]
    panels: Mapping[str, Declared[Panel]]
    sources: Mapping[str, Declared[FeedSource]]
    formats: Mapping[str, Declared[FeedFormat]]
    metrics: Mapping[str, Declared[Metric]]
    rules: Mapping[str, Declared[AlertRule]]
    commands: Mapping[str, Declared[Command]]
    reports: Mapping[str, Declared[Report]]

    def panel(self, name: str) -> Declared[Panel]:
        """The panel of this name. Raises NotDeclaredError."""
        return _looked_up(_("panel"), name, self.panels)

    def source(self, scheme: str) -> Declared[FeedSource]:
        """The feed source for this URL scheme. Raises NotDeclaredError."""
        return _looked_up(_("feed source"), scheme, self.sources)

    def format(self, name: str) -> Declared[FeedFormat]:
        """The feed format of this name. Raises NotDeclaredError."""
        return _looked_up(_("feed format"), name, self.formats)

    def metric(self, name: str) -> Declared[Metric]:
        """The metric of this name. Raises NotDeclaredError."""
        return _looked_up(_("metric"), name, self.metrics)

    def rule(self, name: str) -> Declared[AlertRule]:
        """The alert rule of this name. Raises NotDeclaredError."""
        return _looked_up(_("alert rule"), name, self.rules)

    def command(self, name: str) -> Declared[Command]:
        """The command of this name. Raises NotDeclaredError."""
        return _looked_up(_("command"), name, self.commands)

    def report(self, name: str) -> Declared[Report]:
        """The report of this name. Raises NotDeclaredError."""
        return _looked_up(_("report"), name, self.reports)


def _looked_up(word: str, name: str, declared: Mapping[str, Declared[T]]) -> Declared[T]:
    if name in declared:
        return declared[name]
    near = difflib.get_close_matches(name, declared, 1)
    if near:
        raise NotDeclaredError(
            _("there is no {word} {name!r}; did you mean {near!r}?").format(word=word, name=name, near=near[0])
        )
    known = ", ".join(declared) or _("none")
    raise NotDeclaredError(
        _("there is no {word} {name!r}; there are: {known}").format(word=word, name=name, known=known)
    )


def catalogue_of(found: Iterable[Found], core: Core) -> Catalogue:
    """Ask every plugin that was found for its declarations. Calls hooks; raises nothing but KeyboardInterrupt."""
    shelves = {shape.field: _own(core, shape) for shape in SHAPES}
    hooks = Hooks()
    asked = [(each, _asked(each, hooks, shelves)) for each in found]
    # Only now is every metric known, whatever the order in which plugins were loaded.
    entries = (_entry(each, (*problems, *_dangling(each, shelves)), shelves) for each, problems in asked)
    return Catalogue(tuple(entries), **shelves)


def _own(core: Core, shape: Shape) -> dict[str, Declared[Any]]:
    things = ((examined(shape, thing)[0], thing) for thing in getattr(core, shape.field))
    return {name: Declared(CORE, name, thing) for name, thing in things}


_Shelves = dict[str, dict[str, Declared[Any]]]


def _asked(plugin: Found, hooks: Hooks, shelves: _Shelves) -> tuple[Failure, ...]:
    """Put what the plugin declares on the shelves; return its problems."""
    if plugin.module is None:
        return () if plugin.error is None else (plugin.error,)
    problems = list(hooks.add(plugin.name, plugin.module))
    asked = 0
    for shape in SHAPES:
        for returned in hooks.call(plugin.module, shape.hook):
            asked += 1
            problems += _shelved(plugin, shape, returned, shelves[shape.field])
    if not asked and not problems:
        problems.append(Failure(_("it has no hook: nothing in it is marked with @hookimpl")))
    return tuple(problems)


def _shelved(plugin: Found, shape: Shape, returned: object, shelf: dict[str, Declared[Any]]) -> Iterator[Failure]:
    items = returned if isinstance(returned, Failure) else items_of(shape, returned)
    if isinstance(items, Failure):
        yield items
        return
    for number, item in enumerate(items, 1):
        name, mistakes = examined(shape, item)
        for mistake in mistakes or _name_taken(shape, shelf.get(name)):
            yield Failure(
                _("{hook}, item {number} ({type}): {mistake}").format(
                    hook=shape.hook, number=number, type=type(item).__name__, mistake=mistake
                )
            )
        if not mistakes:
            shelf.setdefault(name, Declared(plugin.name, name, item))


def _name_taken(shape: Shape, first: Declared[Any] | None) -> tuple[str, ...]:
    if first is None:
        return ()
    taken = _("the {word} {name!r} is declared by {plugin} already: choose another name")
    return (taken.format(word=_(shape.word), name=first.name, plugin=first.plugin),)


def _dangling(plugin: Found, shelves: _Shelves) -> Iterator[Failure]:
    """Panels that need a metric which nobody declares: they are kept, since they may do without."""
    for panel in shelves["panels"].values():
        if _brought(plugin, panel):
            for metric in sorted(panel.thing.needs.metrics - shelves["metrics"].keys()):
                unknown = _("panel {panel} needs the metric {metric!r}, which nobody declares")
                yield Failure(unknown.format(panel=panel.name, metric=metric))


def _brought(plugin: Found, declared: Declared[Any]) -> bool:
    return plugin.module is not None and declared.plugin == plugin.name  # a greyed plugin may share the name


def _entry(plugin: Found, problems: tuple[Failure, ...], shelves: _Shelves) -> PluginEntry:
    names = {
        field: tuple(each.name for each in shelf.values() if _brought(plugin, each)) for field, shelf in shelves.items()
    }
    return PluginEntry(
        plugin.name,
        plugin.origin,
        plugin.where,
        plugin.version,
        _state(plugin, problems),
        problems=problems,
        import_seconds=plugin.import_seconds,
        **names,
    )


def _state(plugin: Found, problems: tuple[Failure, ...]) -> PluginState:
    if plugin.disabled:
        return PluginState.DISABLED
    if plugin.module is None:
        return PluginState.FAILED
    return PluginState.PROBLEMS if problems else PluginState.LOADED
