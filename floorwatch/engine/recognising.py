"""What a feed is: lines or documents, of which format, with which options.

Rules
- A format named in the settings is believed, whatever it reads; names are unique over both kinds.
- Otherwise the most likely by `sniff` is taken: of a text file both kinds of formats are asked, and lines win ties; of
  what is no text, those of documents alone.
- A file that is not there yet can be waited for only when its format is named: nothing can be sniffed.
"""

from pathlib import Path
from typing import Any, TypeAlias

from msgspec import Struct

from floorwatch.engine.house import House
from floorwatch.extend.document import Document, DocumentFormat
from floorwatch.feeds import sheets
from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.files import files_of, locate, read_sample
from floorwatch.feeds.formats import LIKELY, configured, likeliest
from floorwatch.feeds.recording import is_recording
from floorwatch.feeds.shapes import FeedError, FeedFormat
from floorwatch.feeds.whole_file import TooLargeError, is_temporary, read_whole
from floorwatch.host.catalogue import NotDeclaredError
from floorwatch.host.failure import Failure
from floorwatch.host.options import options_for
from floorwatch.settings import FeedSettings, SettingsError
from floorwatch.words import _

MOST_FILES = 200
"""Files of a folder that are looked into, newest first, to find out what the folder holds."""

AnyFormat: TypeAlias = FeedFormat | DocumentFormat


class LinesOf(Struct, frozen=True):
    """A feed of lines: their format as this feed's options make it."""

    format: FeedFormat
    options: dict[str, Any]


class DocumentsOf(Struct, frozen=True):
    """A feed of documents: their format, and the options that it is given with each."""

    format: DocumentFormat
    options: Struct


ReadAs: TypeAlias = LinesOf | DocumentsOf


def format_of(house: House, name: str, wanted: FeedSettings) -> ReadAs:
    """What the feed is, with its options tried. Raises FeedError that names the feed and what to do, and SettingsError
    with every mistake in the options of a document format."""
    found = _named(house, name, wanted.format) if wanted.format else _recognised(house, wanted.path)
    if not isinstance(found, FeedFormat):
        return DocumentsOf(found, document_options(house, name, found, wanted))
    try:
        fmt = configured(found, dict(wanted.options))
        fmt.decoder(dict(wanted.options))
    except ValueError as error:
        raise FeedError(_("feeds.{name}.options: {reason}").format(name=name, reason=error)) from None
    except FAILURES as error:  # plugin code: a mistake in a format is one feed that cannot be read
        said = _("feeds.{name}: the format {format} failed: {reason}")
        raise FeedError(said.format(name=name, format=found.name, reason=Failure.of(error).reason)) from error
    return LinesOf(fmt, dict(wanted.options))


def document_options(house: House, name: str, fmt: DocumentFormat, wanted: FeedSettings) -> Struct:
    """The options of the feed's documents. Raises SettingsError with every mistake in them."""
    options = options_for(fmt.options_type, wanted.options, f"feeds.{name}.options")
    if isinstance(options, Struct):
        return options
    file = house.settings.file if name in house.settings.feeds else None
    raise SettingsError(*(said if file is None else f"{file}: {said}" for said in options))


def document_likelihood(fmt: DocumentFormat, document: Document) -> float:
    """How likely the document is of this format, 0..1."""
    try:
        return fmt.sniff(document)
    except FAILURES:  # a plugin's format: one that fails is not the one
        return 0.0


def why_no_workbook(raw: bytes) -> str | None:
    """Why what begins like a workbook cannot be read as one; None for one that can, and for anything else."""
    try:
        if sheets.is_workbook(raw):
            sheets.sheets_of(raw, rows=1)
    except sheets.SheetError as error:
        return str(error)
    return None


def _named(house: House, name: str, word: str) -> AnyFormat:
    try:
        return house.catalogue.any_format(word).thing
    except NotDeclaredError as missing:
        raise FeedError(_("feed {name}: {reason}").format(name=name, reason=missing)) from None


def _recognised(house: House, path: str) -> AnyFormat:
    if is_recording(path):
        raise FeedError(
            _("{path}: a recording: nothing is added to it; see it with floorwatch replay").format(path=path)
        )
    place = locate(path)
    files = [file for file in files_of(place) if not (place.is_folder and is_temporary(file.name))]
    problems: list[FeedError] = []
    for file in files[:MOST_FILES]:
        found = _format_of_file(house, file, problems)
        if found is not None:
            return found
    if problems and len(problems) == len(files[:MOST_FILES]):
        raise _in_no_format(house, files[0], problems[0])
    known = ", ".join(sorted({**house.catalogue.formats, **house.catalogue.document_formats}))
    said = _("{path}: no known format, or nothing in it yet; name one with --format or `format =` ({known})")
    raise FeedError(said.format(path=path, known=known))


def _in_no_format(house: House, file: Path, problem: FeedError) -> FeedError:
    """What to say of a file that is no text, and no document that anybody knows."""
    try:
        raw, _stamp = read_whole(str(file))
    except (OSError, FeedError, TooLargeError):
        return problem
    if (why := why_no_workbook(raw)) is not None:
        return FeedError(f"{file}: {why}")
    known = ", ".join(sorted(house.catalogue.document_formats)) or _("none")
    said = _("{problem}; no document format knows it either: name one with --format or `format =` ({known})")
    return FeedError(said.format(problem=problem, known=known))


def _format_of_file(house: House, file: Path, problems: list[FeedError]) -> AnyFormat | None:
    """The likeliest format of one file; None when there is none, and in `problems` why it cannot be lines of text."""
    lines, likelihood = None, 0.0
    try:
        lines, likelihood = likeliest(read_sample(file), [each.thing for each in house.catalogue.formats.values()])
    except FeedError as error:
        problems.append(error)
    # Nothing is likelier than 1: the file, which may be a large log, need not be read whole.
    return lines if likelihood >= 1 else _likelier_document(house, file, likelihood) or lines


def _likelier_document(house: House, file: Path, likelihood: float) -> DocumentFormat | None:
    """The likeliest document format that is likelier than this."""
    formats = [each.thing for each in house.catalogue.document_formats.values()]
    if not formats:
        return None
    try:
        raw, stamp = read_whole(str(file))
    except (OSError, FeedError, TooLargeError):
        return None
    best = None
    document = Document(file.name, raw, stamp.modified_at, stamp.modified_at, house.rules.days)
    for fmt in formats:
        found = document_likelihood(fmt, document)
        if found >= LIKELY and found > likelihood:
            best, likelihood = fmt, found
    return best
