"""What Enter on somebody opens: how they are, what was noted and asked this shift, and what is to be done.

Rules
- It is about the shift, so that it can be read standing: of earlier days the last notes only.
"""

from collections.abc import Iterator
from itertools import islice

from floorwatch.api import (
    Agent,
    Cell,
    Column,
    Fact,
    FloorSnapshot,
    Help,
    Note,
    Notice,
    Row,
    Stack,
    Table,
    Tone,
    View,
    _,
    ratio,
    spoken,
)
from floorwatch_seat_support.help_detail import help_detail
from floorwatch_seat_support.incident_detail import incident_detail
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.note_detail import note_detail
from floorwatch_seat_support.note_rows import moment, note_columns, note_rows
from floorwatch_seat_support.who import who_in_full
from floorwatch_seat_support.wording import in_one_line, without_words

Facts = list[tuple[str, Cell]]

EARLIER_SECONDS = 14 * 86_400.0
MOST_EARLIER = 5
MOST_TODAY = 50


def about_row(floor: FloorSnapshot, limits: Limits, row_key: str) -> View:
    """What stands behind a row: somebody, a note, a request, an incident."""
    kind, _colon, key = row_key.partition(":")
    match kind:
        case "agent" if key in floor.agents:
            return person(floor, limits, floor.agents[key])
        case "note":
            return note_detail(floor, key)
        case "help":
            return help_detail(floor, key, limits.help_steps)
        case "incident":
            return incident_detail(floor, limits, key)
        case _:
            return Notice(_("This agent is no longer on the floor."))


def person(floor: FloorSnapshot, limits: Limits, agent: Agent) -> View:
    """Everything of the shift, for whoever stands at the seat."""
    notes = [note for note in floor.support.notes_since(floor.day_start) if note.agent == agent.id]
    earlier = islice(_earlier(floor, agent), MOST_EARLIER)
    parts: list[View] = [Table.of_facts(_now(floor, agent), who_in_full(floor, agent.id))]
    helps = [each for each in floor.support.helps_since(floor.day_start) if each.agent == agent.id]
    if helps:
        parts.append(_helps(floor, limits, helps))
    rows = note_rows(floor, notes[:MOST_TODAY], with_who=False)
    parts.append(
        Table(note_columns(with_who=False), rows, _("Nothing was noted today."), caption=_("Notes of the shift"))
    )
    if before := note_rows(floor, earlier, with_who=False):
        parts.append(Table(note_columns(with_who=False), before, caption=_("Before")))
    parts.append(Table.of_facts(_today(floor, agent), _("Today")))
    return Stack(tuple(parts))


def _earlier(floor: FloorSnapshot, agent: Agent) -> Iterator[Note]:
    recent = floor.support.notes_since(floor.day_start - EARLIER_SECONDS)
    return (note for note in recent if note.agent == agent.id and note.at < floor.day_start)


def _now(floor: FloorSnapshot, agent: Agent) -> Facts:
    visit = floor.support.visits.get(agent.id)
    facts = [(_("state"), Cell(spoken.state_name(agent.state)))]
    if agent.pause_reason:
        facts.append((_("reason"), Cell(agent.pause_reason)))
    if agent.since is not None:
        facts.append((_("for"), Cell.age(agent.since)))
    if visit is None:
        return [*facts, (_("visited"), Cell(_("never"), Tone.NOTICE))]
    by = _("{at}, {who}").format(at=moment(floor, visit.at), who=visit.by) if visit.by else moment(floor, visit.at)
    return [*facts, (_("visited"), Cell(by)), (_("that is"), Cell.age(visit.at))]


def _today(floor: FloorSnapshot, agent: Agent) -> Facts:
    """The day's figures; what was spent in states that are over, and the one that runs stands above."""
    today, zone = floor.agent_today(agent.id), floor.rules.days.zone
    facts = [
        (_("answered"), Cell(str(today.answered))),
        (_("mean talk"), Cell(spoken.duration_or_nothing(ratio(today.talk_seconds, today.ended)))),
        (_("talk, ended calls"), Cell(spoken.duration(today.talk_seconds))),
    ]
    if today.signed_in_at is not None:
        facts.insert(0, (_("signed in"), Cell(spoken.clock(today.signed_in_at, zone))))
    given = (
        (Fact.PAUSES, _("paused before"), spoken.duration(today.paused_seconds)),
        (Fact.WRAP_UP, _("wrap-up"), spoken.duration(today.wrap_up_seconds)),
        (Fact.MISSED_RINGS, _("missed rings"), str(today.missed_rings)),
    )
    return [*facts, *((name, Cell(said)) for fact, name, said in given if fact in floor.gives)]


def _helps(floor: FloorSnapshot, limits: Limits, helps: list[Help]) -> Table:
    columns = (
        Column("at", _("at"), 5),
        Column("question", _("question"), 10, flex=3),
        Column("answer", _("answer"), 8, flex=3),
    )
    rows = tuple(_help(floor, limits, each) for each in helps[:MOST_TODAY])
    return Table(columns, rows, caption=_("Asked for help"))


def _help(floor: FloorSnapshot, limits: Limits, each: Help) -> Row:
    question = in_one_line(each.question) or without_words()
    answer = Cell.age(each.requested_at, limits.help_steps) if each.is_open else Cell(in_one_line(each.answer))
    return Row(f"help:{each.id}", (Cell(moment(floor, each.requested_at), Tone.MUTED), Cell(question), answer))
