"""A journal that cannot be written, and a form: the text stays, and the same is sent again until it is saved."""

import pytest

from floorwatch.app import form_screen
from floorwatch.app.form_screen import FormScreen
from floorwatch.engine.desk import CommandEntry, Refused
from floorwatch.extend.command import Toast
from tests.app.form_hands import closed, desk_with, line_of, opened, runs
from tests.app.screens import Seen, seen

UNSAVED = Refused({"": "the disk is full."}, is_unsaved=True)


def form_of(found: Seen) -> FormScreen:
    """The form on the screen."""
    assert isinstance(found.app.screen, FormScreen)
    return found.app.screen


async def test_what_could_not_be_saved_stays_and_is_said() -> None:
    desk = desk_with()
    desk.outcomes = UNSAVED
    async with opened(desk) as found:
        await found.press("2", "tab", *"calm", "ctrl+s")
        await found.until(lambda: "Not saved yet: the disk is full - tried again every 5 s" in found.text)
        assert "esc keeps it as a draft" in found.text
        assert "calm" in line_of(found, "▸ What was seen")


async def test_the_same_is_sent_again_by_the_same_name_until_it_is_saved() -> None:
    desk = desk_with()
    desk.outcomes = UNSAVED
    async with opened(desk) as found:
        await found.press("2", "tab", *"calm", "ctrl+s")
        for sent in (2, 3):
            await found.until(lambda: "Not saved yet" in found.text)
            form_of(found).try_again()
            await found.until(lambda sent=sent: len(runs(desk)) == sent)  # type: ignore[misc]
            await found.settle()
            assert "Not saved yet" in found.text
        desk.outcomes = (Toast("Saved: note on A07."),)
        form_of(found).try_again()
        await closed(found)
        assert "Saved: note on A07." in found.text
        assert len(set(desk.sent_as)) == 1
        assert len({str(asked) for asked in runs(desk)}) == 1
        await found.press("w")
        assert "[2 coaching]" not in found.text


async def test_it_is_tried_again_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_screen, "AGAIN_SECONDS", 0.001)
    desk = desk_with()
    desk.outcomes = UNSAVED
    async with opened(desk) as found:
        await found.press("2", "ctrl+s")
        await found.until(lambda: len(runs(desk)) > 3)
        desk.outcomes = ()
        await closed(found)
        assert len(set(desk.sent_as)) == 1


async def test_what_is_changed_meanwhile_is_not_sent_half_typed() -> None:
    desk = desk_with()
    desk.outcomes = UNSAVED
    async with opened(desk) as found:
        await found.press("2", "tab", "ctrl+s")
        await found.until(lambda: "Not saved yet" in found.text)
        await found.press("c")
        assert "It was changed: send it again." in found.text
        form_of(found).try_again()
        await found.settle()
        assert len(runs(desk)) == 1
        desk.outcomes = ()
        await found.press("ctrl+s")
        await closed(found)
        assert len(runs(desk)) == 2
        assert len(set(desk.sent_as)) == 1


async def test_closed_it_is_a_draft_and_is_tried_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_with()
    desk.prefilled = {"kind": "coach"}
    desk.outcomes = UNSAVED
    async with opened(desk) as found:
        await found.press("ctrl+s")
        await found.until(lambda: "Not saved yet" in found.text)
        monkeypatch.setattr(form_screen, "AGAIN_SECONDS", 0.0)
        await found.press("escape")
        await closed(found)
        desk.prefilled = {}
        await found.press("w")
        assert "is here again" in found.text
        assert "[2 coaching]" in found.text
        desk.outcomes = ()
        await found.press("ctrl+s")
        await closed(found)
        assert len(runs(desk)) == 2
        assert len(set(desk.sent_as)) == 1, "a doing keeps its name in its draft"


async def test_what_could_not_be_saved_after_the_form_was_closed_is_a_draft_too() -> None:
    desk = desk_with()
    desk.prefilled = {"kind": "coach"}
    desk.outcomes = UNSAVED
    desk.held.clear()
    async with opened(desk) as found:
        await found.press("ctrl+s", "escape")
        await closed(found)
        desk.held.set()
        await found.until(lambda: "Walk note was not saved: the disk is full." in found.text)
        await found.press("w")
        assert "is here again" in found.text


async def test_a_command_without_a_form_says_that_it_was_not_saved() -> None:
    desk = desk_with(CommandEntry("note", "Take it", "n"))
    desk.outcomes = UNSAVED
    async with seen(desk) as found:
        await found.press("n", "n")
        await found.until(lambda: "Take it was not saved: the disk is full." in found.text)
        assert len(set(desk.sent_as)) == 2, "each press is a doing of its own"


async def test_of_two_forms_each_is_sent_as_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_with()
    desk.prefilled = {"kind": "coach"}
    desk.outcomes = UNSAVED
    async with opened(desk) as found:
        await found.press("ctrl+s")
        await found.until(lambda: "Not saved yet" in found.text)
        await found.press("escape")
        await closed(found)
        await found.press("down", "w")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))
        monkeypatch.setattr(form_screen, "AGAIN_SECONDS", 0.001)
        await found.press("ctrl+s")
        await found.until(lambda: len(runs(desk)) > 3)
        desk.outcomes = ()
        await closed(found)
        first, *second = desk.sent_as
        assert first not in second
        assert len(set(second)) == 1
        await found.press("up", "w")
        assert "is here again" in found.text, "the draft of the other is still there"


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q"])
async def test_who_leaves_while_it_is_not_saved_finds_all_of_it_again(key: str) -> None:
    desk = desk_with()
    desk.prefilled = {"kind": "coach"}
    desk.outcomes = UNSAVED
    async with opened(desk) as found:
        await found.press("ctrl+s")
        await found.until(lambda: "Not saved yet" in found.text)
        await found.pilot.press(key)
    (draft,) = found.app.drafts.by(desk.me)
    assert draft.typed["kind"] == "coach"
    assert draft.doing == desk.sent_as[0]
    assert found.app.return_code == 0
