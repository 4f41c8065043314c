"""A cell with a command says which key acts on its row."""

from floorwatch.app.acts import acts_of, with_key
from floorwatch.app.drawing import drawn
from floorwatch.app.glyphs import ASCII, BLOCKS
from floorwatch.app.plain_text import plain_text
from floorwatch.engine.desk import CommandEntry
from floorwatch.views import Align, Cell, Column, Row, RowKind, Table, Tone
from tests.app.fake_floor import FakeDesk
from tests.app.screens import seen

COMMANDS = (
    CommandEntry("take", "Take the help request", "h"),
    CommandEntry("late", "Late", "h"),
    CommandEntry("word", "答复 and more words", ""),
)
COLUMNS = (Column("what", "what", 10, flex=1), Column("key", "", 4, Align.RIGHT, drop=1))


def said(cell: Cell) -> str:
    return with_key(cell, cell.text, cell.tone, acts_of(COMMANDS, BLOCKS))[0]


def needs(*cells: Cell) -> Table:
    """A row for each of these cells."""
    return Table(COLUMNS, tuple(Row(f"help:{at}", (Cell(f"help {at}"), cell)) for at, cell in enumerate(cells)))


def test_the_key_that_the_command_has_here_stands_before_the_words() -> None:
    assert said(Cell("take", command="take")) == "[h take]"


def test_a_command_without_a_key_of_its_own_is_in_the_menu() -> None:
    assert said(Cell("late", command="late")) == "[m late]"
    assert said(Cell("answer", command="word")) == "[m answer]"


def test_without_words_the_title_stands_there_cut() -> None:
    assert said(Cell(command="take")) == "[h Take the he…]"
    assert said(Cell(command="word")) == "[m 答复 and mo…]"
    assert acts_of(COMMANDS, ASCII)["take"].title == "Take the he."


def test_an_unknown_command_shows_nothing() -> None:
    assert said(Cell("fly", command="fly")) == ""


def test_it_steps_back_unless_the_cell_has_a_tone() -> None:
    acts = acts_of(COMMANDS, BLOCKS)
    assert with_key(Cell("take", command="take"), "take", Tone.CALM, acts)[1] is Tone.MUTED
    assert with_key(Cell("take", command="take"), "take", Tone.ALARM, acts)[1] is Tone.ALARM


async def test_the_column_is_as_wide_as_what_it_shows() -> None:
    desk = FakeDesk()
    desk.entries = COMMANDS
    desk.put("needs-you", needs(Cell("take", command="take"), Cell(command="word"), Cell("fly", command="fly")))
    async with seen(desk) as found:
        line = next(line for line in found.lines if "help 0" in line)
        assert "[h take]" in line
        below = next(line for line in found.lines if "help 1" in line)
        assert "[m 答复 and mo…]" in below
        assert "[" not in next(line for line in found.lines if "help 2" in line)


async def test_in_the_hand_the_key_is_there_too() -> None:
    desk = FakeDesk()
    desk.entries = COMMANDS
    desk.put("needs-you", needs(Cell("take", command="take")))
    async with seen(desk, size=(40, 20)) as found:
        await found.press("2")
        assert "[h take]" in next(line for line in found.lines if "help 0" in line)


async def test_a_group_does_not_flow_over_it() -> None:
    desk = FakeDesk()
    desk.entries = COMMANDS
    group = Row("help", (Cell("a long name of a group of things"), Cell(command="take")), kind=RowKind.GROUP)
    desk.put("needs-you", Table(COLUMNS, (group,)))
    async with seen(desk) as found:
        assert "[h Take the he…]" in found.text


def test_where_no_keys_are_known_the_words_stand_alone() -> None:
    lines = drawn(needs(Cell("take", command="take"), Cell(command="take")), 40, now=0.0)
    assert lines[1].endswith("[take]")
    assert lines[2].endswith("[take]")


def test_a_copy_for_others_names_no_key() -> None:
    text = plain_text("Needs you", needs(Cell("take", command="take")), 0.0, BLOCKS)
    assert "help 0" in text
    assert "take" not in text
