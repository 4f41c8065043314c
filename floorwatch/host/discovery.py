"""Plugins found: the bundled ones, installed ones by entry point, and drop-ins; one that fails costs only itself.

Rules
- Order: bundled, installed, drop-ins by folder as given; by name within each. Of two with one name the first wins and
  the second is listed with the reason.
- Each is imported on its own, by hand: pluggy's loader of entry points stops at the first that fails.
- A disabled plugin is listed and not imported.
"""

import difflib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from importlib import import_module, metadata
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from floorwatch import __version__
from floorwatch.host.builtin import DISTRIBUTION, checkout_plugins, plugin_name, reach
from floorwatch.host.drop_in import distrust, load_drop_in, plugins_in
from floorwatch.host.failure import Failure
from floorwatch.words import _

GROUP = "floorwatch"
_KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Origin(StrEnum):
    """By which door a plugin came in."""

    BUNDLED = "bundled"
    INSTALLED = "installed"
    DROP_IN = "drop-in"


class Wanted(Struct, frozen=True):
    """Which plugins a person asked for: drop-in `folders`, names `disabled`, and `only_bundled` for --no-plugins."""

    folders: tuple[Path, ...] = ()
    disabled: frozenset[str] = frozenset()
    only_bundled: bool = False


class Found(Struct, frozen=True):
    """A plugin by name. `module` (or the object an entry point names) is None when it is disabled or failed.

    `where` is the file, folder or distribution; `import_seconds` is how long its import held up the start.
    """

    name: str
    origin: Origin
    where: str
    version: str = ""
    module: object | None = None
    error: Failure | None = None
    disabled: bool = False
    import_seconds: float = 0.0


class _Candidate(Struct, frozen=True):
    """A plugin before its import: how it is listed, how it is loaded, and why it must not be."""

    listed: Found
    load: Callable[[], object]
    refusal: str | None = None


def discover(
    wanted: Wanted,
    monotonic: Callable[[], float],
    entry_points: Iterable[metadata.EntryPoint] | None = None,
) -> tuple[Found, ...]:
    """Every plugin that was asked for, loaded or with the reason why not. Imports them; `monotonic` times that.

    `entry_points` are those of the environment unless given. Raises nothing but KeyboardInterrupt.
    """
    installed = metadata.entry_points(group=GROUP) if entry_points is None else entry_points
    found: dict[str, Found] = {}
    greyed: list[Found] = []
    for candidate in _candidates(wanted, list(installed)):
        name = candidate.listed.name
        plugin = _settled(candidate, wanted, monotonic, found)
        if name in found:
            greyed.append(plugin)
        else:
            found[name] = plugin
    return (*found.values(), *greyed)


def unknown_names(disabled: Iterable[str], plugins: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each disabled name that none of these plugins has: most likely it is misspelt."""
    known = list(plugins)
    return tuple(_no_such_plugin(name, known) for name in sorted(disabled) if name not in known)


def _no_such_plugin(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return _("there is no plugin {name!r} to disable; did you mean {near!r}?").format(name=name, near=near[0])
    return _("there is no plugin {name!r} to disable").format(name=name)


def _settled(
    candidate: _Candidate, wanted: Wanted, monotonic: Callable[[], float], found: Mapping[str, Found]
) -> Found:
    """The candidate loaded, or listed with the reason why not; `found` came before it."""
    listed = candidate.listed
    if listed.name in wanted.disabled:
        return replace(listed, disabled=True)
    refusal = candidate.refusal or _bad_name(listed.name) or _taken(found.get(listed.name))
    if refusal is not None:
        return replace(listed, error=Failure(refusal))
    loaded = _loaded(candidate, monotonic)
    for other in found.values():
        if loaded.module is not None and loaded.module is other.module:  # its hooks must not be called twice
            return replace(listed, error=Failure(_("same module as plugin {name}").format(name=other.name)))
    return loaded


def _bad_name(name: str) -> str | None:
    if _KEBAB.fullmatch(name):
        return None
    return _("{name!r} is no name for a plugin: use a-z, 0-9 and dashes, a letter first").format(name=name)


def _taken(first: Found | None) -> str | None:
    if first is None:
        return None
    return _("the name is taken by {where} ({origin}): rename one").format(where=first.where, origin=first.origin)


def _loaded(candidate: _Candidate, monotonic: Callable[[], float]) -> Found:
    listed = candidate.listed
    began = monotonic()
    try:
        module = candidate.load()
    except KeyboardInterrupt:  # the person at the keyboard, not the plugin
        raise
    except BaseException as error:  # noqa: BLE001  # plugin code: a sys.exit() in it must not end floorwatch either
        return replace(listed, error=Failure.of(error), import_seconds=monotonic() - began)
    version = listed.version or _version_in(module)
    return replace(listed, module=module, version=version, import_seconds=monotonic() - began)


def _version_in(module: object) -> str:
    version = vars(module).get("__version__", "") if hasattr(module, "__dict__") else ""
    return version if isinstance(version, str) else ""


def _candidates(wanted: Wanted, installed: list[metadata.EntryPoint]) -> Iterator[_Candidate]:
    checkout = checkout_plugins()
    if checkout:
        yield from map(_from_checkout, checkout)
    else:
        yield from (_from_entry_point(each, Origin.BUNDLED) for each in _by_name(installed) if _is_ours(each))
    if wanted.only_bundled:
        return
    yield from (_from_entry_point(each, Origin.INSTALLED) for each in _by_name(installed) if not _is_ours(each))
    seen: set[str] = set()
    for folder in wanted.folders:
        yield from _from_folder(folder, seen)


def _by_name(installed: list[metadata.EntryPoint]) -> list[metadata.EntryPoint]:
    return sorted(installed, key=lambda each: (each.name, each.value))


def _is_ours(entry_point: metadata.EntryPoint) -> bool:
    return entry_point.dist is not None and entry_point.dist.name.lower() == DISTRIBUTION


def _from_checkout(folder: Path) -> _Candidate:
    def load() -> object:
        reach(folder.parent)
        return import_module(folder.name)

    return _Candidate(Found(plugin_name(folder.name), Origin.BUNDLED, str(folder), __version__), load)


def _from_entry_point(entry_point: metadata.EntryPoint, origin: Origin) -> _Candidate:
    dist = entry_point.dist
    where = entry_point.value if dist is None else f"{dist.name} ({entry_point.value})"
    version = "" if dist is None else dist.version
    return _Candidate(Found(entry_point.name, origin, where, version), entry_point.load)


def _from_folder(given: Path, seen: set[str]) -> Iterator[_Candidate]:
    """Candidates of one drop-in folder; a folder that cannot be used is one candidate, refused."""
    folder = given.absolute()
    try:
        paths = plugins_in(folder)
    except OSError as error:
        yield _drop_in(folder, _("{path} cannot be read: {why}").format(path=folder, why=error.strerror))
        return
    if not paths:
        nothing = _("no plugin in {path}: a plugin is a folder with __init__.py, or a .py file")
        yield _drop_in(folder, nothing.format(path=folder))
    refusal = distrust(folder, deep=False)
    if refusal is not None:
        yield _drop_in(folder, refusal)
        return
    for path in paths:
        real = os.path.realpath(path)
        if real not in seen:  # one folder may be given twice, or be the default one as well
            seen.add(real)
            yield _drop_in(path, distrust(path, deep=True))


def _drop_in(path: Path, refusal: str | None) -> _Candidate:
    name = plugin_name((path.stem if path.suffix == ".py" else path.name).replace(" ", "-"))
    return _Candidate(Found(name, Origin.DROP_IN, str(path)), partial(load_drop_in, path), refusal)
