"""A whole plugin: everything that it declares, each held against its claims, with all that the others declare known."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from floorwatch.conformance.calling import called
from floorwatch.conformance.commands import examine_command
from floorwatch.conformance.documents import SampleFile, document_of, examine_document_format
from floorwatch.conformance.floors import samples
from floorwatch.conformance.formats import examine_format
from floorwatch.conformance.metrics import examine_metric
from floorwatch.conformance.panels import examine_panel
from floorwatch.conformance.reports import examine_report
from floorwatch.conformance.rules import examine_rule
from floorwatch.conformance.verdict import Check, Verdict
from floorwatch.extend.document import DocumentFormat
from floorwatch.feeds.recording import is_recording, read_recording
from floorwatch.feeds.shapes import MAX_LINE_BYTES, FeedFormat, FeedLine
from floorwatch.host.catalogue import Catalogue, Declared
from floorwatch.words import _

NO_SAMPLES = frozenset({".py", ".pyc", ".toml", ".md"})
LARGEST_SAMPLE = 4 * 1024 * 1024
MOST_SAMPLES = 20

Given: TypeAlias = Callable[[str, str], Mapping[str, Any]]
"""The options that the settings give to a thing: by "panels", "formats", "rules" or "commands", and its name."""


def verdicts_of(
    catalogue: Catalogue, plugin: str, given: Given, own: Sequence[SampleFile] = (), perhaps: Sequence[SampleFile] = ()
) -> Iterator[Verdict]:
    """A verdict for each thing that the plugin declares, as each is done.

    `own` are samples of its formats, and of a plugin with several formats of documents each takes those that it knows;
    `perhaps` are files of which each takes those that it knows, as of the samples that come with floorwatch.
    """

    def mine(shelf: Mapping[str, Declared[Any]]) -> Iterator[Declared[Any]]:
        return (declared for declared in shelf.values() if declared.plugin == plugin)

    for panel in mine(catalogue.panels):
        yield examine_panel(panel.thing, given("panels", panel.name))
    for source in mine(catalogue.sources):
        yield Verdict("feed source", source.name, (Check("its declaration is sound"),))
    documents = tuple(mine(catalogue.document_formats))
    if documents and len((*mine(catalogue.formats), *documents)) > 1:
        own, perhaps = (), (*own, *perhaps)
    for fmt in mine(catalogue.formats):
        raws = [sample.raw for sample in (*own, *perhaps) if sample in own or _knows(fmt.thing, sample.raw)]
        yield examine_format(fmt.thing, (*raws, *samples_for(fmt.thing)), given("formats", fmt.name) or None)
    for kind in documents:
        files = [sample for sample in (*own, *perhaps) if sample in own or _knows_document(kind.thing, sample)]
        yield examine_document_format(kind.thing, files, given("formats", kind.name))
    for metric in mine(catalogue.metrics):
        yield examine_metric(metric.thing, catalogue.metrics.keys())
    for rule in mine(catalogue.rules):
        yield examine_rule(rule.thing, given("rules", rule.name), catalogue.commands.keys())
    for command in mine(catalogue.commands):
        options, names = given("commands", command.name), (catalogue.panels.keys(), catalogue.commands.keys())
        yield examine_command(command.thing, options, *names)
    for report in mine(catalogue.reports):
        yield examine_report(report.thing)


def samples_for(fmt: FeedFormat) -> tuple[bytes, ...]:
    """The bundled samples that are of this format: those it knows, and the lines that recordings hold of it."""
    found = []
    for sample in samples():
        if is_recording(str(sample.feed)):
            recording = read_recording(str(sample.feed))
            feeds = {name for name, feed in recording.feeds.items() if feed.format == fmt.name}
            lines = [entry.raw for entry in recording if isinstance(entry, FeedLine) and entry.feed in feeds]
            found += [b"\n".join(lines) + b"\n"] if lines else []
        else:
            data = sample.feed.read_bytes()
            found += [data] if _knows(fmt, data) else []
    return tuple(found)


def samples_beside(where: Path) -> tuple[SampleFile, ...]:
    """Files that lie with a plugin and are no code: beside a single file, in a package, in the tests of its project.

    What cannot be read is passed over; so is everything when the plugin is installed, and `where` is no path.
    """
    if not where.exists():
        return ()
    folders = (where.parent,) if where.is_file() else (where, where.parent / "tests")
    return tuple(islice((file for folder in folders for file in _files_in(folder)), MOST_SAMPLES))


def _files_in(folder: Path) -> Iterator[SampleFile]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        with suppress(OSError):
            if path.is_file() and path.suffix not in NO_SAMPLES and path.stat().st_size <= LARGEST_SAMPLE:
                yield SampleFile(path.name, path.read_bytes())


def _knows(fmt: FeedFormat, data: bytes) -> bool:
    likelihood: object = called(lambda: fmt.sniff(data[:MAX_LINE_BYTES]))
    return isinstance(likelihood, int | float) and likelihood > 0.5


def _knows_document(fmt: DocumentFormat, file: SampleFile) -> bool:
    likelihood: object = called(lambda: fmt.sniff(document_of(file)))
    return isinstance(likelihood, int | float) and likelihood > 0.5


def kind_in_words(verdict: Verdict) -> str:
    """What is checked, as a heading: "panel agents"."""
    return _("{kind} {name}").format(kind=_(verdict.kind), name=verdict.name)
