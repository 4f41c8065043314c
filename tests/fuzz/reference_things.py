"""What stands on the reference floor: visits, talks, agents with their places, and what each feed has brought."""

from collections import Counter
from dataclasses import dataclass, field

Key = tuple[str, str]
"""(queue, call)."""

EVERYWHERE = ""
"""The place of an agent who is signed in or out, or paused, without a queue."""

LONGEST_NAME, NAMES_KEPT = 64, 200
"""Of unknown events: characters of a name, and how many names."""


@dataclass
class Visit:
    """A caller in a queue; `how` is None while they wait."""

    feed: str
    queue: str
    call: str
    caller: str | None
    entered_at: float
    order: int
    left_at: float = 0.0
    how: str | None = None
    seconds: float = 0.0


@dataclass
class Talk:
    """A caller and an agent; `how` is None while they talk, `visit` None where no entry was seen."""

    feed: str
    queue: str
    call: str
    agent: str
    since: float
    visit: Visit | None
    caller: str | None = None
    how: str | None = None
    seconds: float = 0.0
    ended_at: float = 0.0

    @property
    def counts_at(self) -> float:
        """The moment by which it counts."""
        return self.since if self.visit is None else self.visit.entered_at


@dataclass
class Place:
    """An agent's place in a queue."""

    member: bool | None = None
    paused: bool = False
    reason: str | None = None
    since: float = 0.0


@dataclass
class Agent:
    """An agent, and since when they do what they do."""

    id: str
    places: dict[str, Place] = field(default_factory=dict)
    talks: list[Key] = field(default_factory=list)
    state: str = "unknown"
    reason: str | None = None
    since: float | None = None
    last_talk: Talk | None = None


@dataclass
class Feed:
    """What one feed has brought."""

    lines: int = 0
    last_line_at: float | None = None
    rejected: Counter[str] = field(default_factory=Counter)
    unknown_events: Counter[str] = field(default_factory=Counter)
    misfits: Counter[str] = field(default_factory=Counter)

    def unknown(self, word: str) -> None:
        """Count an unknown event by its name; those of all further names together."""
        is_full = len(self.unknown_events) >= NAMES_KEPT
        self.unknown_events["…" if is_full and word not in self.unknown_events else word] += 1
