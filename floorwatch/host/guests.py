"""Whose code runs: plugins that did not come with floorwatch, told by their modules, and what was seen of each.

Rules
- Streams, threads and the working folder belong to the whole process; so what is known of guests is kept for it.
- A guest is found by walking the stack from the inside out: whatever thread it is, and however many libraries lie
  between. That is done only for what is rare, or wrong.
- What was seen is a sentence a kind, the latest: the plugin page and `plugins list` show it beside what failed.
"""

import sys
import threading
from collections.abc import Iterator, Mapping
from types import FrameType

from msgspec import Struct

from floorwatch.host.place import short_place

_PLUGINS: dict[str, str] = {}  # by the top module of the guest
_SEEN: dict[str, dict[str, str]] = {}
_LOCK = threading.Lock()


class AtWork(Struct, frozen=True):
    """A guest whose code is running: the plugin's name, and the file and line."""

    plugin: str
    place: str


def welcome(plugin: str, module: str) -> None:
    """From now on what this module and those below it do is the plugin's doing. What was seen of it before goes."""
    with _LOCK:
        _PLUGINS[module.partition(".")[0]] = plugin
        _SEEN[plugin] = {}


def are_there_any() -> bool:
    """Whether this process runs a plugin that came from elsewhere than floorwatch."""
    return bool(_PLUGINS)


def is_guest(plugin: str) -> bool:
    """Whether a plugin of this name came from elsewhere than floorwatch."""
    return plugin in _SEEN


def guest_of(thing: object) -> str | None:
    """The guest whose class or function this is, or whose class made it."""
    written = thing if hasattr(thing, "__qualname__") else type(thing)
    return _PLUGINS.get(str(getattr(written, "__module__", "")).partition(".")[0])


def guest_at_work() -> AtWork | None:
    """The guest that called, directly or through others; None: it was our own doing."""
    return guest_in(sys._getframe(1))  # noqa: SLF001  # `inspect.currentframe` is the same, and says None is possible


def guest_in(frame: FrameType | None) -> AtWork | None:
    """The innermost guest on the stack that ends in this frame."""
    for each in _outwards(frame):
        module = each.f_globals.get("__name__")
        plugin = _PLUGINS.get(module.partition(".")[0]) if isinstance(module, str) else None
        if plugin is not None:
            return AtWork(plugin, short_place(each.f_code.co_filename, each.f_lineno))
    return None


def outermost_guest(frame: FrameType | None) -> FrameType | None:
    """The frame at which the stack that ends in this one came into a guest's code first: one call is one frame."""
    found = None
    for each in _outwards(frame):
        module = each.f_globals.get("__name__")
        if isinstance(module, str) and module.partition(".")[0] in _PLUGINS:
            found = each
    return found


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def see(plugin: str, kind: str, sentence: str) -> None:
    """Note what a guest does beside its work; the latest of a kind stands."""
    with _LOCK:
        if plugin in _SEEN:
            _SEEN[plugin][kind] = sentence


def seen_of(plugin: str) -> Mapping[str, str]:
    """What was seen of a plugin, by kind, in the order in which it was seen first."""
    with _LOCK:
        return dict(_SEEN.get(plugin, {}))
