"""The journal: a note made durable beside the disk's own sync, four processes at once, and killed writers.

FLOORWATCH_KILLS says how many are killed; 2,000 take two or three minutes.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from floorwatch.engine.journal_past import entries_after
from floorwatch.journal.sqlite import SqliteJournal
from tests.bench.busy_floor import folder
from tests.bench.measured import CHECKOUT, Measured, Target, percentile
from tests.bench.notes import note
from tests.journal.writers import kill_and_check

NOTES = 5_000
NOTE_BYTES = 300
WRITERS = 4
NOTES_A_SECOND = 100
SECONDS = 10
KILLS = int(os.environ.get("FLOORWATCH_KILLS", "200"))


def run() -> list[Measured]:
    """Milliseconds, except where the unit says otherwise."""
    return [*_durable(), *_together(), _killed()]


def _durable() -> list[Measured]:
    """Turn and turn about, so that both meet the same disk."""
    entries = [note(number, f"{number:016x}") for number in range(NOTES)]
    journal = SqliteJournal(folder() / "durable.journal")
    plain = os.open(folder() / "plain", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    syncs, notes = [], []
    for entry in entries:
        began = perf_counter()
        os.write(plain, b"x" * NOTE_BYTES)
        os.fsync(plain)
        synced = perf_counter()
        journal.append([entry])
        notes.append((perf_counter() - synced) * 1000)
        syncs.append((synced - began) * 1000)
    os.close(plain)
    journal.close()
    target = Target(1.5 * percentile(syncs, 0.99), on="p99")
    return [
        Measured.of(f"{NOTE_BYTES} bytes appended to a file and synced", "ms", syncs),
        Measured.of("a note made durable", "ms", notes, target).beside("sync", median(syncs)),
    ]


def _together() -> list[Measured]:
    """Each process has its own times to write at; how late it is counts."""
    path = folder() / "together.journal"
    command = [sys.executable, "-m", "tests.bench.journal", str(path)]
    writers = [
        subprocess.Popen([*command, f"w{number}-"], cwd=CHECKOUT, stdout=subprocess.PIPE) for number in range(WRITERS)
    ]
    told = [json.loads(writer.communicate()[0]) for writer in writers]
    journal = SqliteJournal(path)
    counted = Counter(entry.id for entry in entries_after(journal))
    journal.close()
    wanted = NOTES_A_SECOND * SECONDS
    rate = sum(wanted / WRITERS / seconds for seconds, *_late in told)
    late = [each for _seconds, *latencies in told for each in latencies]
    held = Target(NOTES_A_SECOND, at_least=True)
    once = sum(count == 1 for count in counted.values())
    return [
        Measured(f"held by {WRITERS} processes for {SECONDS} s", "notes/s", rate, target=held),
        Measured("of these, there once", "notes", once, target=Target(wanted, at_least=True)),
        Measured.of("one of these, from its time to durable", "ms", late),
    ]


def write(path: Path, name: str) -> list[float]:
    """Of one process: the seconds it took, then the milliseconds from each note's time to its acknowledgement."""
    journal, every = SqliteJournal(path), WRITERS / NOTES_A_SECOND
    began, late = perf_counter(), []
    for number in range(NOTES_A_SECOND * SECONDS // WRITERS):
        due = began + number * every
        time.sleep(max(0.0, due - perf_counter()))
        journal.append([note(number, f"{name}{number}")])
        late.append((perf_counter() - due) * 1000)
    took = perf_counter() - began
    journal.close()
    return [took, *late]


def _killed() -> Measured:
    """Raises where an acknowledged entry is lost, doubled, or cut in two."""
    acknowledged = kill_and_check(folder() / "killed.journal", KILLS, Random(KILLS))
    return Measured(f"kept through {KILLS:,} kills, none lost or doubled", "notes", acknowledged)


if __name__ == "__main__":
    print(json.dumps(write(Path(sys.argv[1]), sys.argv[2])))
