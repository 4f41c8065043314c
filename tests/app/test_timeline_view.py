"""The shift on the screen: a cursor that keeps to what it was on, under keys, mouse and new views."""

from msgspec.structs import replace

from floorwatch.app.glyphs import ASCII
from floorwatch.app.timeline_view import TimelineView
from floorwatch.views import Mark, Timeline, Track, View
from tests.app.fake_places import END, START, at, shift, stretch, with_track
from tests.app.place_hands import Hands, hands_on
from tests.app.screens import Seen, seen


async def shown(found: Seen, view: View) -> Hands[TimelineView]:
    return await hands_on(found, view, TimelineView)


async def test_the_cursor_begins_at_what_is_latest_and_the_line_below_says_what_it_is() -> None:
    async with seen() as found:
        hands = await shown(found, shift())
        assert hands.last_line() == "10:32- 9:07 call"
        await found.pass_seconds(2)
        assert hands.last_line() == "10:32- 9:09 call"


async def about_after(hands: Hands[TimelineView], *presses: str) -> list[str]:
    said = []
    for key in presses:
        await hands.found.press(key)
        said.append(hands.last_line())
    return said


async def test_left_and_right_go_along_stretches_and_marks() -> None:
    async with seen() as found:
        hands = await shown(found, shift())
        assert await about_after(hands, "left", "left", "left", "left", "right", "end", "home") == [
            "10:25 help asked*",
            "10:20-10:32 12:00 Lunch*",
            "10:00-10:20 20:00 call",
            "10:00-10:20 20:00 call",
            "10:20-10:32 12:00 Lunch*",
            "10:32- 9:07 call",
            "10:00-10:20 20:00 call",
        ]


async def test_the_cursor_begins_at_what_is_latest_by_now_where_more_is_to_come() -> None:
    plan = Track("plan", "plan", (stretch(0, 30, about="phones"), stretch(30, 50, "l", about="lunch"), stretch(50, 60)))
    async with seen() as found:
        hands = await shown(found, replace(shift(), tracks=(plan,)))
        assert hands.last_line() == "10:30-10:50 20:00 lunch"


async def test_enter_opens_what_the_stretch_names_else_the_track() -> None:
    named = replace(stretch(0, 5, about="a call"), key="call:1")
    track = Track("agent:1", "A01", (named, stretch(10, 20, about="free")), (Mark(at(25), "n", key="note:1"),))
    async with seen() as found:
        hands = await shown(found, replace(shift(), tracks=(track,)))
        assert await hands.keys_after("home", "right", "right") == ["call:1", "agent:1", "note:1"]
        assert hands.view.words_of("agent:1") == "A01"
        await found.press("home")
        assert hands.view.words_of("call:1") == "a call"
        await found.press("enter")
        await found.until(lambda: ("detail", "agents", "call:1") in found.desk.asked)
        await found.settle()
        assert "Agents > a call" in found.text


async def test_up_and_down_go_to_the_same_time_in_another_track() -> None:
    async with seen() as found:
        hands = await shown(found, shift())
        assert await about_after(hands, "left", "down", "home", "up") == [
            "10:25 help asked*",
            "10:20-10:32 12:00 Lunch*",
            "10:00-10:20 20:00 call",
            "10:00-10:20 20:00 call",
        ]
        assert await hands.keys_after("down", "down", "down", "pageup", "pagedown") == [
            "agent:1",
            "agent:2",
            "agent:2",
            "agent:0",
            "agent:2",
        ]


async def test_a_sparse_track_on_the_way_does_not_lead_the_cursor_astray() -> None:
    async with seen() as found:
        hands = await shown(found, with_track(shift(), 1, Track("agent:1", "A01", (stretch(0, 5, "A", about="free"),))))
        assert await about_after(hands, "down", "down", "left", "up", "up") == [
            "10:00-10:05 5:00 free",
            "10:32- 9:07 call",
            "10:20-10:32 12:00 Lunch*",
            "10:00-10:05 5:00 free",
            "10:20-10:32 12:00 Lunch*",
        ]


async def test_the_cursor_stays_on_what_it_was_on() -> None:
    async with seen() as found:
        view = shift()
        hands = await shown(found, view)
        await found.press("left", "left")
        ended = (*view.tracks[0].stretches[:2], stretch(32, 40, "T", about="call"), stretch(40, None, "W"))
        more = Track("agent:9", "A99", (stretch(0, 10),))
        tracks = (more, replace(view.tracks[0], stretches=ended), *view.tracks[1:])
        await hands.put(replace(view, tracks=tracks))
        assert hands.view.row_key == "agent:0"
        assert hands.last_line() == "10:20-10:32 12:00 Lunch*"


async def test_the_cursor_goes_to_the_next_track_when_its_own_is_gone() -> None:
    async with seen() as found:
        view = shift()
        hands = await shown(found, view)
        await found.press("down")
        await hands.put(replace(view, tracks=(view.tracks[0], view.tracks[2])))
        assert hands.view.row_key == "agent:2"


async def test_a_timeline_that_empties_says_so_and_has_no_cursor() -> None:
    async with seen() as found:
        hands = await shown(found, shift())
        await hands.put(Timeline((), START, END, empty="Nobody works today."))
        await found.press("left", "down", "end", "pagedown", "enter")
        assert hands.view.row_key is None
        assert "Nobody works today." in found.text


async def test_a_track_without_anything_can_be_passed() -> None:
    async with seen() as found:
        view = shift()
        hands = await shown(found, with_track(view, 1, Track("agent:1", "A01")))
        await found.press("left")
        assert await hands.keys_after("down", "left", "end", "down") == ["agent:1", "agent:1", "agent:1", "agent:2"]


async def test_only_the_lines_that_differ_are_painted_again() -> None:
    async with seen() as found:
        view = shift()
        hands = await shown(found, view)
        before = hands.view.render_lines(hands.view.region.reset_offset)
        track = replace(view.tracks[2], stretches=(*view.tracks[2].stretches[:2], stretch(32, None, "W")))
        await hands.put(with_track(view, 2, track))
        after = hands.view.render_lines(hands.view.region.reset_offset)
        differing = [y for y, (old, new) in enumerate(zip(before, after, strict=True)) if old is not new]
        assert [after[y].text.split()[0] for y in differing] == ["A02", "10:32-"]


async def test_now_moves_on_while_nothing_happens() -> None:
    async with seen() as found:
        hands = await shown(found, shift())
        assert any("│10:41" in line for line in hands.lines())
        await found.pass_seconds(600)
        assert any("│10:51" in line for line in hands.lines())
        assert not any("│10:41" in line for line in hands.lines())


async def test_a_new_mark_stands_out_until_a_key_is_pressed() -> None:
    async with seen() as found:
        view = shift()
        hands = await shown(found, view)
        await found.press("down")
        await hands.put(with_track(view, 2, replace(view.tracks[2], marks=(Mark(at(5), "n"),))))
        y = next(y for y, line in enumerate(hands.lines()) if line.strip(" │▐") == "n")
        assert hands.reversed_texts(y) == ["n"]
        await found.press("left")
        assert hands.reversed_texts(y) == []


async def test_a_click_takes_the_cursor_and_a_second_one_opens() -> None:
    async with seen() as found:
        hands = await shown(found, shift())
        lines = hands.lines()
        y = next(y for y, line in enumerate(lines) if line.startswith(" A01"))
        await hands.click(lines[y].index("P") + 1, y)
        assert hands.view.row_key == "agent:1"
        assert hands.last_line() == "10:20-10:32 12:00 Lunch*"
        await hands.click(2, y, times=2)
        await found.until(lambda: ("detail", "agents", "agent:1") in found.desk.asked)


async def test_more_tracks_than_lines_scroll_and_the_axis_stays() -> None:
    async with seen(size=(40, 20)) as found:
        hands = await shown(found, shift(60))
        axis = hands.lines()[1]
        await found.press("pagedown", "pagedown")
        assert hands.lines()[1] == axis
        assert not any(line.startswith(" A00") for line in hands.lines())
        key = hands.view.row_key
        await hands.wheel()
        assert hands.view.row_key == key
        assert hands.view.go_to("agent:59")
        await found.settle()
        assert any(line.startswith(" A59") for line in hands.lines())
        assert hands.view.words_of("agent:59") == "A59"


async def test_ascii_draws_nothing_else() -> None:
    async with seen(size=(40, 20), glyphs=ASCII) as found:
        hands = await shown(found, shift(60))
        assert all(line.isascii() for line in hands.lines())
        assert "|10:41" in found.text
