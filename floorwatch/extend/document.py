"""A document format: how a whole file (a roster, an attendance sheet, a calendar) is read into one event."""

from typing import Any, Protocol

from msgspec import Struct

from floorwatch.extend.panel import NoOptions
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty_events import DocumentRead


class RejectDocument(Exception):  # noqa: N818  # an order to the host, as RejectLine is
    """Raised by a format for a document of which nothing can be used; the message says why, and what to do."""


class Document(Struct, frozen=True):
    """A file as it lay there: its name without the folder, all of its bytes, when it was written and read (epoch
    seconds UTC). `days` is the floor's zone and business day: local times of a document are meant in it."""

    name: str
    raw: bytes
    modified_at: float
    read_at: float
    days: FloorDays


class DocumentFormat(Protocol):
    """What a kind of document means: found by name in the config, or by `sniff`. A class that inherits from this needs
    only name, title, sniff and read. Pure: no files, no clocks; runs in the feed's own thread."""

    name: str
    title: str

    @property
    def options_type(self) -> type[Struct]:
        """The type of its options, `[feeds.NAME.options]`: none, unless said otherwise."""
        return NoOptions

    def sniff(self, document: Document) -> float:
        """How likely the document is of this format, 0..1. Cheap for what it clearly is not."""
        ...

    def read(self, document: Document, options: Any) -> DocumentRead:
        """All that it says. What cannot be used of it is in `refused`. Raises RejectDocument("why") for what is none of
        its kind or cannot be read at all; a SheetError is as good."""
        ...
