"""Limits that several panels share, as options of theirs: from when on an age is shown in the next tone, and how long a
call and a pause may take.

Rules
- A panel inherits from one of these, so that the same word means the same in each, and has the same default.
"""

from collections.abc import Mapping
from typing import TypeAlias

from msgspec import Struct, field

from floorwatch.model.duty_rules import DutyRules
from floorwatch.model.entities import Agent, AgentState
from floorwatch.text import folded
from floorwatch.views import Tone
from floorwatch.words import _

Steps: TypeAlias = tuple[tuple[float, Tone], ...]
"""From how many seconds on which tone, ascending, as `Cell.steps` has them."""

NOTICE_AFTER: Mapping[AgentState, float] = {
    AgentState.AVAILABLE: 600.0,
    AgentState.RINGING: 5.0,
    AgentState.WRAP_UP: 60.0,
    AgentState.PAUSED: 600.0,
}
WARN_AFTER: Mapping[AgentState, float] = {
    AgentState.ON_CALL: 240.0,
    AgentState.ON_HOLD: 45.0,
    AgentState.RINGING: 15.0,
    AgentState.WRAP_UP: 120.0,
    AgentState.PAUSED: 900.0,
    AgentState.FAULT: 0.0,
}
ALARM_AFTER: Mapping[AgentState, float] = {
    AgentState.ON_CALL: 300.0,
    AgentState.ON_HOLD: 60.0,
    AgentState.FAULT: 120.0,
}
PAUSE_LIMITS: Mapping[str, float] = {"lunch": 3600.0}


class StateAges(Struct, frozen=True, forbid_unknown_fields=True):
    """From how many seconds on a state is shown in the next tone; a state that is named replaces our own figure.

    `warn_after` and `alarm_after` of `on_call` are the call clock.
    """

    notice_after: dict[AgentState, float] = field(default_factory=dict)
    warn_after: dict[AgentState, float] = field(default_factory=dict)
    alarm_after: dict[AgentState, float] = field(default_factory=dict)

    def steps(self) -> dict[AgentState, Steps]:
        """The tones of each state by its age, as `Cell.steps` has them."""
        given = (
            ({**NOTICE_AFTER, **self.notice_after}, Tone.NOTICE),
            ({**WARN_AFTER, **self.warn_after}, Tone.WARN),
            ({**ALARM_AFTER, **self.alarm_after}, Tone.ALARM),
        )
        return {state: tuple((after[state], tone) for after, tone in given if state in after) for state in AgentState}


def steps_of(agent: Agent, steps: Mapping[AgentState, Steps], duty: DutyRules) -> Steps:
    """The tones of the agent's state by its age. A pause that may last longer by the floor's rules, as lunch may, has
    the same ones from that limit on."""
    own = steps[agent.state]
    if agent.state is not AgentState.PAUSED or not agent.pause_reason:
        return own
    meaning = duty.activity_of(folded(agent.pause_reason))
    allowed = 0.0 if meaning is None else duty.break_seconds.get(meaning, 0.0)
    last = max((after for after, _tone in own), default=0.0)
    return own if allowed <= last else tuple((max(after, allowed), tone) for after, tone in own)


class WorkLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits in seconds. `pause_limits`: reason -> limit, large and small letters alike, and so is every word that
    means the same by the floor's rules ("lunch" is 午餐 too); other reasons have `pause_limit_seconds`. Raises
    ValueError when a call would be red before it is amber."""

    call_warn_seconds: float = WARN_AFTER[AgentState.ON_CALL]
    call_alarm_seconds: float = ALARM_AFTER[AgentState.ON_CALL]
    pause_limit_seconds: float = 900.0
    pause_limits: dict[str, float] = field(default_factory=lambda: dict(PAUSE_LIMITS))

    def __post_init__(self) -> None:
        """Refuse a clock that runs backwards."""
        if self.call_warn_seconds > self.call_alarm_seconds:
            raise ValueError(
                _("call_warn_seconds: {warn} is later than call_alarm_seconds, {alarm}").format(
                    warn=self.call_warn_seconds, alarm=self.call_alarm_seconds
                )
            )

    def limit_of(self, reason: str | None, activity: str = "") -> float:
        """Seconds that a pause for this reason may take, else one for what the floor's rules say that it means."""
        limits = {name.casefold(): limit for name, limit in self.pause_limits.items()}
        by_meaning = limits.get(activity, self.pause_limit_seconds)
        return limits.get((reason or "").strip().casefold(), by_meaning)
