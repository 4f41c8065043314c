"""Frames of attendance and rosters as facts: what documents say and people entered, a row a thing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from floorwatch.model.duty import Duty, Leave, Shift, Swap, Tick
from floorwatch.model.history import NAN
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.reports.rows import NUMBER, TEXT, TRUTH, WORD, frame_of, or_nan
from floorwatch.roster import Objection, date_of, swap_objections
from floorwatch.roster.plan import whole_days

SHIFTS = {
    "agent": WORD, "date": WORD, "start": NUMBER, "end": NUMBER, "activity": WORD, "layer": WORD, "code": WORD,
    "kind": WORD, "source": WORD,
}  # fmt: skip
PUNCHES = {"agent": WORD, "at": NUMBER, "source": WORD, "date": WORD, "corrected": TRUTH}
SWAPS = {
    "id": TEXT, "agent": WORD, "date": WORD, "other": WORD, "other_date": WORD, "word": TEXT, "asked_by": WORD,
    "asked_at": NUMBER, "state": WORD, "waits_for": WORD, "late": TRUTH, "told": TRUTH,
}  # fmt: skip
LEAVES = {
    "id": TEXT, "agent": WORD, "start": NUMBER, "end": NUMBER, "kind": WORD, "word": TEXT, "asked_by": WORD,
    "asked_at": NUMBER, "state": WORD, "waits_for": WORD, "source": WORD, "told": TRUTH, "first": WORD, "last": WORD,
}  # fmt: skip
ASSIGNMENTS = {
    "id": TEXT, "agent": WORD, "date": WORD, "start": NUMBER, "end": NUMBER, "activity": WORD, "instead_of": WORD,
    "layer": WORD, "word": TEXT, "by": WORD, "at": NUMBER, "told": TRUTH, "withdrawn": TRUTH,
}  # fmt: skip
EXCUSES = {
    "id": TEXT, "agent": WORD, "start": NUMBER, "end": NUMBER, "reason": WORD, "word": TEXT, "proposal": TEXT,
    "by": WORD, "at": NUMBER, "withdrawn": TRUTH,
}  # fmt: skip
DOCUMENTS = {
    "source": TEXT, "title": TEXT, "first": TEXT, "last": TEXT, "read_at": NUMBER, "rows": "int64", "refused": "int64",
    "people": "int64", "unmatched": "int64",
}  # fmt: skip
INCIDENTS = {
    "key": TEXT, "title": TEXT, "since": NUMBER, "seats": TEXT, "owner": WORD, "owned_at": NUMBER, "closed_at": NUMBER,
    "closed_by": WORD, "word": TEXT,
}  # fmt: skip

OPEN, HOLDS, REFUSED, WITHDRAWN = "open", "holds", "refused", "withdrawn"
"""How a request stands."""

_SWAP_TICKS = (Tick.AGREED, Tick.HEAD, Tick.HR)
_LEAVE_TICKS = (Tick.HEAD, Tick.HR)


def shifts(floor: FloorSnapshot) -> pd.DataFrame:
    """A row a stint; a day off, a leave and an unknown code are one row without hours."""
    return frame_of(_stints(shift for each in floor.duty.shifts.values() for shift in each), SHIFTS)


def _stints(those: Iterable[Shift]) -> Iterator[tuple[Any, ...]]:
    for shift in those:
        about = shift.layer, shift.code, shift.kind.value, shift.source
        for stint in shift.stints:
            yield shift.agent, shift.date, stint.start, stint.end, stint.activity.value, *about
        if not shift.stints:
            yield shift.agent, shift.date, NAN, NAN, None, *about


def punches(floor: FloorSnapshot) -> pd.DataFrame:
    """A row a punch; `date` is the day that it belongs to."""
    rows = (
        (each.agent, each.at, each.source, each.date or date_of(floor, each.at), each.corrected)
        for those in floor.duty.punches.values()
        for each in those
    )
    return frame_of(rows, PUNCHES)


def swaps(floor: FloorSnapshot) -> pd.DataFrame:
    """A row a swap, whatever became of it."""
    rows = (
        (
            each.id, each.agent, each.date, each.other, each.other_date, each.word, each.asked_by, each.asked_at,
            _state(each, each.holds), _missing(each.ticks, _SWAP_TICKS) if each.is_open else "",
            not each.withdrawn and Objection.LATE in swap_objections(floor, each),
            _told(floor.duty, each.id, each.agent, each.other),
        )
        for each in floor.duty.swaps.values()
    )  # fmt: skip
    return frame_of(rows, SWAPS)


def leaves(floor: FloorSnapshot) -> pd.DataFrame:
    """A row a leave, whatever became of it; `source` is the document where one says so, `first` and `last` the dates of
    leave of whole days."""
    rows = (
        (
            each.id, each.agent, each.start, each.end, each.kind, each.word, each.asked_by, or_nan(each.asked_at),
            _state(each, each.is_filed), "" if _is_settled(each) else _missing(each.ticks, _LEAVE_TICKS), each.source,
            _told(floor.duty, each.id, each.agent), *(whole_days(each, floor.rules.days) or ("", "")),
        )
        for each in floor.duty.leaves.values()
    )  # fmt: skip
    return frame_of(rows, LEAVES)


def assignments(floor: FloorSnapshot) -> pd.DataFrame:
    """A row for hours that were given from the screen."""
    rows = (
        (
            each.id, each.agent, each.date, each.start, each.end, each.activity.value, each.instead_of, each.layer,
            each.word, each.by, each.at, _told(floor.duty, each.id, each.agent), each.withdrawn,
        )
        for each in floor.duty.assignments.values()
    )  # fmt: skip
    return frame_of(rows, ASSIGNMENTS)


def excuses(floor: FloorSnapshot) -> pd.DataFrame:
    """A row an excuse."""
    return frame_of(([getattr(each, name) for name in EXCUSES] for each in floor.duty.excuses.values()), EXCUSES)


def documents(floor: FloorSnapshot) -> pd.DataFrame:
    """A row a document, as it was read last."""
    rows = (
        (
            each.source, each.title, *(each.period or ("", "")), each.read_at, each.rows, sum(each.refusals.values()),
            each.people, len(each.unmatched),
        )
        for each in floor.duty.documents.values()
    )  # fmt: skip
    return frame_of(rows, DOCUMENTS)


def incidents(floor: FloorSnapshot) -> pd.DataFrame:
    """A row an incident that somebody took up."""
    rows = (
        (
            each.key, each.title, each.since, " ".join(each.seats), each.owner, or_nan(each.owned_at),
            or_nan(each.closed_at), each.closed_by, each.word,
        )
        for each in floor.support.incidents.values()
    )  # fmt: skip
    return frame_of(rows, INCIDENTS)


def named_in(duty: Duty) -> dict[str, None]:
    """Ids of everybody whom documents and requests name, each once."""
    asked = (each.agent for those in (duty.leaves, duty.marks, duty.excuses) for each in those.values())
    swapped = (agent for each in duty.swaps.values() for agent in (each.agent, each.other))
    assigned = (agent for each in duty.assignments.values() for agent in (each.agent, each.instead_of) if agent)
    return dict.fromkeys((*duty.shifts, *duty.punches, *asked, *swapped, *assigned))


def _state(request: Swap | Leave, holds: bool) -> str:
    if request.withdrawn:
        return WITHDRAWN
    if request.refused is not None:
        return REFUSED
    return HOLDS if holds else OPEN


def _is_settled(leave: Leave) -> bool:
    return leave.is_filed or not leave.is_open_or_filed


def _missing(ticks: Mapping[Tick, object], wanted: Iterable[Tick]) -> str:
    return " ".join(tick.value for tick in wanted if tick not in ticks)


def _told(duty: Duty, about: str, *agents: str) -> bool:
    return all((about, agent) in duty.told for agent in agents)
