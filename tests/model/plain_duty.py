"""Duty entries folded slowly and plainly: everything is made anew from the entries that hold, every time it is asked.

The rules of `plain_support` hold here too; whoever told somebody of a thing has gone on from it.
"""

from collections import Counter
from typing import Any

from msgspec.structs import replace

from floorwatch.model import events as ev
from floorwatch.model.duty import Assignment, Duty, Excuse, HandMark, Leave, Swap, Tick, Ticked, Told
from floorwatch.model.events import Entered

MAKERS = (ev.LeaveRequested, ev.SwapRequested, ev.ShiftAssigned, ev.AttendanceMarked, ev.ExceptionExcused)
ABOUT: dict[type[Entered], str] = {
    ev.RequestTicked: "request",
    ev.RequestRefused: "request",
    ev.AgentTold: "about",
    ev.DutyWithdrawn: "entry",
}
"""Which field names the entry that an entry is about."""

Verdict = tuple[str, str] | None


class PlainDuty:
    """The entries that hold, and what came of the others."""

    def __init__(self) -> None:
        self.holding: list[Any] = []
        self.overtaken: dict[str, str] = {}
        self.misfits: Counter[str] = Counter()
        self._seen: set[str] = set()

    def apply(self, event: Entered) -> None:
        """Fold one more; every entry has an id."""
        if event.id in self._seen:
            self.misfits["entry doubled"] += 1
            return
        self._seen.add(event.id)
        verdict = self._undone(event) if isinstance(event, ev.EntryUndone) else self._verdict(event)
        if verdict is None:
            if not isinstance(event, ev.EntryUndone):
                self.holding.append(event)
        elif verdict[0] == "misfit":
            self.misfits[verdict[1]] += 1
        else:
            self.overtaken[event.id] = verdict[1]

    def duty(self) -> Duty:
        """What they come to."""
        stores: dict[str, dict[Any, Any]] = {
            name: {} for name in ("leaves", "swaps", "assignments", "told", "marks", "excuses")
        }
        for event in self.holding:
            _happen(stores, event)
        return Duty(**stores)

    def _undone(self, event: ev.EntryUndone) -> Verdict:
        meant = next((each for each in self.holding if (each.id, each.by) == (event.entry, event.by)), None)
        if meant is None:
            return "misfit", "nothing to undo"
        later = self.holding[self.holding.index(meant) + 1 :]
        gone_on = [each for each in later if _about(each) == _about(meant)]
        if gone_on:
            return "late", gone_on[-1].by
        self.holding.remove(meant)
        return None

    def _verdict(self, event: Any) -> Verdict:
        if isinstance(event, MAKERS):
            is_backwards = "end" in event.__struct_fields__ and event.end <= event.start  # type: ignore[union-attr]  # of those that have an end
            return ("misfit", "entry that ends before it begins") if is_backwards else None
        about = [each for each in self.holding if _about(each) == _about(event)]
        if not about or not _may_be_about(event, about[0]):
            return "misfit", "entry about nothing known"
        return self._told(event, about) if isinstance(event, ev.AgentTold) else self._changed(event, about)

    def _told(self, event: ev.AgentTold, about: list[Any]) -> Verdict:
        before = [each for each in about if isinstance(each, ev.AgentTold) and each.agent == event.agent]
        return ("late", before[0].by) if before else None

    def _changed(self, event: Any, about: list[Any]) -> Verdict:
        closing = [each for each in about if isinstance(each, ev.RequestRefused | ev.DutyWithdrawn)]
        if closing:
            return "late", closing[0].by
        ticks = {each.tick: each for each in about if isinstance(each, ev.RequestTicked)}
        if isinstance(event, ev.RequestTicked):
            if event.tick is Tick.AGREED and isinstance(about[0], ev.LeaveRequested):
                return "misfit", "leave that another side agrees to"
            return ("late", ticks[event.tick].by) if event.tick in ticks else None
        if isinstance(event, ev.RequestRefused) and {Tick.HEAD, Tick.HR} <= ticks.keys():
            return "late", max(ticks.values(), key=lambda each: each.at).by
        return None


def _about(event: Entered) -> str:
    field = ABOUT.get(type(event))
    return event.id if field is None else getattr(event, field)


def _may_be_about(event: Entered, made: Entered) -> bool:
    if isinstance(event, ev.RequestTicked | ev.RequestRefused):
        return isinstance(made, ev.LeaveRequested | ev.SwapRequested)
    if isinstance(event, ev.AgentTold):
        return isinstance(made, ev.LeaveRequested | ev.SwapRequested | ev.ShiftAssigned)
    return True


def _happen(stores: dict[str, dict[Any, Any]], event: Any) -> None:
    match event:
        case ev.LeaveRequested(id=key):
            stores["leaves"][key] = Leave(
                key, event.agent, event.start, event.end, asked_by=event.by, asked_at=event.at
            )  # fmt: skip
        case ev.SwapRequested(id=key):
            stores["swaps"][key] = Swap(
                key, event.agent, event.date, event.other, event.other_date, asked_by=event.by, asked_at=event.at
            )
        case ev.ShiftAssigned(id=key):
            stores["assignments"][key] = Assignment(
                key, event.agent, event.date, event.start, event.end, by=event.by, at=event.at
            )
        case ev.AttendanceMarked(id=key):
            stores["marks"][key] = HandMark(
                key, event.agent, event.date, event.kind, event.moment, by=event.by, at=event.at
            )
        case ev.ExceptionExcused(id=key):
            stores["excuses"][key] = Excuse(
                key, event.agent, event.start, event.end, event.reason, by=event.by, at=event.at
            )
        case ev.AgentTold():
            stores["told"][event.about, event.agent] = Told(event.about, event.agent, event.by, event.at)
        case _:
            things = next(store for store in stores.values() if _about(event) in store)
            things[_about(event)] = _changed_thing(things[_about(event)], event)


def _changed_thing(thing: Any, event: Any) -> Any:
    match event:
        case ev.RequestTicked():
            return replace(thing, ticks={**thing.ticks, event.tick: Ticked(event.by, event.at, event.override)})
        case ev.RequestRefused():
            return replace(thing, refused=event.word, refused_by=event.by)
        case _:
            return replace(thing, withdrawn=True)
