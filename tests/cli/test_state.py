"""`floorwatch state`: the floor at an instant, from every kind of feed, for people and for scripts."""

import gzip
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, Run
from tests.cli.small_log import LINES, TEN, line

PAGE = (ROOT / "docs" / "state.md").read_text(encoding="utf-8")


def test_without_a_moment_it_is_that_of_the_last_line(floorwatch: Run, log: Path) -> None:
    ran = floorwatch("state", log)

    assert ran.status == 0
    assert ran.err == ""
    assert ran.out.startswith("2026-11-21 11:00:00  waiting 1, longest 0:00, answered 50.0 % of 3")
    assert "queue_log: 8 lines, 0 rejected" in ran.out


def test_a_moment_can_be_written_in_many_ways(floorwatch: Run, log: Path) -> None:
    ways = ("10:40", "10:40:00", "2026-11-21T10:40", "2026-11-21 10:40:00Z", "1795257600", "12:40+02:00")
    states = floorwatch("state", log, *(word for way in ways for word in ("--at", way)), "--json").json

    assert [state["at"] for state in states] == [TEN + 2400] * len(ways)
    assert {state["queues"]["support"]["waiting"] for state in states} == {1}
    assert not [state for state in states if "sales" in state["queues"]]


def test_moments_are_answered_in_ascending_order(floorwatch: Run, log: Path) -> None:
    states = floorwatch("state", log, "--json", "--at", "11:00", "--at", "10:01", "--at", "10:40").json

    assert [state["at"] - TEN for state in states] == [60, 2400, 3600]
    assert [state["total"]["waiting"] for state in states] == [1, 1, 1]
    assert [state["total"]["offered"] for state in states] == [1, 2, 3]


def test_before_the_first_line_the_floor_is_empty(floorwatch: Run, log: Path) -> None:
    (state,) = floorwatch("state", log, "--at", "09:00", "--json").json

    assert state["queues"] == state["agents"] == {}
    assert state["total"]["offered"] == 0
    assert state["total"]["answer_rate"] is None
    assert state["feeds"]["queue_log"]["last_line_at"] is None


def test_after_the_last_line_time_goes_on(floorwatch: Run, log: Path) -> None:
    (state,) = floorwatch("state", log, "--at", "11:30", "--json").json

    assert state["queues"]["sales"]["longest_wait_seconds"] == 1800
    assert {alert["rule"] for alert in state["alerts"]} >= {"longest-wait", "feed-silent"}
    feed = state["feeds"]["queue_log"]
    assert (feed["silent"], feed["age_seconds"]) == (True, 1800.0)
    assert (feed["state"], feed["polling"], feed["bytes_left"]) == (None, None, None), "nobody follows it"
    assert (
        "queue_log: 8 lines, 0 rejected, 0 unknown events, 0 misfits; silent for 30:00"
        in floorwatch("state", log, "--at", "11:30").out
    )


def test_numbers_of_callers_are_masked_unless_asked(floorwatch: Run, log: Path) -> None:
    (hidden,) = floorwatch("state", log, "--json").json
    (shown,) = floorwatch("state", log, "--json", "--unmasked").json

    assert shown["queues"]["sales"]["callers"][0]["caller"] == "5550004321"
    assert "5550004321" not in str(hidden)
    assert hidden["queues"]["sales"]["callers"][0]["caller"].endswith("21")


def test_the_figures_of_the_small_log_are_right(floorwatch: Run, log: Path, people: Path) -> None:
    (state,) = floorwatch("state", log, "--people", people, "--json").json
    support = state["queues"]["support"]

    assert (support["offered"], support["answered"], support["abandoned"], support["completed"]) == (2, 1, 1, 1)
    assert support["asa_seconds"] == 20
    assert support["talk_seconds_mean"] == 120
    assert state["agents"]["4001"]["name"] == "张伟"
    assert state["agents"]["4001"]["team"] == "Blue"
    assert state["agents"]["4001"]["queues"]["support"]["member"] is True


def test_what_a_queue_log_cannot_tell_is_null(floorwatch: Run, log: Path) -> None:
    (state,) = floorwatch("state", log, "--json").json

    assert state["total"]["agents"]["on_hold"] is None
    assert state["total"]["agents"]["available"] == 1


def documented(pattern: str) -> set[str]:
    """The first word of each piece of code in the part of docs/state.md that matches."""
    (part,) = re.findall(pattern, PAGE, re.MULTILINE | re.DOTALL)
    inside = " ".join(re.findall(r"`([^`]+)`", part))
    return {word for word in re.findall(r"[a-z_]+", re.sub(r"\{[^}]*\}+|\[[^\]]*\]", "", inside)) if word}


def keys(value: Any) -> set[str]:
    assert isinstance(value, dict)
    return set(value)


def test_the_documented_keys_are_the_printed_ones(floorwatch: Run, log: Path) -> None:
    (state,) = floorwatch("state", log, "--at", "11:30", "--json").json
    scope = documented(r"^A queue has (.*?)\. What each figure")

    assert keys(state) == set(re.findall(r"^\| `([a-z]+)", PAGE, re.MULTILINE))
    assert keys(state["feeds"]["queue_log"]) == documented(r"^\| `feeds.NAME` \|(.*?)$")
    assert all(keys(queue) == scope for queue in (*state["queues"].values(), state["total"]))
    for agent in state["agents"].values():
        assert keys(agent) == documented(r"^\| `agents.ID` \|(.*?)$")
    for where, entries in (("calls", state["calls"]), ("alerts", state["alerts"])):
        (words,) = re.findall(rf"^\| `{where}` \| `\[\{{(.*?)\}}\]`", PAGE, re.MULTILINE)
        assert entries
        assert all(keys(entry) == set(words.split(", ")) for entry in entries)


@pytest.mark.parametrize("key", ["left", "agents"])
def test_the_documented_inner_keys_are_the_printed_ones(floorwatch: Run, log: Path, key: str) -> None:
    (state,) = floorwatch("state", log, "--json").json
    (words,) = re.findall(rf"`{key} \{{([a-z_, ]+)\}}`", PAGE)

    assert keys(state["total"][key]) == set(words.split(", "))


def test_two_logs_are_merged_by_time(floorwatch: Run, folder: Path, log: Path) -> None:
    north = folder / "north_log"
    north.write_text(line(30, "n1|north|NONE|ENTERQUEUE||1|1") + line(90, "n1|north|NONE|ABANDON|1|1|60"))

    early, late = floorwatch("state", log, f"second={north}", "--at", "10:01", "--at", "10:02", "--json").json

    assert keys(late["feeds"]) == {"queue_log", "second"}
    assert early["total"]["waiting"] == 2
    assert late["queues"]["north"]["abandoned"] == 1
    assert late["queues"]["support"]["answered"] == 1


def test_a_feed_that_is_given_twice_gets_a_name_of_its_own(floorwatch: Run, folder: Path, log: Path) -> None:
    other = folder / "south" / "queue_log"
    other.parent.mkdir()
    other.write_text(line(30, "s1|south|NONE|ENTERQUEUE||1|1"))

    (state,) = floorwatch("state", log, other, "--json").json

    assert keys(state["feeds"]) == {"queue_log", "queue_log-2"}


def test_a_folder_of_logs_is_one_feed(floorwatch: Run, folder: Path) -> None:
    logs = folder / "logs"
    logs.mkdir()
    for name, half in (("queue_log.1", LINES[:5]), ("queue_log", LINES[5:])):
        (logs / name).write_text("".join(line(*each) for each in half))

    (state,) = floorwatch("state", logs, "--json").json

    assert state["feeds"]["logs"]["lines"] == len(LINES)
    assert state["total"]["offered"] == 3


def test_a_compressed_log_is_read(floorwatch: Run, folder: Path, log: Path) -> None:
    archive = folder / "old.gz"
    archive.write_bytes(gzip.compress(log.read_bytes()))

    (plain,), (packed,) = floorwatch("state", log, "--json").json, floorwatch("state", archive, "--json").json

    assert packed["total"] == plain["total"]
    assert keys(packed["feeds"]) == {"old"}


def test_json_lines_are_read_and_tell_more(floorwatch: Run, folder: Path) -> None:
    feed = folder / "switch.jsonl"
    feed.write_text(
        f'{{"event":"CallEntered","at":{TEN},"call":"1","queue":"support"}}\n'
        f'{{"event":"CallRang","at":{TEN + 2},"call":"1","queue":"support","agent":"ann"}}\n'
    )

    (state,) = floorwatch("state", feed, "--json").json

    assert state["agents"]["ann"]["state"] == "ringing"
    assert state["total"]["agents"]["ringing"] == 1


def test_a_table_with_a_row_an_event_is_read_through_the_configuration(floorwatch: Run, folder: Path) -> None:
    (folder / "events.csv").write_text(
        "Time,What,CallID,Skill,Agent\n"
        "2026-11-21 10:00:00,IN,1,support,\n"
        "2026-11-21 10:00:10,ANS,1,support,ann\n"
        "not a time,IN,2,support,\n"
    )
    (folder / "floor.toml").write_text(
        '[floor]\nzone = "UTC"\n[feeds.other]\npath = "events.csv"\nformat = "table"\n'
        '[feeds.other.options]\nrow = "event"\ntime = "iso"\n'
        'columns = {at = "Time", event = "What", call = "CallID", queue = "Skill", agent = "Agent"}\n'
        'events = {IN = "CallEntered", ANS = "CallAnswered"}\n'
    )

    (state,) = floorwatch("--config", "floor.toml", "state", "--json").json

    assert state["queues"]["support"]["answered"] == 1
    assert state["agents"]["ann"]["state"] == "on_call"
    assert sum(state["feeds"]["other"]["rejected"].values()) == 1


def test_a_table_with_a_row_a_call_is_read_through_the_configuration(floorwatch: Run, folder: Path) -> None:
    (folder / "calls.csv").write_text(
        f"id;start;answer;end;agent\n1;{TEN};{TEN + 5};{TEN + 65};ann\n2;{TEN + 10};;{TEN + 40};\n"
    )
    (folder / "floor.toml").write_text(
        '[floor]\nzone = "UTC"\n[feeds.calls]\npath = "calls.csv"\nformat = "table"\n'
        '[feeds.calls.options]\nrow = "call"\ndelimiter = ";"\ntime = "epoch"\nfixed = {queue = "support"}\n'
        'columns = {call = "id", entered_at = "start", answered_at = "answer", ended_at = "end", agent = "agent"}\n'
    )

    (state,) = floorwatch("state", "calls", "--config", "floor.toml", "--json").json
    support = state["queues"]["support"]

    assert (support["offered"], support["answered"], support["abandoned"]) == (2, 1, 1)
    assert support["talk_seconds_mean"] == 60


def test_a_configured_feed_can_be_given_by_its_name(floorwatch: Run, folder: Path, log: Path) -> None:
    (folder / "floor.toml").write_text('[feeds.main]\npath = "queue_log"\n[feeds.other]\npath = "nowhere"\n')

    (state,) = floorwatch("--config", "floor.toml", "state", "main", "--json").json

    assert keys(state["feeds"]) == {"main"}


@pytest.mark.parametrize("words", [("state",), ("report", "day")])
def test_a_feed_that_cannot_be_read_is_said(floorwatch: Run, folder: Path, log: Path, words: Sequence[str]) -> None:
    logs = folder / "logs"
    logs.mkdir()
    (logs / "a.log").write_bytes(log.read_bytes())
    (logs / "b.log").write_bytes(log.read_text().encode("utf-16"))
    form = "--feed-format" if words[0] == "report" else "--format"

    ran = floorwatch(*words, f"{logs}/*.log", form, "asterisk-queue-log")
    assert ran.status == 0
    assert any("b.log" in line and "UTF-16" in line for line in ran.complaints)

    ran = floorwatch(*words, logs / "b.log", form, "asterisk-queue-log")
    assert ran.status == 1
    assert "UTF-16" in ran.complaints[0]


def test_a_bad_line_is_counted_and_the_rest_goes_on(floorwatch: Run, log: Path) -> None:
    with log.open("ab") as file:
        file.write(b"what is this\n" + b"x" * 70_000 + b"\n")
        file.write(line(3700, "c3|sales|NONE|ABANDON|1|1|100").encode())

    (state,) = floorwatch("state", log, "--json").json

    assert sorted(state["feeds"]["queue_log"]["rejected"].values()) == [1, 1]
    assert state["total"]["abandoned"] == 2


def test_the_words_of_a_feed_cannot_move_the_terminal(floorwatch: Run, log: Path) -> None:
    with log.open("a") as file:
        file.write(line(3700, "c4|\x1b[2Jevil|NONE|ENTERQUEUE||1|1"))

    ran = floorwatch("state", log)

    assert ran.status == 0
    assert "\x1b" not in ran.out
    assert "evil" in ran.out
