"""Small files that unpack to very much: in a process that may not have more memory than a floor has, they are read, or
refused, and it lives."""

import gzip
import resource
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from floorwatch.api import RejectDocument, sheets
from floorwatch.engine.document_reading import read_by
from floorwatch.feeds.jsonl import JsonLines
from floorwatch.feeds.recording import end_of, is_recording, read_recording
from floorwatch.feeds.shapes import FeedError, FeedLine, RejectLine
from floorwatch.feeds.tail import Tail
from tests.feeds.workbooks import parts_as_workbook, raw_workbook
from tests.fuzz.documents import SAMPLES, document, options_of

ROOM_BYTES = 300 * 1024 * 1024
"""Beside what is loaded already."""

ZEROS = bytes(16 * 1024 * 1024)
HEADER = b'{"floorlog": 1, "zone": "UTC", "feeds": {}}\n'


def gz_log(file: Path) -> None:
    """One line of a gigabyte in a rotated log."""
    log = file.with_name("queue_log")
    file.with_name("queue_log.1.gz").write_bytes(gzip.compress(ZEROS) * 32 + gzip.compress(b"x" * len(ZEROS)) * 32)
    log.write_bytes(b"1795300000|c|q|NONE|ENTERQUEUE||1|1\n")
    tail = Tail(log, "queue_log")
    while not tail.drain(0.0):
        pass
    tail.close()


def gz_recording(file: Path) -> None:
    """A recording whose first entry never ends."""
    file.write_bytes(gzip.compress(HEADER) + gzip.compress(b"x" * len(ZEROS)) * 32)
    assert is_recording(file)
    with suppress(FeedError):
        end_of(file)
    with suppress(FeedError):
        assert not list(read_recording(file))


def gz_first_line(file: Path) -> None:
    """A recording whose first line never ends."""
    file.write_bytes(gzip.compress(b'{"floorlog": ' + b" " * len(ZEROS)) * 32)
    assert not is_recording(file)
    with suppress(FeedError):
        read_recording(file)


def laughs(_file: Path) -> None:
    """Entities of entities, in a sheet and in its strings."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 100 if n else "ha"}">' for n in range(12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a11;</t></is></c></row>'
    sheet = f"{bomb}<worksheet><sheetData>{row}</sheetData></worksheet>"
    with suppress(sheets.SheetError):
        sheets.sheets_of(parts_as_workbook({"xl/worksheets/sheet1.xml": sheet.encode()}))
    with suppress(sheets.SheetError):
        sheets.sheets_of(raw_workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings="<si><t>&a11;</t></si>"))


def brackets(_file: Path) -> None:
    """Elements in elements, brackets in brackets."""
    deep = b"<row>" * 2_000_000
    with suppress(sheets.SheetError):
        sheets.sheets_of(parts_as_workbook({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + deep}))
    for raw in (b"[" * 60_000, b'{"event":' * 7_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000):
        with suppress(RejectLine):
            tuple(JsonLines().decoder({}).feed(FeedLine("f", 0.0, 0, raw)))


def repeats(_file: Path) -> None:
    """A duty for every second of a hundred years, and very many of them."""
    sample = SAMPLES["calendar"]
    daily = sample.make().replace(b"RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6", b"RRULE:FREQ=DAILY;UNTIL=99991231T000000Z")
    entry = daily[daily.index(b"BEGIN:VEVENT") : daily.index(b"END:VEVENT") + 12]
    for raw in (
        daily.replace(b"DAILY", b"SECONDLY"),
        daily.replace(entry, entry * 300),
        daily.replace(b"PT1H", b"P9999D"),
    ):
        with suppress(RejectDocument):
            read_by(sample.fmt, document(raw), options_of(sample))


def one_line(_file: Path) -> None:
    """Twelve megabytes without a line end, for each reader of texts."""
    for name in ("roster table", "punch table", "attendance log", "calendar"):
        sample = SAMPLES[name]
        for raw in (sample.make() + b"," * 12_000_000, sample.make()[:-1] + b'"' + b"a\n" * 3_000_000):
            with suppress(RejectDocument):
                read_by(sample.fmt, document(raw), options_of(sample))


BOMBS: dict[str, Callable[[Path], None]] = {
    each.__name__: each for each in (gz_log, gz_recording, gz_first_line, laughs, brackets, repeats, one_line)
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_does_not_go_off(name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz.test_bombs", name, str(tmp_path / "file")]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


if __name__ == "__main__":
    BOMBS["laughs"](Path())  # what is loaded once is loaded now
    used = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + ROOM_BYTES, used + ROOM_BYTES))
    BOMBS[sys.argv[1]](Path(sys.argv[2]))
