"""What a supervisor may choose about the agents panel, in the configuration."""

from math import inf

from floorwatch.api import AgentState, StateAges, _


class AgentsOptions(StateAges, frozen=True, forbid_unknown_fields=True):
    """When the age of a state matters, and `by_team`: teams as rows that open.

    `daily_calls` is the target of a full day (rule), `full_day_hours` the time on the telephones for which it is meant:
    the target is cut to what somebody was planned. Raises ValueError for a target or a day of nothing.
    """

    by_team: bool = True
    hide_signed_out: bool = False
    daily_calls: float = 70.0
    full_day_hours: float = 7.5

    def __post_init__(self) -> None:
        """Refuse what no pace can be held against."""
        for name, given in (("daily_calls", self.daily_calls), ("full_day_hours", self.full_day_hours)):
            if not 0 < given < inf:
                raise ValueError(_("{name}: {given} must be above 0").format(name=name, given=given))

    @property
    def call_clock(self) -> float:
        """How long a call may last before it is an alarm."""
        return self.steps()[AgentState.ON_CALL][-1][0]
