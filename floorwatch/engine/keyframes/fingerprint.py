"""What keyframes were made from: nobody is shown those of another recording, or of a floor that counts otherwise.

Rules
- They depend on the recording, on this version of floorwatch, and on everything of the house that the fold or an alert
  rule reads: rules of counting and of duty, people, alert rules with their options, the plugins that bring formats,
  rules or metrics, and the language, since an alert's text is words. What only changes looks is not among it.
- A recording is known by all of its bytes: samples would miss an edit between two of them, and to read it costs 1 s
  for 1 GB. One that has only grown since is the same recording: its keyframes are right as far as they go.
- Two processes with the same settings find the same: nothing here depends on paths, addresses or the order of sets.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, field

from floorwatch import __version__
from floorwatch.engine.house import House, rules_asked
from floorwatch.engine.timeline import house_for
from floorwatch.feeds.reader import open_regular
from floorwatch.feeds.recording import read_recording
from floorwatch.feeds.shapes import FeedError
from floorwatch.host.catalogue import Catalogue, PluginEntry
from floorwatch.host.discovery import Origin
from floorwatch.settings import zone_name
from floorwatch.words import _, language

VERSION = 2
"""Of the file. Another shape of a block, or of what stands in one, is another version."""

BLOCK_BYTES = 1024 * 1024
_DIGEST_BYTES = 16


class Seen(Struct, frozen=True):
    """The first `size` bytes of a recording, and a digest of them."""

    size: int
    digest: str


class Header(Struct, frozen=True):
    """The first line of a file of keyframes. `house` are digests by what they are of."""

    version: int = field(name="floorwatch-keyframes")
    floorwatch: str
    recording: Seen
    house: dict[str, str]


class Fingerprint:
    """What keyframes of one recording in one house must have been made from. Raises FeedError where the recording
    cannot be read."""

    def __init__(self, recording: str, house: dict[str, str]) -> None:
        self._recording = recording
        with _opened(recording) as fd:
            self.header = Header(VERSION, __version__, _seen(fd, os.fstat(fd).st_size), house)
        self._seen = {self.header.recording.size: self.header.recording}
        """What was read of it, by size: whoever waits for keyframes looks many times a second at what stands there."""

    def objection(self, found: Header) -> str:
        """Why keyframes with this header are not to be used, on one line; "" where they are right, if only for the
        recording's beginning."""
        if not self._is_of_it(found.recording):
            return _("keyframes of another recording")
        if found.floorwatch != __version__:
            return _("keyframes of floorwatch {version}").format(version=found.floorwatch)
        wanted = self.header.house
        if other := sorted(
            part for part in wanted.keys() | found.house.keys() if wanted.get(part) != found.house.get(part)
        ):
            return _("keyframes of a floor with other settings: {parts}").format(parts=", ".join(other))
        return ""

    def is_outgrown(self, found: Header) -> bool:
        """Whether the recording was longer than that already when this was taken."""
        return found.recording.size < self.header.recording.size

    def _is_of_it(self, seen: Seen) -> bool:
        if seen.size not in self._seen:
            with _opened(self._recording) as fd:
                if seen.size > os.fstat(fd).st_size:
                    return False
                self._seen[seen.size] = _seen(fd, seen.size)
        return seen == self._seen[seen.size]


def header_of(house: House, recording_path: str | os.PathLike[str]) -> Fingerprint:
    """What keyframes of this recording, for this house, are made from. Raises FeedError for the recording, and
    SettingsError for the options of rules."""
    path = os.fspath(recording_path)
    house = house_for(house, read_recording(path))
    return Fingerprint(path, {name: _digest(part) for name, part in _parts(house)})


def _parts(house: House) -> Iterator[tuple[str, Any]]:
    """What of the house matters, by a name that is said when it differs."""
    settings, rules = house.settings, house.rules
    days = (zone_name(rules.days.zone), rules.days.starts)
    queues = sorted(settings.queues, key=lambda name: (settings.queues[name].order, name))
    counting = (rules.default, rules.targets, rules.stale_after_seconds, rules.grid, rules.duty, queues)
    silence = sorted(rules.feeds.items())
    yield "days", days
    yield "rules", counting
    yield "people", list(house.people)
    yield "alerts", (settings.alerts, rules.show_numbers, silence, list(_rules(house)))
    yield "plugins", [_plugin(house, each) for each in house.catalogue.plugins if _counts(each)]
    yield "language", language()


def _rules(house: House) -> Iterator[tuple[object, ...]]:
    """Alert rules as they are asked, with the options that the settings give: what those mean is the plugin's."""
    for asked in sorted(rules_asked(house), key=lambda asked: asked.name):
        wanted = house.settings.rules.get(asked.name)
        yield asked.plugin, asked.name, asked.hold_seconds, {} if wanted is None else wanted.options


def _counts(plugin: PluginEntry) -> bool:
    return bool(plugin.formats or plugin.rules or plugin.metrics)


def _plugin(house: House, plugin: PluginEntry) -> tuple[object, ...]:
    section = house.settings.plugins.sections.get(plugin.name, {})
    return plugin.name, plugin.version, section, _source(house.catalogue, plugin)


def _source(catalogue: Catalogue, plugin: PluginEntry) -> str:
    """A digest of the plugin's code, whose version says little while its author works on it; "" for a bundled one."""
    match plugin.origin:
        case Origin.BUNDLED:
            return ""
        case Origin.DROP_IN:
            place = Path(plugin.where)
            return _of_files(place.rglob("*.py") if place.is_dir() else [place])
        case Origin.INSTALLED:
            return _of_files(path for folder in _folders(catalogue, plugin) for path in folder.glob("*.py"))


def _folders(catalogue: Catalogue, plugin: PluginEntry) -> set[Path]:
    """Where the modules lie in which its formats and rules are written."""
    shelves: tuple[Mapping[str, Any], ...] = (catalogue.formats, catalogue.rules)
    things = [each.thing for shelf in shelves for each in shelf.values() if each.plugin == plugin.name]
    modules = {sys.modules.get(type(thing).__module__) for thing in things}
    return {Path(file).parent for module in modules if (file := getattr(module, "__file__", None)) is not None}


def _of_files(paths: Iterable[Path]) -> str:
    """A digest of these files, whatever folder they lie in; one that cannot be read counts as empty."""
    digest = blake2b(digest_size=_DIGEST_BYTES)
    for path in sorted(paths):
        try:
            code = path.read_bytes()
        except OSError:
            code = b""
        digest.update(b"%d %b\n" % (len(code), os.fsencode(path.name)))
        digest.update(code)
    return digest.hexdigest()


def _digest(part: Any) -> str:
    written = msgspec.msgpack.encode(part, enc_hook=_written, order="deterministic")
    return blake2b(written, digest_size=_DIGEST_BYTES).hexdigest()


def _written(value: Any) -> Any:
    """What msgspec does not write itself: mappings that cannot be changed, and whatever else a setting may be."""
    return dict(value) if isinstance(value, Mapping) else str(value)


def _seen(fd: int, size: int) -> Seen:
    """The first `size` bytes, or as many as there are."""
    digest, at = blake2b(digest_size=_DIGEST_BYTES), 0
    while block := os.pread(fd, min(BLOCK_BYTES, size - at), at):
        digest.update(block)
        at += len(block)
    return Seen(size, digest.hexdigest())


@contextmanager
def _opened(path: str) -> Iterator[int]:
    """A handle on the recording. Raises FeedError for whatever cannot be read of it."""
    try:
        fd = open_regular(path)
        try:
            yield fd
        finally:
            os.close(fd)
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}") from None
