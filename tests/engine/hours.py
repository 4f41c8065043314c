"""A recorded hour and a half for replays: a call a minute, of which some wait for too long, and one is lost."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from floorwatch.feeds.recording import RecordedEvent, RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedLine
from floorwatch.model.events import WatchBegan
from tests.engine.small_floor import QUEUE_LOG, START, log_lines

Line = tuple[float, str]
MINUTES = 90
END = START + 60 * MINUTES


def calls() -> list[Line]:
    """A caller a minute, answered after ten seconds; of twenty one waits on, and one gives up."""
    lines: list[Line] = [(START, "NONE|support|PJSIP/2001|ADDMEMBER|")]
    for minute in range(MINUTES):
        at = START + 60 * minute + 1
        wait = 150 if minute % 20 == 5 else 10
        lines.append((at, f"c{minute}|support|NONE|ENTERQUEUE||1{minute:04}|1"))
        if minute % 20 == 15:
            lines.append((at + 40, f"c{minute}|support|NONE|ABANDON|1|1|40"))
            continue
        lines.append((at + wait, f"c{minute}|support|PJSIP/2001|CONNECT|{wait}|x|2"))
        lines.append((at + wait + 20, f"c{minute}|support|PJSIP/2001|COMPLETEAGENT|{wait}|20|1"))
    return [line for line in sorted(lines) if line[0] < END] + [(END, "last|support|NONE|ENTERQUEUE||1|1")]


def recorded(path: Path, lines: Sequence[Line], watched_at: float | None = START, zone: str = "UTC") -> Path:
    """A recording of these lines, those before `watched_at` as the past (None: without the mark)."""
    writer = RecordingWriter(path, zone, {"queue_log": RecordedFeed(QUEUE_LOG)})
    for entry in _entries(lines, watched_at):
        writer.append(entry)
    writer.close()
    return path


def _entries(lines: Sequence[Line], watched_at: float | None) -> Iterable[FeedLine | RecordedEvent]:
    is_watched = watched_at is None
    for at, words in lines:
        if watched_at is not None and not is_watched and at >= watched_at:
            yield RecordedEvent("", watched_at, WatchBegan(watched_at))
            is_watched = True
        yield FeedLine("queue_log", at, 0, log_lines((at, words)).rstrip(), backfill=not is_watched)
    if watched_at is not None and not is_watched:
        yield RecordedEvent("", watched_at, WatchBegan(watched_at))
