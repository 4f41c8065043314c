"""Asterisk's queue_log as a feed format: `epoch|callid|queue|agent|EVENT|data...`, one event a line.

Rules
- What a line means stands in `words`; here it is only cut apart and judged.
- A "|" inside an agent's name or a reason shifts the columns: the first known event word after the fifth column counts,
  and what stands before it is the name.
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
from floorwatch_asterisk.words import CALL_WORDS, IGNORED, NO_CALL, WORDS

EARLIEST, LATEST = 1e8, 1e11
A_DAY = 86_400.0
CARRIED = frozenset(
    {b"ADDMEMBER", b"REMOVEMEMBER", b"PAUSE", b"UNPAUSE", b"AGENTLOGIN", b"AGENTLOGOFF", b"PENALTY", b"RINGINUSE"}
)
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
        return len(fields) > 4 and (fields[4] in CARRIED or fields[4] in self._asked)  # the event is the fifth column


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
        if (call in NO_CALL or queue == "NONE") and word in CALL_WORDS:
            raise RejectLine(f"{word} without a call" if call in NO_CALL else f"{word} without a queue")
        try:
            return read(at, call, queue, agent, data)
        except (IndexError, ValueError):
            raise RejectLine(f"{word} with data that cannot be read") from None

    def _unusual(self, at: float, fields: list[str]) -> Iterable[Event]:
        """A word that means nothing, one displaced by a "|" in a name, or an unknown one."""
        call, queue, agent, word, *data = fields
        if word in IGNORED:
            return ()
        for place in range(4, len(fields)):
            if (read := self._words.get(fields[place])) is not None:
                return read(at, call, queue, "|".join(fields[2:place]), fields[place + 1 :])
        if not word.strip():
            raise RejectLine("no event word")
        return (events.Unrecognised(at, word, _known(call), _known(queue), _known(agent), tuple(data)),)


def _known(field: str) -> str | None:
    return None if field in NO_CALL else field


def _why_refused(at: float, text: str) -> str:
    if "\x00" in text:
        return "NUL byte inside the line"
    return "time more than a day ahead" if EARLIEST < at < LATEST else "time out of range"
