"""What Enter on an incident opens: since when, where, who owns it, and everything that speaks for it."""

from floorwatch.api import (
    Cell,
    Column,
    FloorSnapshot,
    Incident,
    Notice,
    Row,
    Stack,
    Table,
    Tone,
    View,
    _,
    spoken,
)
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.note_rows import moment_in_full
from floorwatch_seat_support.suspicion import Suspicion, suspicions
from floorwatch_seat_support.who import who
from floorwatch_seat_support.wording import in_lines, in_one_line


def incident_detail(floor: FloorSnapshot, limits: Limits, key: str) -> View:
    """The incident with this key, suspected, taken up or closed."""
    closed = floor.support.incidents.get(key)
    if closed is not None and not closed.is_open:
        return _closed(floor, closed)
    found = next((each for each in suspicions(floor, limits) if each.key == key), None)
    if found is None:
        return Notice(_("Nothing is suspected there now."))
    lines = "\n".join(found.evidence) or _("Nothing speaks for it any more.")
    return Stack((in_lines(lines), Table.of_facts(_facts(floor, found), found.title), _people(floor, found)))


def _facts(floor: FloorSnapshot, each: Suspicion) -> list[tuple[str, Cell]]:
    owner = Cell(each.owner) if each.is_taken else Cell(_("nobody"), Tone.WARN)
    return [
        (_("owner"), owner),
        (_("for"), Cell.age(each.since)),
        (_("since"), Cell(moment_in_full(floor, each.since))),
        (_("seats"), Cell(" ".join(each.seats) or spoken.NOTHING)),
    ]


def _people(floor: FloorSnapshot, each: Suspicion) -> Table:
    rows = tuple(Row(f"agent:{agent}", (Cell(who(floor, agent)),)) for agent in each.agents)
    return Table((Column("who", _("who"), 12, flex=1),), rows, _("Nobody is named."), caption=_("Who is concerned"))


def _closed(floor: FloorSnapshot, incident: Incident) -> View:
    at = moment_in_full(floor, incident.closed_at or incident.since)
    facts = [
        (_("what it was"), Cell(in_one_line(incident.word))),
        (_("closed"), Cell(at)),
        (_("closed by"), Cell(incident.closed_by)),
        (_("began"), Cell(moment_in_full(floor, incident.since))),
        (_("owner"), Cell(incident.owner or spoken.NOTHING)),
        (_("seats"), Cell(" ".join(incident.seats) or spoken.NOTHING)),
    ]
    said = [
        _("{at} {who}: {text}").format(at=moment_in_full(floor, e.at), who=e.by, text=e.text) for e in incident.evidence
    ]
    views: tuple[View, ...] = (Table.of_facts(facts, incident.title),)
    return Stack((*views, in_lines("\n".join(said)))) if said else Stack(views)
