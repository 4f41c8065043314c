"""Plugins found: the bundled ones, installed ones by entry point, and drop-ins; one that fails costs only itself.

Rules
- Order: bundled, installed, drop-ins by folder as given; by name within each. Of two with one name the first wins and
  the second is listed with the reason.
- Each is imported on its own, by hand: pluggy's loader of entry points stops at the first that fails.
- A disabled plugin is listed and not imported.
- What did not come with floorwatch is a guest: it is looked after from before its import, and not waited for without an
  end. A guest that took long, or left something to be done at the exit, is told so.
"""

import atexit
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
from floorwatch.host.deeds import heed_guests
from floorwatch.host.drop_in import distrust, load_drop_in, plugins_in, private_name
from floorwatch.host.failure import Failure
from floorwatch.host.guests import see, welcome
from floorwatch.host.installed import Installed, Torn, in_order_of_name, installed
from floorwatch.host.patience import PATIENCE_SECONDS, within
from floorwatch.host.streams import hear_guests, log_is_to_come
from floorwatch.host.written_for import refusal, stated_version
from floorwatch.settings.keys import KEYS_OF_PLUGINS
from floorwatch.text import inert
from floorwatch.words import _

GROUP = "floorwatch"
SLOW_SECONDS = 0.5
"""An import that holds up the start for longer is told so."""
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

    `where` is the file, folder or distribution; `import_seconds` is how long its import held up the start; `api` is the
    version of floorwatch.api that it says it was written for.
    """

    name: str
    origin: Origin
    where: str
    version: str = ""
    module: object | None = None
    error: Failure | None = None
    disabled: bool = False
    import_seconds: float = 0.0
    api: str = ""


def in_order(found: Iterable[Found]) -> list[Found]:
    """Plugins in the one order in which they are asked and listed: by origin, name and place; of two with one name the
    one that loaded is first."""
    origins = list(Origin)
    return sorted(found, key=lambda each: (origins.index(each.origin), each.name, each.module is None, each.where))


class _Candidate(Struct, frozen=True):
    """A plugin before its import: how it is listed, its module, how it is loaded, and why it must not be."""

    listed: Found
    module: str
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
    points, torn = installed(GROUP) if entry_points is None else (in_order_of_name(entry_points), [])
    found: dict[str, Found] = {}
    greyed = [] if wanted.only_bundled else [_torn(each) for each in torn]
    for candidate in _candidates(wanted, points):
        name = candidate.listed.name
        plugin = _settled(candidate, wanted, monotonic, found)
        if name in found:
            greyed.append(plugin)
        else:
            found[name] = plugin
    return (*found.values(), *greyed)


def unknown_names(names: Iterable[str], plugins: Iterable[str]) -> Mapping[str, str]:
    """A sentence for each of these names that none of the plugins has: most likely it is misspelt."""
    known = list(plugins)
    return {name: _no_such_plugin(name, known) for name in sorted(names) if name not in known}


def _no_such_plugin(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return _("there is no plugin {name!r}; did you mean {near!r}?").format(name=name, near=near[0])
    return _("there is no plugin {name!r}; `floorwatch plugins list` names them").format(name=name)


def _settled(
    candidate: _Candidate, wanted: Wanted, monotonic: Callable[[], float], found: Mapping[str, Found]
) -> Found:
    """The candidate loaded, or listed with the reason why not; `found` came before it."""
    listed = candidate.listed
    if listed.name in wanted.disabled:
        return replace(listed, disabled=True)
    refusal = candidate.refusal or _bad_name(listed) or _taken(listed, found.get(listed.name))
    if refusal is not None:
        return replace(listed, error=Failure(refusal))
    loaded = _loaded(candidate, monotonic)
    for other in found.values():
        if loaded.module is not None and loaded.module is other.module:  # its hooks must not be called twice
            said = _("{where}: is the same module as plugin {name}: remove one of the two")
            return replace(listed, error=Failure(said.format(where=listed.where, name=other.name)))
    return loaded


def _bad_name(listed: Found) -> str | None:
    if not _KEBAB.fullmatch(listed.name):
        said = _("{where}: {name!r} is no name for a plugin: use a-z, 0-9 and dashes, a letter first")
    elif listed.name in KEYS_OF_PLUGINS:
        said = _("{where}: {name!r} is no name for a plugin: [plugins] in the settings has a key of that name")
    else:
        return None
    return said.format(where=listed.where, name=listed.name)


def _taken(listed: Found, first: Found | None) -> str | None:
    if first is None:
        return None
    said = _("{where}: the name {name!r} is taken by {first} ({origin}): rename one")
    return said.format(where=listed.where, name=listed.name, first=first.where, origin=first.origin)


def _loaded(candidate: _Candidate, monotonic: Callable[[], float]) -> Found:
    listed = candidate.listed
    began = monotonic()
    try:
        module = candidate.load() if listed.origin is Origin.BUNDLED else _loaded_guest(candidate)
    except KeyboardInterrupt:  # the person at the keyboard, not the plugin
        raise
    except BaseException as error:  # noqa: BLE001  # plugin code: a sys.exit() in it must not end floorwatch either
        return replace(listed, error=_failed_import(listed, error), import_seconds=monotonic() - began)
    seconds = monotonic() - began
    if seconds > SLOW_SECONDS:
        see(listed.name, "import", _("its import held up the start for {seconds:.1f} s").format(seconds=seconds))
    return _judged(replace(listed, import_seconds=seconds), module)


def _loaded_guest(candidate: _Candidate) -> object:
    """The module of one that did not come with floorwatch."""
    name, handlers = candidate.listed.name, _exit_handlers()
    welcome(name, candidate.module)
    log_is_to_come(name)
    heed_guests()
    hear_guests()
    try:
        return within(PATIENCE_SECONDS, candidate.load)
    finally:
        if _exit_handlers() > handlers:
            see(name, "exit", _("wants something done when Python ends (atexit): floorwatch ends without it"))


def _exit_handlers() -> int:
    """How many functions Python would call at its end: what `atexit` counts for itself, 0 where it does not."""
    count: Callable[[], int] = getattr(atexit, "_ncallbacks", lambda: 0)
    return count()


def _failed_import(listed: Found, error: BaseException) -> Failure:
    failure = Failure.of(error)
    if ".py:" in failure.reason:
        return failure
    # Nothing of the plugin has run: its own module is not there, or cannot be read.
    said = _("{where}: {reason}")
    if listed.origin is Origin.INSTALLED:
        said = _("{where}: its entry point leads nowhere ({reason}): install it again, or uninstall it")
    return replace(failure, reason=said.format(where=inert(listed.where), reason=failure.reason))


def _judged(listed: Found, module: object) -> Found:
    """What was imported, unless it was written for another version of the API."""
    try:
        named = replace(listed, version=listed.version or _version_in(module), api=stated_version(module))
        refused = refusal(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001  # plugin code: an entry point may name an object of any kind
        return replace(listed, error=_failed_import(listed, error))
    return replace(named, module=module) if refused is None else replace(named, error=Failure(refused))


def _version_in(module: object) -> str:
    version = vars(module).get("__version__", "") if hasattr(module, "__dict__") else ""
    return version if isinstance(version, str) else ""


def _candidates(wanted: Wanted, points: list[Installed]) -> Iterator[_Candidate]:
    checkout = checkout_plugins()
    if checkout:
        yield from map(_from_checkout, checkout)
    else:
        yield from (_from_entry_point(each, Origin.BUNDLED) for each in points if _is_ours(each))
    if wanted.only_bundled:
        return
    yield from (_from_entry_point(each, Origin.INSTALLED) for each in points if not _is_ours(each))
    seen: set[str] = set()
    for folder in wanted.folders:
        yield from _from_folder(folder, seen)


def _is_ours(installed: Installed) -> bool:
    return installed.distribution.lower() == DISTRIBUTION


def _torn(torn: Torn) -> Found:
    said = _("{name} in {folder}: its entry points cannot be read ({why}): install it again, or uninstall it")
    name = torn.distribution or _("a package")
    why = said.format(name=name, folder=torn.folder, why=torn.why)
    return Found(name, Origin.INSTALLED, torn.folder, error=Failure(inert(why)))


def _from_checkout(folder: Path) -> _Candidate:
    def load() -> object:
        reach(folder.parent)
        return import_module(folder.name)

    return _Candidate(Found(plugin_name(folder.name), Origin.BUNDLED, str(folder), __version__), folder.name, load)


def _from_entry_point(installed: Installed, origin: Origin) -> _Candidate:
    point = installed.point
    where = f"{installed.distribution} ({point.value})" if installed.distribution else point.value
    return _Candidate(Found(point.name, origin, where, installed.version), point.module, point.load)


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
    return _Candidate(Found(name, Origin.DROP_IN, str(path)), private_name(path), partial(load_drop_in, path), refusal)
