"""A form in the flow of a view: seen, moved in, and filled in by the form it opens."""

from floorwatch.app.form_screen import FormScreen
from floorwatch.app.form_view import FormView
from floorwatch.engine.desk import CommandEntry
from floorwatch.views import Form, Notice, Stack, TextField
from tests.app.fake_floor import NOTE, FakeDesk
from tests.app.screens import Seen, seen

FORM = Form("walk-note", NOTE.fields, {"kind": "coach", "words": "calm"}, "After the walk")


def desk_with_form(form: Form = FORM) -> FakeDesk:
    """A desk whose second panel holds a form under a sentence."""
    desk = FakeDesk()
    desk.entries = (NOTE,)
    desk.put("needs-you", Stack((Notice("Nothing calls for you."), form)))
    return desk


def form_of(found: Seen) -> FormView:
    """The form on the screen."""
    return found.app.dashboard.query_one(FormView)


async def test_it_shows_fields_and_values_where_it_stands() -> None:
    async with seen(desk_with_form()) as found:
        assert "After the walk" in found.text
        assert "What          coaching" in found.text
        assert "When          -5m" in found.text


async def test_enter_opens_its_command_filled_in_at_that_field() -> None:
    async with seen(desk_with_form()) as found:
        await found.press("2", "down", "down", "enter")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))
        await found.settle()
        assert "[2 coaching]" in found.text
        assert "▸ What was seen calm" in found.text
        await found.press("ctrl+s")
        await found.until(lambda: found.app.screen is found.app.dashboard)
        await found.settle()
        asked = ("walk-note", "needs-you", None, {"kind": "coach", "who": "", "words": "calm", "when": "-5m"})
        assert asked in found.desk.asked
        assert form_of(found).has_focus


async def test_a_second_click_opens_it() -> None:
    async with seen(desk_with_form()) as found:
        y = next(y for y, line in enumerate(found.lines) if "  Who " in line)
        await found.pilot.double_click(offset=(found.lines[y].index("Who"), y))
        await found.until(lambda: isinstance(found.app.screen, FormScreen))
        await found.settle()
        assert "▸ Who" in found.text


async def test_its_cursor_stays_while_its_values_change() -> None:
    desk = desk_with_form()
    async with seen(desk) as found:
        await found.press("2", "down")
        desk.put(
            "needs-you", Stack((Notice("Nothing calls for you."), Form("walk-note", NOTE.fields, {"who": "1007"})))
        )
        await found.settle()
        assert "▸ Who           1007" in found.text
        assert "After the walk" not in found.text


async def test_a_form_of_no_command_says_so() -> None:
    async with seen(desk_with_form(Form("gone", NOTE.fields))) as found:
        await found.press("2", "enter")
        assert "There is no command gone." in found.text


async def test_a_form_without_fields_does_it_at_once() -> None:
    desk = desk_with_form(Form("note", ()))
    desk.entries = (CommandEntry("note", "note"),)
    async with seen(desk) as found:
        assert "enter: do it" in found.text
        await found.press("2", "up", "enter")
        assert ("note", "needs-you", None) in desk.asked


async def test_it_scrolls_where_lines_are_short() -> None:
    fields = tuple(TextField(name=f"f{at}", title=f"Field {at}") for at in range(40))
    async with seen(desk_with_form(Form("walk-note", fields)), size=(40, 12)) as found:
        await found.press("2", "end")
        assert "Field 39" in found.text
        await found.press("home")
        assert "Field 39" not in found.text
        assert "▸ Field 0" in found.text
