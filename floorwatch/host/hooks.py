"""The hooks of plugins: the misspelt ones named, each called on its own, so that one failing hook costs only itself.

Rules
- A hook takes nothing, or one parameter named `plugin`: what the plugin has of its own.
- A hook that cannot be called as it stands (misspelt, unmarked, with other parameters, async, a wrapper) is a mistake
  with its file and line, and is not registered; the plugin's other hooks are. pluggy's own check stops at the first.
- Hooks are called at start: there KeyboardInterrupt is the person's. Those of guests are not waited for without an end.
"""

import difflib
import inspect
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pluggy
from msgspec import Struct

from floorwatch import hookspecs
from floorwatch.host.context import PluginContext, failures_of
from floorwatch.host.failure import Failure
from floorwatch.host.guests import is_guest
from floorwatch.host.patience import PATIENCE_SECONDS, within
from floorwatch.host.place import place_of, placed
from floorwatch.words import _

PREFIX = "floorwatch_"
PARAMETER = "plugin"
MARK = f"{hookspecs.PROJECT}_impl"
HOOKS: tuple[str, ...] = tuple(name for name in vars(hookspecs) if name.startswith(PREFIX))
"""Names of all hooks, in the order of hookspecs."""


class Answer(Struct, frozen=True):
    """What one function of a plugin returned for a hook, or how it failed; `place` is where it was written."""

    returned: object
    place: str


class Hooks:
    """The hooks of every plugin that was added."""

    def __init__(self) -> None:
        self._registry = _Registry(hookspecs.PROJECT)
        self._registry.add_hookspecs(hookspecs)

    def add(self, name: str, plugin: object) -> tuple[Failure, ...]:
        """Register the plugin's sound hooks; return what is wrong with the others. Raises ValueError for one known."""
        self._registry.usable, mistakes = _sorted_out(plugin)
        self._registry.register(plugin, name)
        return tuple(mistakes)

    def call(self, plugin: object, hook: str, context: PluginContext) -> Iterator[Answer]:
        """What this plugin's functions for this hook return; a `Failure` for each thing that went wrong instead."""
        for implementation in getattr(self._registry.hook, hook).get_hookimpls():
            if implementation.plugin is plugin:
                place = place_of(implementation.function)
                yield from (Answer(returned, place) for returned in _called(implementation.function, context))


class _Registry(pluggy.PluginManager):
    """pluggy, seeing only the functions named in `usable`."""

    usable: frozenset[str] = frozenset()

    def parse_hookimpl_opts(self, plugin: object, name: str) -> Any:
        return super().parse_hookimpl_opts(plugin, name) if name in self.usable else None


def _called(function: Callable[..., object], context: PluginContext) -> tuple[object, ...]:
    call = partial(function, plugin=context) if _wants_plugin(function) else function
    try:
        return (within(PATIENCE_SECONDS, call) if is_guest(context.name) else call(),)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # plugin code: a sys.exit() in a hook must not end floorwatch either
        return failures_of(error)


def _wants_plugin(function: Callable[..., object]) -> bool:
    return PARAMETER in inspect.signature(function).parameters


def _sorted_out(plugin: object) -> tuple[frozenset[str], list[Failure]]:
    """Names of the attributes that are sound hooks, and what is wrong with those that were meant to be."""
    usable: set[str] = set()
    mistakes: list[Failure] = []
    for name in dir(plugin):
        member = _member(plugin, name)
        marks = getattr(member, MARK, None) if inspect.isroutine(member) else None
        if not name.startswith(PREFIX) and marks is None:
            continue
        mistake = _mistake(name, member, marks)
        if mistake is not None:
            place = place_of(member) if inspect.isroutine(member) else place_of(plugin)
            mistakes.append(Failure(placed(place, mistake)))
        elif marks is not None:
            usable.add(name)
    return frozenset(usable), mistakes


def _member(plugin: object, name: str) -> object:
    try:
        return getattr(plugin, name)
    except Exception:  # noqa: BLE001  # plugin code: a property that raises is no hook
        return None


def _mistake(name: str, member: object, marks: dict[str, Any] | None) -> str | None:
    """What is wrong with a hook as it stands, None when it is sound or was never meant to be one."""
    hook = (marks or {}).get("specname") or name
    if not inspect.isroutine(member):
        if hook not in HOOKS:  # a module or a constant that shares the prefix
            return None
        return _("{hook} is not a function: write def {hook}() with @hookimpl above it").format(hook=hook)
    if hook not in HOOKS:
        return _no_such_hook(hook)
    if marks is None:
        return _("{hook} is not marked: put @hookimpl above it").format(hook=hook)
    if inspect.iscoroutinefunction(member) or inspect.isasyncgenfunction(member):
        return _("{hook} is async: make it a plain function").format(hook=hook)
    if marks.get("wrapper") or marks.get("hookwrapper"):
        return _("{hook} is a wrapper: return only your own declarations").format(hook=hook)
    if not _can_be_called(member):
        said = _(
            "{hook} takes {parameters}: write def {hook}(), or def {hook}(plugin) for its log, settings and secrets"
        )
        return said.format(hook=hook, parameters=inspect.signature(member))
    return None


def _can_be_called(function: Callable[..., object]) -> bool:
    given = {PARAMETER: None} if _wants_plugin(function) else {}
    try:
        inspect.signature(function).bind(**given)
    except TypeError:
        return False
    return True


def _no_such_hook(name: str) -> str:
    near = difflib.get_close_matches(name.removeprefix(PREFIX), [hook.removeprefix(PREFIX) for hook in HOOKS], 1)
    if near:
        return _("there is no hook {name}; did you mean {near}?").format(name=name, near=PREFIX + near[0])
    return _("there is no hook {name}; the hooks are {hooks}").format(name=name, hooks=", ".join(HOOKS))
