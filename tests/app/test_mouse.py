"""No mouse is needed, and one works: wheel, right button, menus and the footer, where no other test tries it."""

from textual.events import MouseScrollDown, MouseScrollUp

from floorwatch.app.pick_list import PickList
from floorwatch.app.row_menu import RowMenu
from floorwatch.app.seat_map_view import SeatMapView
from floorwatch.engine.desk import CommandEntry
from floorwatch.engine.save_folder import SaveFolder
from floorwatch.views import Cell, Seat, SeatMap
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen

CALL = CommandEntry("call", "Call back", rows=("",))


def desk_with_a_map() -> FakeDesk:
    """Seats where the queues were."""
    desk = FakeDesk()
    seats = tuple(
        Seat(f"agent:{at}", at // 10, at % 10, "T", label=f"S{at:02}", about=(Cell(f"seat {at}"),)) for at in range(60)
    )
    desk.put("queue-status", SeatMap(seats, ("A", "B")))
    desk.entries = (CALL,)
    return desk


def place_of(found: Seen, words: str) -> tuple[int, int]:
    """Where these words begin, as they are all of narrow signs in their line."""
    y = next(y for y, line in enumerate(found.lines) if words in line)
    return found.lines[y].index(words), y


async def test_a_click_takes_the_cursor_to_a_seat_and_the_right_button_opens_its_menu() -> None:
    async with seen(desk_with_a_map(), (160, 45)) as found:
        await found.pilot.click(offset=place_of(found, "S12"))
        await found.settle()
        view = found.app.dashboard.frames[0].holder
        assert isinstance(view, SeatMapView)
        assert view.row_key == "agent:12"
        await found.pilot.click(offset=place_of(found, "S14"), button=3)
        await found.until(lambda: isinstance(found.app.screen, RowMenu))
        await found.pilot.click(offset=place_of(found, "Call back"))
        await found.until(lambda: ("call", "queue-status", "agent:14") in found.desk.asked)


async def test_the_wheel_moves_a_long_menu() -> None:
    desk = FakeDesk()
    desk.entries = [CommandEntry(f"c{at}", f"command {at:02}", rows=("",)) for at in range(40)]
    async with seen(desk, (80, 24)) as found:
        await found.press("f12")
        assert "command 39" not in found.text
        menu = found.app.screen.query_one(PickList)
        for _turn in range(40):
            await found.pilot._post_mouse_events([MouseScrollDown], menu)  # noqa: SLF001  # the pilot has no public wheel
        await found.settle()
        assert "command 39" in found.text
        for _turn in range(40):
            await found.pilot._post_mouse_events([MouseScrollUp], menu)  # noqa: SLF001  # the same
        await found.settle()
        assert "1 Open" in found.text


async def test_a_click_saves_what_the_menu_says() -> None:
    async with seen() as found:
        found.app.save_in(SaveFolder(None))
        await found.press("1", "Y")
        await found.pilot.click(offset=place_of(found, "Copy as a table"))
        await found.until(lambda: "copied as a table" in found.text)


async def test_a_word_of_the_footer_is_its_key() -> None:
    async with seen() as found:
        await found.pilot.click(offset=place_of(found, "m menu"))
        await found.until(lambda: isinstance(found.app.screen, RowMenu))
