"""The numbers against the switch's own: 101 snapshots that a real Asterisk 22 gave of itself while it wrote this log.

`sample_feeds/asterisk-22` holds both. Each snapshot says how many bytes of the log were written by then; the log
becomes a recording in which every line was received at the first snapshot that knows it, and `floorwatch state` is
asked for all 101 moments through the real command line.
"""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from floorwatch.bundled import bundled
from floorwatch.feeds.recording import RecordedFeed, RecordingWriter
from floorwatch.feeds.shapes import FeedLine

CAPTURE = bundled("sample_feeds") / "asterisk-22"
ABANDONED_BY_ASTERISK = ("timeout", "empty", "withdrawn")

TRANSFER_UNDER_WAY = {("Local/1004@agents/n", 1795298764.8995976)}
"""A blind transfer of 14 s: the switch had freed the agent 4 s before it wrote the line that ends the talk."""

Moment = dict[str, Any]
Pair = tuple[Moment, Moment]


def truth() -> list[Moment]:
    with gzip.open(CAPTURE / "truth.jsonl.gz") as file:
        return [json.loads(line) for line in file]


def recorded(out: Path, moments: list[Moment]) -> None:
    """The log as a recording; lines that no snapshot knows come after the last."""
    writer = RecordingWriter(out, "UTC", {"queue_log": RecordedFeed("asterisk-queue-log")})
    known = iter(
        [*((moment["at"], moment["queue_log_bytes"]) for moment in moments), (moments[-1]["at"] + 60, 1 << 40)]
    )
    at, until = next(known)
    offset = 0
    for raw in (CAPTURE / "queue_log").read_bytes().splitlines(keepends=True):
        while offset + len(raw) > until:
            at, until = next(known)
        writer.append(FeedLine("queue_log", at, offset, raw.rstrip(b"\n")))
        offset += len(raw)
    writer.close()


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[Pair]:
    """What the switch said and what floorwatch says, at each of the moments."""
    moments = truth()
    recording = tmp_path_factory.mktemp("truth") / "capture.floorlog"
    recorded(recording, moments)
    asked = [word for moment in moments for word in ("--at", repr(moment["at"]))]
    people = ["--people", str(CAPTURE / "people.csv")]
    command = [sys.executable, "-m", "floorwatch", "state", str(recording), *people, "--json", "--unmasked", *asked]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return list(zip(moments, (json.loads(line) for line in said.splitlines()), strict=True))


def queues(pairs: list[Pair]) -> Iterator[tuple[Moment, Moment, Moment]]:
    """(moment, the switch's queue, ours) wherever the log has shown the queue; before that it has nothing in it."""
    for switch, ours in pairs:
        for name, queue in switch["queues"].items():
            if name in ours["queues"]:
                yield switch, queue, ours["queues"][name]
            else:
                assert not queue["waiting"]
                assert queue["abandoned"] == 0


def test_all_the_moments_are_there(pairs: list[Pair]) -> None:
    assert len(pairs) == 101
    assert sum(len(queue["waiting"]) for _, queue, _ in queues(pairs)) > 500
    assert all(switch["at"] == ours["at"] for switch, ours in pairs)


def test_the_same_callers_wait_at_every_moment(pairs: list[Pair]) -> None:
    for switch, theirs, ours in queues(pairs):
        expected = sorted(caller["call"] for caller in theirs["waiting"])
        assert sorted(caller["call"] for caller in ours["callers"]) == expected, switch["at"]
        assert ours["waiting"] == len(expected)


def test_they_have_waited_equally_long_within_a_second(pairs: list[Pair]) -> None:
    """The log's seconds are whole and the switch's count was cut, so an age lies within one second of its cut."""
    for switch, theirs, ours in queues(pairs):
        entered = {caller["call"]: caller["entered_at"] for caller in ours["callers"]}
        for caller in theirs["waiting"]:
            age = int(switch["at"]) - entered[caller["call"]]
            assert abs(age - caller["wait_seconds"]) <= 1, (switch["at"], caller)


def test_the_numbers_of_those_who_wait_are_the_same(pairs: list[Pair]) -> None:
    for switch, theirs, ours in queues(pairs):
        numbers = {caller["call"]: caller["caller"] for caller in ours["callers"]}
        for caller in theirs["waiting"]:
            assert (numbers[caller["call"]] or "unknown") == caller["caller"], switch["at"]


def test_abandoned_by_asterisks_rule_is_the_same(pairs: list[Pair]) -> None:
    for switch, theirs, ours in queues(pairs):
        counted = ours["abandoned"] + sum(ours["left"][how] for how in ABANDONED_BY_ASTERISK)
        assert counted == theirs["abandoned"], switch["at"]


def test_paused_is_the_same_for_every_member(pairs: list[Pair]) -> None:
    seen = 0
    for switch, ours in pairs:
        for name, queue in switch["queues"].items():
            for member in queue["members"]:
                place = ours["agents"].get(member["interface"], {"queues": {}})["queues"].get(name)
                assert (place is not None and place["paused"]) == member["paused"], (switch["at"], name, member["name"])
                seen += member["paused"]
    assert seen > 300


def test_in_call_is_the_same_for_every_agent_but_the_listed_one(pairs: list[Pair]) -> None:
    differing = set()
    for switch, ours in pairs:
        members = [(m["interface"], name, m) for name, queue in switch["queues"].items() for m in queue["members"]]
        for interface, name, member in members:
            calls = {call["queue"] for call in ours["calls"] if call["agent"] == interface}
            if (name in calls) != member["in_call"]:
                differing.add((interface, switch["at"]))
    assert differing == TRANSFER_UNDER_WAY


def test_static_members_that_no_line_announces_are_known_as_such(pairs: list[Pair]) -> None:
    _switch, ours = pairs[-1]
    static = {"Local/1023@agents/n", "Local/1024@agents/n"}
    for interface in static:
        assert all(place["member"] is None for place in ours["agents"][interface]["queues"].values())
    announced = [agent for key, agent in ours["agents"].items() if key.startswith("Local/") and key not in static]
    assert all(place["member"] is not None for agent in announced for place in agent["queues"].values())


def test_nothing_in_the_capture_is_refused(pairs: list[Pair]) -> None:
    _switch, ours = pairs[-1]
    assert ours["feeds"]["queue_log"]["rejected"] == {}
    assert ours["feeds"]["queue_log"]["unknown_events"] == {"QA": 2, "INFO": 2}
