"""Asterisk's queue_log as a feed format: `epoch|callid|queue|agent|EVENT|data...`, one event a line.

Rules
- What a line means stands in `words`; here it is only cut apart and judged.
- A "|" inside an agent's name shifts the columns: the first event word after the fifth column that has the data of
  that event behind it counts, and what stands before it is the name. A word of the dialplan whose data is the name of
  an event (`STATUS|PAUSE`) stays what it is.
- Empty columns at the end of a line mean nothing.
- PAUSEALL and UNPAUSEALL are followed by a line for each queue, so they themselves mean nothing.
- Bytes that are not UTF-8 are written as \\xNN, so that two names that differ stay two names.
"""

import re
from collections.abc import Iterable, Mapping
from math import isfinite
from types import MappingProxyType
from typing import Any

from floorwatch.api import Event, Fact, FeedLine, RejectLine, events
from floorwatch_asterisk.own_words import Read, asks_for_help, own_words
from floorwatch_asterisk.words import CALL_WORDS, IGNORED, NO_CALL, NO_QUEUE, OF_AGENTS, QUEUE_WORDS, WORDS

EARLIEST, LATEST = 1e8, 1e11
A_DAY = 86_400.0
CARRIED = frozenset(
    {b"ADDMEMBER", b"REMOVEMEMBER", b"PAUSE", b"UNPAUSE", b"AGENTLOGIN", b"AGENTLOGOFF", b"PENALTY", b"RINGINUSE"}
)
_KNOWN = frozenset(word.encode() for word in (*WORDS, *IGNORED))
_WORD = re.compile(r"[A-Z][A-Z0-9_]{2,}")
"""What looks like an event word of a dialplan, rather than the rest of a name."""

_LINE = re.compile(rb"\d{9,11}(\.\d+)?\|[^|]*\|[^|]*\|.*\|[A-Z][A-Z0-9_]*(\||$)")


class QueueLogFormat:
    """The format `asterisk-queue-log`. Option `custom_events`: event word -> what it means (`own_words`)."""

    name = "asterisk-queue-log"
    title = "Asterisk queue log"
    gives = frozenset({Fact.CALLS, Fact.MEMBERS, Fact.PAUSES, Fact.ENDED_BY, Fact.MISSED_RINGS})

    def __init__(self, own: Mapping[str, Read] = MappingProxyType({})) -> None:
        """`own` are the words that the dialplan of one feed writes."""
        self._asked = frozenset(word.encode() for word, read in own.items() if read is asks_for_help)

    def configured(self, options: dict[str, Any]) -> "QueueLogFormat":
        """The format with the words of this feed. Raises ValueError for an unknown option or a wrong one."""
        return QueueLogFormat(own_words(options))

    def sniff(self, sample: bytes) -> float:
        """The share of lines that look like a queue log's."""
        lines = [line for line in sample.split(b"\n")[:200] if line.strip()]
        complete = lines if sample.endswith(b"\n") or len(lines) < 2 else lines[:-1]  # a torn last line
        return sum(_LINE.match(line) is not None for line in complete) / len(complete) if complete else 0.0

    def decoder(self, options: dict[str, Any]) -> "QueueLogDecoder":
        """A decoder with these options. Raises ValueError for an unknown option or a wrong one."""
        return QueueLogDecoder(own_words(options))

    def time_of(self, raw: bytes) -> float | None:
        """The epoch in the first column."""
        try:
            at = float(raw[: raw.index(b"|")])
        except ValueError:
            return None
        return at if isfinite(at) else None

    def carries(self, raw: bytes) -> bool:
        """Memberships, pauses, sign-ins and calls for help last over midnight."""
        fields = raw.split(b"|", 5)
        if len(fields) <= 4:
            return False
        word = fields[4]  # the event is the fifth column, unless a name holds a "|"
        if word in CARRIED or word in self._asked:
            return True
        return word not in _KNOWN and any(each in CARRIED or each in self._asked for each in fields[-1].split(b"|"))


class QueueLogDecoder:
    """Lines of one queue log to events; needs no memory between lines."""

    def __init__(self, own: Mapping[str, Read]) -> None:
        self._words = {**WORDS, **own}

    def feed(self, line: FeedLine) -> Iterable[Event]:
        """The events of one line. Raises RejectLine."""
        try:
            text = line.raw.decode()
        except UnicodeDecodeError:
            text = line.raw.decode("utf-8", "backslashreplace")
        try:
            stamp, call, queue, agent, word, *data = text.split("|")
        except ValueError:
            if not text.strip():
                return ()
            raise RejectLine("fewer than five fields") from None
        try:
            at = float(stamp)
        except ValueError:
            raise RejectLine("time is not a number") from None
        if not EARLIEST < at < LATEST or at > line.received_at + A_DAY or "\x00" in text:
            raise RejectLine(_why_refused(at, text))
        read = self._words.get(word)
        if read is None:
            return self._unusual(at, [call, queue, agent, word, *data])
        return _read(read, at, (call, queue, agent), word, data)

    def _unusual(self, at: float, fields: list[str]) -> Iterable[Event]:
        """A word that means nothing, one displaced by a "|" in a name, or an unknown one."""
        call, queue, agent, word, *data = fields
        if word in IGNORED:
            return ()
        place = self._displaced(fields)
        if place is not None:
            named, word, data = "|".join(fields[2:place]), fields[place], fields[place + 1 :]
            return _read(self._words[word], at, (call, queue, named), word, data)
        if not word.strip():
            raise RejectLine("no event word")
        return (events.Unrecognised(at, word, _known(call), _known(queue), _known(agent), tuple(data)),)

    def _displaced(self, fields: list[str]) -> int | None:
        """Where the event word stands behind a name with a "|" in it; None where that is no such line."""
        _call, _queue, agent, word, *_data = fields
        if agent == "NONE":
            return None
        for place in range(4, len(fields)):
            found, data = fields[place], fields[place + 1 :]
            if found not in self._words or (found in WORDS and found not in OF_AGENTS):
                continue
            needed = OF_AGENTS.get(found, 0)
            if needed and len(data) >= needed and all(data[:needed]):
                return place
            if not needed and not _WORD.fullmatch(word):
                return place
        return None


def _read(read: Read, at: float, named: tuple[str, str, str], word: str, data: list[str]) -> Iterable[Event]:
    """The events of a line whose word is known; `named` is its call, queue and agent. Raises RejectLine."""
    call, queue, agent = named
    if call in NO_CALL and word in CALL_WORDS:
        raise RejectLine(f"{word} without a call")
    if queue in NO_QUEUE and word in QUEUE_WORDS:
        raise RejectLine(f"{word} without a queue")
    try:
        return read(at, call, queue, agent, data)
    except (IndexError, ValueError):
        raise RejectLine(f"{word} with data that cannot be read") from None


def _known(field: str) -> str | None:
    return None if field in NO_CALL else field


def _why_refused(at: float, text: str) -> str:
    if "\x00" in text:
        return "NUL byte inside the line"
    return "time more than a day ahead" if EARLIEST < at < LATEST else "time out of range"
