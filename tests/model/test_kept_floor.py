"""Nothing of a floor is forgotten when it is kept: whoever adds to it says here what becomes of that."""

import pytest
from msgspec.structs import asdict

from floorwatch.model import events as ev
from floorwatch.model.alerts import Alert, RaisedAlert
from floorwatch.model.clock import FloorDays
from floorwatch.model.duty_book import DutyBook, KeptDuty
from floorwatch.model.entities import Topic
from floorwatch.model.entry_log import EntryLog, KeptEntries
from floorwatch.model.floor import Floor, KeptFloor
from floorwatch.model.history import History, Lengths
from floorwatch.model.live import KeptLive, Live
from floorwatch.model.people import People
from floorwatch.model.presence import KeptPresences, Presences
from floorwatch.model.readings import Readings
from floorwatch.model.support_book import KeptSupport, SupportBook
from floorwatch.model.targets import FloorRules
from tests.model.entering import AT

GIVEN = {"rules", "people", "_people", "_configured", "_books"}
"""What a floor is made with."""

FROM_OUTSIDE = {"_alerts", "_alerts_known", "_cleared", "_me", "_focus"}
"""What whoever opens a kept floor sets: what is up is in the tape's own track."""

SINCE_THE_LAST_SNAPSHOT = {"_touched", "_last", "_last_agents", "touched_periods", "_touched_agents", "_touched_today"}
"""The first snapshot is made of everything."""

FOUND_AGAIN = {
    "_ids": "whom a word means is asked of the people file again",
    "_queue_names": "the names of `queues`",
    "_today": "the counters of `agent_counts`, looked up for today",
    "_placed": "of `_read`, and shared between floors",
    "_documents": "of `_read`, and shared between floors",
    "_is_read_anew": "what documents say is put together at once",
}

KEPT_AS = {
    "history": "lengths",
    "_gives": "gives",
    "_live": "live",
    "_closed": "closed",
    "_today_span": "today",
    "_seen": "seen",
    "_seen_before": "seen",
    "_done_all": "done",
    "_done_before": "done",
    "_done_since": "done",
    "_overtaken": "overtaken",
    "_early": "early",
    "_stores": "stores",
    "_last_asked_at": "last_asked_at",
    "_is_mixed": "is_mixed",
    "_read": "read",
    "_refused": "refused",
    "_running": "running",
    "_ended": "ended",
}
"""Fields of the kept value that have another name."""


def new_floor() -> Floor:
    return Floor(FloorRules(FloorDays()))


PARTS = [
    (new_floor(), KeptFloor),
    (Live(FloorRules(FloorDays()), People()), KeptLive),
    (SupportBook(), KeptSupport),
    (DutyBook(People()), KeptDuty),
    (EntryLog(), KeptEntries),
    (Presences(), KeptPresences),
]


@pytest.mark.parametrize(("part", "kept"), PARTS, ids=[type(part).__name__ for part, _kept in PARTS])
def test_everything_of_it_is_kept_or_it_is_said_why_not(part: object, kept: type) -> None:
    fields = set(kept.__struct_fields__)  # type: ignore[attr-defined]  # all of them are Structs
    forgotten = [
        name
        for name in vars(part)
        if name not in {*GIVEN, *FROM_OUTSIDE, *SINCE_THE_LAST_SNAPSHOT, *FOUND_AGAIN}
        and KEPT_AS.get(name, name) not in fields
    ]

    assert forgotten == []


def test_a_history_is_told_by_its_lengths() -> None:
    history = History()

    assert set(vars(history)) == {*history.tables, "vocabulary", "things", "bases", "counted", "lost"}
    assert set(history.tables) == set(history.lengths().rows)
    assert set(asdict(Lengths({}))) == {"rows", "words", "things", "ids", "bases"}


def test_a_kept_floor_is_all_new_to_whoever_looks() -> None:
    floor, kept = new_floor(), new_floor()
    floor.apply(ev.CallEntered(AT, "c1", "sales"), "log")
    readings = Readings()
    kept.take_up(floor.kept(readings), floor.history, readings)

    assert kept.touched() == frozenset(Topic)
    assert kept.snapshot(AT + 1) == floor.snapshot(AT + 1)


# --- alerts of a tape ---


def raised(subject: str, at: float) -> RaisedAlert:
    return RaisedAlert("rule", Alert(subject, "x"), at)


def test_alerts_go_on_from_what_a_tape_knew() -> None:
    asked, held = new_floor(), new_floor()
    one, two = raised("a", AT), raised("b", AT + 5)
    asked.set_alerts((one,), AT)
    asked.set_alerts((two,), AT + 5)
    before = asked.snapshot(AT + 6)

    held.hold_alerts(before.alerts, before.cleared_alerts)
    assert held.touched() == {Topic.ALERTS}
    for floor in (asked, held):
        floor.set_alerts((), AT + 10)

    assert held.snapshot(AT + 11) == asked.snapshot(AT + 11)
    assert [each.cleared_at for each in held.snapshot(AT + 11).cleared_alerts] == [AT + 5, AT + 10]


def test_alerts_that_are_held_again_touch_nothing() -> None:
    floor = new_floor()
    floor.hold_alerts((raised("a", AT),), ())
    floor.snapshot(AT)
    floor.hold_alerts((raised("a", AT),), ())

    assert floor.touched() == frozenset()


# --- a history that reads another ---


def visit(number: int) -> tuple[str, str, str, None, str, None, float, float, float]:
    return ("log", "sales", f"c{number}", None, "abandoned", None, AT + number, AT + number + 1, 1.0)


def history_of(rows: int) -> History:
    history = History()
    for number in range(rows):
        history.visits.add(visit(number))
    return history


def test_a_history_that_reads_another_writes_nothing_to_it() -> None:
    whole = history_of(3000)
    part = whole.upto(history_of(500).lengths())
    for number in range(500, 3000):
        part.visits.add(visit(number))

    assert len(whole.visits) == 3000
    assert part.visits.columns == whole.visits.columns
    assert [*part.visits.window().all()] == [*whole.visits.window().all()]


def test_a_history_goes_on_past_the_end_of_the_one_that_it_reads_and_reads_on_when_that_grows() -> None:
    whole, plain = history_of(1500), history_of(5000)
    part = whole.upto(whole.lengths())
    windows = []
    for number in range(1500, 5000):
        part.visits.add(visit(number))
        if number % 700 == 0:
            windows.append((number + 1, part.visits.window()))
        if number == 3300:
            for more in range(1500, 3000):
                whole.visits.add(visit(more))
            assert whole.visits.columns

    expected = [*plain.visits.window().all()]
    assert [*part.visits.window().all()] == expected
    assert part.visits.columns == plain.visits.columns
    assert len(whole.visits) == 3000
    for rows, window in windows:
        assert [*window.all()] == expected[:rows]
        assert [*window.of("outcome", "abandoned", 0.0)] == expected[:rows]
        assert [*window.after(rows - 10)] == expected[rows - 10 : rows]


def test_a_history_has_no_more_rows_than_there_are() -> None:
    with pytest.raises(ValueError, match="11 rows of 10"):
        history_of(10).upto(history_of(11).lengths())


def test_telephones_that_stop_ringing_end_their_spells_in_the_order_in_which_they_began_to_ring() -> None:
    floor = new_floor()
    agents = [f"SIP/{number}" for number in range(40)]
    floor.apply(ev.CallEntered(AT, "c1", "sales"), "log")
    for agent in agents:
        floor.apply(ev.MemberAdded(AT, agent, "sales"), "log")
        floor.apply(ev.CallRang(AT + 1, "c1", "sales", agent), "log")
    floor.apply(ev.CallAbandoned(AT + 2, "c1", "sales"), "log")

    rows = [*floor.history.spells.window().of("state", "ringing", 0.0)]
    assert [agent for agent, *_rest in rows] == agents
