"""What the commands call-back-later and call-back-done and the panel call-backs promise."""

import asyncio

import pytest
from floorwatch.api import Happened, Toast, Tone, events
from floorwatch.testing import Kit, RefusedError, check_command, check_panel

from floor_extras.call_backs import CallBackDone, CallBackLater, CallBacks

NOTED = {"who": "1009", "when": 1773112500.0, "why": "cut-off", "note": "refund", "noted": 1773110460.0}


def shift(floorwatch: Kit) -> None:
    """Two people on the floor."""
    floorwatch.at("09:00").signs_in("王芳", "support", id="1009", seat="A07", team="A")
    floorwatch.at("09:00").signs_in("Ada", "sales", id="1010", seat="A08", team="A")


def noted(floorwatch: Kit) -> None:
    """One call-back for 11:15, noted at 10:41."""
    shift(floorwatch)
    floorwatch.at("10:41").custom("call-back", "1009 1773112500", **NOTED)


def test_a_call_back_is_kept_and_said(floorwatch: Kit) -> None:
    shift(floorwatch)

    kept, said = floorwatch.run(CallBackLater(), at="10:41", who="1009", when="11:15", why="cut-off", note="refund")

    assert kept == Happened(events.Custom(1773110460.0, "call-back", "1009 1773112500", NOTED))
    assert said == Toast("王芳 calls back at 11:15.")


def test_without_more_than_who_it_is_in_a_quarter_of_an_hour(floorwatch: Kit) -> None:
    shift(floorwatch)

    _kept, said = floorwatch.run(CallBackLater(), at="10:41", who="A08")

    assert said == Toast("Ada calls back at 10:56.")


@pytest.mark.parametrize(("who", "when", "why"), [("Nobody", "", ""), ("1009", "soon", ""), ("1009", "", "fun")])
def test_what_cannot_be_taken_is_refused(floorwatch: Kit, who: str, when: str, why: str) -> None:
    shift(floorwatch)

    with pytest.raises(RefusedError):
        floorwatch.run(CallBackLater(), at="10:41", who=who, when=when or "+5m", why=why or "other")


def test_the_form_begins_with_the_agent_of_the_row(floorwatch: Kit) -> None:
    shift(floorwatch)

    assert floorwatch.prefill(CallBackLater(), at="10:41", row="agent:1009")["who"] == "1009"
    assert floorwatch.prefill(CallBackLater(), at="10:41", row="queue:support")["who"] == ""


def test_what_was_noted_is_listed_until_it_is_done(floorwatch: Kit) -> None:
    noted(floorwatch)

    shown = floorwatch.show(CallBacks(), at="10:42")
    which = floorwatch.prefill(CallBackDone(), at="10:50", row="call-back:1009 1773112500")["which"]
    forgotten, _said = floorwatch.run(CallBackDone(), at="10:50", which=which)
    assert isinstance(forgotten, Happened)
    floorwatch.at("10:50").happens(forgotten.event)

    assert shown.row("call-back:1009 1773112500")
    assert "No call-back is noted." in floorwatch.show(CallBacks(), at="10:51").words


def test_what_is_overdue_is_a_warning_with_its_age(floorwatch: Kit) -> None:
    noted(floorwatch)
    key = "call-back:1009 1773112500"

    assert floorwatch.show(CallBacks(), at="11:14").cell(key, "overdue").text == ""
    assert floorwatch.show(CallBacks(), at="11:17").cell(key, "overdue").text == "2:00"
    assert floorwatch.show(CallBacks(), at="11:17").tone(key, "overdue") is Tone.WARN


def test_enter_tells_all_that_was_noted(floorwatch: Kit) -> None:
    noted(floorwatch)

    words = floorwatch.show(CallBacks(), at="10:51", row="call-back:1009 1773112500").words

    assert all(word in words for word in ("王芳", "11:15", "the line was cut off", "refund"))
    assert "not there any more" in floorwatch.show(CallBacks(), at="10:51", row="call-back:x").words


def test_what_is_done_twice_is_said(floorwatch: Kit) -> None:
    (said,) = floorwatch.run(CallBackDone(), at="10:50", which="1009 1773112500")

    assert isinstance(said, Toast)
    assert said.tone is Tone.WARN


@pytest.mark.parametrize("width", [80, 40])
def test_the_list_looks_as_it_did(floorwatch: Kit, width: int) -> None:
    noted(floorwatch)
    floorwatch.at("10:45").custom("call-back", "1010 1773111600", who="1010", when=1773111600, why="promised")

    floorwatch.golden(floorwatch.show(CallBacks(), at="11:05"), name=f"list-{width}", width=width)


def test_a_form_that_was_sent_is_in_the_list(floorwatch: Kit) -> None:
    async def sent() -> str:
        async with floorwatch.app(CallBacks(), at="10:41", size=(80, 24), commands=[CallBackLater()]) as screen:
            await screen.press("C")
            await screen.type("1009")
            await screen.press("enter", "ctrl+s")
            await screen.pass_seconds(2)
            return screen.text

    shift(floorwatch)

    assert "it was promised" in asyncio.run(sent())


def test_they_keep_to_the_rules() -> None:
    check_command(CallBackLater())
    check_command(CallBackDone())
    check_panel(CallBacks())
