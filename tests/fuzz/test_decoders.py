"""Whatever stands in a line: a decoder gives events or refuses, and what it gives can be folded, shown and recorded."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.state import state_of_floor
from floorwatch.feeds import jsonl
from floorwatch.feeds.jsonl import JsonLines
from floorwatch.feeds.shapes import Decoder, FeedLine, RejectLine
from floorwatch.feeds.tables import TableFormat
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import Fact
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules
from floorwatch_asterisk.queue_log import QueueLogFormat
from tests.fuzz.damage import damaged
from tests.fuzz.floors import Switch, grammar
from tests.fuzz.mutation import bounded, worse, worse_json

AT = 1_763_800_000.0
FEEDS_PAGE = Path(__file__).parents[2] / "docs" / "feeds.md"


@cache
def every_event() -> Sequence[dict[str, Any]]:
    """The example of each event in docs/feeds.md."""
    lines = FEEDS_PAGE.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.startswith('{"event"')]


def queue_logs(chance: Random) -> list[bytes]:
    if chance.random() < 0.5:
        lines = list(grammar(chance, 30, int(AT) - 1000))
    else:
        lines = damaged(chance, Switch(chance, int(AT) - 1000).run(30), 40)
    return [worse(chance, line) if chance.random() < 0.3 else line for line in lines]


def json_lines(chance: Random) -> list[bytes]:
    return [worse_json(chance, chance.choice(every_event())) for _ in range(30)]


EVENT_ROWS = (
    b"at;what;call;queue;agent;why;wait\r",
    b"22.11.2025 08:00:00;OFFERED;c1;support;Ada;;\r",
    b"22.11.2025 08:00:09;ANSWER;c1;support;Ada;;9\r",
    b"22.11.2025 08:01:09;HANGUP;c1;support;Ada;;0:00:09\r",
    b'22.11.2025 08:01:10;AUX;;support;"Ada ""A""";lunch;\r',
    b";;;;;;",
)
EVENT_OPTIONS = {
    "delimiter": ";",
    "time": "%d.%m.%Y %H:%M:%S",
    "zone": "Europe/Berlin",
    "columns": {
        "at": "at", "event": "what", "call": "call", "queue": "queue", "agent": "agent", "reason": "why",
        "wait_seconds": "wait",
    },
    "events": {"OFFERED": "CallEntered", "ANSWER": "CallAnswered", "HANGUP": "CallCompleted", "AUX": "AgentPaused"},
}  # fmt: skip
CALL_ROWS = (
    b"id,from,skill,start,answer,end,agent,result",
    b"c1,+49301,sales,2025-11-22T08:00:00+00:00,2025-11-22T08:00:20,2025-11-22T08:03:00,Ada,HANDLED",
    b"c2,,sales,2025-11-22 08:00:00,,2025-11-22 08:00:31,,ABANDONED",
    b'c3,"1,2",sales,2025-11-22 08:00:00,,,,VOICEMAIL',
)
CALL_OPTIONS = {
    "row": "call",
    "columns": {
        "call": "id", "caller": "from", "queue": "skill", "entered_at": "start", "answered_at": "answer",
        "ended_at": "end", "agent": "agent", "outcome": "result",
    },
    "outcomes": {"HANDLED": "answered", "ABANDONED": "abandoned", "VOICEMAIL": "key"},
}  # fmt: skip
JSON_ROW = {
    "When": 1763799900123,
    "Contact": {"Id": "c1", "Queue": {"Name": "sales"}},
    "Type": "CallEntered",
    "Agent": None,
    "Wait": 3,
}
JSON_OPTIONS = {
    "kind": "jsonl",
    "time": "epoch_ms",
    "columns": {
        "at": "When", "event": "Type", "call": "Contact.Id", "queue": "Contact.Queue.Name", "agent": "Agent",
        "wait_seconds": "Wait",
    },
}  # fmt: skip


def rows_of(rows: Sequence[bytes]) -> Callable[[Random], list[bytes]]:
    return lambda chance: [
        rows[0],
        *(worse(chance, chance.choice(rows)) if chance.random() < 0.8 else chance.choice(rows) for _ in range(30)),
    ]


def json_rows(chance: Random) -> list[bytes]:
    return [worse_json(chance, JSON_ROW) for _ in range(30)]


HARNESSES: dict[str, tuple[Callable[[], Decoder], Callable[[Random], list[bytes]]]] = {
    "queue log": (lambda: QueueLogFormat().decoder({}), queue_logs),
    "queue log with words of its own": (
        lambda: QueueLogFormat().decoder({"custom_events": {"HELP": "help", "QA": "qa", "DID": "did"}}),
        queue_logs,
    ),
    "native": (lambda: JsonLines().decoder({}), json_lines),
    "table of events": (lambda: TableFormat().decoder(EVENT_OPTIONS), rows_of(EVENT_ROWS)),
    "table of calls": (lambda: TableFormat().decoder(CALL_OPTIONS), rows_of(CALL_ROWS)),
    "table of objects": (lambda: TableFormat().decoder(JSON_OPTIONS), json_rows),
    "bytes to a queue log": (lambda: QueueLogFormat().decoder({}), lambda chance: [chance.randbytes(40)] * 2),
    "bytes to native": (lambda: JsonLines().decoder({}), lambda chance: [chance.randbytes(40)] * 2),
}


def decoded(decoder: Decoder, raw: bytes) -> Decoded:
    """What the decoder makes of the line, by its promise: events, or RejectLine and nothing else."""
    line = FeedLine("feed", AT, 0, raw)
    refused, events = "", tuple[Event, ...]()
    try:
        events = tuple(decoder.feed(line))
    except RejectLine as refusal:
        refused = str(refusal)
    assert len(refused) < 200, "a reason is counted by its words: the line must not be in them"
    for event in events:
        assert isinstance(event, Event)
        assert is_kept(event), "a recording would say something else"
    return Decoded("feed", AT, events, refused or None, line)


def is_kept(event: Event) -> bool:
    """Whether a recording says the same again. A lone surrogate cannot be written, and is another sign then."""
    raw = jsonl.encode(event)
    again = jsonl.decode(raw)
    return again == event or (jsonl.encode(again) == raw and "\ufffd" in raw.decode())


def hold(name: str, seeds: range) -> None:
    """Fold the lines of each seed, and ask for the floor as whoever prints it would."""
    make, lines = HARNESSES[name]
    for seed in seeds:
        decoder, floor = make(), Floor(FloorRules(FloorDays()), None, frozenset(Fact))
        with bounded():
            for raw in lines(Random(seed)):
                fold(floor, decoded(decoder, raw))
            state = state_of_floor(floor.snapshot(AT), {})
        json.dumps(state, allow_nan=False)


@pytest.mark.parametrize("name", HARNESSES)
def test_a_decoder_refuses_or_gives_events_that_the_floor_can_live_with(name: str) -> None:
    hold(name, range(250))
