"""What a supervisor may choose about the agents panel, in the configuration."""

from msgspec import Struct, field

from floorwatch.api import AgentState, Tone

NOTICE_AFTER = {
    AgentState.AVAILABLE: 600.0,
    AgentState.RINGING: 5.0,
    AgentState.WRAP_UP: 60.0,
    AgentState.PAUSED: 600.0,
}
WARN_AFTER = {
    AgentState.ON_CALL: 240.0,
    AgentState.ON_HOLD: 45.0,
    AgentState.RINGING: 15.0,
    AgentState.WRAP_UP: 120.0,
    AgentState.PAUSED: 900.0,
    AgentState.FAULT: 0.0,
}
ALARM_AFTER = {AgentState.ON_CALL: 300.0, AgentState.ON_HOLD: 60.0, AgentState.FAULT: 120.0}


class AgentsOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """From how many seconds on a state is shown in the next tone; a state that is named replaces our own figure.

    `warn_after` and `alarm_after` of `on_call` are the call clock. `by_team`: teams as rows that open.
    """

    by_team: bool = True
    hide_signed_out: bool = False
    notice_after: dict[AgentState, float] = field(default_factory=dict)
    warn_after: dict[AgentState, float] = field(default_factory=dict)
    alarm_after: dict[AgentState, float] = field(default_factory=dict)

    def steps(self) -> dict[AgentState, tuple[tuple[float, Tone], ...]]:
        """The tones of each state by its age."""
        given = (
            (NOTICE_AFTER | self.notice_after, Tone.NOTICE),
            (WARN_AFTER | self.warn_after, Tone.WARN),
            (ALARM_AFTER | self.alarm_after, Tone.ALARM),
        )
        return {state: tuple((after[state], tone) for after, tone in given if state in after) for state in AgentState}
