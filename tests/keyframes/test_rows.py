"""The rows of a history, written bit by bit and read by somebody else: all of it in order, or an error."""

import os
import subprocess
import sys

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.engine.keyframes.frame import FrameError, Readings, frame_of
from floorwatch.engine.keyframes.rows import add_rows, lengths_of, rows_after
from floorwatch.model import events as ev
from floorwatch.model.bases import Bases
from floorwatch.model.events import NoteKind
from floorwatch.model.history import History
from floorwatch.model.past import Past
from tests.keyframes.any_day import Line, any_day, fold, new_floor, written
from tests.model.test_identity import DAY
from tests.patience import PATIENCE_SECONDS


def a_history(calls: int = 40) -> History:
    """A history with bases, too: those of a frame."""
    floor = new_floor()
    floor.history.bases = Bases(few=0)
    for number in range(calls):
        fold(floor, [("log", ev.CallEntered(DAY + number, f"c{number}", "sales", "0123456"))])
        fold(floor, [("log", ev.CallAnswered(DAY + number + 5, f"c{number}", "sales", "a"))])
        fold(floor, [("log", ev.CallCompleted(DAY + number + 9, f"c{number}", "sales", "a"))])
    fold(floor, [("journal", ev.NoteTaken(DAY, id="e1", by="Ada", kind=NoteKind.STATE, agent="1001", text="x"))])
    frame_of(floor, Readings())
    return floor.history


@settings(max_examples=60)
@given(any_day(), st.lists(st.integers(0, 90), max_size=4))
def test_rows_written_bit_by_bit_are_the_history(lines: list[Line], cuts: list[int]) -> None:
    floor, history = new_floor(), History()
    fold(floor, lines)
    for block in written(lines, [min(cut, len(lines)) for cut in cuts]).rows:
        add_rows(history, block)

    assert Past(history) == Past(floor.history)
    assert lengths_of(history).rows == lengths_of(floor.history).rows
    assert lengths_of(history).words == lengths_of(floor.history).words
    assert lengths_of(history).ids == lengths_of(floor.history).ids


def test_rows_of_many_small_blocks_are_found_as_those_of_one() -> None:
    floor, history = new_floor(), History()
    lengths = lengths_of(floor.history)
    for number in range(40):
        at = DAY + 100 * number
        fold(floor, [("log", ev.CallEntered(at, f"c{n}", f"q{number}")) for n in range(50)])
        fold(floor, [("log", ev.CallAbandoned(at + 9, f"c{n}", f"q{number}")) for n in range(50)])
        add_rows(history, rows_after(floor.history, lengths))
        lengths = lengths_of(floor.history)

    assert lengths_of(history) == lengths
    for since in (0.0, DAY + 1000, DAY + 3909, DAY + 3909.5):
        assert list(Past(history).visits(since)) == list(Past(floor.history).visits(since))
        assert list(Past(history).unanswered(since)) == list(Past(floor.history).unanswered(since))


def test_windows_stand_while_rows_are_added() -> None:
    whole, history = a_history(), History()
    first = rows_after(whole, lengths_of(History()))
    add_rows(history, first)
    before, lengths = Past(history), lengths_of(whole)
    seen = list(before.visits(0.0))
    for _time in range(3):
        whole.visits.add(("log", "new", "c", None, "abandoned", None, DAY, DAY + 1, 1.0))
    add_rows(history, rows_after(whole, lengths))

    assert list(before.visits(0.0)) == seen
    assert len(list(Past(history).visits(0.0))) == len(seen) + 3


def test_bases_come_with_the_rows_and_hold_the_things_that_came_with_them() -> None:
    whole, history = a_history(), History()
    add_rows(history, rows_after(whole, lengths_of(History())))

    assert {"agents", "agent_counts", "notes"} <= set(history.bases.lengths())
    assert history.bases.lengths() == whole.bases.lengths()
    (laid,) = history.bases.after("notes", 0)
    assert laid.values[0] is history.things.kinds["notes"].values[0]


def test_the_calls_of_talks_are_the_strings_of_the_visits() -> None:
    history = History()
    add_rows(history, rows_after(a_history(), lengths_of(History())))
    (of_visits,), (of_talks,) = (table.cut(("call",), 0, 40) for table in (history.visits, history.talks))

    assert of_talks == of_visits
    assert all(one is other for one, other in zip(of_talks, of_visits, strict=True))


def test_rows_that_do_not_follow_are_refused() -> None:
    whole = a_history()
    history, block = History(), rows_after(whole, lengths_of(History()))
    add_rows(history, block)
    before = lengths_of(history)

    with pytest.raises(FrameError, match="rows after"):
        add_rows(history, block)
    assert lengths_of(history) == before


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xc1", b"\x91" * 10_000, msgspec.msgpack.encode([1] * 7)])
def test_bytes_that_are_no_rows_are_refused(data: bytes) -> None:
    with pytest.raises(FrameError, match="not the rows of a history"):
        add_rows(History(), data)


@given(st.data())
@settings(max_examples=200)
def test_rows_that_were_damaged_are_added_whole_or_not_at_all(data: st.DataObject) -> None:
    block = bytearray(rows_after(a_history(3), lengths_of(History())))
    for _time in range(data.draw(st.integers(1, 3))):
        block[data.draw(st.integers(0, len(block) - 1))] = data.draw(st.integers(0, 255))
    history = History()
    try:
        add_rows(history, bytes(block))
    except FrameError:
        assert lengths_of(history) == lengths_of(History())
        return
    assert len({len(column) for column in history.visits.columns.values()}) == 1
    assert list(Past(history).talks(0.0)) is not None


WRITES = """
import sys
from floorwatch.engine.keyframes.rows import lengths_of, rows_after
from floorwatch.model.history import History
from tests.model.test_kept_floor import new_floor, AT
from floorwatch.model import events as ev
floor = new_floor()
floor.apply(ev.CallEntered(AT, "c1", "sales"), "log")
for number in range(30):
    floor.apply(ev.CallRang(AT + 1, "c1", "sales", f"SIP/{number}"), "log")
floor.apply(ev.CallAbandoned(AT + 2, "c1", "sales"), "log")
sys.stdout.buffer.write(rows_after(floor.history, lengths_of(History())))
"""


def test_two_processes_write_the_same_rows() -> None:
    blocks = [
        subprocess.run(
            [sys.executable, "-c", WRITES],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
        ).stdout
        for seed in ("1", "2")
    ]

    assert blocks[0] == blocks[1]
