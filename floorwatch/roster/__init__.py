"""Who should be here, who is, and what follows from it: pure functions of the floor, no files, no clocks."""

from floorwatch.roster.adherence import Adherence, Deviation, Done, adherence_of, compared, done_by
from floorwatch.roster.attendance import (
    Attendance,
    BreakTaken,
    Doubt,
    Status,
    attendance,
    attendance_of,
    counted,
)
from floorwatch.roster.break_offers import BreakOffer, may_break
from floorwatch.roster.checking import Conflict, ConflictKind, conflicts
from floorwatch.roster.coverage import (
    STEP_SECONDS,
    NoonGuard,
    Now,
    Step,
    lowest,
    measured_aht,
    noon_guard,
    now,
    steps,
)
from floorwatch.roster.feed_silence import silent_since
from floorwatch.roster.leading import Cover, leaders_held, pairs_away, span_of_control
from floorwatch.roster.names import name_of
from floorwatch.roster.needs import minimum_at
from floorwatch.roster.objections import Objection
from floorwatch.roster.pace import FULL_DAY_SECONDS, Cause, Pace, pace_of
from floorwatch.roster.plan import Plan, Planned, date_of, moved, plan_of, planned_at, planned_now, whole_days
from floorwatch.roster.proposing import Proposal, proposals
from floorwatch.roster.replacing import Candidate, replacements
from floorwatch.roster.requests import assignment_objections, is_in_peak, leave_objections, swap_objections
from floorwatch.roster.staffing import Carried, agents_needed, capacity, carried
from floorwatch.roster.teams import shows, team_of
from floorwatch.roster.working_days import Day, DayKind, day_of, in_peak, peak_of

__all__ = [
    "FULL_DAY_SECONDS",
    "STEP_SECONDS",
    "Adherence",
    "Attendance",
    "BreakOffer",
    "BreakTaken",
    "Candidate",
    "Carried",
    "Cause",
    "Conflict",
    "ConflictKind",
    "Cover",
    "Day",
    "DayKind",
    "Deviation",
    "Done",
    "Doubt",
    "NoonGuard",
    "Now",
    "Objection",
    "Pace",
    "Plan",
    "Planned",
    "Proposal",
    "Status",
    "Step",
    "adherence_of",
    "agents_needed",
    "assignment_objections",
    "attendance",
    "attendance_of",
    "capacity",
    "carried",
    "compared",
    "conflicts",
    "counted",
    "date_of",
    "day_of",
    "done_by",
    "in_peak",
    "is_in_peak",
    "leaders_held",
    "leave_objections",
    "lowest",
    "may_break",
    "measured_aht",
    "minimum_at",
    "moved",
    "name_of",
    "noon_guard",
    "now",
    "pace_of",
    "pairs_away",
    "peak_of",
    "plan_of",
    "planned_at",
    "planned_now",
    "proposals",
    "replacements",
    "shows",
    "silent_since",
    "span_of_control",
    "steps",
    "swap_objections",
    "team_of",
    "whole_days",
]  # fmt: skip
