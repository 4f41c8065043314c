"""Native JSONL: one event of `floorwatch.model.events` a line, by name, times in epoch seconds.

Rules
- Fields that an event does not have are ignored; a field that is missing or of the wrong kind refuses the line.
- An event name that is not known becomes `Unrecognised`, with its other fields as `data`.
- A time before 1973 or after the year 5138 is damage (milliseconds, most often) and refuses the line.
"""

import re
from collections.abc import Iterable
from typing import Any, get_args

import msgspec
from msgspec import Struct

from floorwatch.feeds.backfill import LATEST, SOONEST
from floorwatch.feeds.shapes import FeedFormat, FeedLine, RejectLine
from floorwatch.model import events
from floorwatch.model.entities import Fact
from floorwatch.model.events import AnyEvent, Event, Unrecognised
from floorwatch.words import _

EVENT_TYPES: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(AnyEvent)}
"""Every event by its name in native JSONL."""

CARRIED: frozenset[type[Event]] = frozenset(
    {
        events.MemberAdded,
        events.MemberRemoved,
        events.AgentPaused,
        events.AgentResumed,
        events.AgentSignedIn,
        events.AgentSignedOut,
        events.DeviceFailed,
        events.DeviceRestored,
        events.PenaltyChanged,
        events.RingInUseChanged,
        events.Custom,
    }
)
"""Events whose effect lasts over midnight."""


class _Name(Struct):
    event: str


class _Time(Struct):
    at: float


UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What bytes that are no JSON raise; the last one a line of brackets in brackets."""

_decode_event = msgspec.json.Decoder(AnyEvent).decode
_decode_name = msgspec.json.Decoder(_Name).decode
_decode_time = msgspec.json.Decoder(_Time).decode
_decode_any = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode

_CARRIED_NAMES = frozenset(kind.__name__ for kind in CARRIED)
_NO_TIME = "`at` is not a time in epoch seconds"
_SURROGATE = re.compile("[\ud800-\udfff]")
_FIELD = re.compile(r" - at `\$\.?(?P<field>[^`\[]*)")
_MISSING = re.compile(r"missing required field `(?P<field>\w+)`")
_EXPECTED = re.compile(r"Expected `(?P<wanted>[^`]+)`")


def encode(event: Event) -> bytes:
    """The event as a line of native JSONL, without the line end. A lone surrogate in a text becomes U+FFFD."""
    try:
        return _encode(event)
    except UnicodeEncodeError:
        return _encode(_clean(msgspec.to_builtins(event)))


def decode(raw: bytes) -> Event:
    """The event of a line. Raises RejectLine."""
    try:
        event: Event = _decode_event(raw)
    except msgspec.ValidationError as error:
        event = _unrecognised(raw, str(error))
    except UNREADABLE as error:
        raise RejectLine("not UTF-8" if isinstance(error, UnicodeDecodeError) else "not JSON") from None
    if not SOONEST <= event.at <= LATEST:
        raise RejectLine(_NO_TIME)
    return event


class JsonLines:
    """The format of native JSONL. Its option `gives` lists the facts that the feed can tell; all of them by default."""

    name = "floorwatch-jsonl"
    title = "floorwatch JSONL"

    def __init__(self, gives: frozenset[Fact] = frozenset(Fact)) -> None:
        self.gives = gives

    def configured(self, options: dict[str, Any]) -> FeedFormat:
        """The format with the facts of this feed. Raises ValueError."""
        unknown = sorted(options.keys() - {"gives"})
        if unknown:
            raise ValueError(_("{key}: no such option; there is `gives`, a list of facts").format(key=unknown[0]))
        return JsonLines(facts_of(options["gives"])) if "gives" in options else self

    def sniff(self, sample: bytes) -> float:
        """Sure of a known event, doubtful of an unknown one."""
        first = next((line for line in sample.split(b"\n") if line.strip(b"\xef\xbb\xbf \t\r")), b"")
        try:
            name = _decode_name(first.removeprefix(b"\xef\xbb\xbf")).event
        except UNREADABLE:
            return 0.0
        return 0.98 if name in EVENT_TYPES else 0.5

    def decoder(self, options: dict[str, Any]) -> "JsonLinesDecoder":
        """A decoder; the options are checked. Raises ValueError."""
        self.configured(options)
        return JsonLinesDecoder()

    def time_of(self, raw: bytes) -> float | None:
        """The line's `at`."""
        try:
            return _decode_time(raw).at
        except UNREADABLE:
            return None

    def carries(self, raw: bytes) -> bool:
        """Memberships, pauses, sign-ins, failed devices and plugins' own events last over midnight."""
        try:
            return _decode_name(raw).event in _CARRIED_NAMES
        except UNREADABLE:
            return False


class JsonLinesDecoder:
    """Lines of native JSONL to events; remembers nothing."""

    def feed(self, line: FeedLine) -> Iterable[Event]:
        """The event of this line, none for a blank. Raises RejectLine."""
        return (decode(line.raw),) if line.raw.strip() else ()


def facts_of(words: object) -> frozenset[Fact]:
    """The facts that a list of words names. Raises ValueError that says what they may be."""
    try:
        return frozenset(msgspec.convert(words, list[Fact]))
    except msgspec.ValidationError:
        known = ", ".join(Fact)
        said = _("gives: {value!r} must be a list of some of: {known}")
        raise ValueError(said.format(value=words, known=known)) from None


def reason_of(kind: str, problem: str) -> str:
    """Why an event of this kind could not be made, short and without the values of the line, from msgspec's words."""
    if missing := _MISSING.search(problem):
        return f"{kind}: no `{missing['field']}`"
    if not (place := _FIELD.search(problem)) or not place["field"]:
        return f"{kind}: not an object of fields"
    if expected := _EXPECTED.search(problem):
        return f"{kind}: `{place['field']}` is not {expected['wanted']}"
    return f"{kind}: `{place['field']}` has a value that is none of its words"


def _unrecognised(raw: bytes, problem: str) -> Event:
    """The event of a name that is not known. Raises RejectLine when the name is known, or nothing is a name."""
    try:
        fields = _decode_any(raw)
    except UNREADABLE:
        raise RejectLine("not JSON") from None
    if not isinstance(fields, dict):
        raise RejectLine("not an object of fields")
    name, at = fields.pop("event", None), fields.pop("at", None)
    if not isinstance(name, str):
        raise RejectLine("no `event`")
    if name in EVENT_TYPES:
        raise RejectLine(reason_of(name, problem))
    if not isinstance(at, int | float) or not SOONEST <= at <= LATEST:
        raise RejectLine("no `at`" if at is None else _NO_TIME)
    known = {field: str(fields.pop(field)) for field in ("call", "queue", "agent") if fields.get(field) is not None}
    data = tuple(f"{field}={value}" for field, value in fields.items() if value is not None)
    return Unrecognised(float(at), name, known.get("call"), known.get("queue"), known.get("agent"), data)


def _clean(value: Any) -> Any:
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case dict():
            return {_clean(key): _clean(each) for key, each in value.items()}
        case list() | tuple():
            return [_clean(each) for each in value]
        case _:
            return value
