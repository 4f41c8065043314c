"""A recorder and a journal on a disk that fills and is emptied again; what became of them, as JSON. Run as a process:

    python -m tests.faults.on_full_disk FOLDER SMALL

SMALL is a small file system that is filled by a file beside them. Where it is none (`-`), FOLDER is used, and no file
of the process may grow (RLIMIT_FSIZE), which the system says in another word (EFBIG for ENOSPC).
"""

import json
import resource
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from floorwatch.engine.recorder import Recorder
from floorwatch.feeds.recording import end_of, read_recording
from floorwatch.feeds.shapes import FeedLine
from floorwatch.journal.shapes import JournalError
from floorwatch.journal.sqlite import SqliteJournal
from floorwatch.settings import FeedSettings
from tests.faults.stage import FEED, FORMAT, Stage
from tests.journal.entries import note

LINES = 3000
"""Some 300 KB: many writes of the recorder."""


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Not a byte is free."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            with suppress(OSError):
                while file.write(bytes(size)):
                    pass
    yield
    ballast.unlink()


@contextmanager
def held_down() -> Iterator[None]:
    """No file of this process grows beyond a size that all of them have."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def main(folder: Path, small: Path | None) -> dict[str, Any]:
    """Play it."""
    stage, place = Stage(folder), small or folder / "place"
    place.mkdir(exist_ok=True)
    stage.says(10)
    out, path = place / "day.floorlog", place / "floor.journal"
    stage.config.write_text(stage.config.read_text().replace("memory:", str(path)))
    journal = SqliteJournal(path)
    journal.append([note("before")])
    recorder = Recorder(stage.house, {FEED: FeedSettings(str(stage.log), FORMAT)}, out, stage.clock)
    recorder.begin()
    recorder.step()
    stage.says(LINES)
    full: Callable[[], Any] = held_down if small is None else lambda: filled(place)
    found: dict[str, Any] = {}
    with full():
        for _beat in range(3):
            stage.clock.at += 1
            recorder.step()
        found["recorder says"] = str(recorder.unwritten or "")
        found["is torn while full"] = end_of(out).torn
        try:
            journal.append([note("while full", "x" * 200_000)])
        except JournalError as error:
            found["journal says"] = error.word
        found["read while full"] = [entry.id for entry in journal.since(0)]
    stage.says(5)
    stage.clock.at += 1
    recorder.step()
    journal.append([note("after")])
    recorder.close()
    found["entries"] = [entry.id for entry in journal.since(0)]
    journal.close()
    recording = read_recording(out)
    lines = [entry.raw for entry in recording if isinstance(entry, FeedLine)]
    with closing(sqlite3.connect(path)) as database:
        found["journal is"] = database.execute("PRAGMA integrity_check").fetchall()[0][0]
    found |= {"all lines": lines == stage.said, "lost": recorder.lost, "rejected": recording.health.rejected}
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), None if sys.argv[2] == "-" else Path(sys.argv[2]))))
