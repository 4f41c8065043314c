"""What Enter opens on a row of any panel of this plugin."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from floorwatch.api import FloorSnapshot, Notice, View, _
from floorwatch_rosters.absence_detail import absence_detail
from floorwatch_rosters.change_detail import change_detail
from floorwatch_rosters.changes import candidate_of, change_of
from floorwatch_rosters.document_detail import document_detail
from floorwatch_rosters.gap_detail import gap_detail
from floorwatch_rosters.hands_detail import hands_detail
from floorwatch_rosters.offers import OFFER, offer_of
from floorwatch_rosters.person_week import person_week
from floorwatch_rosters.shortages import GAP, shortage_of
from floorwatch_rosters.team_detail import team_detail
from floorwatch_rosters.team_rows import TEAM
from floorwatch_rosters.tracks import DONE

Behind: TypeAlias = Callable[[FloorSnapshot, str], View | None]
"""Of a row's whole key; None: there is no such thing any more."""


def about_row(floor: FloorSnapshot, row_key: str) -> View:
    """All that there is to say of it; of what is over, that it is."""
    behind = _BEHIND.get(row_key.partition(":")[0])
    found = None if behind is None else behind(floor, row_key)
    return Notice(_("This no longer stands in the plan.")) if found is None else found


def _person(floor: FloorSnapshot, key: str) -> View | None:
    agent = key.partition(":")[2]
    return person_week(floor, agent) if _is_known(floor, agent) else None


def _absence(floor: FloorSnapshot, key: str) -> View | None:
    agent = key.partition(":")[2]
    return absence_detail(floor, agent) if _is_known(floor, agent) else None


def _candidate(floor: FloorSnapshot, key: str) -> View | None:
    pair = candidate_of(floor, key)
    return None if pair is None else person_week(floor, pair[0])


def _offer(floor: FloorSnapshot, key: str) -> View | None:
    found = offer_of(floor, key)
    return None if found is None else person_week(floor, found[0])


def _change(floor: FloorSnapshot, key: str) -> View | None:
    change = change_of(floor, key)
    return None if change is None else change_detail(floor, change)


def _gap(floor: FloorSnapshot, key: str) -> View:
    short = shortage_of(floor, key)
    return Notice(_("No hands are missing then.")) if short is None else gap_detail(floor, short)


def _team(floor: FloorSnapshot, key: str) -> View:
    return team_detail(floor, key.partition(":")[2])


def _hands(floor: FloorSnapshot, _key: str) -> View:
    return hands_detail(floor)


def _document(floor: FloorSnapshot, key: str) -> View | None:
    document = floor.duty.documents.get(key.partition(":")[2])
    return None if document is None else document_detail(document)


_BEHIND: Mapping[str, Behind] = {
    "agent": _person,
    DONE: _person,
    "absence": _absence,
    "candidate": _candidate,
    OFFER: _offer,
    "swap": _change,
    "leave": _change,
    "assignment": _change,
    GAP: _gap,
    TEAM: _team,
    "hands": _hands,
    "document": _document,
}


def _is_known(floor: FloorSnapshot, agent: str) -> bool:
    """Whether anything here has ever named this person."""
    duty = floor.duty
    return agent in floor.agents or agent in duty.shifts or agent in duty.punches or bool(floor.people.person(agent))
