"""The reference floor itself: what the switch said of its own floor, and figures that were worked out by hand."""

import csv
import gzip
import json
from zoneinfo import ZoneInfo

import pytest

from floorwatch.bundled import bundled
from tests.fuzz.reference import ReferenceFloor
from tests.fuzz.reference_figures import State, state_of

CAPTURE = bundled("sample_feeds") / "asterisk-22"
ABANDONED_BY_ASTERISK = ("timeout", "empty", "withdrawn")
TRANSFER_UNDER_WAY = {("Local/1004@agents/n", 1795298764.8995976)}
"""The switch had freed the agent of a blind transfer 4 s before it wrote the line."""

BEGAN = 1_795_320_000


def people_of_capture() -> dict[str, list[str]]:
    """The interfaces of each word for somebody: their interface, or their name, which two of them share."""
    found: dict[str, list[str]] = {}
    with (CAPTURE / "people.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in {row["interface"], row["name"]}:
                found.setdefault(word, []).append(row["interface"])
    return found


def test_the_switch_says_the_same_of_its_own_floor_at_101_moments() -> None:
    """The callers of each queue, their numbers, who is paused, who is on a call, and what Asterisk calls abandoned."""
    floor, raw, place = ReferenceFloor(ZoneInfo("UTC"), people=people_of_capture()), b"", 0
    state: State = {}
    log = (CAPTURE / "queue_log").read_bytes()
    differing, compared = set(), 0
    with gzip.open(CAPTURE / "truth.jsonl.gz") as file:
        moments = [json.loads(line) for line in file]
    for moment in moments:
        *lines, raw = (raw + log[place : moment["queue_log_bytes"]]).split(b"\n")
        place = moment["queue_log_bytes"]
        for line in lines:
            floor.read("queue_log", moment["at"], line)
        state = state_of(floor, moment["at"])
        for name, queue in moment["queues"].items():
            ours = state["queues"].get(name)
            if ours is None:
                assert not queue["waiting"]
                continue
            callers = {caller["call"]: caller["caller"] or "unknown" for caller in ours["callers"]}
            assert callers == {caller["call"]: caller["caller"] for caller in queue["waiting"]}
            assert ours["abandoned"] + sum(ours["left"][way] for way in ABANDONED_BY_ASTERISK) == queue["abandoned"]
            for member in queue["members"]:
                agent = state["agents"].get(member["interface"], {"queues": {}})
                assert agent["queues"].get(name, {"paused": False})["paused"] == member["paused"]
                is_talking = any(of == name and who == member["interface"] for _call, of, who, _s, _t in state["calls"])
                if is_talking != member["in_call"]:
                    differing.add((member["interface"], moment["at"]))
                compared += 1
    assert differing == TRANSFER_UNDER_WAY
    assert compared > 3000
    assert not state["feeds"]["queue_log"]["rejected"]


def floor_after(*lines: str) -> ReferenceFloor:
    """A floor after lines of which each begins with the seconds since it began."""
    floor = ReferenceFloor(ZoneInfo("UTC"))
    for line in lines:
        seconds, rest = line.split("|", 1)
        floor.read("log", BEGAN + 1000, f"{BEGAN + int(seconds)}|{rest}".encode())
    return floor


def test_the_golden_vector_of_the_definitions_is_met() -> None:
    """A_T 70, 15 answered late, B_T 10 (4 of them short), 2 abandoned late, X 3: the figures of METRICS."""
    ends = [*["CONNECT|5"] * 70, *["CONNECT|30"] * 15, *["ABANDON|1|1|2"] * 4, *["ABANDON|1|1|9"] * 6]
    ends += [*["ABANDON|1|1|60"] * 2, *["EXITWITHTIMEOUT|1|1|90"] * 3]
    lines = [f"{n}|c{n}|q|NONE|ENTERQUEUE||1|1" for n in range(100)]
    lines += [f"{100 + n}|c{n}|q|Ada|{end}" for n, end in enumerate(ends)]
    level = state_of(floor_after(*lines), BEGAN + 300)["queues"]["q"]["service_level"]
    rounded = {name: round(share * 100, 2) for name, share in level.items()}
    assert rounded == {
        "answered": 82.35, "late-only": 80.46, "positive": 80.0, "ignore": 77.78, "short-out": 75.27,
        "abandons": 72.16, "offered": 70.0
    }  # fmt: skip


def test_a_small_floor_worked_out_by_hand() -> None:
    floor = floor_after(
        "0|NONE|q|Ada|ADDMEMBER|",
        "1|a|q|NONE|ENTERQUEUE||555|1",
        "2|b|q|NONE|ENTERQUEUE||556|2",
        "11|a|q|Ada|CONNECT|10|x|1",
        "71|a|q|Ada|COMPLETEAGENT|10|60|1",
        "80|NONE|q|Ada|PAUSE|lunch",
        "90|d|q|Bob|CONNECT|4|x|1",
        "95|d|q|Bob|COMPLETECALLER|4|5|1",
        "99|d|q|Bob|COMPLETECALLER|4|5|1",
    )
    state = state_of(floor, BEGAN + 100)
    queue = state["queues"]["q"]
    assert [(caller["call"], caller["caller"]) for caller in queue["callers"]] == [("b", "556")]
    assert (queue["offered"], queue["answered"], queue["completed"]) == (2, 1, 2)
    assert (queue["longest_wait_seconds"], queue["asa_seconds"], queue["talk_seconds_mean"]) == (98.0, 10.0, 32.5)
    assert queue["service_level"]["offered"] == pytest.approx(1 / 2)  # b waits past 20 s, d counts nowhere
    assert (queue["agents"]["paused"], queue["agents"]["available"]) == (1, 1)
    assert state["agents"]["Ada"] == {
        "state": "paused", "since": BEGAN + 80, "calls": [],
        "queues": {"q": {"member": True, "paused": True, "pause_reason": "lunch"}},
    }  # fmt: skip
    assert state["feeds"]["log"]["misfits"] == {"answer without entry": 1, "end without talk": 1}
