"""The footer names the keys that act here: those for the row under the cursor before all others."""

from floorwatch.engine.desk import CommandEntry
from floorwatch.views import Cell, Column, Row, Stack, Table
from tests.app.fake_floor import FakeDesk
from tests.app.screens import Seen, seen

TAKE = CommandEntry("take", "Take it", "h", rows=("help",))
NOTE = CommandEntry("note", "Take a note", "n", rows=("agent",))
WALK = CommandEntry("walk", "Walk: whom to visit next, and why", "w")
MIXED = Table(
    (Column("what", "", 10),), tuple(Row(key, (Cell(key),)) for key in ("help:1", "agent:1", "queue:1")), opens=False
)


async def footer(found: Seen, *keys: str) -> str:
    """The footer after these keys."""
    await found.press(*keys)
    return found.lines[-1]


def desk_with(*entries: CommandEntry) -> FakeDesk:
    """A desk with these commands and a table of all kinds of rows."""
    desk = FakeDesk()
    desk.entries = entries
    desk.put("queue-status", MIXED)
    return desk


async def test_commands_for_the_row_under_the_cursor_come_first() -> None:
    async with seen(desk_with(NOTE, TAKE, WALK)) as found:
        assert found.lines[-1].startswith(" h Take it")
        assert (await footer(found, "down")).startswith(" n Take a note")
        assert (await footer(found, "down")).startswith(" w Walk")


async def test_a_title_is_said_up_to_its_colon() -> None:
    async with seen(desk_with(WALK)) as found:
        assert "w Walk  " in found.lines[-1]
        assert "whom" not in found.lines[-1]


async def test_many_commands_leave_room_for_the_keys_of_every_screen() -> None:
    entries = [CommandEntry(f"c{key}", f"Command with a long title {key}", key) for key in "ahnrtwvxbdef"]
    async with seen(desk_with(TAKE, *entries), size=(80, 24)) as found:
        line = found.lines[-1]
        assert "h Take it" in line
        assert "tab next" in line
        assert "F1 keys" in line
        assert "a Command with a …" in line
        assert "f Command" not in line


async def test_the_menu_keeps_its_place_before_the_fourth_command() -> None:
    entries = [CommandEntry(f"c{key}", f"Command {key}", key, rows=("help",)) for key in "ahnrtwvxbdef"]
    async with seen(desk_with(*entries), size=(90, 24)) as found:
        assert found.lines[-1].startswith(" a Command a  h Command h  n Command n")
        assert "m menu" in found.lines[-1]
        assert "r Command" not in found.lines[-1]


async def test_in_the_hand_the_row_has_its_key() -> None:
    async with seen(desk_with(WALK, NOTE, TAKE), size=(40, 20)) as found:
        assert "h Take it" in found.lines[-1]
        assert "tab next" in found.lines[-1]


async def test_on_a_page_in_the_hand_what_is_done_with_the_row_stands_before_the_next_table() -> None:
    desk = desk_with(NOTE)
    desk.put_page("walk", "Walk", Stack((MIXED, MIXED)))
    async with seen(desk, size=(40, 20)) as found:
        found.app.open_panel("walk")
        await found.settle()
        assert "n Take a note  esc back" in await footer(found, "down")
        assert "tab" not in found.lines[-1]


async def test_the_command_that_the_row_shows_stands_before_its_others() -> None:
    desk = desk_with(CommandEntry("see", "See to it", "a", rows=("help",)), NOTE, TAKE)
    asked = Row("help:1", (Cell("asks"), Cell("take", command="take")))
    desk.put("queue-status", Table((Column("what", "", 10), Column("key", "", 10)), (asked,), opens=False))
    async with seen(desk, size=(40, 20)) as found:
        assert found.lines[-1].startswith(" h Take it")
