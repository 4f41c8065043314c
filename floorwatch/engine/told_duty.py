"""What is said of entries about attendance and rosters: who was first, and what stands again as it did."""

from typing import TypeAlias

from floorwatch.model.duty import Assignment, Duty, Excuse, HandMark, Leave, Swap, Tick, Told
from floorwatch.model.entered_duty import AgentTold, DutyWithdrawn, RequestRefused, RequestTicked
from floorwatch.words import _

Thing: TypeAlias = Leave | Swap | Assignment | HandMark | Excuse | Told
THINGS = (Leave, Swap, Assignment, HandMark, Excuse, Told)
First: TypeAlias = tuple[str, str]
"""What is said to whoever was first themselves, and to others."""


def first_at_duty(event: RequestTicked | RequestRefused | DutyWithdrawn | AgentTold, duty: Duty) -> First:
    """Who did before what `event` says; `duty` is as of now."""
    match event:
        case AgentTold():
            return _("You have told them already."), _("{who} has told them already, at {time}.")
        case DutyWithdrawn(entry=key):
            return _closed(duty.leaves.get(key) or duty.swaps.get(key)) or _withdrawn()
        case RequestTicked(request=key, tick=tick):
            request = duty.leaves.get(key) or duty.swaps.get(key)
            return _closed(request) or _ticked(tick)
        case RequestRefused(request=key):
            return _closed(duty.leaves.get(key) or duty.swaps.get(key)) or _ticked(Tick.HR)


def _closed(request: Leave | Swap | None) -> First | None:
    if request is not None and request.refused is not None:
        return _("You have refused it already."), _("{who} has refused it already, at {time}.")
    return _withdrawn() if request is not None and request.withdrawn else None


def _withdrawn() -> First:
    return _("You have withdrawn it already."), _("{who} has withdrawn it already, at {time}.")


def _ticked(tick: Tick) -> First:
    match tick:
        case Tick.HEAD:
            return _("You have approved it already."), _("{who} has approved it already, at {time}.")
        case Tick.HR:
            return _("You have filed it already."), _("{who} has filed it already, at {time}.")
        case Tick.AGREED:
            return _("You have agreed to it already."), _("{who} has agreed to it already, at {time}.")


def undone_duty(what: str) -> str | None:
    """The sentence for the event of this name; `{whom}` is to be filled in. None for any other."""
    return {
        "AttendanceMarked": _("Undone: attendance mark of {whom}."),
        "ExceptionExcused": _("Undone: excuse of {whom}."),
        "LeaveRequested": _("Undone: leave request of {whom}."),
        "SwapRequested": _("Undone: swap request of {whom}."),
        "RequestTicked": _("Undone: your tick on the request of {whom}. It waits for it again."),
        "RequestRefused": _("Undone: refusal of the request of {whom}. It is open again."),
        "ShiftAssigned": _("Undone: hours given to {whom}."),
        "AgentTold": _("Undone: that {whom} was told."),
        "DutyWithdrawn": _("Undone: what you withdrew of {whom}. It stands again."),
    }.get(what)
