"""The room on the screen: a cursor that keeps to its seat, under keys, mouse and new views."""

import pytest
from msgspec.structs import replace

from floorwatch.app.glyphs import ASCII
from floorwatch.app.seat_map_view import SeatMapView
from floorwatch.views import Cell, Column, Row, Seat, SeatMap, Stack, Table, Tone, View
from tests.app.fake_floor import FakeDesk
from tests.app.fake_places import SHADES, room
from tests.app.place_hands import NUMBER, Hands, hands_on
from tests.app.screens import Seen, seen


async def shown(found: Seen, view: View) -> Hands[SeatMapView]:
    return await hands_on(found, view, SeatMapView)


def with_seat(view: SeatMap, at: int, seat: Seat) -> SeatMap:
    return replace(view, seats=(*view.seats[:at], seat, *view.seats[at + 1 :]))


async def test_the_arrows_walk_through_the_room_over_gaps_and_aisles() -> None:
    seats = tuple(
        Seat(key, row, column, "A") for key, row, column in [("a", 0, 0), ("b", 0, 4), ("c", 3, 3), ("d", 3, 9)]
    )
    async with seen() as found:
        hands = await shown(found, SeatMap(seats))
        presses = ["right", "right", "down", "right", "up", "left", "end", "home", "pagedown", "pageup"]
        assert await hands.keys_after(*presses) == ["b", "b", "c", "d", "b", "a", "b", "a", "c", "a"]


async def test_the_cursor_stays_on_its_seat_wherever_it_moves_to() -> None:
    async with seen() as found:
        view = room(3, 10)
        hands = await shown(found, view)
        await found.press("down", "right")
        assert hands.view.row_key == "seat:1-1"
        await hands.put(with_seat(view, 11, replace(view.seats[11], row=5, column=14)))
        assert hands.view.row_key == "seat:1-1"


async def test_the_cursor_takes_the_nearest_seat_when_its_own_is_gone() -> None:
    async with seen() as found:
        view = room(3, 10)
        hands = await shown(found, view)
        await found.press("down", "end")
        await hands.put(replace(view, seats=tuple(seat for seat in view.seats if seat.key != "seat:1-9")))
        assert hands.view.row_key == "seat:1-8"


async def test_a_room_that_empties_says_so_and_has_no_cursor() -> None:
    async with seen() as found:
        hands = await shown(found, room(3, 10))
        await hands.put(SeatMap((), empty="All went home."))
        await found.press("right", "down", "end", "pagedown", "enter")
        assert hands.view.row_key is None
        assert not hands.view.opens
        assert "All went home." in found.text


async def test_the_line_below_says_who_is_under_the_cursor_and_its_age_ticks() -> None:
    async with seen() as found:
        about = (Cell("A07 李娜"), Cell.age(found.desk.now() - 100, ((101, Tone.ALARM),)))
        hands = await shown(found, SeatMap((Seat("a", 0, 0, "T", about=about), Seat("b", 0, 1, "A", label="A08"))))
        assert hands.lines()[1] == " A07 李娜 1:40"
        await found.pass_seconds(2)
        assert hands.lines()[1] == " A07 李娜 1:42!"
        await found.press("right")
        assert hands.lines()[1] == " A08 A"


async def test_only_the_seats_that_differ_are_painted_again() -> None:
    async with seen() as found:
        view = room(3, 10)
        hands = await shown(found, view)
        before = hands.view.render_lines(hands.view.region.reset_offset)
        await hands.put(with_seat(view, 15, replace(view.seats[15], letter="P")))
        after = hands.view.render_lines(hands.view.region.reset_offset)
        differing = [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if old is not new]
        assert differing == [1, 3]  # the row, and the line about the cursor
        assert "P" in after[1].text


async def test_a_seat_deepens_while_nothing_else_happens() -> None:
    async with seen() as found:
        hands = await shown(
            found, SeatMap((Seat("a", 0, 0, "A"), Seat("b", 0, 1, "T", Tone.CALM, found.desk.now(), SHADES)))
        )
        young = hands.view.render_line(0)
        assert hands.view.tick(found.desk.now()) == SHADES[0]
        await found.pass_seconds(SHADES[0])
        assert hands.view.render_line(0) != young
        assert hands.view.render_line(0).text == young.text


@pytest.mark.parametrize("shades", [(float("inf"),), (float("nan"),), (1e300,)])
async def test_a_step_in_eternity_does_not_stop_the_beat(shades: tuple[float, ...]) -> None:
    async with seen() as found:
        hands = await shown(found, SeatMap((Seat("a", 0, 0, "T", since=found.desk.now(), shades=shades),)))
        due = hands.view.tick(found.desk.now())
        assert due is None or 1 <= due <= 3600
        await found.pass_seconds(1)


async def test_a_new_mark_stands_out_until_a_key_is_pressed() -> None:
    async with seen() as found:
        view = room(1, 5)
        hands = await shown(found, view)
        await hands.put(with_seat(view, 3, replace(view.seats[3], mark="h")))
        assert hands.reversed_texts(0) == ["h"]
        await found.press("right")
        assert hands.reversed_texts(0) == []


async def test_a_mark_that_came_and_went_while_nobody_looked_leaves_nothing_behind() -> None:
    async with seen() as found:
        view = room(1, 5)
        hands = await shown(found, view)
        await hands.put(with_seat(view, 3, replace(view.seats[3], mark="h")))
        await hands.put(view)
        assert hands.reversed_texts(0) == []


async def test_a_click_takes_the_cursor_and_a_second_one_opens() -> None:
    async with seen() as found:
        hands = await shown(found, room(3, 10, label=False))
        await hands.click(3 + 4 * 4 + 1, 1)
        assert hands.view.row_key == "seat:1-4"
        await hands.click(3 + 4 * 4 + 1, 1, times=2)
        await found.until(lambda: ("detail", "agents", "seat:1-4") in found.desk.asked)


async def test_a_click_on_an_aisle_leaves_the_cursor() -> None:
    async with seen() as found:
        hands = await shown(found, room(3, 10, label=False, aisle=5))
        await hands.click(3 + 5 * 4, 1)
        assert hands.view.row_key == "seat:0-0"


async def test_enter_opens_only_where_the_panel_says_so() -> None:
    async with seen() as found:
        hands = await shown(found, replace(room(1, 3), opens=False))
        await found.press("enter")
        assert not hands.view.opens
        assert not [asked for asked in found.desk.asked if asked[0] == "detail"]


async def test_a_large_room_scrolls_both_ways_and_says_where_it_is() -> None:
    async with seen(size=(40, 20)) as found:
        hands = await shown(found, room(40, 60, label=False))
        assert "[columns 1-18 of 60]" in hands.lines()[-1]
        await found.press("end", "pagedown", "pagedown", "pagedown")
        assert "of 60]" in hands.lines()[-1]
        assert "-60 of" in hands.lines()[-1]
        row = hands.view.row_key
        await hands.put(room(41, 60, label=False))
        assert hands.view.row_key == row
        await found.press("home")
        assert "[columns 1-18 of 60]" in hands.lines()[-1]


async def test_the_wheel_moves_the_rows_and_leaves_the_cursor() -> None:
    async with seen(size=(40, 20)) as found:
        hands = await shown(found, room(40, 6, label=False))
        first = hands.lines()[0]
        await hands.wheel()
        assert hands.lines()[0] != first
        assert hands.view.row_key == "seat:0-0"


async def test_going_to_a_seat_brings_it_in_sight() -> None:
    async with seen(size=(40, 20)) as found:
        hands = await shown(found, room(40, 60, label=False))
        assert not hands.view.go_to("seat:99-0")
        assert hands.view.go_to("seat:39-59")
        await found.settle()
        assert hands.view.has("seat:39-59")
        assert "39-59" in hands.lines()[-1]


async def test_a_seat_is_called_by_what_is_said_of_it_first_or_by_its_label() -> None:
    async with seen() as found:
        hands = await shown(found, room(1, 3))
        assert hands.view.words_of("seat:0-1") == "001"
        assert hands.view.words_of("elsewhere") == "elsewhere"
        await hands.put(people())
        assert hands.view.words_of("agent:0") == "A00 李娜"


async def test_the_filter_is_for_the_table_that_it_was_opened_on_and_not_for_the_map_below() -> None:
    table = Table((Column("name", "name", 10),), (Row("a", (Cell("six"),)), Row("b", (Cell("two"),))))
    async with seen() as found:
        hands = await shown(found, Stack((table, room(2, 3))))
        await found.press("shift+tab", "/", "t", "w")
        frame = found.app.dashboard.frames[NUMBER - 1]
        listed = next(part for part in frame.widgets if not isinstance(part, SeatMapView))
        assert "two" in found.text
        assert "six" not in found.text
        assert not hands.view.sought
        await found.press("escape")
        assert "six" in found.text
        assert listed.has_focus


# Finding words


NAMES = ("李娜", "王芳", "张伟", "王芳", "陈静", "王强")


def people() -> SeatMap:
    """Two rows of three: 王芳 is the second of the first row and the first of the second."""
    return SeatMap(
        tuple(
            Seat(f"agent:{at}", at // 3, at % 3, "T", Tone.WARN, label=f"A{at:02}", about=(Cell(f"A{at:02} {name}"),))
            for at, name in enumerate(NAMES)
        ),
        home="people",
    )


async def test_words_lead_to_the_first_seat_that_holds_them_and_enter_opens_it() -> None:
    async with seen() as found:
        hands = await shown(found, people())
        await found.press("/", *"王芳", "enter")
        assert (hands.view.row_key, hands.view.found) == ("agent:1", 2)
        assert hands.view.has_focus
        assert "/王芳  2 found, esc shows all" in found.text
        await found.press("enter")
        await found.until(lambda: ("detail", "people", "agent:1") in found.desk.asked)


async def test_the_arrows_go_through_the_seats_that_hold_the_words() -> None:
    async with seen() as found:
        hands = await shown(found, people())
        await found.press("/", "王", "down")
        presses = ["right", "right", "right", "left", "up", "down", "home", "end"]
        assert await hands.keys_after(*presses) == [
            "agent:3", "agent:5", "agent:5", "agent:3", "agent:1", "agent:3", "agent:1", "agent:5",
        ]  # fmt: skip


async def test_seats_without_the_words_keep_their_place_and_letter_and_nothing_else() -> None:
    async with seen() as found:
        hands = await shown(found, people())
        before = hands.view.render_line(0)
        await found.press("/", *"王芳", "enter")
        assert before.text.count("T *") == 3
        assert hands.view.render_line(0).text.replace("*", " ") == before.text.replace("*", " ")
        assert hands.view.render_line(0).text.count("T *") == 1
        await found.press("escape")
        assert hands.view.render_line(0).text == before.text
        assert hands.view.row_key == "agent:1"
        assert "found" not in found.text


async def test_full_width_signs_and_capitals_are_found_like_narrow_ones() -> None:
    async with seen() as found:
        hands = await shown(found, people())
        await found.press("／", "ａ", "０", "４", "enter")
        assert hands.view.row_key == "agent:4"


async def test_all_words_must_be_in_one_seat_and_what_finds_nothing_leaves_the_cursor() -> None:
    async with seen() as found:
        hands = await shown(found, people())
        await found.press("/", *"王芳", "space", *"a02", "enter")
        assert (hands.view.row_key, hands.view.found) == ("agent:1", 0)
        assert "/王芳 a02  0 found, esc shows all" in found.text
        assert await hands.keys_after("left") == ["agent:0"]


async def test_the_words_hold_for_the_next_view_too() -> None:
    async with seen() as found:
        hands = await shown(found, people())
        await found.press("/", *"陈静", "enter")
        view = people()
        await hands.put(with_seat(view, 0, replace(view.seats[0], about=(Cell("A00 陈静"),))))
        assert (hands.view.row_key, hands.view.found) == ("agent:4", 2)
        assert "2 found" in found.text
        await found.press("left")
        assert hands.view.row_key == "agent:0"


async def test_behind_an_empty_seat_stands_what_its_own_panel_knows() -> None:
    async with seen() as found:
        await shown(found, SeatMap((Seat("seat:A07", 0, 0, "."),), home="people"))
        await found.press("enter")
        await found.until(lambda: ("detail", "agents", "seat:A07") in found.desk.asked)


async def test_ascii_draws_nothing_else() -> None:
    async with seen(size=(40, 20), glyphs=ASCII) as found:
        hands = await shown(found, replace(room(40, 60), caption="— the room…"))
        assert all(line.isascii() for line in hands.lines())


async def test_what_is_no_longer_true_is_muted() -> None:
    desk = FakeDesk()
    async with seen(desk) as found:
        hands = await shown(found, room(2, 3))
        hands.view.set_dimmed(True)
        muted = hands.view.palette.badge(Tone.MUTED)
        assert [segment.style for segment in hands.view.render_line(1) if "T" in segment.text] == [muted] * 3


async def test_what_is_painted_after_a_resize_is_what_is_there() -> None:
    async with seen(size=(40, 20)) as found:
        hands = await shown(found, room(40, 60, label=False))
        await found.press("end", "pagedown", "pagedown", "pagedown", "pagedown")
        await found.pilot.resize_terminal(59, 60)
        await found.settle()
        assert hands.lines() == [hands.view.render_line(y).text.rstrip() for y in range(hands.view.size.height)]
        assert hands.lines()[1].startswith(" B")
