"""What a floor that runs for months lets go: what no panel looks back to, so that its memory has an end.

Rules
- What ended, and was counted, before the business day before today goes; a floor that was started today has none of it,
  either. So does whoever was signed out, or not heard of, for `AGENT_DAYS`, and a queue without anybody that nobody
  configured.
- A call that began before then and has no end has lost it; whoever started today would not know of it.
- Within two days it is the oldest rows that go once there are more than `MOST_ROWS`: a quarter more than a floor of
  1,000 seats writes in two days. Counters stay: figures of the day are not made of rows.
- The host says when; the floor of a replay, whose keyframes are numbered by row, forgets nothing.
"""

from collections.abc import Mapping, Set
from types import MappingProxyType

from floorwatch.model.entities import Agent, AgentState
from floorwatch.model.fold_calls import drop_older
from floorwatch.model.live import Live

AGENT_DAYS = 7
"""As many days as memberships are read from at a start."""

MOST_ROWS: Mapping[str, int] = MappingProxyType(
    {"visits": 100_000, "talks": 100_000, "spells": 500_000, "rings": 250_000, "wraps": 100_000}
)
"""Rows of each table of the history: some 170 bytes a visit, 120 a talk, 60 a ring, 30 a spell or wrap-up."""

_LEFT_AFTER = 0.75
_GONE = frozenset({AgentState.SIGNED_OUT, AgentState.UNKNOWN})


def is_too_much(live: Live) -> bool:
    """Whether there are more rows of anything than are kept."""
    return any(len(table) > MOST_ROWS[name] for name, table in live.history.tables.items())


def forget(live: Live, now: float, before: float, agents_before: float, configured: Set[str]) -> None:
    """Let go, at `now`, what ended before the start `before` of a business day, and agents and queues that are gone
    since `agents_before`; epoch seconds UTC."""
    drop_older(live, before, now)
    shorten(live, before)
    live.forget_counts(before)
    gone = {agent.id for agent in live.agents.values() if _is_gone(agent, agents_before)}
    live.forget_agents(gone)
    places = {queue for agent in live.agents.values() for queue in agent.queues}
    waited_in = {queue for queue, _call in (*live.waiting, *live.talks)}
    live.forget_queues(
        {queue for queue, periods in live.queues.items() if not periods} - configured - places - waited_in
    )


def shorten(live: Live, before: float) -> None:
    """Let go rows of what ended before this moment, and the oldest where there are too many."""
    most = {
        name: int(MOST_ROWS[name] * _LEFT_AFTER) if len(table) > MOST_ROWS[name] else len(table)
        for name, table in live.history.tables.items()
    }
    live.go_on_with(live.history.since(before, most))


def _is_gone(agent: Agent, before: float) -> bool:
    is_idle = not agent.calls and not agent.ringing
    return is_idle and agent.state in _GONE and (agent.since is None or agent.since < before)
