"""What a supervisor may choose about the panels "seats" and "teams", in the configuration."""

from enum import StrEnum

from msgspec import field

from floorwatch.api import AgentState, StateAges, WorkLimits

NOT_VISITED_SECONDS = 7200.0


class Arrangement(StrEnum):
    """As the seats stand in the room, or a row a team."""

    ROOM = "room"
    TEAM = "team"


class SeatsOptions(StateAges, frozen=True, forbid_unknown_fields=True):
    """When the age of a state matters, as the panel "agents" has it. `shades`: state -> the seconds at which its colour
    deepens, in place of our own: half of the first of its tones, then each of them. `not_visited_seconds` without a
    visit make a `v`; 0: never."""

    by: Arrangement = Arrangement.ROOM
    hide_signed_out: bool = False
    shades: dict[AgentState, tuple[float, ...]] = field(default_factory=dict)
    not_visited_seconds: float = NOT_VISITED_SECONDS

    def all_shades(self) -> dict[AgentState, tuple[float, ...]]:
        """The seconds at which each state's colour deepens, ascending."""
        return {state: self._shades(state, [age for age, _tone in steps]) for state, steps in self.steps().items()}

    def _shades(self, state: AgentState, tones: list[float]) -> tuple[float, ...]:
        given = self.shades.get(state)
        if given is not None:
            return tuple(sorted(given))
        early = [min(tones) / 2] if tones and min(tones) > 0 else []
        return tuple(sorted({*early, *tones}))


class TeamsOptions(WorkLimits, frozen=True, forbid_unknown_fields=True):
    """How long a call and a pause may take, as the panel "needs-you" has it."""

    not_visited_seconds: float = NOT_VISITED_SECONDS

    def of_seats(self) -> SeatsOptions:
        """How the seats of a team are drawn."""
        call = AgentState.ON_CALL
        return SeatsOptions(
            warn_after={call: self.call_warn_seconds},
            alarm_after={call: self.call_alarm_seconds},
            not_visited_seconds=self.not_visited_seconds,
        )
