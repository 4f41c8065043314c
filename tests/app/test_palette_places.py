"""Whom and what ctrl+p finds by name."""

import pytest

from floorwatch.app.palette_places import BY_NAME, MOST, places
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.testing import Kit
from tests.app.fake_floor import FakeDesk
from tests.app.screens import seen

PEOPLE = """name,employee,seat,team
李娜,1007,A07,A
Ada Lovelace,1016,B11,Support
赵敏,1003,A02,A
"""


@pytest.fixture
def floor(floorwatch: Kit) -> FloorSnapshot:
    """李娜 and Ada are signed in; 赵敏 was never seen."""
    floorwatch.people = PEOPLE
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007", seat="A07", team="A")
    floorwatch.at("09:00").signs_in("Ada Lovelace", "support", "sales", id="1016", seat="B11", team="Support")
    return floorwatch.floor("10:41")


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("李娜", "agent:1007"),
        ("a07", "agent:1007"),
        ("Ａ０７", "agent:1007"),
        ("1016", "agent:1016"),
        ("lovelace ada", "agent:1016"),
        ("赵敏", "agent:1003"),
        ("sales", "queue:sales"),
        ("a", "team:A"),
    ],
)
def test_people_queues_and_teams_are_found_by_what_they_are_called(floor: FloorSnapshot, typed: str, row: str) -> None:
    assert places(floor, typed)[0].row_key == row


def test_whatever_has_the_name_exactly_comes_first(floor: FloorSnapshot) -> None:
    found = places(floor, "support")

    assert [(each.row_key, each.score) for each in found] == [("queue:support", BY_NAME), ("team:Support", BY_NAME)]
    assert all(each.score < BY_NAME for each in places(floor, "supp"))


@pytest.mark.parametrize("typed", ["", "  ", "nobody", "李娜 nobody"])
def test_nothing_is_found_for_no_words_and_for_words_that_nobody_has(floor: FloorSnapshot, typed: str) -> None:
    assert places(floor, typed) == []


def test_before_the_floor_is_read_nobody_is_found() -> None:
    assert places(None, "李娜") == []


def test_of_many_only_the_first_are_offered(floorwatch: Kit) -> None:
    for number in range(30):
        floorwatch.at("09:00").signs_in(f"Ada {number}", "support")

    assert len(places(floorwatch.floor("10:41"), "ada")) == MOST


async def test_whom_the_palette_finds_is_opened_above_the_dashboard(floor: FloorSnapshot) -> None:
    desk = FakeDesk()
    desk.snapshot = floor
    async with seen(desk) as found:
        await found.press("ctrl+p")
        await found.until(lambda: "Colours: contrast" in found.text)
        await found.press(*"1016")
        await found.until(lambda: "B11 Ada Lovelace 1016" in found.text)
        await found.press("enter")
        await found.until(lambda: ("detail", "agents", "agent:1016") in desk.asked)
