"""A drop-in with a small format of documents, `name 09:00-17:00` a line, and a roster of it."""

import os
from pathlib import Path

PLUGIN = """
from datetime import datetime

import msgspec

from floorwatch.api import Document, DocumentFormat, RejectDocument, duty, events, hookimpl


class HoursOptions(msgspec.Struct, frozen=True):
    layer: str = ""
    most: int = 24


class Hours(DocumentFormat):
    name = "hours"
    title = "Hours by name"

    @property
    def options_type(self):
        return HoursOptions

    def sniff(self, document):
        return 0.9 if document.raw.startswith(b"hours of ") else 0.0

    def read(self, document, options):
        head, *lines = document.raw.decode().splitlines() or [""]
        if not head.startswith("hours of "):
            raise RejectDocument("not a list of hours: its first line must be `hours of DATE`")
        date = head[9:]
        shifts, refused, codes = [], [], {}
        for number, line in enumerate(lines, 2):
            who, _blank, hours = line.partition(" ")
            if not hours:
                refused.append(duty.Refusal(f"row {number}", "nobody and no hours", line))
            elif "-" not in hours:
                codes[hours] = codes.get(hours, 0) + 1
            else:
                ends = [datetime.fromisoformat(f"{date} {at}") for at in hours.split("-")]
                stint = duty.Stint(*(end.replace(tzinfo=document.days.zone).timestamp() for end in ends))
                shifts.append(duty.Shift(f"{date} {who}", who, date, stints=(stint,), layer=options.layer))
        return events.DocumentRead(
            document.read_at,
            document=document.name,
            title="Hours",
            period=(date, date),
            rows=len(lines),
            people=tuple(duty.Who(shift.agent, name=shift.agent) for shift in shifts),
            shifts=tuple(shifts),
            refused=tuple(refused),
            unknown_codes=codes,
            remarks=("the year was taken from the first line",),
        )


@hookimpl
def floorwatch_document_formats():
    return [Hours()]
"""
ROSTER = "hours of 2026-11-21\n张伟 09:00-17:00\n李娜 13:00-21:00\n王芳 X7\nnothing\n\x1b[31mred\n"


def write_plugin(folder: Path) -> Path:
    """The drop-in, in a folder of its own."""
    folder.mkdir(mode=0o755)
    file = folder / "hours_plugin.py"
    file.write_text(PLUGIN, encoding="utf-8")
    file.chmod(0o644)
    return folder


def write_roster(path: Path, text: str = ROSTER, written: float = 1_795_000_000) -> Path:
    """The roster, written long before any test."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (written, written))
    return path
