"""Whatever lies where a file of ours should: it is read as far as it can be, or refused in one sentence."""

import io
import json
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from math import inf
from pathlib import Path
from random import Random
from zipfile import BadZipFile

import pytest

from floorwatch.bundled import bundled
from floorwatch.engine.decoding import fold
from floorwatch.engine.keyframes.build import build
from floorwatch.engine.keyframes.indexed import IndexedTape
from floorwatch.engine.keyframes.place import place_of
from floorwatch.engine.state import state_of_floor
from floorwatch.engine.timeline import timeline_of
from floorwatch.feeds import sheets
from floorwatch.feeds.recording import end_of, is_recording, read_recording
from floorwatch.feeds.shapes import FeedError
from floorwatch.feeds.tables import TableFormat
from floorwatch.journal.shapes import JournalError
from floorwatch.journal.sqlite import SqliteJournal
from floorwatch.settings import FeedSettings, SettingsError, load_settings, rules_of
from floorwatch.settings.people_file import load_people
from floorwatch.text import inert
from tests.engine.small_floor import START, house_in
from tests.feeds.workbooks import workbook
from tests.fuzz.mutation import VALUES, bounded, worse, worse_archive
from tests.fuzz.test_decoders import CALL_OPTIONS, EVENT_OPTIONS, JSON_OPTIONS
from tests.journal.entries import note
from tests.keyframes.small_recording import recording

Harness = Callable[[Random, Path], None]


def people(chance: Random, file: Path) -> None:
    rows = ("PJSIP/1,李娜,1001,A1,一组,7,班组长,,a;b", "PJSIP/2,Ada,1002,,,8,,1001,")
    text = "\n".join(("interface,name,employee,seat,team,pin,role,mentor,skills", *rows, ""))
    file.write_bytes(worse(chance, text.encode(chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")))))
    with suppress(SettingsError):
        found = load_people(file)
        assert all(person.id and person.name for person in found)
        assert all(inert(problem) == problem for problem in found.problems)


def configuration(chance: Random, file: Path) -> None:
    text = (bundled("config") / "floorwatch.toml").read_bytes()
    start = chance.randrange(len(text))
    lines = text.replace(b"\n# ", b"\n").splitlines(keepends=True)
    at = chance.randrange(len(lines))
    file.write_bytes(worse(chance, text[:start] if chance.random() < 0.3 else b"".join(lines[at : at + 30]), 3))
    messages: Sequence[str] = ("none",)
    try:
        rules_of(load_settings(file, {}))
    except SettingsError as refusal:
        messages = refusal.messages
    assert messages
    assert all(message.strip() for message in messages)


def options_of_a_table(chance: Random, _file: Path) -> None:
    options = json.loads(json.dumps(chance.choice((EVENT_OPTIONS, CALL_OPTIONS, JSON_OPTIONS))))
    for _ in range(chance.randint(1, 3)):
        key = chance.choice(
            [*options, "encoding", "zone", "header", "gives", "empty", "fixed", "values", "delimiter", "what"]
        )
        if isinstance(options.get(key), dict) and chance.random() < 0.6:
            options[key][chance.choice([*options[key], "at", "x"])] = chance.choice(VALUES)
        else:
            words = (
                "Asia",
                "../x",
                "A" * 5000,
                "\0",
                "zip",
                "rot13",
                "idna",
                "undefined",
                "utf-7",
                "utf-16",
                "%",
                "%Q",
                "%d" * 90,
            )
            options[key] = chance.choice((*VALUES, *words))
    with suppress(ValueError):
        TableFormat().configured(options).time_of(b"a;b;c")
        decoder = TableFormat().decoder(options)
        with suppress(Exception):  # what is refused is looked at in test_decoders
            tuple(decoder.feed(io.BytesIO(b"")))  # type: ignore[arg-type]  # nothing that it is meant for


def _recording(path: Path) -> Path:
    return path if path.exists() else recording(path, 12)


def calls_recorded(chance: Random, file: Path) -> None:
    whole = _recording(file.with_name("whole.floorlog")).read_bytes()
    journal = b'{"received_at":%.1f,"feed":"journal","event":{"event":"SeatVisited","at":1.0,"agent":"1"}}\n' % START
    file.write_bytes(worse(chance, whole + journal if chance.random() < 0.3 else whole))
    is_recording(file)
    with suppress(FeedError):
        end_of(file)
        read = read_recording(file)
        entries = list(read)
        assert all(entry.received_at < inf for entry in entries)
        for entry in entries[:3]:
            assert next(read.entries(entry.offset)) == entry
        timeline = timeline_of(house_in(), {"day": FeedSettings(str(file))})
        floor = house_in().floor()
        for each in timeline.entries():
            fold(floor, each)
        state_of_floor(floor.snapshot(START + 300), {})


def keyframes(chance: Random, file: Path) -> None:
    tape_of = _recording(file.with_name("day.floorlog"))
    place = place_of(tape_of)
    aside = file.with_name("aside")
    if not aside.exists():
        build(house_in(), tape_of, aside)
    place.unlink(missing_ok=True)
    place.write_bytes(worse(chance, aside.read_bytes()))
    tape = IndexedTape(house_in(), tape_of)
    tape.refresh()
    with closing(tape):
        at = START + chance.randrange(120)
        state_of_floor(tape.open_at(at).floor.snapshot(at), {})
        tape.moments(START, START + 120)
        tape.strip(START, START + 120)


def journal_file(chance: Random, file: Path) -> None:
    whole = file.with_name("whole.journal")
    if not whole.exists():
        with closing(SqliteJournal(whole)) as journal:
            journal.append([note(f"n{n}") for n in range(30)])
    for each in file.parent.glob(f"{file.name}*"):
        each.unlink()
    file.write_bytes(worse(chance, whole.read_bytes(), 2))
    with suppress(JournalError), closing(SqliteJournal(file)) as journal:
        assert all(entry.id is not None for entry in journal.since(0))
        journal.append([note("more")])


def workbook_file(chance: Random, _file: Path) -> None:
    raw = workbook({"S": [["x", 1, 2.5, None], ["y"]], "T": [["客"] * 5]}, merged=["A1:B2"])
    with suppress(sheets.SheetError, BadZipFile):
        sheets.sheets_of(worse_archive(chance, raw))


HARNESSES: dict[str, tuple[Harness, int]] = {
    "people": (people, 500),
    "configuration": (configuration, 200),
    "options of a table": (options_of_a_table, 900),
    "recording": (calls_recorded, 200),
    "keyframes": (keyframes, 200),
    "journal": (journal_file, 200),
    "workbook": (workbook_file, 300),
}


@pytest.mark.parametrize("name", HARNESSES)
def test_a_spoiled_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    harness, cases = HARNESSES[name]
    for seed in range(cases):
        with bounded():
            harness(Random(seed), tmp_path / "file")
