"""The log of a simulated floor is what Asterisk 22 would have written."""

import re
from itertools import pairwise

import pytest

from floorwatch.model.events import (
    AgentPaused,
    AgentResumed,
    AnswerDropped,
    CallAbandoned,
    CallAnswered,
    CallCompleted,
    CallEntered,
    CallHeld,
    CallLeft,
    CallRang,
    CallTransferred,
    DeviceFailed,
    EndedBy,
    Event,
    LeftHow,
    MemberAdded,
    MemberRemoved,
    RingCancelled,
    RingMissed,
    SwitchReloaded,
    SwitchRestarted,
    TransferKind,
    WrapUpStarted,
)
from floorwatch.simulate.plan import Plan
from floorwatch.simulate.queue_log import QueueLogWriter
from floorwatch.simulate.staff import people

DATA = {
    "ENTERQUEUE": r"\|[+0-9]*\|\d+",
    "CONNECT": r"\d+\|\d+\.\d+\|\d+",
    "COMPLETECALLER": r"\d+\|\d+\|\d+",
    "COMPLETEAGENT": r"\d+\|\d+\|\d+",
    "BLINDTRANSFER": r"\d+\|[a-z-]+\|\d+\|\d+\|\d+",
    "ATTENDEDTRANSFER": r"BRIDGE\|[0-9a-f-]{36}\|\d+\|\d+\|\d+",
    "ABANDON": r"\d+\|\d+\|\d+",
    "EXITWITHTIMEOUT": r"\d+\|\d+\|\d+",
    "EXITWITHKEY": r"[0-9]\|\d+\|\d+\|\d+",
    "EXITEMPTY": r"\d+\|\d+\|\d+",
    "RINGNOANSWER": r"0|15000",
    "RINGCANCELED": r"\d+",
    "AGENTDUMP": "",
    "ADDMEMBER": "",
    "REMOVEMEMBER": "",
    "PAUSE": r"[A-Za-z -]+",
    "PAUSEALL": r"[A-Za-z -]+",
    "UNPAUSE": "",
    "UNPAUSEALL": "",
    "CONFIGRELOAD": "",
}
"""The data of each event, after `EVENT|` (FEEDS.md)."""

PLAN = Plan(1000.0, agents=2)
NAME = people(PLAN)[0].name


@pytest.fixture
def writer() -> QueueLogWriter:
    return QueueLogWriter(PLAN)


def written(writer: QueueLogWriter, *events: Event) -> list[str]:
    return b"".join(writer.lines(event) for event in events).decode().splitlines()


def test_every_line_of_a_day_has_the_fields_of_its_event(log: list[str]) -> None:
    seen = set()
    for line in log:
        epoch, call, _, _, event, data = line.split("|", 5)
        assert re.fullmatch(r"\d{10}", epoch)
        assert re.fullmatch(r"\d{10}\.\d+|NONE|MANAGER", call)
        assert re.fullmatch(DATA[event], data), line
        seen.add(event)
    assert seen >= set(DATA) - {"EXITWITHTIMEOUT", "EXITEMPTY"}


def test_epochs_never_go_back(log: list[str]) -> None:
    epochs = [int(line.split("|", 1)[0]) for line in log]

    assert all(before <= after for before, after in pairwise(epochs))


def test_membership_names_the_interface_and_calls_name_the_member(day: Plan, log: list[str]) -> None:
    names = {who.name for who in people(day)}
    interfaces = {who.interface for who in people(day)}
    for line in log:
        _, _, _, agent, event, _ = line.split("|", 5)
        assert agent in (interfaces if event.endswith("MEMBER") else names | {"NONE"}), line


def test_seconds_are_cut_as_asterisk_cuts_them(writer: QueueLogWriter) -> None:
    lines = written(
        writer,
        CallEntered(1000.9, "1000.5", "sales", "12012345678", None, 1),
        CallRang(1001.2, "1000.5", "sales", "1001"),
        CallAnswered(1003.1, "1000.5", "sales", "1001", 2.2, 1.9),
        CallCompleted(1004.9, "1000.5", "sales", "1001", EndedBy.AGENT, 2.2, 1.8),
    )

    assert lines == [
        "1000|1000.5|sales|NONE|ENTERQUEUE||12012345678|1",
        f"1003|1000.5|sales|{NAME}|CONNECT|3|1001.6|1",
        f"1004|1000.5|sales|{NAME}|COMPLETEAGENT|3|1|1",
    ]


def test_a_late_transfer_keeps_the_figures_of_the_talk_it_ends(writer: QueueLogWriter) -> None:
    lines = written(
        writer,
        CallEntered(1000.0, "1000.5", "sales", None, None, 4),
        CallAnswered(1010.0, "1000.5", "sales", "1001", 10.0, 3.0),
        CallEntered(1070.0, "1000.5", "sales", None, None, 1),
        CallTransferred(1070.4, "1000.5", "sales", "1001", TransferKind.BLIND, "7002", 10.0, 60.4),
        CallAbandoned(1075.0, "1000.5", "sales", 1, 5.0),
    )

    assert lines[2:] == [
        "1070|1000.5|sales|NONE|ENTERQUEUE|||1",
        f"1070|1000.5|sales|{NAME}|BLINDTRANSFER|7002|from-internal|10|60|4",
        "1075|1000.5|sales|NONE|ABANDON|1|1|5",
    ]


def test_leaving_lines_say_the_place_now_and_the_place_at_entry(writer: QueueLogWriter) -> None:
    lines = written(
        writer,
        CallEntered(1000.0, "1000.5", "sales", None, None, 1),
        CallEntered(1001.0, "1001.7", "sales", None, None, 2),
        CallEntered(1002.0, "1002.9", "sales", None, None, 3),
        CallEntered(1003.0, "1003.11", "sales", None, None, 4),
        CallLeft(1010.0, "1000.5", "sales", LeftHow.TIMEOUT, None, 10.0),
        CallLeft(1011.0, "1002.9", "sales", LeftHow.KEY, "1", 9.0),
        CallLeft(1012.0, "1001.7", "sales", LeftHow.EMPTY, None, 11.0),
        CallLeft(1013.0, "1003.11", "sales", LeftHow.WITHDRAWN, None, 10.0),
    )

    assert lines[4:] == [
        "1010|1000.5|sales|NONE|EXITWITHTIMEOUT|1|1|10",
        "1011|1002.9|sales|NONE|EXITWITHKEY|1|2|3|9",
        "1012|1001.7|sales|NONE|EXITEMPTY|1|2|11",
        "1013|1003.11|sales|NONE|WITHDRAW|1|4|10",
    ]


def test_a_pause_of_all_queues_is_followed_by_one_for_each(writer: QueueLogWriter) -> None:
    lines = written(
        writer,
        MemberAdded(1000.0, "1001", "sales"),
        MemberAdded(1000.0, "1001", "vip", paused=True),
        AgentPaused(1001.0, "1001", None, "Lunch"),
        AgentResumed(1002.0, "1001"),
        MemberRemoved(1003.0, "1001", "vip"),
        AgentPaused(1004.0, "1001", "sales", "Restroom"),
    )

    assert lines == [
        "1000|MANAGER|sales|PJSIP/1001|ADDMEMBER|",
        "1000|MANAGER|vip|PJSIP/1001|ADDMEMBER|PAUSED",
        f"1001|NONE|NONE|{NAME}|PAUSEALL|Lunch",
        f"1001|NONE|sales|{NAME}|PAUSE|Lunch",
        f"1001|NONE|vip|{NAME}|PAUSE|Lunch",
        f"1002|NONE|NONE|{NAME}|UNPAUSEALL|",
        f"1002|NONE|sales|{NAME}|UNPAUSE|",
        f"1002|NONE|vip|{NAME}|UNPAUSE|",
        "1003|MANAGER|vip|PJSIP/1001|REMOVEMEMBER|",
        f"1004|NONE|sales|{NAME}|PAUSE|Restroom",
    ]


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (RingMissed(1001.0, "1000.5", "sales", "1001", 15000), f"1001|1000.5|sales|{NAME}|RINGNOANSWER|15000"),
        (RingCancelled(1001.0, "1000.5", "sales", "1001", 305), f"1001|1000.5|sales|{NAME}|RINGCANCELED|305"),
        (AnswerDropped(1001.0, "1000.5", "sales", "1001"), f"1001|1000.5|sales|{NAME}|AGENTDUMP|"),
        (SwitchReloaded(1001.0), "1001|NONE|NONE|NONE|CONFIGRELOAD|"),
        (SwitchRestarted(1001.0), "1001|NONE|NONE|NONE|QUEUESTART|"),
    ],
)
def test_single_lines(writer: QueueLogWriter, event: Event, line: str) -> None:
    assert written(writer, event) == [line]


@pytest.mark.parametrize(
    "event",
    [
        CallRang(1001.0, "1000.5", "sales", "1001"),
        CallHeld(1001.0, "1000.5", "sales", "1001"),
        WrapUpStarted(1001.0, "1001", "sales"),
        DeviceFailed(1001.0, "1001"),
    ],
)
def test_what_asterisk_does_not_log_is_left_out(writer: QueueLogWriter, event: Event) -> None:
    assert writer.lines(event) == b""
