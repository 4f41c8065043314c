"""From a document to its event: a whole file read by its format, in the feed's own thread.

Rules
- A document that its format refuses, or fails on, is counted with the reason; what it said before stays, and the floor
  knows of it.
- What a format gives is looked at before it goes on: a value of a wrong type would hurt the fold, and the recording.
- The event has the document's name and the time of its reading, whatever the format wrote there.
- With a `site`, the queues of its shifts carry it in front, as those of lines do.
"""

from collections.abc import Callable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.decoding import Decoded
from floorwatch.extend.document import Document, DocumentFormat, RejectDocument
from floorwatch.feeds import jsonl
from floorwatch.feeds.documents import DocumentLine
from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.shapes import FeedLine
from floorwatch.feeds.sheets import SheetError
from floorwatch.host.failure import Failure
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty_events import DocumentGone, DocumentRead, DocumentRefused
from floorwatch.words import _

_decode = msgspec.json.Decoder(DocumentRead).decode


class DocumentReader:
    """One feed's format with its options; tells the feed what became of each document."""

    def __init__(
        self,
        fmt: DocumentFormat,
        options: Struct,
        days: FloorDays,
        judged: Callable[[DocumentLine, str | None], None],
        site: str = "",
    ) -> None:
        self._format = fmt
        self._options = options
        self._days = days
        self._judged = judged
        self._site = site

    def decode(self, line: FeedLine) -> Decoded:
        """What the document says, or the reason why it says nothing. Never raises."""
        assert isinstance(line, DocumentLine), "only feeds of documents are read so"
        if line.gone:
            return Decoded(line.feed, line.received_at, (DocumentGone(line.received_at, document=line.name),))
        try:
            found = self._read(line)
        except RejectDocument as refusal:
            return self._refused(line, str(refusal))
        except FAILURES as error:  # plugin code: a format that fails costs its document and nothing else
            return self._refused(line, _("the format failed: {reason}").format(reason=Failure.of(error).reason))
        self._judged(line, None)
        return Decoded(line.feed, line.received_at, (found,))

    def _read(self, line: DocumentLine) -> DocumentRead:
        document = Document(line.name, line.raw, line.modified_at, line.received_at, self._days)
        found = read_by(self._format, document, self._options)
        if not self._site:
            return found
        shifts = (replace(each, queue=f"{self._site}/{each.queue}") if each.queue else each for each in found.shifts)
        return replace(found, shifts=tuple(shifts))

    def _refused(self, line: DocumentLine, reason: str) -> Decoded:
        self._judged(line, reason)
        refused = DocumentRefused(line.received_at, document=line.name, why=reason)
        return Decoded(line.feed, line.received_at, (refused,), reason)


def read_by(fmt: DocumentFormat, document: Document, options: Struct) -> DocumentRead:
    """What the format makes of the document, held against the types that it is declared with: as a recording would read
    it again. Raises RejectDocument; TypeError and ValueError for what is none; whatever the format raises."""
    try:
        given: object = fmt.read(document, options)
    except SheetError as error:  # whose message is for whoever made the workbook, as a refusal's is
        raise RejectDocument(str(error)) from None
    if not isinstance(given, DocumentRead):
        raise TypeError(_("it gave {what}, not DocumentRead").format(what=type(given).__name__))
    return replace(_decode(jsonl.encode(given)), at=document.read_at, document=document.name)
