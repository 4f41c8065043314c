"""Native JSONL: every event there and back, and every refusal short and the same for like lines."""

from typing import Any

import pytest
from msgspec.structs import fields

from floorwatch.feeds.formats import CORE_FORMATS, configured, sniff_format
from floorwatch.feeds.jsonl import EVENT_TYPES, JsonLines, encode
from floorwatch.feeds.shapes import FeedLine, RejectLine
from floorwatch.model.duty import MarkKind, Tick
from floorwatch.model.entities import Fact
from floorwatch.model.events import (
    AgentPaused,
    AttendanceMarked,
    CallEntered,
    Custom,
    Event,
    NoteKind,
    NoteTaken,
    Unrecognised,
)


def decoded(raw: bytes) -> list[Event]:
    return list(JsonLines().decoder({}).feed(FeedLine("f", 0.0, 0, raw)))


def sample_event(kind: type[Event]) -> Event:
    values: dict[str, Any] = {"at": 1.75e9, "how": "key", "penalty": 3, "ring_in_use": True}
    values |= dict.fromkeys(("until", "before", "start", "end", "moment"), 1.75e9) | {"tick": Tick.HR}
    values |= {"entered_at": 1.75e9, "reached": True}
    values |= {"compared_with": 1.75e9, "step_seconds": 300, "arrivals": {"sales": (0, 2)}}
    kinds: dict[type[Event], object] = {NoteTaken: NoteKind.PRAISE, AttendanceMarked: MarkKind.LEFT}
    values["kind"] = kinds.get(kind, "blind")
    return kind(**{field.name: values.get(field.name, field.name) for field in fields(kind) if field.required})


@pytest.mark.parametrize("kind", EVENT_TYPES.values(), ids=EVENT_TYPES)
def test_every_event_comes_back_as_it_was(kind: type[Event]) -> None:
    event = sample_event(kind)
    (back,) = decoded(encode(event))
    assert encode(back) == encode(event)
    assert type(back) is kind


def test_fields_that_are_not_ours_are_ignored() -> None:
    raw = b'{"at": 1763760000, "mood": "good", "event": "CallEntered", "call": "c", "queue": "q", "position": 2}'
    assert decoded(raw) == [CallEntered(1763760000.0, "c", "q", position=2)]


def test_an_unknown_event_is_kept_with_its_fields() -> None:
    raw = b'{"event": "Coffee", "at": 1763760000, "agent": "Li", "cups": 2, "with": null}'
    assert decoded(raw) == [Unrecognised(1763760000.0, "Coffee", agent="Li", data=("cups=2",))]


def test_a_blank_line_is_nothing() -> None:
    assert decoded(b" ") == []


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"{", "not JSON"),
        (b"1795298007|NONE|x", "not JSON"),
        (b"[1]", "not an object of fields"),
        (b'{"event":"CallEntered","at":1763760000,"call":"\xff","queue":"q"}', "not UTF-8"),
        (b'{"at":1763760000}', "no `event`"),
        (b'{"event":7,"at":1763760000}', "no `event`"),
        (b'{"event":"Coffee"}', "no `at`"),
        (b'{"event":"CallEntered","at":1763760000,"call":"c"}', "CallEntered: no `queue`"),
        (b'{"event":"CallEntered","at":1763760000,"call":4,"queue":"q"}', "CallEntered: `call` is not str"),
        (b'{"event":"CallEntered","at":"now","call":"c","queue":"q"}', "CallEntered: `at` is not float"),
        (
            b'{"event":"CallLeft","at":1763760000,"call":"c","queue":"q","how":"by bus"}',
            "CallLeft: `how` has a value that is none of its words",
        ),
        (b'{"event":"CallEntered","at":1763760000000,"call":"c","queue":"q"}', "`at` is not a time in epoch seconds"),
        (b'{"event":"CallEntered","at":0,"call":"c","queue":"q"}', "`at` is not a time in epoch seconds"),
    ],
)
def test_a_bad_line_is_refused_for_a_short_reason(raw: bytes, reason: str) -> None:
    with pytest.raises(RejectLine) as refusal:
        decoded(raw)
    assert str(refusal.value) == reason


def test_a_custom_event_carries_its_data() -> None:
    event = Custom(1.75e9, "walk-note", "seat 12", {"text": "冷", "n": [1, None]})
    assert decoded(encode(event)) == [event]


def test_all_facts_are_given_unless_the_options_say_less() -> None:
    assert JsonLines().gives == frozenset(Fact)
    assert configured(JsonLines(), {"gives": ["calls"]}).gives == {Fact.CALLS}


@pytest.mark.parametrize("options", [{"gives": ["cals"]}, {"gives": "calls"}, {"give": []}])
def test_a_wrong_option_is_named(options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="give"):
        JsonLines().decoder(options)


def test_time_and_what_is_carried_are_known_without_decoding() -> None:
    pause, entry = encode(AgentPaused(1.75e9, "Li")), encode(CallEntered(1.75e9, "c", "q"))
    fmt = JsonLines()
    assert (fmt.time_of(pause), fmt.time_of(b"nonsense")) == (1.75e9, None)
    assert (fmt.carries(pause), fmt.carries(entry), fmt.carries(b"nonsense")) == (True, False, False)


def test_native_lines_are_recognised() -> None:
    found = sniff_format(b"\xef\xbb\xbf\r\n" + encode(CallEntered(1.75e9, "c", "q")) + b'\n{"eve', CORE_FORMATS)
    assert found is not None
    assert found.name == "floorwatch-jsonl"
    assert sniff_format(b'{"floorlog": 1, "zone": "UTC", "feeds": {}}\n', CORE_FORMATS) is None
    assert sniff_format(b"time,call\n1,2\n", CORE_FORMATS) is None
    assert sniff_format(b"", CORE_FORMATS) is None
