"""`floorwatch plugins check`: a plugin's problems from loading, then everything it declares with each of its claims.

Rules
- Each thing is printed as soon as it is done. Lines keep to 80 columns: this is read in a terminal beside an editor.
- The exit status is 1 when anything failed, and when the plugin could not be loaded whole.
"""

import difflib
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from floorwatch.cli.failing import WorkError
from floorwatch.cli.plain import wrapped
from floorwatch.cli.wishes import Wishes
from floorwatch.conformance import Check, Status, Verdict
from floorwatch.conformance.documents import SampleFile
from floorwatch.conformance.plugins import kind_in_words, samples_beside, verdicts_of
from floorwatch.engine.house import House
from floorwatch.host.catalogue import PluginEntry, PluginState
from floorwatch.host.failure import Failure
from floorwatch.settings import Settings
from floorwatch.words import _, _n

COLUMNS = 80
MARGIN = 2
STATUS_CELLS = 8
TRACE_LINES = 6
"""Lines of the traceback of a plugin that could not be loaded, from the last one in its own files on."""


def check(wishes: Wishes, name: str, sample_files: Sequence[Path]) -> None:
    """Print every claim on the plugin, by name or by path. Raises WorkError for one that is not there, and SystemExit
    with status 1 when a claim does not hold."""
    given = [SampleFile(file.name, file.read_bytes()) for file in sample_files]
    house, entries = _found(wishes, name)
    failed = total = problems = 0
    for entry in entries:
        _say(_head(entry))
        for problem in entry.problems:
            problems += 1
            _say(_problem(problem, entry.where))
        if entry.state is PluginState.FAILED:  # what is declared under its name is another's
            continue
        beside = samples_beside(Path(entry.where)) if entry.formats or entry.document_formats else ()
        for verdict in verdicts_of(house.catalogue, entry.name, partial(_options, house.settings), given, beside):
            _say(_verdict(verdict))
            failed += len({each.claim for each in verdict.failed})
            total += len({each.claim for each in verdict.checks})
    _say(_last(failed, total, problems))
    if failed or problems:
        raise SystemExit(1)


def _found(wishes: Wishes, name: str) -> tuple[House, Sequence[PluginEntry]]:
    """The plugin of this name, or those at this path, which are loaded for it."""
    house = wishes.silent_house()
    entries = [entry for entry in house.catalogue.plugins if entry.name == name]
    path = Path(name).absolute()
    if not entries and path.exists():
        house = replace(wishes, plugin_folders=(*wishes.plugin_folders, Path(name))).silent_house()
        entries = [
            entry for entry in house.catalogue.plugins if path in (Path(entry.where), *Path(entry.where).parents)
        ]
    if not entries:
        raise WorkError(_no_such_plugin(name, [entry.name for entry in house.catalogue.plugins]))
    disabled = [entry.name for entry in entries if entry.state is PluginState.DISABLED]
    if disabled:
        said = _("plugin {name} is disabled in the configuration (plugins.disabled): it was not loaded")
        raise WorkError(said.format(name=disabled[0]))
    return house, entries


def _no_such_plugin(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return _("there is no plugin {name!r}; did you mean {near!r}?").format(name=name, near=near[0])
    return _("there is no plugin {name!r}, and no such file: `floorwatch plugins list` names them").format(name=name)


def _options(settings: Settings, kind: str, name: str) -> Mapping[str, Any]:
    """What the configuration gives to the thing; nothing where it gives nothing."""
    match kind:
        case "panels":
            return settings.panels.get(name, {})
        case "rules":
            return settings.rules[name].options if name in settings.rules else {}
        case "formats":
            return next((feed.options for feed in settings.feeds.values() if feed.format == name), {})
        case _:
            return settings.commands.get(name, {})


def _head(entry: PluginEntry) -> Iterator[str]:
    version = f" {entry.version}" if entry.version else ""
    said = _("plugin {name}{version}, {origin}").format(name=entry.name, version=version, origin=_(entry.origin.value))
    yield from _wrapped(said, 0)
    yield from _wrapped(entry.where, MARGIN)
    if not entry.problems and not _declares(entry):
        yield from _wrapped(_("It declares nothing."), MARGIN)


def _declares(entry: PluginEntry) -> bool:
    formats = (entry.formats, entry.document_formats)
    return any((entry.panels, entry.sources, *formats, entry.metrics, entry.rules, entry.commands, entry.reports))


def _problem(problem: Failure, where: str) -> Iterator[str]:
    yield from _marked(Status.FAILED.value, _("it loads whole"))
    yield from _wrapped(problem.reason, MARGIN + STATUS_CELLS)
    lines = problem.traceback.rstrip().splitlines()
    own = [number for number, line in enumerate(lines) if where in line]
    for line in lines[own[-1] :][:TRACE_LINES] if own else ():
        yield from _wrapped(line.strip(), MARGIN + STATUS_CELLS + MARGIN)


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield ""
    yield from _wrapped(kind_in_words(verdict), 0)
    claim_before = ""
    said: set[object] = set()
    for check in verdict.checks:
        if check.claim != claim_before:
            measured = f": {check.measured}" if check.measured else ""
            yield from _marked(check.status.value, _(check.claim) + measured)
        claim_before = check.claim
        yield from _reason(check, said)


def _reason(check: Check, said: set[object]) -> Iterator[str]:
    """Why and where. A note, and the lines of an exception, only the first time: they may belong to many claims."""
    indent = MARGIN + STATUS_CELLS
    if check.sentence and not (check.passed and check.sentence in said):
        yield from _wrapped(check.sentence, indent)
    for line in () if check.trace in said else check.trace:
        yield from _wrapped(line, indent + MARGIN)
    said.update((check.sentence, check.trace))


def _last(failed: int, total: int, problems: int) -> Iterator[str]:
    yield ""
    if problems:
        yield _n("{n} problem at loading", "{n} problems at loading", problems).format(n=problems)
    if failed:
        yield _n("{n} of {all} claims failed", "{n} of {all} claims failed", failed).format(n=failed, all=total)
    elif total:
        yield _("all {all} claims hold").format(all=total)


def _marked(mark: str, text: str) -> Iterator[str]:
    lines = list(_wrapped(text, MARGIN + STATUS_CELLS))
    yield " " * MARGIN + mark.ljust(STATUS_CELLS) + lines[0].lstrip()
    yield from lines[1:]


def _wrapped(text: str, indent: int) -> Iterator[str]:
    return (" " * indent + line for line in wrapped(text, COLUMNS - indent))


def _say(lines: Iterator[str] | Sequence[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
