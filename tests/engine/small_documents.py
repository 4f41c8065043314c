"""A small format of documents for the engine's tests: a person and hours in each line, `Ada 09:00 17:00`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.engine.house import House
from floorwatch.extend.document import Document, DocumentFormat, RejectDocument
from floorwatch.host.catalogue import Declared
from floorwatch.model.duty import Refusal, Shift, Stint, Who
from floorwatch.model.duty_events import DocumentRead

HEAD = "# hours of "
DATE = "2026-11-21"


class HoursOptions(Struct, frozen=True):
    """What the hours are for, and how many of them a person may have."""

    layer: str = ""
    most: int = 24


class Hours(DocumentFormat):
    """The format; `on_read` is called before each reading, in the thread of whoever reads."""

    name = "hours"
    title = "Hours"

    def __init__(self, on_read: Callable[[Document], None] = lambda _document: None) -> None:
        self._on_read = on_read

    @property
    def options_type(self) -> type[Struct]:
        return HoursOptions

    def sniff(self, document: Document) -> float:
        return 0.9 if document.raw.startswith(HEAD.encode()) else 0.0

    def read(self, document: Document, options: Any) -> DocumentRead:
        self._on_read(document)
        head, *lines = document.raw.decode().splitlines() or [""]
        if not head.startswith(HEAD):
            raise RejectDocument("not a document of hours")
        date = head.removeprefix(HEAD)
        shifts, refused = list[Shift](), list[Refusal]()
        for number, line in enumerate(lines, 2):
            match line.split():
                case [who, start, end]:
                    stint = Stint(_moment(document, date, start), _moment(document, date, end))
                    shifts.append(Shift(f"{date} {who}", who, date, stints=(stint,), layer=options.layer))
                case _:
                    refused.append(Refusal(f"row {number}", "not a person and hours", line))
        return DocumentRead(
            0.0,
            document="whatever the format says",
            title="Hours",
            period=(date, date),
            rows=len(lines),
            people=tuple(Who(shift.agent, shift.agent) for shift in shifts),
            shifts=tuple(shifts),
            refused=tuple(refused),
        )


def _moment(document: Document, date: str, time: str) -> float:
    return datetime.fromisoformat(f"{date} {time}").replace(tzinfo=document.days.zone).timestamp()


def hours(*lines: str, date: str = DATE) -> bytes:
    """A document of hours."""
    return "\n".join((f"{HEAD}{date}", *lines)).encode()


def with_hours(house: House, fmt: DocumentFormat | None = None) -> House:
    """The house with the format in it."""
    fmt = fmt or Hours()
    formats = {
        **house.catalogue.document_formats,
        fmt.name: Declared("tests", fmt.name, fmt, title=fmt.title, options_type=fmt.options_type),
    }
    return replace(house, catalogue=replace(house.catalogue, document_formats=formats))
