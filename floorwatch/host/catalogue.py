"""Everything that floorwatch and its plugins declare, by kind and name, and what is wrong with which plugin.

Rules
- Each declared thing remembers whose it is. A name is unique among its kind over all plugins (formats of lines and of
  documents are one kind: a feed names either); the first keeps it, and floorwatch's own come first. So it is with
  keys. The order is that of `in_order`, however the plugins were found.
- A mistake is a sentence on its plugin: nothing here raises because of a plugin, and one bad thing costs only itself.
- What a thing says of itself is read here, once, and nobody waits for a guest without an end: later it would be asked
  while the screen is up.
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Generic, TypeVar

from msgspec import Struct

from floorwatch.extend.command import Command
from floorwatch.extend.document import DocumentFormat
from floorwatch.extend.panel import Needs, NoOptions, Panel
from floorwatch.extend.report import Report
from floorwatch.extend.rule import AlertRule
from floorwatch.feeds.shapes import FeedFormat, FeedSource
from floorwatch.host.claims import Claims, Reserved
from floorwatch.host.context import PluginContext, Stores, failures_of
from floorwatch.host.declarations import SHAPES, Examined, Shape, examined, items_of
from floorwatch.host.discovery import Found, Origin, in_order
from floorwatch.host.failure import Failure
from floorwatch.host.guests import is_guest
from floorwatch.host.hooks import Answer, Hooks
from floorwatch.host.patience import PATIENCE_SECONDS, within
from floorwatch.host.place import place_of, placed
from floorwatch.host.streams import log_is_open
from floorwatch.model.metrics import METRICS, Metric
from floorwatch.words import _

CORE = "floorwatch"
"""The plugin name on what floorwatch itself declares."""

T = TypeVar("T")


class Declared(Struct, Generic[T], frozen=True):
    """One declared thing, its name as it was when read, and the plugin that brought it.

    `key` is the one that a command has got: what it asked for, "" where somebody else has that. `title`, `needs` and
    `options_type` are plain values, where its kind has them: those of the thing may be properties.
    """

    plugin: str
    name: str
    thing: T
    key: str = ""
    title: str = ""
    needs: Needs = Needs()
    options_type: type[Struct] = NoOptions


class Core(Struct, frozen=True):
    """What floorwatch itself declares, beside the plugins."""

    panels: tuple[Panel, ...] = ()
    sources: tuple[FeedSource, ...] = ()
    formats: tuple[FeedFormat, ...] = ()
    document_formats: tuple[DocumentFormat, ...] = ()
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
    """One plugin as the plugin screen and `plugins list` show it: the names of what it brought, and its problems.

    `api` is the version of floorwatch.api that it says it was written for.
    """

    name: str
    origin: Origin
    where: str
    version: str
    state: PluginState
    panels: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    document_formats: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    problems: tuple[Failure, ...] = ()
    import_seconds: float = 0.0
    api: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its problems, each with its name on it, for a place where it is not named otherwise."""
        named = _("plugin {name}: {problem}")
        return tuple(named.format(name=self.name, problem=problem.reason) for problem in self.problems)


class NotDeclaredError(LookupError):
    """Nothing of that kind has that name; the message says so, with the nearest there is."""


class Catalogue(Struct, frozen=True):
    """The plugins in their order, and what is declared, each kind by name (feed sources by scheme).

    `contexts` holds what each plugin that was asked has of its own, by the plugin's name.
    """

    plugins: tuple[PluginEntry, ...]
    panels: Mapping[str, Declared[Panel]]
    sources: Mapping[str, Declared[FeedSource]]
    formats: Mapping[str, Declared[FeedFormat]]
    document_formats: Mapping[str, Declared[DocumentFormat]]
    metrics: Mapping[str, Declared[Metric]]
    rules: Mapping[str, Declared[AlertRule]]
    commands: Mapping[str, Declared[Command]]
    reports: Mapping[str, Declared[Report]]
    contexts: Mapping[str, PluginContext] = {}

    @property
    def settings_mistakes(self) -> tuple[str, ...]:
        """What plugins found wrong with their sections of the settings, each with its file and key."""
        return tuple(mistake for context in self.contexts.values() for mistake in context.mistakes)

    def panel(self, name: str) -> Declared[Panel]:
        """The panel of this name. Raises NotDeclaredError."""
        return _looked_up(_("panel"), name, self.panels)

    def source(self, scheme: str) -> Declared[FeedSource]:
        """The feed source for this URL scheme. Raises NotDeclaredError."""
        return _looked_up(_("feed source"), scheme, self.sources)

    def format(self, name: str) -> Declared[FeedFormat]:
        """The feed format of this name. Raises NotDeclaredError."""
        return _looked_up(_("feed format"), name, self.formats)

    def any_format(self, name: str) -> Declared[FeedFormat] | Declared[DocumentFormat]:
        """The format of this name, of lines or of documents. Raises NotDeclaredError."""
        both: Mapping[str, Declared[Any]] = {**self.formats, **self.document_formats}
        return _looked_up(_("feed format"), name, both)

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


def catalogue_of(
    found: Iterable[Found], core: Core, *, reserved: Reserved | None = None, stores: Stores | None = None
) -> Catalogue:
    """Ask every plugin that was found for its declarations, in whatever order they come.

    `reserved` is what no command may take, `stores` what plugins have of their own: without it only the environment
    for secrets. Calls hooks; raises nothing but KeyboardInterrupt.
    """
    plugins = in_order(found)
    contexts = {each.name: PluginContext(each.name, stores or Stores()) for each in plugins if each.module is not None}
    for name in contexts:
        log_is_open(name)
    asking = _Asking(core, reserved or Reserved(), contexts)
    asked = [(each, asking.problems_of(each)) for each in plugins]
    # Only now is every metric known, whatever the order in which plugins were loaded.
    entries = (_entry(each, (*problems, *_dangling(each, asking.shelves)), asking.shelves) for each, problems in asked)
    return Catalogue(tuple(entries), **asking.shelves, contexts=contexts)


_FORMATS = ("formats", "document_formats")
_Shelves = dict[str, dict[str, Declared[Any]]]


class _Asking:
    """One round of all plugins: what they declare on shelves, by kind and name."""

    def __init__(self, core: Core, reserved: Reserved, contexts: Mapping[str, PluginContext]) -> None:
        self._hooks = Hooks()
        self._claims = Claims(reserved)
        self._contexts = contexts
        self.shelves: _Shelves = {shape.field: {} for shape in SHAPES}
        for shape in SHAPES:
            for thing in getattr(core, shape.field):
                self._shelve(CORE, shape, examined(shape, thing), thing)

    def problems_of(self, plugin: Found) -> tuple[Failure, ...]:
        """Put what the plugin declares on the shelves; return what is wrong with it."""
        if plugin.module is None:
            return () if plugin.error is None else (plugin.error,)
        problems = list(self._hooks.add(plugin.name, plugin.module))
        answers = 0
        for shape in SHAPES:
            for answer in self._hooks.call(plugin.module, shape.hook, self._contexts[plugin.name]):
                answers += 1
                problems += self._taken_in(plugin, shape, answer)
        if not answers and not problems:
            said = _("it has no hook: put @hookimpl above a function such as floorwatch_panels")
            problems.append(Failure(placed(place_of(plugin.module) or plugin.where, said)))
        return tuple(dict.fromkeys(problems))  # two hooks may have stumbled over the same setting

    def _taken_in(self, plugin: Found, shape: Shape, answer: Answer) -> Iterator[Failure]:
        if isinstance(answer.returned, Failure):
            yield answer.returned
            return
        read = _read(plugin.name, shape, answer)
        if isinstance(read, tuple):
            yield from read
            return
        for number, (item, found) in enumerate(read, 1):
            for mistake in self._mistakes(plugin, shape, item, found):
                written = item if isinstance(item, type) else type(item)
                said = _("{hook}, item {number} ({type}): {mistake}").format(
                    hook=shape.hook, number=number, type=written.__name__, mistake=mistake
                )
                yield Failure(placed(place_of(item) or answer.place, said))

    def _mistakes(self, plugin: Found, shape: Shape, item: Any, found: Examined) -> Sequence[str]:
        """Put one thing on its shelf unless it is mistaken; what is wrong with it, or with what it asks for."""
        mistakes = found.mistakes or _name_taken(shape, self._namesake(shape, found.name))
        if mistakes:
            return mistakes
        refused = tuple(self._claims.mistakes(item)) if shape.protocol is Command else ()
        self._shelve(plugin.name, shape, found, item)
        return refused

    def _namesake(self, shape: Shape, name: str) -> Declared[Any] | None:
        """What has this name already."""
        shelves = _FORMATS if shape.field in _FORMATS else (shape.field,)
        return next((found for field in shelves if (found := self.shelves[field].get(name)) is not None), None)

    def _shelve(self, plugin: str, shape: Shape, found: Examined, thing: Any) -> None:
        key = self._claims.key_of(plugin, thing) if shape.protocol is Command else ""
        plain = {name: found.values[name] for name in _PLAIN if name in found.values}
        self.shelves[shape.field][found.name] = Declared(plugin, found.name, thing, key, **plain)


_PLAIN = ("title", "needs", "options_type")


def _read(plugin: str, shape: Shape, answer: Answer) -> list[tuple[object, Examined]] | tuple[Failure, ...]:
    """The things in what a hook returned, each as it was found to be; or why there are none."""

    def read() -> list[tuple[object, Examined]] | tuple[Failure, ...]:
        items = items_of(shape, answer.returned, answer.place)
        return items if isinstance(items, tuple) else [(item, examined(shape, item)) for item in items]

    try:
        return within(PATIENCE_SECONDS, read) if is_guest(plugin) else read()
    except KeyboardInterrupt:
        raise
    except Exception as error:  # noqa: BLE001  # plugin code: it did not come back, or was interrupted by itself
        return failures_of(error)


def _name_taken(shape: Shape, first: Declared[Any] | None) -> tuple[str, ...]:
    if first is None:
        return ()
    taken = _("the {word} {name!r} is declared by {plugin} already: choose another name")
    return (taken.format(word=_(shape.word), name=first.name, plugin=first.plugin),)


def _dangling(plugin: Found, shelves: _Shelves) -> Iterator[Failure]:
    """Panels that need a metric which nobody declares: they are kept, since they may do without."""
    for panel in shelves["panels"].values():
        if _brought(plugin, panel):
            for metric in sorted(panel.needs.metrics - shelves["metrics"].keys()):
                unknown = _("panel {panel} needs the metric {metric!r}, which nobody declares: correct its needs")
                yield Failure(placed(place_of(panel.thing), unknown.format(panel=panel.name, metric=metric)))


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
        api=plugin.api,
        **names,
    )


def _state(plugin: Found, problems: tuple[Failure, ...]) -> PluginState:
    if plugin.disabled:
        return PluginState.DISABLED
    if plugin.module is None:
        return PluginState.FAILED
    return PluginState.PROBLEMS if problems else PluginState.LOADED
