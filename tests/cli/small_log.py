"""A small queue log by hand, of which every figure is known: 2026-11-21, from 10:00 UTC on."""

from pathlib import Path

from floorwatch.feeds.recording import RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedLine

TEN = 1_795_255_200
"""10:00:00 UTC."""

LINES = (
    (0, "NONE|NONE|NONE|QUEUESTART|"),
    (10, "NONE|support|PJSIP/2001|ADDMEMBER|"),
    (60, "c1|support|NONE|ENTERQUEUE||5550001234|1"),
    (80, "c1|support|PJSIP/2001|CONNECT|20|c1b|5"),
    (200, "c1|support|PJSIP/2001|COMPLETECALLER|20|120|1"),
    (2400, "c2|support|NONE|ENTERQUEUE||5550009876|1"),
    (2430, "c2|support|NONE|ABANDON|1|1|30"),
    (3600, "c3|sales|NONE|ENTERQUEUE||5550004321|1"),
)
PEOPLE = "interface,name,employee,seat,team\nPJSIP/2001,张伟,4001,A01,Blue\n"


def line(after: float, words: str, start: float = TEN) -> str:
    """One line of a queue log, so many seconds after `start`."""
    return f"{start + after:.0f}|{words}\n"


def write_log(path: Path, start: float = TEN) -> Path:
    """The small log, written here."""
    path.write_text("".join(line(after, words, start) for after, words in LINES), encoding="utf-8")
    return path


def write_recording(path: Path, zone: str = "UTC") -> Path:
    """The small log as a recording of a floor in this zone."""
    writer = RecordingWriter(path, zone, {"queue_log": RecordedFeed("asterisk-queue-log")})
    for after, words in LINES:
        writer.append(FeedLine("queue_log", TEN + after, 0, line(after, words).encode().rstrip()))
    writer.close()
    return path
