"""The form of a command over the floor: opened, sent, refused, closed, and found again."""

import pytest

from floorwatch.app.form_screen import FormScreen
from floorwatch.engine.desk import CommandEntry, Refused
from floorwatch.extend.command import Open, Toast
from floorwatch.views import TextField, Tone
from tests.app.fake_floor import NOTE
from tests.app.form_hands import FILLED, closed, desk_with, fill_in, line_of, opened, runs
from tests.app.screens import seen


async def test_a_command_with_fields_asks_before_it_does_anything() -> None:
    async with opened() as found:
        assert "Walk note" in found.text
        assert "1 praise  2 coaching  3 技术 technical" in found.text
        assert runs(found.desk) == []


async def test_a_command_without_fields_runs_at_once() -> None:
    async with seen(desk_with(CommandEntry("note", "note", "n"))) as found:
        await found.press("n")
        assert found.desk.asked == [("note", "queue-status", "support")]


async def test_enter_goes_from_field_to_field_and_sends_from_the_last() -> None:
    async with opened() as found:
        await fill_in(found)
        assert "4 of 4" in found.text
        assert runs(found.desk) == []
        await found.press("enter")
        await closed(found)
        assert runs(found.desk) == [("walk-note", "queue-status", "support", FILLED)]
        assert found.table(1).has_focus


@pytest.mark.parametrize("key", ["ctrl+s", "f12"])
async def test_it_is_sent_from_any_field(key: str) -> None:
    async with opened() as found:
        await found.press("2", key)
        await closed(found)
        assert runs(found.desk)[0][3] == {"kind": "coach", "who": "", "words": "", "when": "-5m"}


async def test_mistakes_stand_beside_their_fields_and_the_text_stays() -> None:
    desk = desk_with()
    desk.outcomes = Refused({"who": "there are two", "when": "this is no time", "": "not today"})
    async with opened(desk) as found:
        await fill_in(found)
        await found.press("enter")
        await found.until(lambda: "there are two" in found.text)
        assert "* there are two" in line_of(found, "▸ Who")
        assert "1007" in line_of(found, "▸ Who")
        assert "* this is no time" in line_of(found, "When")
        assert "* not today" in found.text
        await found.press("backspace")
        assert "there are two" not in found.text
        desk.outcomes = ()
        await found.press("ctrl+s")
        await closed(found)
        assert len(runs(desk)) == 2


async def test_nothing_is_sent_twice() -> None:
    desk = desk_with()
    desk.held.clear()
    async with opened(desk) as found:
        await found.press("ctrl+s", "ctrl+s", "f12")
        assert "Sending..." in found.text
        assert len(runs(desk)) == 1
        desk.held.set()
        await closed(found)
        assert len(runs(desk)) == 1


async def test_what_is_refused_after_the_form_was_closed_is_told() -> None:
    desk = desk_with()
    desk.held.clear()
    desk.outcomes = Refused({"who": "there are two"})
    async with opened(desk) as found:
        await found.press("2", "ctrl+s", "escape")
        await closed(found)
        desk.held.set()
        await found.until(lambda: "Walk note: there are two" in found.text)
        await found.press("w")
        assert "[2 coaching]" in found.text


async def test_a_wrong_esc_loses_nothing() -> None:
    async with opened() as found:
        await found.press("2", "tab", *"half", "escape")
        await closed(found)
        assert found.table(1).has_focus
        await found.press("w")
        assert "[2 coaching]" in found.text
        assert "half" in line_of(found, "What was seen")
        assert "is here again" in found.text
        await found.press("escape", "down", "w")
        assert "[2 coaching]" not in found.text


async def test_what_was_done_is_not_kept() -> None:
    async with opened() as found:
        await found.press("2", "ctrl+s")
        await closed(found)
        await found.press("w")
        assert "[2 coaching]" not in found.text


async def test_what_failed_is_kept_for_another_try() -> None:
    desk = desk_with()
    desk.outcomes = (Toast("walk-note: KeyError", Tone.ALARM),)
    async with opened(desk) as found:
        await found.press("2", "ctrl+s")
        await closed(found)
        assert "walk-note: KeyError" in found.text
        await found.press("w")
        assert "[2 coaching]" in found.text
        await found.press("ctrl+s")
        await closed(found)
        assert desk.sent_as[0] != desk.sent_as[1], "what was answered once is not what is sent now"


async def test_what_the_command_fills_in_stands_where_nobody_typed() -> None:
    desk = desk_with()
    desk.prefilled = {"kind": "tech", "who": "6501", "when": "10:30", "gone": "x"}
    async with opened(desk) as found:
        await found.until(lambda: "[3 技术" in found.text)
        assert "6501" in line_of(found, "Who")
        assert "A01 王芳" in line_of(found, "Who")
        await found.press("2", "escape", "w")
        await found.settle()
        assert "[2 coaching]" in found.text
        assert "6501" in line_of(found, "Who")


async def test_what_it_says_and_opens_is_shown_on_the_floor() -> None:
    desk = desk_with()
    desk.outcomes = (Toast("saved", Tone.NOTICE), Open("agents", "agent:6500"))
    async with opened(desk) as found:
        await found.press("ctrl+s")
        await found.until(lambda: ("detail", "agents", "agent:6500") in desk.asked)
        await found.settle()
        assert "saved" in found.text


async def test_the_palette_offers_it_and_stays_away_while_it_is_filled_in() -> None:
    async with seen(desk_with(CommandEntry("walk-note", "Walk note", "", NOTE.fields))) as found:
        await found.press("ctrl+p")
        await found.until(lambda: "Walk note ..." in found.text)
        await found.press(*"walk")
        await found.until(lambda: "Panel: Queues" not in found.text)
        await found.press("enter")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))
        await found.press("ctrl+p")
        assert isinstance(found.app.screen, FormScreen)


async def test_a_command_on_a_taken_key_works_from_the_palette_only() -> None:
    desk = desk_with(
        CommandEntry("first", "first", "n"), CommandEntry("mine", "mine", "n"), CommandEntry("q", "q", "q")
    )
    async with seen(desk) as found:
        assert "n first" in found.lines[-1]
        assert "mine" not in found.lines[-1]
        await found.press("n")
        assert desk.asked == [("first", "queue-status", "support")]
        await found.press("ctrl+p", *"mine")
        await found.until(lambda: "Panel: Queues" not in found.text)
        await found.press("enter")
        await found.until(lambda: ("mine", "queue-status", "support") in desk.asked)


async def test_a_detail_is_about_its_row() -> None:
    entry = CommandEntry("walk-note", "Walk note", "w", NOTE.fields, ("agent",))
    async with seen(desk_with(entry)) as found:
        await found.press("3", "down", "enter")
        await found.until(lambda: ("detail", "agents", "agent:6500") in found.desk.asked)
        await found.settle()
        await found.press("w", "ctrl+s")
        await found.until(lambda: bool(runs(found.desk)))
        assert runs(found.desk)[0][1:3] == ("agents", "agent:6500")


async def test_in_the_hand_hints_stand_under_their_fields() -> None:
    desk = desk_with()
    desk.outcomes = Refused({"who": "there are two of that name on this floor"})
    async with opened(desk, size=(40, 20)) as found:
        await found.press("2", "enter")
        assert "one sentence" in found.text
        assert "name, number or seat" not in found.text
        await found.press("ctrl+s")
        await found.until(lambda: "* there are two of that name on" in found.text)
        assert all(len(line) <= 40 for line in found.lines)


async def test_a_form_longer_than_the_terminal_keeps_the_field_in_sight() -> None:
    fields = tuple(TextField(name=f"f{at}", title=f"Field {at}") for at in range(30))
    async with opened(desk_with(CommandEntry("note", "note", "w", fields)), size=(40, 20)) as found:
        for at in range(30):
            assert f"▸ Field {at} " in found.text
            assert "ctrl+s send" in found.text
            await found.press("tab")
        assert "▸ Field 0 " in found.text


async def test_the_form_follows_the_terminal_and_so_does_the_floor_behind_it() -> None:
    async with opened() as found:
        await found.press("2")
        for size in ((40, 20), (5, 3), (200, 60), (40, 20)):
            await found.pilot.resize_terminal(*size)
            await found.settle()
        assert "[2 coaching]" in found.text
        await found.press("escape")
        assert "2 Needs you" not in found.text
        assert len(found.lines[0]) <= 40
        await found.pilot.resize_terminal(120, 36)
        await found.settle()
        assert "2 Needs you" in found.text


async def test_the_floor_goes_on_behind_the_form() -> None:
    async with opened() as found:
        found.desk.put("needs-you", None)
        await found.settle()
        assert "1:42!" in found.text
        await found.pass_seconds(3)
        assert "1:45!" in found.text


@pytest.mark.parametrize("keys", [("w", "2", *"ab"), ("i", *"ab"), ("/", *"ab"), ("ctrl+p", *"ab"), ("3", "down", "m")])
async def test_ctrl_c_leaves_from_wherever_something_is_typed(keys: tuple[str, ...]) -> None:
    async with seen(desk_with()) as found:
        await found.press(*keys)
        await found.pilot.press("ctrl+c")
    assert found.app.return_code == 0
