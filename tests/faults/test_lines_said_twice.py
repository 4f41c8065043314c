"""Faults 50 and 51: lines that a switch says twice, and a log whose beginning nobody saw."""

import random

import pytest

from tests.faults.stage import CAPTURE, Stage
from tests.faults.three_ways import Figures, Line, Read, a_call, adds_up, figures, read

ENTRY = "c1|support|NONE|ENTERQUEUE||5550001|1"
ANSWER = "c1|support|Ann|CONNECT|5|x|2"
END = "c1|support|Ann|COMPLETECALLER|5|20|1"
GONE = "c1|support|NONE|ABANDON|1|1|30"


# --- 50: lines said twice --------------------------------------------------------------------------------------------


def test_fault_50_a_doubled_line_changes_no_figure(stage: Stage) -> None:
    once = [
        *a_call("c1", -300),
        (-200, "c2|support|NONE|ENTERQUEUE||5550002|1"),
        (-190, "c2|support|Ann|RINGNOANSWER|4000"),
        (-180, GONE.replace("c1", "c2")),
        (-170, "c3|support|NONE|ENTERQUEUE||5550003|1"),
        (-160, "c3|support|NONE|EXITWITHTIMEOUT|1|1|10"),
        (-150, "NONE|support|Ann|PAUSE|lunch"),
    ]
    found = read(stage, *(line for line in once for _twice in range(2)))

    assert found.of() == Figures(3, 1, 1, 0, 1, {"timeout": 1})
    assert found.misfits == {
        "entry repeated": 3,
        "answer repeated": 1,
        "end without talk": 1,
        "missed ring repeated": 1,
        "left without entry": 2,
    }


def test_fault_50_a_whole_log_said_twice_throughout_gives_the_same_figures(captured: Stage) -> None:
    lines = CAPTURE.read_bytes().splitlines(keepends=True)
    once, twice = captured.folder / "once", captured.folder / "twice"
    once.write_bytes(b"".join(lines))
    twice.write_bytes(b"".join(line + line for line in lines))

    expected, found = (captured.state(path) for path in (once, twice))
    for key in ("queues", "total", "calls"):
        assert found[key] == expected[key]
    assert {key: each["state"] for key, each in found["agents"].items()} == {
        key: each["state"] for key, each in expected["agents"].items()
    }
    assert found["total"]["offered"] > 500
    assert sum(found["feeds"]["queue_log"]["misfits"].values()) > 2000


def test_fault_50_a_log_copied_behind_itself_counts_once_though_a_call_has_come_back_meanwhile(stage: Stage) -> None:
    lines: list[Line] = [
        (-300, ENTRY),
        (-290, "c1|support|NONE|EXITWITHKEY|2|1|1|10"),
        (-280, ENTRY),
        (-275, ANSWER),
        (-255, END),
        (-250, ENTRY),
        (-200, "c2|support|NONE|ENTERQUEUE||5550002|2"),
    ]
    found = read(stage, *lines, *lines)

    assert found.of() == Figures(4, 1, 0, 2, 1, {"key": 1})
    assert found.calls == {("c1", "support", "waiting", None), ("c2", "support", "waiting", None)}


def test_fault_50_the_end_of_an_earlier_talk_said_again_leaves_the_later_one_open(stage: Stage) -> None:
    again = ((-200, ENTRY), (-195, ANSWER))
    found = read(stage, (-300, ENTRY), (-295, ANSWER), (-275, END), *again, (-275, END))

    assert found.of() == Figures(2, 2, 0, 0, 1)
    assert found.calls == {("c1", "support", "talking", "Ann")}
    assert found.misfits == {"end without talk": 1}


def test_fault_50_two_rings_of_one_second_for_two_callers_are_two(stage: Stage) -> None:
    both: list[Line] = [(-100, ENTRY), (-100, ENTRY.replace("c1", "c2"))]
    rings: list[Line] = [(-90, "c1|support|Ann|RINGNOANSWER|0"), (-90, "c2|support|Ann|RINGNOANSWER|0")]
    assert read(stage, *both, *rings).misfits == {}


# --- 51: a beginning that nobody saw ---------------------------------------------------------------------------------


def orphans_after(lines: list[bytes], cut: int) -> dict[str, int]:
    """What of the lines from `cut` on belongs to a beginning before it, told plainly."""
    waiting: set[tuple[str, str]] = set()
    talking: set[tuple[str, str]] = set()
    found = {"answer without entry": 0, "left without entry": 0, "end without talk": 0}
    for line in lines[cut:]:
        _at, call, queue, _agent, word, *_data = line.decode().split("|")
        key = (queue, call)
        match word:
            case "ENTERQUEUE":
                waiting.add(key)
            case "CONNECT":
                found["answer without entry"] += key not in waiting
                waiting.discard(key)
                talking.add(key)
            case "ABANDON" | "EXITWITHTIMEOUT" | "EXITWITHKEY" | "EXITEMPTY" | "WITHDRAW":
                found["left without entry"] += key not in waiting
                waiting.discard(key)
            case "COMPLETECALLER" | "COMPLETEAGENT" | "BLINDTRANSFER" | "ATTENDEDTRANSFER":
                found["end without talk"] += key not in talking
                talking.discard(key)
            case _:
                pass
    return {kind: number for kind, number in found.items() if number}


@pytest.mark.parametrize("seed", range(4))
def test_fault_51_a_log_that_begins_anywhere_counts_its_orphans_and_guesses_none(captured: Stage, seed: int) -> None:
    lines = CAPTURE.read_bytes().splitlines()
    cut = random.Random(seed).randrange(200, len(lines) - 200)
    log = captured.folder / "cut"
    log.write_bytes(b"".join(line + b"\n" for line in lines[cut:]))
    found = Read(captured.state(log))

    entries = [line for line in lines[cut:] if b"|ENTERQUEUE|" in line]
    assert found.total.offered == len(entries)
    assert all(adds_up(figures(scope)) for scope in found.state["queues"].values())
    of_calls = {kind: number for kind, number in found.misfits.items() if kind != "resume without pause"}
    assert of_calls == orphans_after(lines, cut)
    assert found.rejected == {}


def test_fault_51_a_talk_without_a_beginning_is_shown_and_stands_in_no_figure_of_callers(stage: Stage) -> None:
    found = read(stage, (-60, ANSWER))

    assert found.of() == Figures()
    assert found.agent("Ann") == "on_call"
    assert found.misfits == {"answer without entry": 1}
