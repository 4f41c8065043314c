"""Feeds opened: what they are (by name, or by their first bytes), their decoders, and how much past they give.

Rules
- A format named in the settings is believed; otherwise the most likely by `sniff` is taken, and named in `feeds check`.
- A file that is not there yet can be waited for only when its format is named: nothing can be sniffed.
"""

from collections.abc import Callable

from msgspec import UNSET, Struct

from floorwatch.engine.decoding import LineDecoder
from floorwatch.engine.house import House
from floorwatch.feeds.backfill import Horizon
from floorwatch.feeds.files import FileSource
from floorwatch.feeds.formats import configured, recognise
from floorwatch.feeds.recording import RecordedFeed, is_recording
from floorwatch.feeds.shapes import Feed, FeedError, FeedFormat, FeedHealth, FeedSource
from floorwatch.host.catalogue import NotDeclaredError
from floorwatch.host.failure import Failure
from floorwatch.model.entities import Fact
from floorwatch.settings import FeedSettings
from floorwatch.words import _

DAY_SECONDS = 86_400.0


class OpenFeed(Struct, frozen=True):
    """A feed with what reads it."""

    name: str
    feed: Feed
    format: FeedFormat
    decoder: LineDecoder

    @property
    def gives(self) -> frozenset[Fact]:
        """What this feed can tell."""
        return self.format.gives


def format_of(house: House, name: str, wanted: FeedSettings) -> FeedFormat:
    """The feed's format with its options, tried on a decoder. Raises FeedError that names the feed and what to do."""
    found = _named(house, name, wanted.format) if wanted.format else _sniffed(house, wanted.path)
    try:
        fmt = configured(found, dict(wanted.options))
        fmt.decoder(dict(wanted.options))
    except ValueError as error:
        raise FeedError(_("feeds.{name}.options: {reason}").format(name=name, reason=error)) from None
    except Exception as error:  # plugin code: a mistake in a format is one feed that cannot be read
        said = _("feeds.{name}: the format {format} failed: {reason}")
        raise FeedError(said.format(name=name, format=found.name, reason=Failure.of(error).reason)) from error
    return fmt


def live_feed(
    house: House, files: FileSource, name: str, wanted: FeedSettings, now: float, wake: Callable[[], None]
) -> OpenFeed:
    """A feed that is followed, with as much of its past as today needs. Raises FeedError."""
    fmt = format_of(house, name, wanted)
    source = _source_of(house, wanted.path)
    if source is not None:
        feed = _opened(source, wanted.path, name, wake)
    else:
        feed = files.open(wanted.path, name, wake, horizon_of(house, wanted, now), fmt)
    return OpenFeed(name, feed, fmt, LineDecoder(fmt.decoder(dict(wanted.options)), feed.health, wanted.site or ""))


def past_feed(house: House, name: str, wanted: FeedSettings) -> OpenFeed:
    """A file or folder as it lies there, from its beginning to its end. Raises FeedError."""
    if _source_of(house, wanted.path) is not None:
        raise FeedError(_("{url}: this can only be watched, it has no past to read").format(url=wanted.path))
    fmt = format_of(house, name, wanted)
    feed = FileSource().open(wanted.path, name, lambda: None, None, fmt, follow=False)
    return OpenFeed(name, feed, fmt, LineDecoder(fmt.decoder(dict(wanted.options)), feed.health, wanted.site or ""))


def recorded_format(house: House, name: str, recorded: RecordedFeed) -> FeedFormat:
    """The format that a recording names for its feed. Raises FeedError."""
    return format_of(house, name, FeedSettings("", recorded.format, options=recorded.options))


def recorded_decoder(house: House, name: str, recorded: RecordedFeed, health: FeedHealth) -> LineDecoder:
    """A decoder for the lines of a recorded feed. Raises FeedError."""
    fmt = recorded_format(house, name, recorded)
    site = "" if recorded.site is UNSET else recorded.site
    return LineDecoder(fmt.decoder(dict(recorded.options)), health, site)


def recorded_feed(wanted: FeedSettings, opened: OpenFeed) -> RecordedFeed:
    """What a recording says of this feed."""
    return RecordedFeed(opened.format.name, dict(wanted.options), wanted.site or UNSET)


def _source_of(house: House, url: str) -> FeedSource | None:
    """The plugin's source for this URL; None for files."""
    scheme, colons, _rest = url.partition("://")
    if not colons or scheme == FileSource.scheme:
        return None
    try:
        return house.catalogue.source(scheme).thing
    except NotDeclaredError as missing:
        raise FeedError(f"{url}: {missing}") from None


def _opened(source: FeedSource, url: str, name: str, wake: Callable[[], None]) -> Feed:
    """What the plugin's source opens. Raises FeedError, whatever the plugin raises."""
    try:
        return source.open(url, name, wake)
    except FeedError:
        raise
    except Exception as error:  # plugin code: a source's own mistake is one feed that cannot be opened
        reason = Failure.of(error).reason
        raise FeedError(_("{url}: cannot be opened: {reason}").format(url=url, reason=reason)) from error


def horizon_of(house: House, wanted: FeedSettings, now: float) -> Horizon:
    """Today, the calls that were open when it began, and the memberships and pauses of the days before."""
    start = house.rules.days.start_of(now)
    carry = start - wanted.backfill_days * DAY_SECONDS
    return Horizon(start, carry, start - house.rules.stale_after_seconds)


def _named(house: House, name: str, word: str) -> FeedFormat:
    try:
        return house.catalogue.format(word).thing
    except NotDeclaredError as missing:
        raise FeedError(_("feed {name}: {reason}").format(name=name, reason=missing)) from None


def _sniffed(house: House, path: str) -> FeedFormat:
    if is_recording(path):
        raise FeedError(
            _("{path}: a recording: nothing is added to it; see it with floorwatch replay").format(path=path)
        )
    found = recognise(path, [declared.thing for declared in house.catalogue.formats.values()])
    if found is None:
        known = ", ".join(sorted(house.catalogue.formats))
        said = _("{path}: no known format, or nothing in it yet; name one with --format or `format =` ({known})")
        raise FeedError(said.format(path=path, known=known))
    return found
