"""A floor that notes what is read of it, by which line of a plugin; and which topics tell that it has changed.

Rules
- A read counts for the innermost line of plugin code on the stack, however many of our functions lie between.
- `TOLD_BY` names for each field of a snapshot the topics of which any one is touched by every event that changes it
  (tests/conformance/test_topics.py folds every event there is to see that it is so).
- `at` changes with time alone, `rules` and `people` never, `me` with every topic; none is a matter of topics.
"""

import sys
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from floorwatch.conformance.calling import frames_from, is_plugins
from floorwatch.host.place import short_place
from floorwatch.model.entities import Topic
from floorwatch.model.metrics import figure_of
from floorwatch.model.snapshot import FloorSnapshot, Scope

TOLD_BY: Mapping[str, tuple[Topic, ...]] = {
    "waiting": (Topic.CALLS, Topic.QUEUES),
    "talks": (Topic.CALLS, Topic.QUEUES, Topic.AGENTS),
    "agents": (Topic.AGENTS, Topic.QUEUES),
    "queue_names": (Topic.QUEUES,),
    "day_counts": (Topic.QUEUES,),
    "interval_counts": (Topic.QUEUES,),
    "agent_counts": (Topic.AGENTS, Topic.QUEUES),
    "feeds": (Topic.FEEDS,),
    "weekday": (Topic.QUEUES,),
    "custom": (Topic.CUSTOM,),
    "alerts": (Topic.ALERTS,),
    "cleared_alerts": (Topic.ALERTS,),
    "alerts_known": (Topic.ALERTS,),
    "support": (Topic.SUPPORT,),
    "duty": (Topic.DUTY,),
    "spells": (Topic.AGENTS, Topic.QUEUES),
    "missed_rings": (Topic.AGENTS, Topic.QUEUES, Topic.CALLS),
}
"""Any one of these topics is enough for this field; the first is the one to advise. `past` has none: who reads ended
calls needs other topics than who reads ended states."""

_FIGURE_OF = figure_of.__code__
_place = lru_cache(maxsize=4096)(short_place)  # a few lines read the floor tens of thousands of times


class Read(Struct, frozen=True):
    """A field that was read by a line of the plugin, or a metric that was asked for there. `through` is what that line
    itself named of the floor, such as `total`."""

    what: str
    where: str
    is_metric: bool = False
    through: str = ""


class NotedFloor(FloorSnapshot, frozen=True, dict=True, kw_only=True):
    """A snapshot that notes what a plugin reads of it, in `noted_reads`."""

    def __getattribute__(self, name: str) -> Any:
        if name in TOLD_BY or name == "at":
            _note(_reads_of(object.__getattribute__(self, "__dict__")), name)
        return super().__getattribute__(name)

    def _scope_of(self, name: str, queues: tuple[str, ...], *, whole: bool = False) -> Scope:
        return NotedScope(self, name, queues, whole=whole)


class NotedScope(Scope):
    """A scope that notes the metrics which are asked for it."""

    def __getattribute__(self, name: str) -> Any:
        if name == "floor":
            caller = sys._getframe(1)  # noqa: SLF001  # who reads can only be seen on the stack
            if caller.f_code is _FIGURE_OF:
                floor = object.__getattribute__(self, "__dict__")["floor"]
                _note_metric(_reads_of(vars(floor)), str(caller.f_locals["metric"]))
        return super().__getattribute__(name)


def noted(floor: FloorSnapshot, reads: dict[Read, None]) -> FloorSnapshot:
    """The same floor, which adds to `reads` what is read of it, in the order of the first reading."""
    standing_in = NotedFloor(**{name: getattr(floor, name) for name in FloorSnapshot.__struct_fields__})
    vars(standing_in)["noted_reads"] = reads
    return standing_in


def _reads_of(kept: dict[str, Any]) -> dict[Read, None]:
    """Where reads are noted. A floor made of this one with other facts in it (`replace`) notes nothing: whoever made it
    has read this one."""
    found: dict[Read, None] = kept.get("noted_reads", {})
    return found


def _note(reads: dict[Read, None], what: str) -> None:
    through = ""
    for frame in frames_from(sys._getframe(2)):  # noqa: SLF001  # who reads can only be seen on the stack
        code = frame.f_code
        if is_plugins(code.co_filename):
            reads[Read(what, _place(code.co_filename, frame.f_lineno), through=through)] = None
            return
        if not code.co_name.startswith("__"):
            through = code.co_name


def _note_metric(reads: dict[Read, None], metric: str) -> None:
    for frame in frames_from(sys._getframe(2)):  # noqa: SLF001  # who asks can only be seen on the stack
        if is_plugins(frame.f_code.co_filename):
            reads[Read(metric, _place(frame.f_code.co_filename, frame.f_lineno), is_metric=True)] = None
            return
