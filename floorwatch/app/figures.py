"""The header's figures, computed from a snapshot: always beside their target, with the trend of the last hour."""

from collections.abc import Mapping

from msgspec import Struct

from floorwatch.app.glyphs import FALLING, RISING
from floorwatch.model.alerts import RaisedAlert
from floorwatch.model.counts import INTERVAL_SECONDS
from floorwatch.model.entities import AgentState
from floorwatch.model.metrics import figure_of
from floorwatch.model.service_level import SERVICE_LEVELS
from floorwatch.model.snapshot import FloorSnapshot, Scope
from floorwatch.views import Tone
from floorwatch.views.shares import share_tone
from floorwatch.views.waits import wait_steps

STATE_LETTERS: Mapping[AgentState, str] = {
    AgentState.AVAILABLE: "A",
    AgentState.ON_CALL: "T",
    AgentState.ON_HOLD: "H",
    AgentState.RINGING: "R",
    AgentState.WRAP_UP: "W",
    AgentState.PAUSED: "P",
    AgentState.SIGNED_OUT: "-",
    AgentState.FAULT: "x",
}
"""In the order of the header. Those of `RARE` are left out while nobody is in them."""
RARE = frozenset({AgentState.ON_HOLD, AgentState.RINGING, AgentState.FAULT})
NOT_IN_FEED = "?"

TREND_INTERVALS = 3600 // INTERVAL_SECONDS
TREND_POINTS = 0.01
"""The last hour is a trend when it differs from the day by more than one point."""


class Figures(Struct, frozen=True):
    """What the header says. Shares are 0..1; None: 0/0, or not in this feed. `longest_since` is when that call came.
    `alarms` and `warnings` are those that nobody sees to and that are not snoozed."""

    waiting: int
    waiting_tone: Tone
    longest_since: float | None
    longest_steps: tuple[tuple[float, Tone], ...]
    answer_rate: float | None
    answer_rate_tone: Tone
    offered: int
    service_level: float | None
    service_level_tone: Tone
    target: str
    trend: str
    agents: tuple[tuple[str, int | None], ...]
    expected_wait: float | None
    alarms: int
    warnings: int


def figures_of(floor: FloorSnapshot) -> Figures:
    """The figures of the whole floor."""
    total = floor.total
    target = total.target
    longest = total.longest_waiting
    level = figure_of(total, "service-level").value
    rate = figure_of(total, "answer-rate").value
    tones = [raised.alert.tone.value for raised in floor.alerts if _calls_for_a_person(floor, raised)]
    waiting = len(total.waiting)
    return Figures(
        waiting=waiting,
        waiting_tone=Tone.WARN if waiting > total.free else Tone.CALM,
        longest_since=None if longest is None else longest.entered_at,
        longest_steps=() if longest is None else wait_steps(floor.rules.target(longest.queue)),
        answer_rate=rate,
        answer_rate_tone=share_tone(rate, target.answer_rate),
        offered=total.volume.offered,
        service_level=level,
        service_level_tone=share_tone(level, target.share),
        target=f"{target.share * 100:.0f}/{target.seconds:.0f}",
        trend=_trend(total, level),
        agents=_agents(total),
        expected_wait=figure_of(total, "expected-wait").value if waiting else None,
        alarms=tones.count("alarm"),
        warnings=tones.count("warn"),
    )


def _calls_for_a_person(floor: FloorSnapshot, raised: RaisedAlert) -> bool:
    """Whether it is up, nobody sees to it, and it is to be seen now."""
    support = floor.support
    return raised.cleared_at is None and support.seen_to(raised) is None and support.snooze_of(raised, floor.at) is None


def _trend(total: Scope, day: float | None) -> str:
    """Whether the last hour is better or worse than the day so far."""
    level = SERVICE_LEVELS[total.target.definition].of(total.lately(TREND_INTERVALS))
    if level is None or day is None or abs(level - day) <= TREND_POINTS:
        return ""
    return RISING if level > day else FALLING


def _agents(total: Scope) -> tuple[tuple[str, int | None], ...]:
    counted = total.agents_by_state
    return tuple(
        (letter, counted[state]) for state, letter in STATE_LETTERS.items() if counted[state] or state not in RARE
    )
