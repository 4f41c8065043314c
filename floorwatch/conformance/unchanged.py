"""Whether a floor that a plugin was given is still what it was, and which line changed it.

Rules
- A floor is shared by all panels of a tick: what one changes, the others see.
- Figures are computed once a snapshot and kept: a counter of a scope may be the floor's own, or the next reader's.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.conformance.calling import Failed, called
from floorwatch.conformance.differing import difference
from floorwatch.conformance.floors import copied
from floorwatch.model.counts import AgentCounts, QueueCounts
from floorwatch.model.duty import Duty
from floorwatch.model.metrics import METRICS, figure_of
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Support
from floorwatch.words import _


class _Unchangeable:
    """Refuses to be changed."""

    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> None:
        raise TypeError(f"{name} of the floor was set")


class _GuardedQueueCounts(_Unchangeable, QueueCounts):
    pass


class _GuardedAgentCounts(_Unchangeable, AgentCounts):
    pass


_GUARDED: Mapping[type, type[Struct]] = {QueueCounts: _GuardedQueueCounts, AgentCounts: _GuardedAgentCounts}


def change_in(used: FloorSnapshot, kept: FloorSnapshot) -> str | None:
    """What differs in the floor that a plugin has used from an equal one that it has not; None when nothing does."""
    changed = difference(_plain(kept), _plain(used), "floor")
    if changed is not None:
        return changed
    return difference(_figures(copied(kept)), _figures(used), _("the figure of"))


def line_that_changes(use: Callable[[FloorSnapshot], object], floor: FloorSnapshot) -> Failed | None:
    """How `use` fails on a floor that cannot be changed; None when it does not."""
    result = called(lambda: use(_guarded(floor)))
    return result if isinstance(result, Failed) else None


def _plain(floor: FloorSnapshot) -> FloorSnapshot:
    return FloorSnapshot(**{name: getattr(floor, name) for name in FloorSnapshot.__struct_fields__})


def _figures(floor: FloorSnapshot) -> dict[str, float | None]:
    scopes = {**floor.queues, "": floor.total}
    return {
        f"{metric} of {queue or 'all'}": figure_of(scope, metric).value
        for queue, scope in scopes.items()
        for metric in METRICS
    }


def _guarded(floor: FloorSnapshot) -> FloorSnapshot:
    agents = {name: replace(agent, queues=_read_only(agent.queues)) for name, agent in floor.agents.items()}
    fields = {name: _read_only(getattr(floor, name)) for name in FloorSnapshot.__struct_fields__}
    support = Support(**{name: _read_only(getattr(floor.support, name)) for name in Support.__struct_fields__})
    duty = Duty(**{name: _read_only(getattr(floor.duty, name)) for name in Duty.__struct_fields__})
    return FloorSnapshot(**{**fields, "agents": MappingProxyType(agents), "support": support, "duty": duty})


def _read_only(value: Any) -> Any:
    if isinstance(value, Mapping):
        return MappingProxyType({key: _read_only(each) for key, each in value.items()})
    guard = _GUARDED.get(type(value))
    return value if guard is None else guard(**{name: getattr(value, name) for name in value.__struct_fields__})
