"""Whom or what the subject of an alert is about: seat and name, number, queue, feed, the seats of an incident."""

from msgspec import Struct

from floorwatch.api import Agent, FloorSnapshot, Note, _, roster, spoken

MOST_SEATS = 2
"""Seats of an incident that are named; of the others only the number."""


class About(Struct, frozen=True):
    """It in a few words, and the employee number where it is one person."""

    who: str
    number: str = ""

    @staticmethod
    def of_agent(agent: Agent, seat: str | None = None) -> "About":
        """A person, at the seat where they were or are."""
        place = seat or agent.seat
        who = f"{place} {agent.name}" if place else agent.name
        return About(who, spoken.number_of(agent.id, agent.name))


def about_of(floor: FloorSnapshot, subject: str) -> About:
    """What there is to say of "agent:1007", "help:ID", "note:ID", "incident:KEY", "team:A", "queue:support"."""
    kind, _colon, key = subject.partition(":")
    match kind:
        case "agent":
            return _person(floor, key, None)
        case "help":
            asked = floor.support.helps.get(key)
            return About(_("help")) if asked is None else _person(floor, asked.agent, asked.seat)
        case "note":
            return _noted(floor, floor.support.notes.get(key))
        case "incident":
            return About(_seats(floor, key))
        case "team":
            return About(_("team {team}").format(team=key) if key else _("no team"))
        case "swap" | "leave":
            return _asked(floor, key)
        case "gap" | "noon" | "leaders":
            return About(_of_the_floor(kind))
        case _:
            return About(key or subject)


def is_in_focus(floor: FloorSnapshot, subject: str) -> bool:
    """Whether it is about somebody or something that is shown; what is about the whole floor always is."""
    kind, _colon, key = subject.partition(":")
    match kind:
        case "queue":
            return not floor.focus.queue or key == floor.focus.queue
        case "team":
            return not floor.focus.team or key == floor.focus.team
        case _:
            person = _person_of(floor, kind, key)
            return person is None or roster.shows(floor, person)


def _person_of(floor: FloorSnapshot, kind: str, key: str) -> str | None:
    """The one person whom it is about, by id."""
    match kind:
        case "agent":
            return key
        case "help":
            asked = floor.support.helps.get(key)
            return None if asked is None else asked.agent
        case "note":
            note = floor.support.notes.get(key)
            return None if note is None else note.agent
        case "swap" | "leave":
            change = floor.duty.swaps.get(key) or floor.duty.leaves.get(key)
            return None if change is None else change.agent
        case _:
            return None


def _person(floor: FloorSnapshot, agent: str, seat: str | None) -> About:
    known = floor.agents.get(agent)
    if known is not None:
        return About.of_agent(known, seat)
    person = floor.people.person(agent)
    if person is not None:
        place = seat or person.seat
        return About(f"{place} {person.name}" if place else person.name, spoken.number_of(agent, person.name))
    return About(f"{seat} {agent}" if seat else agent)


def _asked(floor: FloorSnapshot, key: str) -> About:
    """Whoever asks for a swap or for leave."""
    asked = floor.duty.swaps.get(key) or floor.duty.leaves.get(key)
    return About(key) if asked is None else _person(floor, asked.agent, None)


def _of_the_floor(kind: str) -> str:
    return {"gap": _("on the phones"), "noon": _("noon guard"), "leaders": _("leaders")}[kind]


def _noted(floor: FloorSnapshot, note: Note | None) -> About:
    if note is not None and note.agent is not None:
        return _person(floor, note.agent, note.seat)
    return About(note.seat if note is not None and note.seat else _("note"))


def _seats(floor: FloorSnapshot, key: str) -> str:
    """The seats of an incident that somebody took up; of one that is only suspected its rule knows more."""
    incident = floor.support.incidents.get(key)
    seats = () if incident is None else incident.seats
    if not seats:
        return _("incident")
    named, more = " ".join(seats[:MOST_SEATS]), len(seats) - MOST_SEATS
    return _("{seats} +{n}").format(seats=named, n=more) if more > 0 else named
