"""The panels "seats" and "teams" in the real app: finding somebody, another arrangement, one team alone, every size."""

import pytest

from floorwatch.testing import Kit, floors
from floorwatch_agents.panel import Agents
from floorwatch_seat_support.note_commands import note_commands
from floorwatch_seats.panel import Seats
from floorwatch_seats.teams_panel import Teams

SIZES = [(40, 20), (80, 24), (120, 36), (200, 60)]


async def test_somebody_is_found_by_name_and_opened(room: Kit) -> None:
    async with room.app(Seats(), Agents(), at="09:20") as screen:
        await screen.press("1", "/", *"陈静", "enter")
        assert "B02 陈静 1016 available 20:00" in screen.text
        assert "/陈静  1 found, esc shows all" in screen.text
        await screen.press("enter")
        assert "Seats > B02 陈静" in screen.text
        assert "nothing behind" not in screen.text


async def test_behind_an_empty_seat_stands_what_is_known_of_it(room: Kit) -> None:
    room.at("09:10").fault(None, "CRM", "卡顿", by="王芳", seat="A02")
    async with room.app(Seats(), Agents(), at="09:20") as screen:
        await screen.press("1", "home", "right", "enter")
        assert "卡顿" in screen.text


async def test_a_key_arranges_it_by_team_and_back(room: Kit) -> None:
    async with room.app(Seats(), at="09:20") as screen:
        assert "by room  A 3" in screen.text
        await screen.press(";")
        assert "by team  A 3" in screen.text
        await screen.press(";")
        assert "by room  A 3" in screen.text


async def test_what_is_done_with_a_person_is_in_the_menu_of_the_seat(room: Kit) -> None:
    async with room.app(Seats(), at="09:20", commands=note_commands()) as screen:
        await screen.press("home", "m")
        assert "Note" in screen.text
        await screen.press("escape", "escape")


async def test_one_team_alone_is_alone_in_the_map_too(room: Kit) -> None:
    async with room.app(Teams(), Seats(), at="09:20") as screen:
        await screen.press("1", "down", "0")
        assert "by room  A 1" in screen.text
        assert "total" not in screen.text
        await screen.press("0")
        assert "by room  A 3" in screen.text


async def test_a_team_opens_into_seats_that_open_into_people(room: Kit) -> None:
    async with room.app(Teams(), Agents(), at="09:20") as screen:
        await screen.press("1", "enter")
        assert "2 people" in screen.text
        await screen.press("right", "enter")
        assert "张伟" in screen.lines[2]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("by", ["room", "team"])
async def test_sixty_seats_are_in_sight_at_every_size(floorwatch: Kit, size: tuple[int, int], by: str) -> None:
    floorwatch.put(
        *(
            floors.talking(
                f"{1000 + at}",
                f"name {at}",
                "support",
                60,
                seat=f"{'ABC'[at // 20]}{at % 20 + 1:02}",
                team="ABC"[at // 20],
            )
            for at in range(60)
        )
    )
    async with floorwatch.app(Seats(), at=floors.NOW, size=size, options={"seats": {"by": by}}) as screen:
        drawn = "".join(line for line in screen.lines[3:] if "by " not in line)
        assert drawn.count("T") == 60


async def test_a_thousand_seats_are_in_sight_on_a_large_screen(floorwatch: Kit) -> None:
    floorwatch.put(
        *(floors.talking(f"{1000 + at}", "somebody", "support", 60, team=f"{at // 20}") for at in range(1000))
    )
    async with floorwatch.app(Seats(), at=floors.NOW, size=(200, 60)) as screen:
        drawn = "".join(line for line in screen.lines[3:] if "by " not in line)
        assert drawn.count("T") == 1000


@pytest.mark.parametrize("size", SIZES)
async def test_teams_can_be_read_at_every_size(room: Kit, size: tuple[int, int]) -> None:
    async with room.app(Teams(), at="09:20", size=size) as screen:
        for words in ("team", "here", "help", "call", "total"):
            assert words in screen.text
