"""Seat support as plain data: the key `support` of `floorwatch state --json`. Its keys are stable (docs/state.md)."""

from collections.abc import Callable
from math import inf
from typing import Any, TypeAlias

from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Help, Incident, Note, Walk
from floorwatch.text import inert

KeyOf: TypeAlias = Callable[[str], str]
"""The name under which an agent stands in the state."""


def support_state(floor: FloorSnapshot, agent_key: KeyOf) -> dict[str, Any]:
    """Who waits for help, what is still to be done, what is broken, and how many were seen today."""
    support, today = floor.support, floor.day_start
    follow_ups = sorted(support.follow_ups.values(), key=lambda note: inf if note.due_at is None else note.due_at)
    incidents = (each for each in support.incidents.values() if each.is_open)
    walks = (each for each in support.walks.values() if each.is_open or each.began_at >= today)
    return {
        "open_helps": [_help(each, agent_key) for each in support.queue_of_help],
        "follow_ups": [_follow_up(note, agent_key) for note in follow_ups],
        "incidents": [_incident(each) for each in sorted(incidents, key=lambda each: each.since)],
        "notes_today": sum(1 for _note in support.notes_since(today)),
        "visited_today": sum(visit.at >= today for visit in support.visits.values()),
        "walks": [_walk(each, agent_key) for each in walks],
    }


def _help(each: Help, agent_key: KeyOf) -> dict[str, Any]:
    return {
        "id": inert(each.id),
        "agent": agent_key(each.agent),
        "seat": _word(each.seat),
        "question": inert(each.question),
        "requested_at": each.requested_at,
        "taken_by": _word(each.taken_by),
        "taken_at": each.taken_at,
    }


def _follow_up(note: Note, agent_key: KeyOf) -> dict[str, Any]:
    return {
        "note": inert(note.id),
        "agent": agent_key(note.agent) if note.agent else None,
        "what": inert(note.follow_up),
        "due_at": note.due_at,
        "by": inert(note.by),
    }


def _incident(each: Incident) -> dict[str, Any]:
    return {
        "incident": inert(each.key),
        "title": inert(each.title),
        "since": each.since,
        "seats": [inert(seat) for seat in each.seats],
        "owner": _word(each.owner),
        "owned_at": each.owned_at,
        "evidence": len(each.evidence),
    }


def _walk(walk: Walk, agent_key: KeyOf) -> dict[str, Any]:
    return {
        "by": inert(walk.by),
        "team": _word(walk.team),
        "began_at": walk.began_at,
        "ended_at": walk.ended_at,
        "passed": [agent_key(agent) for agent in walk.passed],
    }


def _word(text: str | None) -> str | None:
    return inert(text) if text else None
