"""Whatever grid, seats and teams there are: everybody who is shown has one seat in the map, and no place has two."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from floorwatch.api import Agent, AgentState, FloorSnapshot, Focus, Grid, People, Person
from floorwatch.testing import floors
from floorwatch_seats.places import Places, by_room, by_team

SEATS = st.sampled_from(["A1", "A2", "A10", "B1", "B2", "window", "2-B11", "九", "07"])
TEAMS = st.sampled_from(["A", "B", "客服一组"]) | st.none()


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    seats = draw(st.lists(SEATS, unique=True, max_size=8))
    rows: list[tuple[str, ...]] = []
    while seats:
        width = draw(st.integers(0, 4))
        row, seats = seats[:width], seats[width:]
        rows.append(tuple(word for seat in row for word in (seat, "")[: draw(st.integers(1, 2))]))
    return Grid(tuple(rows))


@st.composite
def made(draw: st.DrawFn) -> FloorSnapshot:
    agents = [
        Agent(str(number), f"name {number % 3}", draw(SEATS | st.none()), draw(TEAMS), state, since)
        for number, (state, since) in enumerate(
            draw(st.lists(st.tuples(st.sampled_from(AgentState), st.none() | st.floats(0, 100)), max_size=14))
        )
    ]
    people = [
        Person(f"p{number}", "somebody", seat=seat) for number, seat in enumerate(draw(st.lists(SEATS, max_size=4)))
    ]
    floor = floors.snapshot(rules=replace(floors.rules(), grid=draw(grids())))
    focus = Focus(team=draw(st.sampled_from(["", "A"])))
    return replace(floor, agents={each.id: each for each in agents}, people=People(people), focus=focus)


def drawn(places: Places) -> Counter[str]:
    return Counter(each.desk.agent.id for each in places.places if each.desk.agent is not None)


def assert_sound(places: Places, floor: FloorSnapshot) -> None:
    """Nobody is drawn twice, no place is taken twice, every row has its title."""
    assert set(drawn(places).values()) <= {1}
    assert max(Counter((each.row, each.column) for each in places.places).values(), default=1) == 1
    assert all(each.row < len(places.titles) for each in places.places)
    assert all(
        each.is_aside == (each.desk.agent.id not in floor.shown_agents) for each in places.places if each.desk.agent
    )


@given(made(), st.booleans())
def test_by_team_everybody_who_is_shown_has_one_seat(floor: FloorSnapshot, hide: bool) -> None:
    places = by_team(floor, hide_signed_out=hide)

    assert_sound(places, floor)
    assert drawn(places).keys() == {
        each.id for each in floor.shown_agents.values() if not (hide and each.state is AgentState.SIGNED_OUT)
    }


@given(made(), st.booleans())
def test_in_the_room_everybody_who_is_shown_has_one_seat_or_is_named_at_it(floor: FloorSnapshot, hide: bool) -> None:
    places = by_room(floor, hide_signed_out=hide)
    if places is None:
        assert not any(each.seat for each in (*floor.agents.values(), *floor.people))
        return

    assert_sound(places, floor)
    shown = drawn(places)
    for agent in floor.shown_agents.values():
        if agent.state is not AgentState.SIGNED_OUT:
            assert agent.id in shown
        elif agent.id not in shown and not hide:
            at_their_seat = [each.desk for each in places.places if each.desk.seat == agent.seat]
            hidden_with_it = not at_their_seat  # its sitter is out of focus, and below the room
            assert hidden_with_it or any(agent.name in desk.others for desk in at_their_seat)


@given(made())
def test_the_room_has_every_seat_of_its_grid_where_it_stands(floor: FloorSnapshot) -> None:
    places = by_room(floor, hide_signed_out=False)
    if places is None:
        return
    where = {(each.row, each.column): each.desk.seat for each in places.places}

    for row, seats in enumerate(floor.rules.grid.rows):
        assert {column: seat for column, seat in enumerate(seats) if seat} == {
            column: seat for (at, column), seat in where.items() if at == row
        }
