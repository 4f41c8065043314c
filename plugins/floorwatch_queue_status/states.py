"""How many agents of a queue are in each state, as metrics, so that `?` on these figures has something to say."""

from floorwatch.api import AgentState, Figure, FloorSnapshot, Metric, Scope, Unit, spoken


def metric_of(state: AgentState) -> str:
    """The name of the metric that counts the agents in this state: "agents-on-call"."""
    return f"agents-{state.value.replace('_', '-')}"


def _counting(state: AgentState) -> Metric:
    def compute(_floor: FloorSnapshot, scope: Scope) -> Figure:
        found = scope.agents_by_state[state]
        return Figure(None if found is None else float(found), (("agents of the queue", len(scope.agents)),))

    return Metric(
        metric_of(state),
        f"Agents: {state.value.replace('_', ' ')}",
        Unit.COUNT,
        f"agents whose state is {spoken.STATE_LETTERS[state]}",
        compute,
        tuple(metric_of(other) for other in AgentState if other is not state),
        "On a call anywhere is on a call everywhere; paused is paused in every queue. An agent counts once in a total.",
    )


STATE_METRICS = tuple(_counting(state) for state in AgentState)
