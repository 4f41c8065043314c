"""Faults 52 to 58 and 64 to 66: what a switch says of calls is missing, late, or said of a call it never told of. Each
figure is known, whichever way the lines are read."""

import pytest

from floorwatch.text import masked
from tests.faults.stage import Stage
from tests.faults.three_ways import Figures, Read, a_call, compared, read, written

ENTRY = "c1|support|NONE|ENTERQUEUE||5550001|1"
ANSWER = "c1|support|Ann|CONNECT|5|x|2"
END = "c1|support|Ann|COMPLETECALLER|5|20|1"
GONE = "c1|support|NONE|ABANDON|1|1|30"
BLIND = "c1|support|Ann|BLINDTRANSFER|600|ctx|5|20|1"
ATTENDED = "c1|support|Ann|ATTENDEDTRANSFER|BRIDGE|b-1|5|20|1"
RESTART = "NONE|NONE|NONE|QUEUESTART|"


# --- 52: an entry missing, or twice ----------------------------------------------------------------------------------


def test_fault_52_without_its_entry_an_answered_call_is_a_misfit_and_its_talk_is_shown(stage: Stage) -> None:
    found = read(stage, *a_call("c0", -300), (-60, ANSWER))

    assert found.of() == Figures(1, 1, 0, 0, 1)
    assert found.calls == {("c1", "support", "talking", "Ann")}
    assert found.misfits == {"answer without entry": 1}


def test_fault_52_without_its_entry_a_caller_who_left_is_a_misfit_and_nothing_else(stage: Stage) -> None:
    found = read(stage, (-60, GONE))

    assert found.of() == Figures()
    assert found.misfits == {"left without entry": 1}


def test_fault_52_entered_twice_is_the_later_visit_and_the_first_is_lost(stage: Stage) -> None:
    found = read(stage, (-60, ENTRY), (-40, ENTRY), (-30, ANSWER.replace("|5|", "|10|")))

    assert found.of() == Figures(2, 1, 0, 0, 0, {"lost": 1})
    assert found.misfits == {"entered twice": 1}
    assert found.state["queues"]["support"]["asa_seconds"] == 10


def test_fault_52_without_its_entry_after_a_restart_the_answer_is_a_misfit(stage: Stage) -> None:
    found = read(stage, (-60, ENTRY), (-50, RESTART), (-40, ANSWER))

    assert found.of() == Figures(1, 0, 0, 0, 0, {"restart": 1})
    assert found.calls == {("c1", "support", "talking", "Ann")}
    assert found.misfits == {"answer without entry": 1}


# --- 53: a call id used again ----------------------------------------------------------------------------------------


def test_fault_53_a_call_id_used_again_after_a_restart_is_a_new_visit(stage: Stage) -> None:
    found = read(stage, (-100, ENTRY), (-90, RESTART), (-60, ENTRY), (-55, ANSWER), (-35, END))

    assert found.of() == Figures(2, 1, 0, 0, 1, {"restart": 1})
    assert found.misfits == {}


def test_fault_53_a_call_id_used_again_while_the_first_is_open_closes_the_first_as_lost(stage: Stage) -> None:
    found = read(stage, (-100, ENTRY), (-95, ANSWER), (-60, ENTRY), (-55, ANSWER.replace("Ann", "Bob")))

    assert found.of() == Figures(2, 2, 0, 0, 0)
    assert found.calls == {("c1", "support", "talking", "Bob")}
    assert found.agent("Ann") == "available"
    assert found.misfits == {"answered twice": 1}


# --- 54: a call that was handed into a queue -------------------------------------------------------------------------

ASKED = "c9|billing|NONE|ENTERQUEUE||1001|1"
"""The agent asks in billing, by a call of their own, and hands the caller over before anyone there answers."""


def test_fault_54_a_call_handed_into_a_queue_goes_on_in_the_place_of_who_asked(stage: Stage) -> None:
    found = read(
        stage,
        (-100, ENTRY),
        (-95, ANSWER),
        (-80, ASKED),
        (-75, ATTENDED),
        (-70, "c1|billing|Bob|CONNECT|10|y|2"),
        (-50, "c1|billing|Bob|COMPLETECALLER|10|20|1"),
    )

    assert found.of("support") == Figures(1, 1, 0, 0, 1)
    assert found.of("billing") == Figures(1, 1, 0, 0, 1)
    assert found.misfits == {"answer after transfer": 1}
    assert found.agent("Bob") == "available"


def test_fault_54_a_call_handed_into_a_queue_that_hangs_up_there_leaves_nobody_waiting(stage: Stage) -> None:
    lines = ((-100, ENTRY), (-95, ANSWER), (-80, ASKED), (-75, ATTENDED), (-60, "c1|billing|NONE|ABANDON|1|1|20"))
    found = read(stage, *lines)

    assert found.of("billing") == Figures(1, 0, 1, 0, 0)
    assert found.misfits == {"left after transfer": 1}


def test_fault_54_with_nobody_in_its_place_a_call_handed_over_is_shown_and_counts_as_no_caller(stage: Stage) -> None:
    found = read(stage, (-100, ENTRY), (-95, ANSWER), (-75, ATTENDED), (-70, "c1|billing|Bob|CONNECT|10|y|2"))

    assert found.of("billing") == Figures()
    assert found.calls == {("c1", "billing", "talking", "Bob")}
    assert found.misfits == {"answer after transfer": 1}


def test_fault_54_of_two_in_whose_place_a_call_may_be_neither_is_taken(stage: Stage) -> None:
    other = ASKED.replace("c9", "c8")
    found = read(
        stage, (-100, ENTRY), (-95, ANSWER), (-80, ASKED), (-80, other), (-70, "c1|billing|Bob|CONNECT|10|y|2")
    )

    assert found.of("billing") == Figures(2, 0, 0, 2, 0)
    assert found.misfits == {"answer after transfer": 1}


# --- 57: what stands where a call should ----------------------------------------------------------------------------


@pytest.mark.parametrize("none", ["NONE", "REALTIME", "MANAGER", "CLI", ""])
def test_fault_57_lines_without_a_call_are_never_joined_as_one(stage: Stage, none: str) -> None:
    lines = [(-100, ENTRY), (-95, ANSWER), (-90, "c1|support|A|n|CONNECT|5|x|2"), (-75, END), (-70, GONE)]
    found = read(stage, *((at, words.replace("c1|", f"{none}|")) for at, words in lines), *a_call("c2", -50))

    assert found.of() == Figures(1, 1, 0, 0, 1)
    assert found.misfits == {}
    assert found.rejected == {
        "ENTERQUEUE without a call": 1,
        "CONNECT without a call": 2,
        "COMPLETECALLER without a call": 1,
        "ABANDON without a call": 1,
    }
    assert set(found.state["agents"]) == {"Ann"}


# --- 58: the switch restarts -----------------------------------------------------------------------------------------


def test_fault_58_a_restart_loses_the_open_calls_of_that_switch_alone_and_keeps_its_people(stage: Stage) -> None:
    north, south = stage.folder / "north", stage.folder / "south"
    members = ((-200, "NONE|support|{0}|ADDMEMBER|"), (-190, "NONE|support|{0}|PAUSE|lunch"))
    for path in (north, south):
        path.touch()
    live = stage.watch(north, south)
    for path, call, who in ((north, "n", "Ann"), (south, "s", "Bob")):
        lines = [(at, words.format(who)) for at, words in members]
        lines += [(-100, ENTRY.replace("c1", f"{call}1")), (-90, ENTRY.replace("c1", f"{call}2"))]
        lines += [(-85, ANSWER.replace("c1", f"{call}2").replace("Ann", who))]
        stage.write(written(stage, *lines), to=path)
    stage.write(written(stage, (-60, RESTART), (-10, END.replace("c1", "n2"))), to=north)
    stage.pass_time(0)

    ways = [live.state(), stage.watch(north, south).state(), stage.state(north, south)]
    assert compared(ways[0]) == compared(ways[1]) == compared(ways[2])
    found = Read(ways[0])
    assert found.of() == Figures(4, 2, 0, 1, 0, {"restart": 1})
    assert found.calls == {("s1", "support", "waiting", None), ("s2", "support", "talking", "Bob")}
    assert (found.agent("Ann"), found.agent("Bob")) == ("paused", "on_call")
    assert ways[0]["feeds"]["queue_log-1"]["misfits"] == {"end without talk": 1}


def test_fault_58_calls_that_never_close_are_lost_at_once_not_abandoned(stage: Stage) -> None:
    found = read(stage, *((-100 + n, ENTRY.replace("c1", f"c{n}")) for n in range(20)), (-60, RESTART), (-60, RESTART))

    assert found.of() == Figures(20, 0, 0, 0, 0, {"restart": 20})
    assert found.state["queues"]["support"]["longest_wait_seconds"] is None


# --- 64: a "|" where none belongs ------------------------------------------------------------------------------------


def test_fault_64_a_bar_in_a_name_keeps_every_event_of_the_call(stage: Stage) -> None:
    who = "Ann | Bob"
    found = read(
        stage,
        (-120, f"NONE|support|{who}|ADDMEMBER|"),
        *a_call("c1", -100, agent=who),
        *a_call("c2", -70, agent=who),
        (-20, f"NONE|support|{who}|PAUSE|lunch|late"),
    )

    assert found.of() == Figures(2, 2, 0, 0, 2)
    assert set(found.state["agents"]) == {who}
    assert found.state["agents"][who]["queues"]["support"]["pause_reason"] == "lunch|late"
    assert found.misfits == found.rejected == found.unknown == {}


@pytest.mark.parametrize(
    ("data", "caller"),
    [
        ("|5550001|1|Li | Mei", "5550001"),
        ("|555|a|1|Li", "555|a"),
        ("|anonymous|x", "anonymous"),
        ("|5550001|1||", "5550001"),
    ],
)
def test_fault_64_a_bar_in_a_caller_costs_no_entry(stage: Stage, data: str, caller: str) -> None:
    found = read(stage, (-60, f"c1|support|NONE|ENTERQUEUE|{data}"))

    assert found.of() == Figures(1, 0, 0, 1, 0)
    assert found.rejected == {}
    (shown,) = found.state["queues"]["support"]["callers"]
    assert shown["caller"] == masked(caller)


def test_fault_64_a_name_with_a_bar_keeps_its_pause_over_midnight(stage: Stage) -> None:
    stage.write(written(stage, (-86_400, "NONE|support|Ann | Bob|ADDMEMBER|"), (-86_000, "NONE|support|x|PAUSE|y")))
    assert Read(stage.watch().state()).agent("Ann | Bob") == "available"


@pytest.mark.parametrize("data", ["PAUSE|lunch", "CONNECT", "TRANSFER|600", "QUEUESTART|", "ADDMEMBER"])
def test_fault_64_a_dialplans_word_whose_data_is_the_name_of_an_event_stays_an_unknown_event(
    stage: Stage, data: str
) -> None:
    found = read(stage, (-100, ENTRY), (-90, f"c1|support|Ann|STATUS|{data}"), (-80, f"c1|support|NONE|STATUS|{data}"))

    assert found.of() == Figures(1, 0, 0, 1, 0)
    assert found.unknown == {"STATUS": 2}
    assert found.misfits == found.rejected == found.state["agents"] == {}


# --- 65: a transfer that is written late -----------------------------------------------------------------------------


@pytest.mark.parametrize("queue", ["support", "billing"])
@pytest.mark.parametrize("transfer", [BLIND, ATTENDED])
def test_fault_65_a_transfer_written_after_the_next_entry_closes_the_talk_and_not_the_wait(
    stage: Stage, queue: str, transfer: str
) -> None:
    again = ENTRY.replace("support", queue)
    found = read(stage, (-100, ENTRY), (-95, ANSWER), (-75, again), (-75, transfer))

    assert found.calls == {("c1", queue, "waiting", None)}
    assert found.agent("Ann") == "available"
    assert found.total == Figures(2, 1, 0, 1, 1)
    assert found.misfits == {}


def test_fault_65_a_late_transfer_over_a_rotation(stage: Stage) -> None:
    stage.write(written(stage, (-100, ENTRY), (-95, ANSWER), (-75, ENTRY)))
    live = stage.watch()
    stage.rotate()
    stage.write(written(stage, (-75, BLIND), (-70, ANSWER.replace("Ann", "Bob"))))
    stage.pass_time(7)

    found = Read(live.state())
    assert found.of() == Figures(2, 2, 0, 0, 1)
    assert found.calls == {("c1", "support", "talking", "Bob")}
    assert compared(live.state()) == compared(stage.watch().state()) == compared(stage.state())


# --- 66: two endings -------------------------------------------------------------------------------------------------

ENDINGS = (END, END.replace("CALLER", "AGENT"), BLIND, ATTENDED)


@pytest.mark.parametrize("first", ENDINGS)
@pytest.mark.parametrize("second", ENDINGS)
def test_fault_66_the_second_ending_of_a_talk_is_a_misfit(stage: Stage, first: str, second: str) -> None:
    once = read(stage, (-100, ENTRY), (-95, ANSWER), (-75, first))
    stage.write(written(stage, (-75, second)))
    found = Read(stage.state())

    assert found.of() == once.of() == Figures(1, 1, 0, 0, 1)
    assert found.misfits == {"end without talk": 1}
    assert found.state["queues"]["support"]["talk_seconds_mean"] == 20


@pytest.mark.parametrize("ways", [("ABANDON", "EXITEMPTY"), ("EXITEMPTY", "ABANDON")])
def test_fault_66_the_second_way_out_is_a_misfit_whichever_is_first(stage: Stage, ways: tuple[str, str]) -> None:
    found = read(stage, (-100, ENTRY), *((-70, f"c1|support|NONE|{way}|1|1|30") for way in ways))

    first = Figures(1, 0, 1, 0, 0) if ways[0] == "ABANDON" else Figures(1, 0, 0, 0, 0, {"empty": 1})
    assert found.of() == first
    assert found.misfits == {"left without entry": 1}


def test_fault_66_two_endings_over_a_rotation_and_a_restart_of_the_reader(stage: Stage) -> None:
    stage.write(written(stage, (-100, ENTRY), (-95, ANSWER), (-75, END)))
    live = stage.watch()
    stage.rotate()
    stage.write(written(stage, (-75, ATTENDED)))
    stage.pass_time(7)

    states = [live.state(), stage.watch().state(), stage.state()]
    assert [Read(state).misfits for state in states] == [{"end without talk": 1}] * 3
    assert [Read(state).of() for state in states] == [Figures(1, 1, 0, 0, 1)] * 3


def test_fault_66_two_endings_over_midnight_count_in_the_day_of_the_entry(stage: Stage) -> None:
    midnight = stage.house.rules.days.start_of(stage.clock.at) - stage.clock.at
    over = ((midnight - 60, ENTRY), (midnight - 55, ANSWER), (midnight + 20, END), (midnight + 20, ATTENDED))
    found = read(stage, *over)

    assert found.of() == Figures()
    assert found.calls == set()
    assert found.misfits == {"end without talk": 1}
    before = Read(stage.state(at=stage.clock.at + midnight - 1))
    assert before.of() == Figures(1, 1, 0, 0, 0)
