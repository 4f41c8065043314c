"""The panel "seats": everybody where they sit, a letter a person, and the worst sign beside it.

Rules
- By room or by team (`turns`); where nobody's seat is known, by team whatever is asked for, and the caption says so.
- The line above the map counts states by letter, and signs with their meaning: what is not there needs no legend.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from floorwatch.api import AgentState, FloorSnapshot, Needs, SeatMap, Topic, View, _, spoken
from floorwatch_seats.cards import Cards
from floorwatch_seats.options import Arrangement, SeatsOptions
from floorwatch_seats.places import Places, by_room, by_team
from floorwatch_seats.seat_detail import seat_detail
from floorwatch_seats.signs import URGENCY, signs_of, words_of_signs

GAP = "  "


class Seats:
    """The floor as it sits."""

    name = "seats"
    title = "Seats"
    turns = "by"
    needs = Needs(frozenset({Topic.AGENTS, Topic.ALERTS, Topic.SUPPORT}), every_seconds=5.0, rest_seconds=0.25)
    options_type: type[Struct] = SeatsOptions

    def __init__(self) -> None:
        self._cards = Cards()

    def build(self, floor: FloorSnapshot, options: SeatsOptions) -> View:
        """The map."""
        arranged, places = _arranged(floor, options)
        seats = self._cards.seats(floor, places.places, signs_of(floor, options.not_visited_seconds), options)
        agents = [each.desk.agent.state for each in places.places if each.desk.agent is not None and not each.is_aside]
        caption = GAP.join([arranged, *_counts(agents), *_legend(seat.mark for seat in seats)])
        empty = _("Nobody is on this floor yet.")
        return SeatMap(seats, places.titles, caption, empty, home="agents", about=about_map())

    def detail(self, floor: FloorSnapshot, options: SeatsOptions, row_key: str) -> View:  # noqa: ARG002  # the same with all
        """Whose an empty seat is; behind a person stands what the panel "agents" has of them."""
        return seat_detail(floor, row_key)


def about_map() -> str:
    """What `?` says of a seat."""
    named = [f"{letter} {spoken.state_name(state)}" for state, letter in spoken.STATE_LETTERS.items()]
    signs = [f"{sign} {meaning}" for sign, meaning in words_of_signs().items()]
    said = _("The letter is the state, its colour deepens with its age: {states}. The sign beside it: {signs}.")
    return said.format(states=", ".join(named), signs=", ".join(signs))


def _arranged(floor: FloorSnapshot, options: SeatsOptions) -> tuple[str, Places]:
    """Everybody's place, and how that arrangement is called."""
    if options.by is Arrangement.ROOM:
        room = by_room(floor, hide_signed_out=options.hide_signed_out)
        if room is not None:
            return _("by room"), room
    teams = by_team(floor, hide_signed_out=options.hide_signed_out)
    is_asked = options.by is Arrangement.TEAM or not teams.places
    return _("by team") if is_asked else _("by team, no seats known"), teams


def _counts(states: Iterable[AgentState]) -> Iterator[str]:
    """ "A 3", "T 41", "- 12": the states that there are."""
    found = Counter(states)
    for state, letter in spoken.STATE_LETTERS.items():
        if number := found[AgentState(state)]:
            yield f"{letter} {number}"


def _legend(marks: Iterable[str]) -> Iterator[str]:
    """ "h help 2", "v not visited 4": the signs that there are."""
    found, words = Counter(marks), words_of_signs()
    for sign in URGENCY:
        if found[sign]:
            yield _("{sign} {meaning} {n}").format(sign=sign, meaning=words[sign], n=found[sign])
