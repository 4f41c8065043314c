"""Feeds opened: what they are (by name, or by their first bytes), their decoders, and how much past they give."""

from collections.abc import Callable
from functools import partial

from msgspec import UNSET, Struct

from floorwatch.engine.decoding import Decoder, LineDecoder
from floorwatch.engine.document_reading import DocumentReader
from floorwatch.engine.house import House
from floorwatch.engine.recognising import DocumentsOf, LinesOf, document_likelihood, format_of, why_no_workbook
from floorwatch.extend.document import Document, DocumentFormat
from floorwatch.feeds.backfill import Horizon
from floorwatch.feeds.documents import DocumentLine
from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.recording import RecordedFeed
from floorwatch.feeds.shapes import Feed, FeedError, FeedHealth, FeedSource
from floorwatch.feeds.wake import NoWake
from floorwatch.host.catalogue import NotDeclaredError
from floorwatch.host.failure import Failure
from floorwatch.host.guests import guest_of
from floorwatch.host.lane import GIVEN_UP_SECONDS
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import Fact
from floorwatch.settings import FeedSettings
from floorwatch.words import _

DAY_SECONDS = 86_400.0
LONG_CALL_SECONDS = 20.0
"""A document is read in one call, however long it is, and a source may wait for its server."""
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
"""What the names of workbooks end in, those included that cannot be read."""


class OpenFeed(Struct, frozen=True):
    """A feed with what reads it. One of documents tells no facts of calls."""

    name: str
    feed: Feed
    read_as: LinesOf | DocumentsOf
    decoder: Decoder

    @property
    def is_of_documents(self) -> bool:
        """Whether it gives documents, not lines."""
        return isinstance(self.read_as, DocumentsOf)

    @property
    def is_guest(self) -> bool:
        """Whether code that did not come with floorwatch reads it, which may not come back."""
        is_decoder = isinstance(self.decoder, LineDecoder) and self.decoder.is_guest
        return is_decoder or any(guest_of(each) is not None for each in (self.feed, self.read_as.format))

    @property
    def patience_seconds(self) -> float:
        """How long one call of a guest may take before the feed is given up."""
        is_long = self.is_of_documents or guest_of(self.feed) is not None
        return LONG_CALL_SECONDS if is_long else GIVEN_UP_SECONDS

    @property
    def gives(self) -> frozenset[Fact]:
        """What this feed can tell."""
        return self.read_as.format.gives if isinstance(self.read_as, LinesOf) else frozenset()


def live_feed(
    house: House, files: FileSource, name: str, wanted: FeedSettings, now: float, wake: Callable[[], None]
) -> OpenFeed:
    """A feed that is followed, with as much of its past as today needs. Raises FeedError and SettingsError."""
    read_as = format_of(house, name, wanted)
    source = _source_of(house, wanted.path)
    if isinstance(read_as, DocumentsOf):
        _refuse_source(source, wanted)
        return _of_documents(house, files, name, wanted, read_as, wake)
    if source is not None:
        feed = _opened(source, wanted.path, name, wake)
    else:
        feed = files.open(wanted.path, name, wake, horizon_of(house, wanted, now), read_as.format)
    return _of_lines(name, feed, wanted, read_as)


def feed_again(house: House, name: str, wanted: FeedSettings, now: float) -> OpenFeed:
    """The files of a feed that is followed already, once more from their beginning, as a live start at `now` would
    read them. Raises FeedError, also for what is no files, and SettingsError."""
    _refuse_unread(house, wanted)
    return live_feed(house, FileSource(NoWake()), name, wanted, now, lambda: None)


def past_feed(house: House, name: str, wanted: FeedSettings) -> OpenFeed:
    """A file or folder as it lies there, from its beginning to its end. Raises FeedError and SettingsError."""
    _refuse_unread(house, wanted)
    read_as = format_of(house, name, wanted)
    if isinstance(read_as, DocumentsOf):
        return _of_documents(house, FileSource(), name, wanted, read_as, None)
    feed = FileSource().open(wanted.path, name, lambda: None, None, read_as.format, follow=False)
    return _of_lines(name, feed, wanted, read_as)


def day_feed(house: House, name: str, wanted: FeedSettings, start: float) -> OpenFeed | None:
    """A file or folder with what it was rotated into, as it lies there, from a moment on; None where no calls are read
    from files. Raises FeedError and SettingsError."""
    if _source_of(house, wanted.path) is not None:
        return None
    read_as = format_of(house, name, wanted)
    if isinstance(read_as, DocumentsOf) or Fact.CALLS not in read_as.format.gives:
        return None
    since = Horizon(start, start, start)
    feed = FileSource().open(wanted.path, name, lambda: None, since, read_as.format, follow=False)
    return _of_lines(name, feed, wanted, read_as)


def recorded_as(house: House, name: str, recorded: RecordedFeed) -> LinesOf | None:
    """How the lines of a recorded feed are read; None for one of documents, which are recorded as they were read.
    Raises FeedError."""
    if recorded.documents is True:
        return None
    read_as = format_of(house, name, FeedSettings("", recorded.format, options=recorded.options))
    return read_as if isinstance(read_as, LinesOf) else None


def recorded_decoder(recorded: RecordedFeed, read_as: LinesOf, health: FeedHealth) -> LineDecoder:
    """A decoder for the lines of a recorded feed."""
    site = "" if recorded.site is UNSET else recorded.site
    return LineDecoder(read_as.format.decoder(dict(recorded.options)), health, site)


def recorded_feed(wanted: FeedSettings, opened: OpenFeed) -> RecordedFeed:
    """What a recording says of this feed."""
    options, site = dict(wanted.options), wanted.site or UNSET
    return RecordedFeed(opened.read_as.format.name, options, site, opened.is_of_documents or UNSET)


def horizon_of(house: House, wanted: FeedSettings, now: float) -> Horizon:
    """Today, the calls that were open when it began, and the memberships and pauses of the days before."""
    start = house.rules.days.start_of(now)
    carry = start - wanted.backfill_days * DAY_SECONDS
    return Horizon(start, carry, start - house.rules.stale_after_seconds)


def _of_lines(name: str, feed: Feed, wanted: FeedSettings, read_as: LinesOf) -> OpenFeed:
    decoder = LineDecoder(read_as.format.decoder(dict(wanted.options)), feed.health, wanted.site or "")
    return OpenFeed(name, feed, read_as, decoder)


def _of_documents(
    house: House,
    files: FileSource,
    name: str,
    wanted: FeedSettings,
    read_as: DocumentsOf,
    wake: Callable[[], None] | None,
) -> OpenFeed:
    """The documents at the feed's place; without `wake` as they lie there."""
    fmt, days = read_as.format, house.rules.days
    wants = partial(_is_ours, fmt, days)
    opened = files.open_documents(wanted.path, name, wake or (lambda: None), wants, follow=wake is not None)
    reader = DocumentReader(fmt, read_as.options, days, opened.judged, wanted.site or "")
    return OpenFeed(name, opened.feed, read_as, reader)


def _is_ours(fmt: DocumentFormat, days: FloorDays, line: DocumentLine) -> bool:
    """Whether a document of a plain folder may be of this format at all: for all that is known, a workbook that nobody
    can open is."""
    document = Document(line.name, line.raw, line.modified_at, line.received_at, days)
    is_named_so = line.name.lower().endswith(WORKBOOKS)
    return document_likelihood(fmt, document) > 0 or (is_named_so and why_no_workbook(line.raw) is not None)


def _source_of(house: House, url: str) -> FeedSource | None:
    """The plugin's source for this URL; None for files."""
    scheme, colons, _rest = url.partition("://")
    if not colons or scheme == FileSource.scheme:
        return None
    try:
        return house.catalogue.source(scheme).thing
    except NotDeclaredError as missing:
        raise FeedError(f"{url}: {missing}") from None


def _refuse_unread(house: House, wanted: FeedSettings) -> None:
    if _source_of(house, wanted.path) is not None:
        raise FeedError(_("{url}: this can only be watched, it has no past to read").format(url=wanted.path))


def _refuse_source(source: FeedSource | None, wanted: FeedSettings) -> None:
    if source is not None:
        said = _("{url}: documents are read from files and folders: save them there, and name that")
        raise FeedError(said.format(url=wanted.path))


def _opened(source: FeedSource, url: str, name: str, wake: Callable[[], None]) -> Feed:
    """What the plugin's source opens. Raises FeedError, whatever the plugin raises."""
    try:
        return source.open(url, name, wake)
    except FeedError:
        raise
    except FAILURES as error:  # plugin code: a source's own mistake is one feed that cannot be opened
        reason = Failure.of(error).reason
        raise FeedError(_("{url}: cannot be opened: {reason}").format(url=url, reason=reason)) from error
