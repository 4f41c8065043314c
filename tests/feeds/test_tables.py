"""Tables of other switches: rows an event, rows a call, and every mistake in the options named at once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.feeds.formats import CORE_FORMATS, configured, sniff_format
from floorwatch.feeds.shapes import FeedFormat, FeedLine, RejectLine
from floorwatch.feeds.tables import OPEN_LINES, TableFormat
from floorwatch.model.entities import Fact
from floorwatch.model.events import (
    AgentPaused,
    CallAbandoned,
    CallAnswered,
    CallCompleted,
    CallEntered,
    CallLeft,
    EndedBy,
    Event,
    LeftHow,
    MemberAdded,
    Unrecognised,
)

AT = 1_763_760_000.0  # 2025-11-21 21:20:00 UTC, 05:20 the next morning in Shanghai

BY_EVENT: dict[str, Any] = {
    "row": "event",
    "columns": {"at": "Time", "event": "What", "call": "CallID", "queue": "Skill", "agent": "Agent", "reason": "Code"}
    | {"talk_seconds": "Talk", "ended_by": "By"},
    "events": {"IN": "CallEntered", "ANS": "CallAnswered", "END": "CallCompleted", "BRK": "AgentPaused", "PING": ""}
    | {"JOIN": "MemberAdded"},
    "values": {"ended_by": {"Kunde": "caller"}},
    "time": "%d.%m.%Y %H:%M:%S",
    "zone": "Asia/Shanghai",
}
HEADER = "Time,What,CallID,Skill,Agent,Code,Talk,By"

BY_CALL: dict[str, Any] = {
    "row": "call",
    "columns": {"call": "id", "entered_at": "start", "answered_at": "answer", "ended_at": "end", "agent": "agent"}
    | {"outcome": "result", "caller": "ani", "ended_by": "by"},
    "fixed": {"queue": "support"},
    "outcomes": {"OK": "answered", "LOST": "abandoned", "VM": "key"},
    "time": "epoch",
    "header": ["id", "ani", "start", "answer", "end", "agent", "result", "by"],
}


class Reading:
    """A table read line by line."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._decoder = TableFormat().decoder(options)
        self.rejected: list[str] = []

    def __call__(self, *lines: str | bytes) -> list[Event]:
        found: list[Event] = []
        for line in lines:
            raw = line if isinstance(line, bytes) else line.encode()
            try:
                found += self._decoder.feed(FeedLine("f", 0.0, 0, raw))
            except RejectLine as reason:
                self.rejected.append(str(reason))
        return found


def bound(options: dict[str, Any]) -> FeedFormat:
    return configured(TableFormat(), options)


# --- a row an event --------------------------------------------------------------------------------------------------


def test_a_row_is_the_event_that_its_word_means_at_local_time() -> None:
    read = Reading(BY_EVENT)
    found = read(
        HEADER,
        "22.11.2025 05:20:00,IN,c1,sales,,,,",
        "22.11.2025 05:20:07,ANS,c1,sales,Li,,,",
        "22.11.2025 05:21:00,END,c1,sales,Li,,0:53,Kunde",
        '22.11.2025 05:22:00,BRK,,,"Li, Wei","say ""hi""",,',
        "22.11.2025 05:22:00,PING,,,,,,",
        "22.11.2025 05:23:00,COFFEE,,,Li,,,",
    )
    assert found == [
        CallEntered(AT, "c1", "sales"),
        CallAnswered(AT + 7, "c1", "sales", "Li"),
        CallCompleted(AT + 60, "c1", "sales", "Li", EndedBy.CALLER, None, 53.0),
        AgentPaused(AT + 120, "Li, Wei", None, 'say "hi"'),
        Unrecognised(AT + 180, "COFFEE", agent="Li"),
    ]
    assert read.rejected == []


def test_a_word_for_who_hung_up_that_says_neither_costs_no_event() -> None:
    (event,) = Reading(BY_EVENT)(HEADER, "22.11.2025 05:21:00,END,c1,sales,Li,,53,System")[:1]
    assert isinstance(event, CallCompleted)
    assert event.ended_by is None


def test_rows_that_cannot_be_read_are_refused_for_short_reasons() -> None:
    read = Reading(BY_EVENT)
    read(
        "22.11.2025 05:20:00,IN,c1,sales,,,,",
        HEADER,
        "yesterday,IN,c1,sales,,,,",
        ",IN,c1,sales,,,,",
        "22.11.2025 05:20:00,,c1,sales,,,,",
        "22.11.2025 05:20:00,IN,,sales,,,,",
        "22.11.2025 05:21:00,END,c1,sales,Li,,long,",
        "22.11.1925 05:21:00,IN,c1,sales,,,,",
        "22.11.2025 05:20:00",
    )
    assert read.rejected == [
        "before any header line",
        "`at` is not a time",
        "no `at`",
        "no `event`",
        "CallEntered: no `call`",
        "`talk_seconds` is not a duration",
        "`at` is not a time",
        "no `event`",
    ]


def test_a_header_is_known_wherever_it_stands_and_may_change_the_order() -> None:
    read = Reading(BY_EVENT)
    moved = "What,Time,CallID,Skill,Agent,Code,Talk,By,More"
    found = read(
        "\ufeff" + HEADER, "22.11.2025 05:20:00,IN,c1,q,,,,", moved, "IN,22.11.2025 05:20:00,c2,q,,,,,x", "", " "
    )
    assert found == [CallEntered(AT, "c1", "q"), CallEntered(AT, "c2", "q")]
    assert read.rejected == []


def test_a_quoted_line_end_keeps_a_row_together() -> None:
    read = Reading(BY_EVENT)
    found = read(HEADER, '22.11.2025 05:20:00,BRK,,,Li,"lunch', "and a walk", '",,', "22.11.2025 05:20:00,IN,c1,q,,,,")
    assert found == [AgentPaused(AT, "Li", None, "lunch\nand a walk"), CallEntered(AT, "c1", "q")]


def test_a_quote_that_never_closes_costs_no_more_than_it_must() -> None:
    read = Reading(BY_EVENT)
    row = "22.11.2025 05:20:00,IN,c1,q,,,,"
    found = read(HEADER, '22.11.2025 05:20:00,BRK,,,Li,"5 inch,,', *[row] * OPEN_LINES)
    assert found == [AgentPaused(AT, "Li", None, '"5 inch'), *[CallEntered(AT, "c1", "q")] * OPEN_LINES]


def test_jsonl_rows_reach_into_objects() -> None:
    options = {
        "kind": "jsonl",
        "columns": {
            "at": "EventTimestamp",
            "event": "EventType",
            "call": "Contact.Id",
            "queue": "Queue",
            "agent": "a.b",
        },
        "events": {"CONNECTED": "CallAnswered"},
    }
    raw = (
        '{"EventTimestamp": "2025-11-21T21:20:00Z", "EventType": "CONNECTED", '
        '"Contact": {"Id": 7}, "Queue": "q", "a.b": "Li"}'
    )
    read = Reading(options)
    assert read(raw, "{", "[]", b'{"EventType": "\xff"}') == [CallAnswered(AT, "7", "q", "Li")]
    assert read.rejected == ["not JSON", "not an object of fields", "not UTF-8"]


def test_a_jsonl_row_of_brackets_in_brackets_is_refused() -> None:
    read = Reading({"kind": "jsonl", "columns": {"at": "t", "event": "e"}, "events": {}, "fixed": {"queue": "q"}})
    assert read('{"t":' + "[" * 30_000 + "]" * 30_000 + "}", '{"t":' * 30_000) == []
    assert read.rejected == ["not JSON", "not JSON"]


@pytest.mark.parametrize(
    ("time", "zone", "text"),
    [
        ("epoch", "UTC", "1763760000"),
        ("epoch_ms", "UTC", "1763760000000"),
        ("iso", "Asia/Shanghai", "2025-11-22 05:20:00"),
        ("iso", "Asia/Shanghai", "2025-11-21T21:20:00Z"),
        ("%Y%m%d%H%M%S", "Asia/Shanghai", "20251122052000"),
        ("%Y-%m-%d %H:%M:%S %z", "Asia/Shanghai", "2025-11-21 22:20:00 +0100"),
    ],
)
def test_times_are_read_as_they_are_written(time: str, zone: str, text: str) -> None:
    options = {"columns": {"at": "t", "event": "e", "agent": "a", "queue": "q"}, "time": time, "zone": zone}
    assert Reading(options)("t,e,a,q", f"{text},MemberAdded,Li,q") == [MemberAdded(AT, "Li", "q")]


def test_another_encoding_and_delimiter_are_read() -> None:
    options = {"columns": {"at": "时间", "event": "事件", "agent": "坐席"}, "events": {"小休": "AgentPaused"}}
    options |= {"encoding": "gb18030", "delimiter": "\t", "time": "epoch", "empty": ["--"]}  # type: ignore[dict-item]  # options are of many kinds
    lines = ["时间\t事件\t坐席", "1763760000\t小休\t王芳", "1763760000\t小休\t--"]
    read = Reading(options)
    assert read(*(line.encode("gb18030") for line in lines)) == [AgentPaused(AT, "王芳")]
    assert read.rejected == ["AgentPaused: no `agent`"]


# --- a row a call ----------------------------------------------------------------------------------------------------


def test_a_row_is_the_whole_of_a_call() -> None:
    read = Reading(BY_CALL)
    found = read(
        "id,ani,start,answer,end,agent,result,by",
        f"c1,100,{AT:.0f},{AT + 10:.0f},{AT + 70:.0f},Li,OK,agent",
        f"c2,,{AT:.0f},,{AT + 30:.0f},,LOST,",
        f"c3,,{AT:.0f},,{AT + 30:.0f},,VM,",
        f"c4,,{AT:.0f},,{AT + 30:.0f},,???,",
        f"c5,,,,{AT + 30:.0f},,LOST,",
        f"c6,,{AT:.0f},{AT + 5:.0f},,,OK,",
    )
    assert found == [
        CallEntered(AT, "c1", "support", "100"),
        CallAnswered(AT + 10, "c1", "support", "Li", 10.0),
        CallCompleted(AT + 70, "c1", "support", "Li", EndedBy.AGENT, 10.0, 60.0),
        CallEntered(AT, "c2", "support"),
        CallAbandoned(AT + 30, "c2", "support", None, 30.0),
        CallEntered(AT, "c3", "support"),
        CallLeft(AT + 30, "c3", "support", LeftHow.KEY, None, 30.0),
    ]
    assert read.rejected == ["`outcome` has a word that `outcomes` does not map", "no `entered_at`", "no `agent`"]


def test_durations_stand_in_for_times() -> None:
    columns = {"call": "id", "queue": "q", "entered_at": "t", "agent": "a", "wait_seconds": "w", "talk_seconds": "d"}
    options = {"row": "call", "columns": columns | {"outcome": "o"}, "time": "epoch"}
    found = Reading(options)(
        "id,q,t,a,w,d,o", "c,q,1763760000,Li,0:10,0:01:00,answered", "c,q,1763760000,,25,,abandoned"
    )
    assert [event.at - AT for event in found] == [0, 10, 70, 0, 25]


def test_without_an_outcome_an_answer_decides() -> None:
    options = {
        "row": "call",
        "columns": {"call": "id", "queue": "q", "entered_at": "t", "agent": "a", "answered_at": "n", "ended_at": "e"},
        "time": "epoch",
    }
    found = Reading(options)("id,q,t,a,n,e", "c,q,1763760000,Li,1763760009,", "c,q,1763760000,,,1763760011")
    assert [type(event) for event in found] == [CallEntered, CallAnswered, CallEntered, CallAbandoned]


# --- the format ------------------------------------------------------------------------------------------------------


def test_all_mistakes_in_the_options_are_named_at_once() -> None:
    options = {
        "kind": "xls",
        "row": "call",
        "columns": {"call": "id", "entered": "t"},
        "outcomes": {"OK": "fine"},
        "delimiter": ";;",
        "time": "whenever",
        "zone": "Mars/Base",
        "encoding": "utf-16",
        "gives": ["all"],
        "colums": {},
    }
    with pytest.raises(ValueError, match="kind") as refusal:
        TableFormat().decoder(options)
    problems = str(refusal.value)
    for key in ("colums", "kind", "columns.entered", "columns.entered_at", "columns.queue", "outcomes.OK"):
        assert f"{key}: " in problems
    for key in ("delimiter", "time", "zone", "encoding", "gives"):
        assert f"{key}: " in problems


def test_a_mapped_column_has_to_be_in_the_header_given() -> None:
    options = {"columns": {"at": "t", "event": "e", "agent": "a"}, "header": ["t", "e"]}
    with pytest.raises(ValueError, match=r"columns\.agent: 'a' is not in `header`"):
        TableFormat().decoder(options)


def test_the_facts_are_those_that_the_mapped_words_tell() -> None:
    assert bound(BY_EVENT).gives == {Fact.CALLS, Fact.MEMBERS, Fact.PAUSES, Fact.ENDED_BY}
    assert bound(BY_CALL).gives == {Fact.CALLS, Fact.ENDED_BY}
    assert bound(BY_CALL | {"gives": ["calls"]}).gives == {Fact.CALLS}
    assert TableFormat().gives == frozenset()


def test_times_and_what_is_carried_follow_the_options() -> None:
    fmt = bound(BY_EVENT)
    assert fmt.time_of(HEADER.encode()) is None
    pause, entry = b"22.11.2025 05:20:00,BRK,,,Li,,,", b"22.11.2025 05:20:00,IN,c1,q,,,,"
    assert (fmt.time_of(pause), fmt.carries(pause), fmt.carries(entry)) == (AT, True, False)
    assert bound(BY_CALL).time_of(f"c1,,{AT:.0f},{AT + 10:.0f},{AT + 70:.0f},Li,OK,".encode()) == AT + 70


def test_a_table_is_recognised_by_its_columns_and_never_guessed() -> None:
    sample = f"{HEADER}\r\n22.11.2025 05:20:00,IN,c1,q,,,,\r\n22.11".encode()
    assert bound(BY_EVENT).sniff(sample) > 0.5
    assert bound(BY_CALL).sniff(sample) == 0
    assert sniff_format(sample, CORE_FORMATS) is None


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_no_bytes_do_worse_than_be_refused(lines: list[bytes]) -> None:
    for options in (BY_EVENT, BY_CALL, BY_CALL | {"kind": "jsonl"}):
        read = Reading(
            {key: value for key, value in options.items() if key != "header" or options.get("kind") != "jsonl"}
        )
        read(*lines)
        fmt = bound(options)
        for line in lines:
            fmt.time_of(line)
            fmt.carries(line)
            fmt.sniff(line)
