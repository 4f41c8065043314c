"""What stays on a line of the header: the least important goes first, and trouble is never gone without a word."""

import pytest

from floorwatch.app.header_room import Item, fitted
from floorwatch.views import Tone


def item(text: str, keep: int, *, shorter: Item | None = None, trouble: bool = False) -> Item:
    return Item(((text, Tone.CALM),), keep, shorter=shorter, is_trouble=trouble)


def feed(name: str, keep: int = 75) -> Item:
    return item(f"{name} waiting", 72, shorter=item(name, keep, trouble=True))


def said(items: list[Item]) -> list[str]:
    return ["".join(text for text, _tone in each.words) for each in items]


TIME, ALERTS, FINE = item("10:41 LIVE", 103), item("! 1", 80), item("log ok", 50)
FEEDS = [feed("north"), feed("south"), feed("ivr", 82)]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (80, ["10:41 LIVE", "log ok", "north waiting", "south waiting", "ivr waiting", "! 1"]),
        (60, ["10:41 LIVE", "north waiting", "south waiting", "ivr waiting", "! 1"]),
        (50, ["10:41 LIVE", "north", "south waiting", "ivr waiting", "! 1"]),
        (32, ["10:41 LIVE", "north", "south", "ivr", "! 1"]),
        (30, ["10:41 LIVE", "+1", "south", "ivr", "! 1"]),
        (29, ["10:41 LIVE", "+1", "south", "ivr", "! 1"]),
        (27, ["10:41 LIVE", "+2", "ivr", "! 1"]),
        (24, ["10:41 LIVE", "+2", "ivr", "! 1"]),
        (21, ["10:41 LIVE", "ivr", "! 1"]),
        (1, ["10:41 LIVE"]),
    ],
)
def test_what_is_wrong_is_named_then_counted(width: int, expected: list[str]) -> None:
    assert said(fitted([TIME, FINE, *FEEDS, ALERTS], 1, width)) == expected


def test_one_item_stays_however_little_room_there_is() -> None:
    assert fitted([TIME], 1, 0) == [TIME]
    assert fitted([], 1, 0) == []
