"""Lines of the form time;call;queue;what as events of the floor.

2026-03-10T09:00:05+08:00;c1;support;entered
2026-03-10T09:00:17+08:00;c1;support;answered 1009
2026-03-10T09:04:02+08:00;c1;support;ended 1009
2026-03-10T09:05:30+08:00;c2;support;abandoned
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from floorwatch.api import Decoder, Event, Fact, FeedFormat, FeedLine, RejectLine, _, events

WHAT = (b";entered", b";answered ", b";ended ", b";abandoned")


class MyFormat(FeedFormat):
    """The format by its name, and how it is recognised."""

    name = "my-format"
    title = "My format"
    gives = frozenset({Fact.CALLS})

    def sniff(self, sample: bytes) -> float:
        """The share of these first lines that look like ours; the last may be torn."""
        lines = [line for line in sample.split(b"\n")[:-1] if line.strip()][:100]
        ours = [line for line in lines if self.time_of(line) is not None and any(what in line for what in WHAT)]
        return len(ours) / len(lines) if lines else 0.0

    def decoder(self, options: dict[str, Any]) -> Decoder:
        """A new decoder for one feed."""
        if options:
            said = _("my-format has no options; leave out {names}")
            raise ValueError(said.format(names=", ".join(options)))
        return Reader()

    def time_of(self, raw: bytes) -> float | None:
        """The time of a line, epoch seconds UTC; None when it has none."""
        try:
            moment = datetime.fromisoformat(raw.partition(b";")[0].decode("ascii").strip())
        except ValueError:
            return None
        return moment.timestamp() if moment.tzinfo is not None else None

    def carries(self, raw: bytes) -> bool:
        """Whether a line of an earlier day still matters today: a call does not."""
        return False


class Reader(Decoder):
    """Reads the lines of one feed; this format needs no memory between them."""

    def feed(self, line: FeedLine) -> Sequence[Event]:
        """The event of this line, none for a blank one. Raises RejectLine."""
        text = line.raw.decode("utf-8", "replace").strip()
        if not text:
            return []
        at = MyFormat().time_of(line.raw)
        if at is None:
            raise RejectLine("no time with a zone in front")
        return [event_of(at, text.split(";"))]


def event_of(at: float, fields: list[str]) -> Event:
    """What these fields say. Raises RejectLine."""
    match fields:
        case [_, "", *_] | [_, _, "", *_]:
            raise RejectLine("no call or no queue")
        case [_, call, queue, "entered"]:
            return events.CallEntered(at, call, queue)
        case [_, call, queue, "abandoned"]:
            return events.CallAbandoned(at, call, queue)
        case [_, call, queue, what] if len(words := what.split()) == 2 and words[0] in ("answered", "ended"):
            kind = events.CallAnswered if words[0] == "answered" else events.CallCompleted
            return kind(at, call, queue, words[1])
    raise RejectLine("not time;call;queue;what")
