"""Somebody who could come when hands are missing: the key of their row, and what `assign` begins with there."""

from collections.abc import Mapping

from floorwatch.api import FloorSnapshot, duty, roster
from floorwatch_rosters.shortages import GAP, Shortage, shortage_of
from floorwatch_rosters.typed_dates import hours_typed

OFFER = "offer"


def offer_key(agent: str, gap: str) -> str:
    """The key of somebody who could come in this gap (a key of a shortage)."""
    return f"{OFFER}:{agent}@{gap}"


def offer_of(floor: FloorSnapshot, key: str) -> tuple[str, Shortage] | None:
    """(who, when) of such a key; of the key of a shortage itself, nobody yet; None for anything else, or over."""
    kind, _colon, rest = key.partition(":")
    agent, _at, gap = rest.rpartition("@") if kind == OFFER else ("", "", key)
    if kind not in (OFFER, GAP):
        return None
    short = shortage_of(floor, gap)
    return None if short is None else (agent, short)


def offer_values(floor: FloorSnapshot, agent: str, short: Shortage) -> Mapping[str, str]:
    """The fields of `assign`: without an agent, the best who could come."""
    start = max(short.start, floor.at - floor.at % 60)
    offered = () if agent else roster.replacements(floor, "", start, short.end)
    date = floor.rules.days.local(start).date().isoformat()
    return {
        "agent": agent or (offered[0].agent if offered else ""),
        "date": date,
        "start": hours_typed(start, date, floor.rules),
        "end": hours_typed(short.end, date, floor.rules),
        "activity": duty.Activity.PHONES.value,
    }
