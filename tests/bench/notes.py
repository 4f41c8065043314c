"""100,000 notes: opened, folded, shown by the panels of seat support, and searched for words as they are typed."""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from floorwatch.engine.entering import JOURNAL
from floorwatch.engine.journal_past import entries_after
from floorwatch.extend.panel import Panel
from floorwatch.journal.shapes import NewEntry
from floorwatch.journal.sqlite import SqliteJournal
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import NoteKind, NoteTaken
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules
from floorwatch.views import Stack, Table, View
from tests.bench.busy_floor import busy_floor, folder, house_of
from tests.bench.measured import Measured, Target, fresh

NOTES = 100_000
BEGAN = 1_795_300_000.0
EVERY_SECONDS = 60.0
NOW = BEGAN + NOTES * EVERY_SECONDS
ROUNDS = 20
KINDS = tuple(NoteKind)
WORDS = ("tariff", "fibre", "contract", "router", "invoice", "portal", "refund", "wifi", "caller", "upset", "meter")
TYPED = ("refund", "number 12 wifi", "nobody wrote this")
SOUGHT = tuple(words[:length] for words in TYPED for length in range(1, len(words) + 1))
"""As somebody types them: the commonest letters match almost everything."""


def run() -> list[Measured]:
    """Milliseconds."""
    path = folder() / "many.journal"
    journal = SqliteJournal(path)
    for first in range(0, NOTES, 1_000):
        journal.append([note(number, f"{number:016x}") for number in range(first, first + 1_000)])
    journal.close()
    rounds = [fresh("notes", str(path)) for _ in range(5)]
    read, folded, snapshot, later = (list(figures) for figures in zip(*rounds, strict=True))
    return [
        Measured.of(f"{NOTES:,} notes opened and read", "ms", read),
        Measured.of(f"{NOTES:,} notes folded", "ms", folded),
        Measured.of("their first snapshot", "ms", snapshot),
        Measured.of("one more note folded, and a snapshot", "ms", later),
        *_panels(path),
    ]


def note(number: int, name: str) -> NewEntry:
    """A note of a dozen words, about 300 bytes in the journal."""
    at = BEGAN + number * EVERY_SECONDS
    text = " ".join([f"number {number}", *(WORDS[(number * 7 + each * each) % len(WORDS)] for each in range(10))])
    kind = KINDS[number % len(KINDS)]
    event = NoteTaken(at, id=name, by="May", kind=kind, agent=f"{number % 1_000}", seat="B12", tag="tariff", text=text)
    return NewEntry(name, at, "May", event)


def measure(path: Path) -> list[float]:
    """Milliseconds to open and read a journal, to fold it, to take a snapshot, and another after one more note."""
    began = perf_counter()
    journal = SqliteJournal(path)
    events = [entry.event for entry in entries_after(journal) if entry.event is not None]
    read = perf_counter()
    floor = Floor(FloorRules(FloorDays()))
    for event in events:
        floor.apply(event, JOURNAL)
    folded = perf_counter()
    floor.snapshot(NOW)
    snapped = perf_counter()
    floor.apply(note(NOTES, "one more").event, JOURNAL)
    floor.snapshot(NOW)
    later = perf_counter()
    journal.close()
    return [each * 1000 for each in (read - began, folded - read, snapped - folded, later - snapped)]


def _panels(path: Path) -> list[Measured]:
    house = house_of(busy_floor().config)
    floor = house.floor(frozenset())
    journal = SqliteJournal(path)
    for entry in entries_after(journal):
        if entry.event is not None:
            floor.apply(entry.event, JOURNAL)
    journal.close()
    panels = [declared.thing for declared in house.catalogue.panels.values() if declared.plugin == "seat-support"]
    return [row for panel in panels for row in _panel(panel, floor)]


def _panel(panel: Panel, floor: Floor) -> list[Measured]:
    """Its first view and further ones; its answers to words, where it can be searched."""
    options = panel.options_type()
    snapshot = floor.snapshot(NOW)
    views = [_timed(partial(panel.build, snapshot, options)) for _ in range(ROUNDS)]
    rows = [Measured(f"{panel.name} shown first", "ms", views[0]), Measured.of(f"{panel.name} again", "ms", views[1:])]
    if _is_searched(panel.build(snapshot, options)):
        found = [_timed(partial(panel.detail, snapshot, options, f"search:{words}")) for words in SOUGHT]
        rows.append(Measured(f"{panel.name} searched first", "ms", found[0], target=Target(100)))
        rows.append(Measured.of(f"{panel.name} searched again", "ms", found[1:], Target(100, on="p99")))
    return rows


def _is_searched(view: View) -> bool:
    parts = view.views if isinstance(view, Stack) else (view,)
    return any(isinstance(part, Table) and part.searches for part in parts)


def _timed(call: Callable[[], object]) -> float:
    """Milliseconds."""
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
