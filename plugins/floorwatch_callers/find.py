"""The lost caller that a call, a row or a queue stands for."""

from floorwatch.api import FloorSnapshot, LostCaller, PastVisit, Talk, Waiting
from floorwatch_callers.call_back import urgency
from floorwatch_callers.caller import is_meant, key_of


def found_lost(floor: FloorSnapshot, call: Waiting | Talk | PastVisit) -> LostCaller | None:
    """The caller of this call, where it was lost today."""
    return lost_by_key(floor, key_of(call))


def lost_by_key(floor: FloorSnapshot, row_key: str) -> LostCaller | None:
    """The caller of the call with this key: who is still to be called back before whose matter is done."""
    lost = floor.lost
    callers = (*lost.to_call_back, *reversed(lost.called_back), *reversed(lost.got_through))
    return next((each for each in callers if any(is_meant(visit, row_key) for visit in each.visits)), None)


def visit_by_key(caller: LostCaller, row_key: str) -> PastVisit:
    """The last visit of the caller with this key; the last of all where none has it."""
    return next((visit for visit in reversed(caller.visits) if is_meant(visit, row_key)), caller.last)


def most_urgent(floor: FloorSnapshot, queue: str) -> LostCaller | None:
    """Whom to call back first of those who left this queue last."""
    found = (each for each in floor.lost.to_call_back if each.last.queue == queue)
    return min(found, key=lambda each: urgency(floor, each), default=None)
