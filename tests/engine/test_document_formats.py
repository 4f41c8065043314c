"""What a document format may do: whatever it gives costs its document alone, and never the floor."""

from typing import Any

import pytest

from floorwatch.engine.document_reading import DocumentReader
from floorwatch.extend.document import Document
from floorwatch.feeds.documents import DocumentLine
from floorwatch.model.duty import Shift
from floorwatch.model.duty_events import DocumentGone, DocumentRead, DocumentRefused
from tests.engine.small_documents import Hours, HoursOptions
from tests.engine.small_floor import START, house_in


class Judged:
    """Who is told what became of each document."""

    def __init__(self) -> None:
        self.said: list[str | None] = []

    def __call__(self, _line: DocumentLine, refused: str | None) -> None:
        self.said.append(refused)


ANYTHING: Any = object()
NUMBER: Any = 7
"""Nothing looks at the types of a Struct when it is made."""


class Wrong(Hours):
    """A format that gives what it should not."""

    name = "wrong"

    def __init__(self, gives: object) -> None:
        super().__init__()
        self._gives = gives

    def read(self, document: Document, options: object) -> DocumentRead:  # noqa: ARG002  # asked for by the protocol
        if isinstance(self._gives, Exception):
            raise self._gives
        return self._gives  # type: ignore[return-value]  # that is what is wrong


def line_of(raw: bytes) -> DocumentLine:
    return DocumentLine("roster", START, 0, raw, False, "roster.txt", START - 60)


@pytest.mark.parametrize(
    ("gives", "why"),
    [
        (KeyError("row"), "the format failed: KeyError: 'row'"),
        (RecursionError(), "the format failed: RecursionError"),
        ([], "the format failed: TypeError: it gave list, not DocumentRead"),
        (DocumentRead(0.0, document="x", rows=ANYTHING), "the format failed: TypeError"),
        (DocumentRead(0.0, document="x", shifts=(Shift("a", NUMBER, "d"),)), "Expected `str`, got `int`"),
    ],
)
def test_whatever_a_format_does_costs_its_document_alone(gives: object, why: str) -> None:
    judged = Judged()
    reader = DocumentReader(Wrong(gives), HoursOptions(), house_in().rules.days, judged)

    decoded = reader.decode(line_of(b""))

    (refused,) = decoded.events
    assert refused == DocumentRefused(START, document="roster.txt", why=decoded.rejected or "")
    assert why in (decoded.rejected or "")
    assert judged.said == [decoded.rejected]


def test_a_lone_surrogate_in_a_document_is_no_reason_to_lose_it() -> None:
    given = DocumentRead(0.0, document="x", title="a\ud800b")
    reader = DocumentReader(Wrong(given), HoursOptions(), house_in().rules.days, Judged())

    (read,) = reader.decode(line_of(b"")).events

    assert isinstance(read, DocumentRead)
    assert read.title == "a\ufffdb"


def test_the_queues_of_a_site_carry_it_in_front() -> None:
    given = DocumentRead(
        0.0, document="x", shifts=(Shift("1", "Ada", "d", queue="support"), Shift("2", "Ada", "d"))
    )  # fmt: skip
    reader = DocumentReader(Wrong(given), HoursOptions(), house_in().rules.days, Judged(), "north")

    (read,) = reader.decode(line_of(b"")).events

    assert isinstance(read, DocumentRead)
    assert [shift.queue for shift in read.shifts] == ["north/support", None]


def test_one_that_was_renamed_is_gone_from_the_floor() -> None:
    reader = DocumentReader(Hours(), HoursOptions(), house_in().rules.days, Judged())
    gone = DocumentLine("roster", START, 0, b"", False, "old.txt", gone=True)

    assert reader.decode(gone).events == (DocumentGone(START, document="old.txt"),)
