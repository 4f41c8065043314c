"""What people enter about attendance and rosters. The rules of `model.entered` hold here too."""

from floorwatch.model.duty import Activity, MarkKind, Tick
from floorwatch.model.entered import Entered


class AttendanceMarked(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """Somebody came or left at `moment` (epoch seconds), or is absent, by the eyes of whoever marks it."""

    agent: str
    date: str
    kind: MarkKind
    moment: float
    word: str = ""


class ExceptionExcused(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """What an agent did off the plan between these moments is excused. The raw figures stay as they are."""

    agent: str
    start: float
    end: float
    reason: str
    word: str = ""
    proposal: str = ""


class LeaveRequested(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """Somebody asks for leave; it counts once head and HR have ticked it."""

    agent: str
    start: float
    end: float
    kind: str = ""
    word: str = ""


class SwapRequested(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """Two people want to exchange their days; it counts once head and HR have ticked it."""

    agent: str
    date: str
    other: str
    other_date: str
    word: str = ""


class RequestTicked(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """A leave or a swap (by its entry's id) is approved, filed, or agreed to. The first tick of a kind has it."""

    request: str
    tick: Tick
    override: str = ""


class RequestRefused(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """A leave or a swap is refused, and why."""

    request: str
    word: str = ""


class ShiftAssigned(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """Somebody is given hours: in the place of `instead_of`, for a duty (`layer`), or in addition."""

    agent: str
    date: str
    start: float
    end: float
    activity: Activity = Activity.PHONES
    instead_of: str | None = None
    queue: str | None = None
    layer: str = ""
    word: str = ""


class AgentTold(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """A person was told of a swap, a leave or an assignment (by its entry's id)."""

    about: str
    agent: str


class DutyWithdrawn(Entered, frozen=True, kw_only=True, tag=True, gc=False):
    """A mark, an excuse, a request or an assignment (by its entry's id) no longer holds, and why."""

    entry: str
    word: str = ""
