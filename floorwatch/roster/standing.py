"""How a person's shift stands: the words for it, and the record of one person and day."""

from enum import StrEnum

from msgspec import Struct

from floorwatch.model.duty import Activity, Leave
from floorwatch.roster.plan import Planned


class Status(StrEnum):
    """How a person's shift stands, the one that calls for a person first."""

    ABSENT = "absent"
    LATE = "late"
    """Came late and is here, or was."""
    LEFT_EARLY = "left_early"
    DUE = "due"
    """The shift has begun, its grace runs, nobody has seen them yet."""
    PRESENT = "present"
    EXPECTED = "expected"
    FINISHED = "finished"
    ON_LEAVE = "on_leave"
    OFF = "off"
    UNSEEN = "unseen"
    """Nothing here could see anybody."""
    OFF_ROSTER = "off_roster"
    """Here, and the roster does not say so."""


class Doubt(StrEnum):
    """What witnesses disagree about, or what lacks a tick."""

    PUNCHED_NOT_SIGNED = "punched_not_signed"
    SIGNED_NOT_PUNCHED = "signed_not_punched"
    OFF_ROSTER = "off_roster"
    MARKED_OTHERWISE = "marked_otherwise"
    LEAVE_NOT_FILED = "leave_not_filed"
    UNKNOWN_CODE = "unknown_code"


class BreakTaken(Struct, frozen=True, gc=False):
    """A break by the call feed. `limit` seconds it may last, `over` is by how much it is longer, of which `tolerance`
    is nothing. `activity` None: the reason means nothing known. `end` None: it lasts."""

    start: float
    end: float | None
    reason: str
    activity: Activity | None
    limit: float | None = None
    over: float = 0.0
    planned_start: float | None = None
    tolerance: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether it is longer than its limit and the tolerance: what is not is no exception."""
        return self.over > self.tolerance


class Attendance(Struct, frozen=True, kw_only=True):
    """One person's shift, seen. `late`, `early`, `overtime` are raw seconds; `adjusted_late` and `adjusted_early` those
    that no excuse covers. `came` and `left` are by all witnesses together; each witness's own stand beside them.
    `marked` is the id of the mark by hand that was made last ("": none). `here` is by any witness and of this moment;
    `lacks_in` and `lacks_out` say that a shift is over and its punch is missing (缺卡), while the other one is there.
    """

    agent: str
    status: Status
    planned: Planned | None = None
    came: float | None = None
    left: float | None = None
    late: float = 0.0
    early: float = 0.0
    adjusted_late: float = 0.0
    adjusted_early: float = 0.0
    overtime: float = 0.0
    punched_in: float | None = None
    punched_out: float | None = None
    signed_in: float | None = None
    signed_out: float | None = None
    marked: str = ""
    here: bool = False
    lacks_in: bool = False
    lacks_out: bool = False
    held_by_call: bool = False
    breaks: tuple[BreakTaken, ...] = ()
    on_break: BreakTaken | None = None
    doubts: tuple[Doubt, ...] = ()
    leave: Leave | None = None
    excuses: tuple[str, ...] = ()
    """Ids of the excuses that cover something of it."""

    @property
    def is_exception(self) -> bool:
        """Whether somebody should look: absent, late, left early, due, off the roster, over a break, in doubt."""
        is_over = self.on_break is not None and self.on_break.is_over
        return self.status in _WRONG or is_over or bool(self.doubts)


_WRONG = frozenset({Status.ABSENT, Status.LATE, Status.LEFT_EARLY, Status.DUE, Status.OFF_ROSTER})
