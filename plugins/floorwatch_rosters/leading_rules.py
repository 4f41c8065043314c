"""The alerts of leading: too few leaders, a mentor pair away, a leader who is held on a call."""

from collections.abc import Iterator

from floorwatch.api import Alert, AlertRule, AlertTone, FloorSnapshot, NoOptions, _, roster
from floorwatch_rosters.who import name_of

HOLD_SECONDS = 120.0
"""Leaders change places at the edge of shifts: two minutes without are none."""


class SpanOfControl(AlertRule):
    """More agents on duty than the leaders on duty can lead."""

    name = "span-of-control"
    title = "Too few leaders"
    hold_seconds = HOLD_SECONDS

    def check(self, floor: FloorSnapshot, options: NoOptions) -> Iterator[Alert]:  # noqa: ARG002  # it has none
        """One for the floor."""
        cover = roster.span_of_control(floor)
        if cover is not None and cover.is_short:
            needed = -(-cover.agents // cover.span) if cover.span > 0 else cover.leaders
            said = _("leaders on duty: {leaders} for {agents} agents, {needed} are needed")
            yield Alert(
                "leaders:floor",
                said.format(leaders=cover.leaders, agents=cover.agents, needed=needed),
                AlertTone.WARN,
                playbook=_("Ask a leader who is off, or name a senior agent who leads until one comes."),
                command="rosters",
            )


class MentorPairAway(AlertRule):
    """A learner and their mentor are both away."""

    name = "mentor-pair-away"
    title = "Mentor and learner away"
    hold_seconds = HOLD_SECONDS

    def check(self, floor: FloorSnapshot, options: NoOptions) -> Iterator[Alert]:  # noqa: ARG002  # it has none
        """One a learner."""
        for mentor, learner in roster.pairs_away(floor):
            said = _("away, and so is the mentor, {who}").format(who=name_of(floor, mentor))
            how = _("Have another one sit beside the learner, and one of both come back first.")
            yield Alert(f"agent:{learner}", said, AlertTone.NOTICE, playbook=how)


class LeaderHeld(AlertRule):
    """A leader is on a long call: a team without support."""

    name = "leader-on-call"
    title = "Leader on a long call"

    def check(self, floor: FloorSnapshot, options: NoOptions) -> Iterator[Alert]:  # noqa: ARG002  # it has none
        """One a leader, since the call began."""
        for leader, since in roster.leaders_held(floor):
            how = _("Take the call over, or look after the team meanwhile.")
            yield Alert(f"agent:{leader}", _("a leader on a long call"), AlertTone.WARN, since, how)
