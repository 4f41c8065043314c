"""What calls for a person: hands, leaders, requests. Who is late or absent is the attendance plugin's to say."""

from collections.abc import Sequence

from floorwatch.api import AlertRule
from floorwatch_rosters.coverage_rules import CoverageGap, NoonGuardShort
from floorwatch_rosters.leading_rules import LeaderHeld, MentorPairAway, SpanOfControl
from floorwatch_rosters.plan_rules import RequestWaiting, RosterUnclear


def rules() -> Sequence[AlertRule]:
    """All of them."""
    return (
        CoverageGap(),
        NoonGuardShort(),
        SpanOfControl(),
        MentorPairAway(),
        LeaderHeld(),
        RequestWaiting(),
        RosterUnclear(),
    )
