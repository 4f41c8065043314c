"""What nobody should type, and somebody will: through the forms and the command line, to the file and back.

Nothing is lost, nothing moves the terminal, and no column breaks.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import get_character_cell_size

from floorwatch.engine.system_clock import SystemClock
from floorwatch.journal.opening import open_journal
from floorwatch.journal.shapes import NewEntry
from floorwatch.model import events
from floorwatch.model.events import Entered, NoteKind, NoteTaken
from tests.support.hands import Hands, at_work
from tests.support.places import ME, Place, place_in

AGENTS = 2
CONTROL = "bell\x07 clear\x1b[2J title\x1b]0;x\x07 nul\x00 line\nnext\r\nthird bidi\u202e zero\u200b c1\x9b31m tab\tend"
WIDE = "退税流程 👩‍👩‍👧‍👦 🇨🇳 e\u0301\u0301\u0301\u0301\u0301 ｶﾅ ﷽ 𝔘"
LONGEST = 10_000
EDGES = {"╭": "╭│╰", "╮": "╮│╯"}
TOAST = "▌"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_in(tmp_path)


def written(place: Place, *entries: Entered) -> None:
    """Somebody else writes these into the journal, in this order."""
    journal = open_journal(place.url)
    for entry in entries:
        journal.append([NewEntry(entry.id, entry.at, entry.by, entry)])
    journal.close()


def notes_in(place: Place) -> list[NoteTaken]:
    return [entry.event for entry in place.entries() if isinstance(entry.event, NoteTaken)]


def cells_of(line: str) -> list[str]:
    """What stands in each cell of a line; the second half of a wide sign is empty."""
    return [part for sign in line for part in (sign, "")[: get_character_cell_size(sign)]]


def broken_columns(text: str) -> Iterator[str]:
    """Lines in which the edge of a box does not stand under the edge above it."""
    edges: dict[int, str] = {}
    for line in text.splitlines():
        cells = cells_of(line)
        seen = cells.index(TOAST) if TOAST in cells else None  # a toast reaches from here to the edge of the screen
        left = -1
        for at, cell in enumerate(cells):
            left = at if cell == "╭" else left
            if cell == "╮":  # a box begins here: of one beneath it, its edges are out of sight
                edges = {each: allowed for each, allowed in edges.items() if not left <= each <= at}
        shown = {at: allowed for at, allowed in edges.items() if seen is None or at < seen}
        if any(at >= len(cells) or cells[at] not in allowed for at, allowed in shown.items()):
            yield line
        edges |= {at: EDGES[cell] for at, cell in enumerate(cells) if cell in EDGES}
        edges = {at: allowed for at, allowed in edges.items() if cells[at : at + 1] not in (["╰"], ["╯"])}


def looks_whole(hands: Hands) -> None:
    """Every panel is closed on both sides, and nothing on the screen could move a terminal."""
    assert [*broken_columns(hands.text)] == []
    assert all(sign.isprintable() or sign == "\n" for sign in hands.text)


async def note_down(hands: Hands, text: str) -> None:
    """Take a note about 李娜 with these words, pasted."""
    await hands.go_to(AGENTS, "agent:1007")
    await hands.press("n", "s", "tab")
    await hands.paste(text)
    await hands.press("enter")


def test_a_column_that_is_broken_would_be_seen() -> None:
    whole = "╭──────╮\n│ 退税 │\n│ ab   │\n╰──────╯\n"

    assert [*broken_columns(whole)] == []
    assert [*broken_columns(whole.replace("退税 ", "退税"))] == ["│ 退税│"]


@pytest.mark.slow
async def test_anything_can_be_pasted_into_a_note_and_is_found_again(place: Place) -> None:
    async with at_work(place) as hands:
        for text in (CONTROL, WIDE, "x" * LONGEST):
            await note_down(hands, text)
            await hands.until(lambda: hands.form is None, "it was noted")
        looks_whole(hands)
        await hands.press("N")
        await hands.until_shown("退税流程")
        looks_whole(hands)

    control, wide, long = notes_in(place)
    assert all(word in control.text for word in ("bell", "clear", "title", "nul", "line", "next", "third", "bidi"))
    assert all(word in wide.text for word in ("退税流程", "👩", "ｶﾅ", "𝔘"))
    assert long.text == "x" * LONGEST
    assert [note["id"] for note in place.notes("search", "退税流程")] == [wide.id]
    table = place.tells("notes", "list")
    assert len(table.splitlines()) == 4
    assert all(sign.isprintable() or sign == "\n" for sign in table)


@pytest.mark.slow
async def test_what_is_too_long_stays_in_the_form_and_is_taken_once_it_is_shorter(place: Place) -> None:
    async with at_work(place) as hands:
        await note_down(hands, "y" * (LONGEST + 1))
        await hands.until_shown("these are 10001")
        looks_whole(hands)
        await hands.press("backspace", "enter")
        await hands.until(lambda: hands.form is None, "it was noted")

    (note,) = notes_in(place)
    assert note.text == "y" * LONGEST


@pytest.mark.slow
async def test_an_unknown_person_is_refused_and_a_seat_where_nobody_sits_is_taken(place: Place) -> None:
    async with at_work(place) as hands:
        await hands.go_to(AGENTS, "team:Blue")
        await hands.press("n", "s")
        await hands.type("lost?")
        await hands.press("enter")  # on to the person, who is missing
        await hands.type("Nobody 9999")
        await hands.press("enter")
        assert hands.form is not None
        assert hands.form.texts["tag"] == "lost?"
        looks_whole(hands)
        await hands.press("escape")
        await hands.press("ctrl+p")
        await hands.type("note about a seat")
        await hands.press("enter")
        await hands.type("D99")
        await hands.press("tab", "tab")
        await hands.type("no chair")
        await hands.press("enter")
        await hands.until_shown("Noted, fault: D99")
        looks_whole(hands)

    (entry,) = (entry.event for entry in place.entries())
    assert isinstance(entry, events.FaultReported)
    assert (entry.agent, entry.seat, entry.system) == (None, "D99", "no chair")


@pytest.mark.slow
async def test_somebody_without_a_seat_and_somebody_whom_no_feed_has_shown_are_noted(place: Place) -> None:
    now = SystemClock().now()
    stranger = NoteTaken(now, id="s1", by="Bo", kind=NoteKind.STATE, agent="7777", seat=WIDE, text=CONTROL)
    asked = events.HelpRequested(now, id="h1", by=CONTROL, agent=CONTROL, question=WIDE * 20)
    written(place, stranger, asked)
    async with at_work(place) as hands:
        await hands.until(lambda: "s1" in hands.support.notes, "the stranger's note has come")
        looks_whole(hands)
        await hands.go_to(AGENTS, "agent:1011")
        await hands.press("n", "p")
        await hands.until_shown("Noted, praise: Ana Lima")
        for key in ("N", "o", "w"):
            await hands.press(key)
            looks_whole(hands)

    note = notes_in(place)[-1]
    assert (note.agent, note.seat, note.by) == ("1011", None, ME)
    assert [each["agent"] for each in place.notes("list")] == ["1011", "7777"]


@pytest.mark.slow
async def test_a_clock_that_jumps_back_costs_no_note_and_undo_takes_what_was_entered_last(place: Place) -> None:
    now = SystemClock().now()
    ahead = NoteTaken(now + 3600, id="n1", by=ME, kind=NoteKind.STATE, agent="1004", text="from an hour ahead")
    written(place, ahead, replace(ahead, at=now - 60, id="n2", text="after the clock was set"))
    async with at_work(place) as hands:
        await hands.until(lambda: len(hands.support.notes) == 2, "both have come")
        await hands.go_to(AGENTS, "agent:1004")
        await hands.press("n", "p")
        await hands.until(lambda: len(hands.support.notes) == 3, "a third one has come")
        await hands.press("u")
        await hands.until(lambda: len(hands.support.notes) == 2, "it is taken back")
        looks_whole(hands)
        assert set(hands.support.notes) == {"n1", "n2"}

    assert {note["id"] for note in place.notes("list")} == {"n1", "n2"}
    assert len(place.entries()) == 4


@pytest.mark.slow
def test_a_question_from_the_command_line_may_hold_anything(place: Place) -> None:
    said = place.tells("ask", WIDE, "--agent", "1004")
    refused = place.tells("ask", "z" * LONGEST, "--agent", "1004", status=2)
    control = place.tells("ask", CONTROL.replace("\x00", ""), "--agent", CONTROL.replace("\x00", ""))

    assert "first in line" in said
    assert "number 2" in control
    assert "2000" in refused
    assert all(sign.isprintable() or sign == "\n" for sign in said + control + refused)
    first, second = (entry.event for entry in place.entries())
    assert isinstance(first, events.HelpRequested)
    assert isinstance(second, events.HelpRequested)
    assert (first.agent, first.question) == ("1004", WIDE)
    assert place.state(SystemClock().now() + 1)["support"]["open_helps"][0]["question"].startswith("退税流程")
