"""A floor that was kept is the floor: whatever happened before, whatever comes after, whoever else looks at it."""

import pickle
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.engine.keyframes.frame import FrameError, Readings, floor_of, frame_of
from floorwatch.model import events as ev
from floorwatch.model.ended_visits import CLOSED_KEPT
from floorwatch.model.history import History
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.plan import HOUR, Plan
from tests.keyframes.any_day import END, OF_ALL_KINDS, Line, any_day, fold, looked_at, new_floor, written
from tests.model.rosters import roster, shift
from tests.model.test_identity import DAY

CUTS = st.lists(st.integers(0, 90), min_size=1, max_size=3)


@settings(max_examples=60)
@given(any_day(), CUTS, st.integers(1, 7))
def test_a_floor_that_was_kept_goes_on_as_the_floor_itself(lines: list[Line], cuts: list[int], often: int) -> None:
    cuts = sorted({min(cut, len(lines)) for cut in cuts} - {0})
    reader = written(lines, cuts).reader()
    for cut in cuts:
        if cut == 0:
            continue
        straight, kept = new_floor(), reader.floor(cut)
        fold(straight, lines[:cut])
        before = looked_at(kept, DAY), looked_at(straight, DAY)
        for place in range(cut, len(lines), often):
            for floor in (straight, kept):
                fold(floor, lines[place : place + often])
            assert looked_at(kept, END) == looked_at(straight, END)
            assert kept.history.visits.columns == straight.history.visits.columns  # moves what waits
        assert before[0] == before[1]


def test_after_each_line_of_a_day_on_which_everything_happens_a_kept_floor_goes_on_as_the_floor_itself() -> None:
    lines = OF_ALL_KINDS
    reader = written(lines, range(1, len(lines))).reader()
    for cut in range(1, len(lines)):
        straight, kept = new_floor(), reader.floor(cut)
        fold(straight, lines[:cut])
        for line in lines[cut:]:
            before = kept.snapshot(END), straight.snapshot(END)
            for floor in (straight, kept):
                fold(floor, [line])
            assert before[0] == before[1], (cut, line)
        assert looked_at(kept, END) == looked_at(straight, END)


@settings(max_examples=60)
@given(any_day(), st.integers(1, 90))
def test_a_floor_that_was_kept_can_be_kept_again(lines: list[Line], cut: int) -> None:
    cut = min(cut, len(lines))
    if not cut:
        return
    once = written(lines[:cut], [cut])
    reader = once.reader()
    floor = reader.floor(cut)

    assert frame_of(floor, reader.readings) == once.frames[cut]
    fold(floor, lines[cut:])
    assert frame_of(floor, reader.readings)


@settings(max_examples=60)
@given(any_day(), CUTS)
def test_older_floors_stay_as_they_are_while_others_go_on(lines: list[Line], cuts: list[int]) -> None:
    cuts = sorted({min(cut, len(lines)) for cut in cuts} - {0})
    reader = written(lines, cuts).reader()
    seen = []
    for cut in [*cuts, *reversed(cuts)]:
        floor = reader.floor(cut)
        snapshot, derived = looked_at(floor, END)
        fold(floor, lines[cut:])
        after, _derived = looked_at(floor, END)
        seen.append((cut, snapshot, list(snapshot.past.visits(0.0)), derived, after))
    for (cut, one, visits, derived, after), (other_cut, other, _visits, again, after_too) in pairwise(
        sorted(seen, key=lambda each: each[0])
    ):
        assert list(one.past.visits(0.0)) == visits
        assert after == after_too
        assert cut != other_cut or (one, derived) == (other, again)


def test_any_moment_of_a_busy_day_is_the_floor_of_that_moment_in_whatever_order() -> None:
    plan = Plan(start=DAY + 8 * HOUR, hours=3.0, agents=60, zone="UTC", calls_per_agent=70.0)
    lines: list[Line] = [("log", event) for event in simulate(plan)]
    cuts = range(1024, len(lines), 1024)
    reader = written(lines, cuts).reader()
    straight, seen = new_floor(), {}
    for start, end in pairwise((0, *cuts)):
        fold(straight, lines[start:end])
        seen[end] = looked_at(straight, lines[end - 1][1].at)

    for cut in sorted(cuts, key=lambda cut: cut * 7_919 % 1_009):
        assert looked_at(reader.floor(cut), lines[cut - 1][1].at) == seen[cut]


def test_what_can_be_undone_can_be_undone_on_a_floor_that_was_kept() -> None:
    asked = ev.HelpRequested(DAY, id="e1", by="Ada", agent="1001", question="?")
    taken = ev.HelpTaken(DAY + 1, id="e2", by="Ada", help="e1")
    lines: list[Line] = [("journal", asked), ("journal", taken)]
    floor = written(lines, [2]).reader().floor(2)

    floor.apply(ev.EntryUndone(DAY + 2, id="e3", by="Ada", entry="e2"), "journal")
    floor.apply(ev.HelpTaken(DAY + 3, id="e4", by="Grace", help="e1"), "journal")
    floor.apply(ev.HelpTaken(DAY + 4, id="e5", by="Ada", help="e1"), "journal")

    assert floor.support.helps["e1"].taken_by == "Grace"
    late = floor.overtaken("e5")
    assert late is not None
    assert late.by == "Grace"


def test_ended_visits_are_remembered_as_long_as_on_the_floor_itself() -> None:
    lines: list[Line] = []
    for number in range(3 * CLOSED_KEPT):
        lines.append(("log", ev.CallEntered(DAY + number, f"c{number}", "sales")))
        lines.append(("log", ev.CallAbandoned(DAY + number + 1, f"c{number}", "sales")))
    cuts = [2 * rows for rows in (100, CLOSED_KEPT - 1, CLOSED_KEPT, CLOSED_KEPT + 1, 2 * CLOSED_KEPT + 900)]
    reader = written(lines, cuts).reader()
    for cut in cuts:
        straight, kept = new_floor(), reader.floor(cut)
        fold(straight, lines[:cut])
        again = [line for number in range(0, cut // 2, 97) for line in lines[2 * number : 2 * number + 1]]
        for floor in (straight, kept):
            fold(floor, [*again, *lines[cut : cut + 3 * CLOSED_KEPT], *again])
        one, other = kept.snapshot(END), straight.snapshot(END)
        assert one.feeds["log"].misfits == other.feeds["log"].misfits
        assert one == other


def test_floors_of_the_same_documents_share_what_they_say() -> None:
    lines: list[Line] = [
        ("roster", roster(shift("a"), shift("b"))),
        ("journal", ev.LeaveRequested(DAY, id="e1", by="Ada", agent="1001", start=DAY, end=END)),
        ("log", ev.CallEntered(DAY, "c1", "sales")),
        ("journal", ev.LeaveRequested(DAY, id="e2", by="Ada", agent="1002", start=DAY, end=END)),
    ]
    reader = written(lines, [2, 3]).reader()
    one, other, later = (reader.floor(cut).snapshot(END).duty for cut in (2, 3, 4))

    assert one.shifts
    assert one is other
    assert set(later.leaves) == {"e1", "e2"}
    assert later.shifts is one.shifts


def test_a_document_that_comes_again_says_something_else_on_that_floor_alone() -> None:
    reader = written([("roster", roster(shift("a")))], [1]).reader()
    one, other = reader.floor(1), reader.floor(1)
    one.apply(roster(shift("b")), "roster")

    assert set(one.duty.shifts) == {"b"}
    assert set(other.duty.shifts) == set(reader.floor(1).duty.shifts) == {"1001"}


def test_custom_data_that_cannot_be_written_is_said() -> None:
    floor = new_floor()
    floor.apply(ev.Custom(DAY, "plugin", "a", {"what": object()}))

    with pytest.raises(FrameError, match="plain values"):
        frame_of(floor, Readings())


# --- bytes that are none ---


class Hostile:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return eval, ("1/0",)


def a_frame() -> tuple[bytes, History, Readings]:
    floor, readings = new_floor(), Readings()
    fold(floor, [("log", ev.CallEntered(DAY, "c1", "sales")), ("log", ev.CallAnswered(DAY, "c1", "sales", "a"))])
    frame = frame_of(floor, readings)
    return frame, floor.history, readings


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xc1",
        b"\x90",
        b"\xdd\xff\xff\xff\xff",
        b"\x91" * 100_000,
        pickle.dumps(Hostile()),
        msgspec.msgpack.encode({"frame": 1}),
        msgspec.msgpack.encode([1] * 17),
    ],
    ids=["empty", "no code", "nothing", "huge", "deep", "pickle", "map", "numbers"],
)
def test_bytes_that_are_no_floor_are_refused(data: bytes) -> None:
    with pytest.raises(FrameError, match="not the bytes of a floor"):
        floor_of(data, new_floor(), History(), Readings())


@given(st.data())
@settings(max_examples=200)
def test_bytes_that_were_damaged_make_a_floor_or_a_frame_error_and_nothing_else(data: st.DataObject) -> None:
    frame, history, readings = a_frame()
    damaged = bytearray(frame)
    for _time in range(data.draw(st.integers(1, 3))):
        damaged[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    try:
        floor_of(bytes(damaged), new_floor(), history, readings)
    except FrameError:
        return


def test_custom_data_that_is_nested_without_end_is_refused() -> None:
    floor = new_floor()
    floor.apply(ev.Custom(DAY, "m", "x", {"deep": "HERE"}), "log")
    frame = frame_of(floor, Readings())
    deep = frame.replace(msgspec.msgpack.encode("HERE"), b"\x91" * 100_000 + b"\xc0")

    with pytest.raises(FrameError):
        floor_of(deep, new_floor(), floor.history, Readings())


def test_a_frame_of_a_longer_history_is_refused() -> None:
    frame, _history, readings = a_frame()

    with pytest.raises(FrameError, match="rows"):
        floor_of(frame, new_floor(), History(), readings)


def test_a_frame_of_a_reading_that_is_not_there_is_refused() -> None:
    once = written([("roster", roster(shift("a")))], [1])

    with pytest.raises(FrameError):
        floor_of(once.frames[1], new_floor(), once.reader().history, Readings())
