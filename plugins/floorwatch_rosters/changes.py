"""Which swap, leave or assignment a row is about, and who has to be told of it.

Rules
- Keys of rows: "swap:ID", "leave:ID", "assignment:ID"; "absence:AGENT" is somebody who is missing, and
  "candidate:AGENT/FOR" (`candidate_key`) somebody who could come in the place of the missing FOR.
- Without such a row the oldest open request is meant: that of the agent of the row, else of anybody.
"""

from typing import TypeAlias

from floorwatch.api import FloorSnapshot, Request, duty
from floorwatch_rosters.request_words import Change

Asked: TypeAlias = duty.Swap | duty.Leave
"""What somebody asks for, and others tick."""


def change_of(floor: FloorSnapshot, key: str) -> Change | None:
    """The change of this row."""
    kind, _colon, entry = key.partition(":")
    match kind:
        case "swap":
            return floor.duty.swaps.get(entry)
        case "leave":
            return floor.duty.leaves.get(entry)
        case "assignment":
            return floor.duty.assignments.get(entry)
        case _:
            return None


def key_of(change: Change) -> str:
    """The key of its row."""
    match change:
        case duty.Swap():
            return f"swap:{change.id}"
        case duty.Leave():
            return f"leave:{change.id}"
        case duty.Assignment():
            return f"assignment:{change.id}"


def asked_meant(request: Request, form_key: str = "") -> Asked | None:
    """The request for which a form was opened (`form_key`), else that of the row, else the oldest open one."""
    key = form_key or request.row_key or ""
    found = change_of(request.floor, key)
    if isinstance(found, duty.Swap | duty.Leave):
        return found
    if key.startswith(("swap:", "leave:")):
        return None
    agent = request.subject("agent")
    waiting = (each for each in open_requests(request.floor) if agent is None or agent in concerned(each))
    return next(waiting, None)


def open_requests(floor: FloorSnapshot) -> list[Asked]:
    """Swaps and leave that still wait for a tick, the oldest first."""
    swaps = [each for each in floor.duty.swaps.values() if each.is_open]
    leaves = [each for each in floor.duty.leaves.values() if each.is_open_or_filed and not each.is_filed]
    return sorted([*swaps, *leaves], key=lambda each: (each.asked_at or 0.0, each.id))


def holds(change: Change) -> bool:
    """Whether it is in the plan."""
    match change:
        case duty.Swap():
            return change.holds
        case duty.Leave():
            return change.is_filed
        case duty.Assignment():
            return not change.withdrawn


def concerned(change: Change) -> tuple[str, ...]:
    """Whose plan it changes."""
    return (change.agent, change.other) if isinstance(change, duty.Swap) else (change.agent,)


def not_told(floor: FloorSnapshot, change: Change) -> tuple[str, ...]:
    """Those of them whom nobody has told."""
    return tuple(agent for agent in concerned(change) if (change.id, agent) not in floor.duty.told)


def candidate_key(agent: str, instead_of: str) -> str:
    """The key of the row of somebody who could come in another's place."""
    return f"candidate:{agent}/{instead_of}"


def candidate_of(floor: FloorSnapshot, key: str) -> tuple[str, str] | None:
    """(who could come, in whose place) of such a key. Ids may hold strokes: the split is where both are known."""
    words = key.removeprefix("candidate:").split("/")
    splits = (("/".join(words[:at]), "/".join(words[at:])) for at in range(1, len(words)))
    return next((pair for pair in splits if all(_is_known(floor, agent) for agent in pair)), None)


def _is_known(floor: FloorSnapshot, agent: str) -> bool:
    return agent in floor.duty.shifts or agent in floor.agents or floor.people.person(agent) is not None
