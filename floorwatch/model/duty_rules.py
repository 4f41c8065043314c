"""The floor's rules of attendance and rosters, as settings fill them ([duty]); every figure's source is DOMAIN.md.

Rules
- A minute of a day is counted from local midnight: 690 is 11:30; times of day may pass midnight (1530 is 01:30 next
  day).
- "(rule)" came from a floor's rule book, "(ours)" is our own default.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import astuple

from floorwatch.model.duty import Activity
from floorwatch.model.same import have_the_same


class When(StrEnum):
    """When a rule holds."""

    ALWAYS = "always"
    PEAK = "peak"
    NEVER = "never"


class Minimum(Struct, frozen=True, gc=False):
    """At least so many on the telephones from one minute of the day up to another."""

    start: int
    end: int
    agents: int


class NoonRules(Struct, frozen=True, gc=False):
    """The noon guard: `hard` (rule) must stay on the telephones, `target` (rule) should."""

    start: int = 690
    end: int = 810
    hard: int = 2
    target: int = 3
    when: When = When.PEAK


class PeakRules(Struct, frozen=True):
    """The peak period 征期: from one day of each month to another, the end moved to the next working day; exceptions by
    month ("2026-01": ("2026-01-01", "2026-01-20"), None for a month without one). `first_day` 0: there is none."""

    name: str = ""
    first_day: int = 0
    last_day: int = 15
    exceptions: Mapping[str, tuple[str, str] | None] = {}


ACTIVITIES: Mapping[str, Activity] = {
    **dict.fromkeys(("break", "short break", "rest", "小休", "休息", "茶歇"), Activity.BREAK),
    **dict.fromkeys(("lunch", "meal", "dinner", "supper", "午餐", "午休", "用餐", "晚餐", "就餐"), Activity.LUNCH),
    **dict.fromkeys(("meeting", "huddle", "coaching", "会议", "开会", "早会", "晚会", "辅导"), Activity.MEETING),
    **dict.fromkeys(("training", "培训", "学习"), Activity.TRAINING),
}
"""What the usual reasons of a pause mean; compared folded (`text.folded`)."""


BREAK_SECONDS: Mapping[Activity, float] = MappingProxyType({Activity.BREAK: 900.0, Activity.LUNCH: 3600.0})
"""How long a break may last (ours)."""


class DutyRules(Struct, frozen=True, dict=True, eq=False):
    """Everything that attendance and rosters need to know beside the facts. Seconds unless the name says otherwise.

    - `grace_seconds`: later than this after the start is late (ours); `early_seconds`: earlier than this before the end
      is left early.
    - `tolerance_seconds` by activity: so much off the plan is none (ours).
    - `break_seconds`: how long a break of this kind may last (ours).
    - `activities`: what the reason of a pause means, by the reason folded; `activity_of` knows the usual ones too.
    - `minimums`: hands that the telephones need, by the time of day.
    - `span`: agents that one leader on duty can lead (rule); `long_call_seconds`: a leader on a call for longer leaves
      the team without support.
    - `rest_seconds`, `week_seconds`: between two shifts, and of work within seven days (ours).
    - `swap_days`: how many days ahead a swap is to be asked for (rule).
    - `country`: of the public holidays, as ISO 3166; `days` are working days and days off that were published
      otherwise, by date; `peak` and its exceptions.
    """

    grace_seconds: float = 300.0
    early_seconds: float = 0.0
    tolerance_seconds: Mapping[Activity, float] = {}
    default_tolerance_seconds: float = 60.0
    break_seconds: Mapping[Activity, float] = BREAK_SECONDS
    activities: Mapping[str, Activity] = {}
    minimums: tuple[Minimum, ...] = ()
    noon: NoonRules = NoonRules()
    span: int = 20
    long_call_seconds: float = 300.0
    rest_seconds: float = 11 * 3600.0
    week_seconds: float = 44 * 3600.0
    swap_days: int = 1
    country: str = ""
    days: Mapping[str, bool] = {}
    peak: PeakRules = PeakRules()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DutyRules) and have_the_same(self, other)

    def __hash__(self) -> int:
        return hash(tuple(len(each) if isinstance(each, Mapping) else each for each in astuple(self)[:-1]))

    def tolerance(self, activity: Activity) -> float:
        """How far off the plan is still on it, in seconds."""
        return self.tolerance_seconds.get(activity, self.default_tolerance_seconds)

    def activity_of(self, reason_folded: str) -> Activity | None:
        """What a pause for this reason (folded) is; None where nobody said."""
        return self.activities.get(reason_folded) or ACTIVITIES.get(reason_folded)
