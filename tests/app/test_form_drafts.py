"""Forms that were not sent, found again: by key, by the palette, after a start; and forms of long and strange text."""

from pathlib import Path

from textual import events

from floorwatch.app.draft_shelf import DraftShelf
from floorwatch.app.drafts import Draft
from floorwatch.app.floor_app import FloorApp
from floorwatch.app.form_screen import FormScreen
from floorwatch.engine.desk import CommandEntry, Refused
from floorwatch.extend.command import Ask, Open, Toast
from floorwatch.views import FixedField, PersonField, TextField, Tone
from tests.app.fake_floor import NOTE, FakeDesk
from tests.app.form_hands import closed, desk_with, line_of, opened, runs, type_words
from tests.app.screens import Seen, seen

HALF = Draft(
    author="王芳",
    command="walk-note",
    row_key="agent:1007",
    panel="agents",
    words="A07 李娜",
    typed={"words": "half a sentence"},
    doing="from-before",
)
LONG = CommandEntry("note", "Note", "w", (TextField(name="text", title="Words", longest=10_000),))


def left_in(folder: Path, *drafts: Draft) -> Path:
    """A folder in which a process that is gone left these."""
    shelf = DraftShelf(folder)
    shelf.write(drafts)
    shelf.close()
    return folder


async def started(folder: Path, desk: FakeDesk, found: Seen) -> None:
    """An app is started like one that keeps its drafts in the folder."""
    found.app.keep_drafts_in(folder)
    found.app.offer_drafts()
    await found.settle()
    assert found.desk is desk


async def test_what_was_left_is_offered_once_and_the_palette_brings_it_back(tmp_path: Path) -> None:
    desk = desk_with()
    async with seen(desk) as found:
        await started(left_in(tmp_path / "d", HALF), desk, found)
        assert "Not sent: Walk note - A07 李娜 - ctrl+p, Unsent" in found.text
        await found.press("ctrl+p", *"unsent")
        await found.until(lambda: "Panel: Queues" not in found.text)
        assert "Unsent: Walk note - A07 李娜 ..." in found.text
        await found.press("enter")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))
        await found.settle()
        assert "half a sentence" in line_of(found, "What was seen")
        assert "is here again" in found.text
        await found.press("2", "ctrl+s")
        await closed(found)
        assert runs(desk)[0][1:3] == ("agents", "agent:1007")
        assert desk.sent_as == ["from-before"]
        found.app.drafts.write()
        assert not list((tmp_path / "d").glob("*.json"))


async def test_what_another_left_is_not_offered_until_they_write(tmp_path: Path) -> None:
    desk = desk_with()
    desk.me = ""
    async with seen(desk) as found:
        await started(left_in(tmp_path, HALF), desk, found)
        assert "Not sent" not in found.text
        desk.me = "王芳"
        found.app.offer_drafts()
        await found.settle()
        assert "Not sent" in found.text


async def test_what_is_typed_is_written_when_the_app_ends(tmp_path: Path) -> None:
    async with opened() as found:
        found.app.keep_drafts_in(tmp_path)
        await found.press("escape", "w", "2", "tab")
        await type_words(found, "半 half")
        found.app.drafts.write()
        shelf = (tmp_path / "1.json").read_text("ascii")
        assert "half" in shelf


async def test_a_broken_file_is_said_in_one_word(tmp_path: Path) -> None:
    (tmp_path / "1.json").write_text("{")
    desk = desk_with()
    async with seen(desk, size=(200, 40)) as found:
        await started(tmp_path, desk, found)
        assert "cannot be read and are left alone" in found.text


async def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    app = FloorApp(desk_with())
    app.keep_drafts_in(tmp_path / "file" / "drafts")
    async with app.run_test(size=(200, 40), notifications=True) as pilot:
        found = Seen(app, FakeDesk(), pilot)
        await found.until(lambda: "is lost if floorwatch ends now" in found.text)


async def test_a_draft_of_a_command_that_is_gone_is_not_offered(tmp_path: Path) -> None:
    desk = desk_with(CommandEntry("other", "Other", "w", NOTE.fields))
    async with seen(desk) as found:
        await started(left_in(tmp_path, HALF), desk, found)
        assert "Not sent" not in found.text
        assert found.app.unsent() == []


async def test_ten_thousand_characters_are_pasted_typed_and_sent() -> None:
    desk = desk_with(LONG)
    text = "退税\n👩🏽 refund\x1b[31m ❤️ 李娜\r\n" * 400
    async with opened(desk) as found:
        found.app.screen.post_message(events.Paste(text[:9_990]))
        await found.settle()
        await type_words(found, " the end")
        assert "the end" in line_of(found, "▸ Words")
        await found.press("home")
        assert "退税 👩" in line_of(found, "▸ Words")
        assert "\x1b" not in found.text
        await found.press("ctrl+s")
        await closed(found)
        filled = runs(desk)[0][3]
        assert isinstance(filled, dict)
        assert filled["text"].startswith("退税 👩 refund [31m ❤ 李娜 退税")
        assert filled["text"].endswith(" the end")
        assert "\n" not in filled["text"]


async def test_more_than_a_field_takes_is_said_and_stays() -> None:
    async with opened(desk_with(LONG)) as found:
        found.app.screen.post_message(events.Paste("x" * 1_000_000))
        await found.until(lambda: "20000 characters, at most" in found.text)


async def test_a_sign_that_cannot_be_seen_is_not_typed() -> None:
    async with opened(desk_with(LONG)) as found:
        for sign in "❤\ufe0f👩\u200d💻":
            found.app.post_message(events.Key("any", sign))
        await found.until(lambda: "❤👩💻" in line_of(found, "▸ Words"))


async def test_a_command_goes_on_with_another_ones_form() -> None:
    asking = CommandEntry("take", "Take it", "n")
    desk = desk_with(asking, NOTE)
    desk.prefilled = {"words": "prefilled", "when": "10:30"}
    desk.outcomes = (Ask("walk-note", "agent:1007", {"words": "退税"}), Toast("Yours."), Open("agents"))
    async with seen(desk) as found:
        await found.press("n")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))
        await found.settle()
        assert "Walk note - A07 李娜" in found.text
        assert "退税" in line_of(found, "What was seen")
        assert "10:30" in line_of(found, "When")
        assert "Yours." in found.text
        desk.outcomes = ()
        await found.press("2", "ctrl+s")
        await closed(found)
        assert runs(desk)[-1][2] == "agent:1007"


async def test_a_form_goes_on_with_another_one_for_the_same_row() -> None:
    more = CommandEntry("more", "More", "", (TextField(name="x", title="What else"),))
    desk = desk_with(NOTE, more)
    desk.outcomes = (Ask("more"),)
    async with opened(desk) as found:
        await found.press("2", "ctrl+s")
        await found.until(lambda: "What else" in found.text)
        assert "What was seen" not in found.text
        desk.outcomes = ()
        await found.press("x", "enter")
        await closed(found)
        assert desk.asked[-1] == ("more", "queue-status", "support", {"x": "x"})


async def test_commands_that_ask_for_each_other_are_stopped() -> None:
    desk = desk_with(CommandEntry("round", "Round", "n"))
    desk.outcomes = (Ask("round"),)
    async with seen(desk) as found:
        await found.press("n")
        await found.until(lambda: "Round leads to itself again and again" in found.text)
        assert len(desk.asked) < 20


async def test_a_command_that_asks_for_none_that_is_there_says_so() -> None:
    desk = desk_with(CommandEntry("note", "Note", "n"))
    desk.outcomes = (Ask("gone"),)
    async with seen(desk) as found:
        await found.press("n")
        await found.until(lambda: "There is no command gone." in found.text)


async def test_who_came_too_late_is_told_and_keeps_the_text() -> None:
    desk = desk_with()
    desk.outcomes = (Toast("张伟 was first, at 10:40:58.", Tone.WARN),)
    async with opened(desk) as found:
        await found.press("2", "tab", *"calm", "ctrl+s")
        await closed(found)
        assert "张伟 was first" in found.text
        await found.press("w")
        assert "calm" in line_of(found, "What was seen")


async def test_a_refused_form_keeps_its_name() -> None:
    desk = desk_with()
    desk.outcomes = Refused({"who": "there are two"})
    async with opened(desk) as found:
        await found.press("2", "ctrl+s")
        await found.until(lambda: "there are two" in found.text)
        desk.outcomes = ()
        await found.press("ctrl+s")
        await closed(found)
        assert len(desk.sent_as) == 2
        assert len(set(desk.sent_as)) == 1


async def test_what_is_typed_before_the_form_is_filled_in_is_kept_with_what_stands_fixed() -> None:
    fields = (
        FixedField(name="seat", title="Seat"),
        TextField(name="text", title="Words"),
        PersonField(name="w", title="W"),
    )
    desk = desk_with(CommandEntry("note", "Note", "w", fields))
    desk.prefilled = {"seat": "A07"}
    desk.fills.clear()
    async with opened(desk) as found:
        await found.press("x")
        desk.fills.set()
        await found.until(lambda: "Seat A07" in found.text)
        (draft,) = found.app.drafts.by("王芳")
        assert draft.fixed == {"seat": "A07"}
