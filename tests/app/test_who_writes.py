"""Who writes: shown, said, asked for before anything is entered, given up by lock; and what one entered taken back."""

import asyncio

import pytest

from floorwatch.app.dashboard import Dashboard
from floorwatch.app.form_screen import FormScreen
from floorwatch.app.glyphs import ASCII
from floorwatch.app.idle import Idle
from floorwatch.app.who_screen import WhoScreen, fitting
from floorwatch.engine.desk import CommandEntry
from floorwatch.extend.command import Open, Toast
from floorwatch.views import Text, Tone
from tests.app.fake_floor import NOTE, FakeDesk
from tests.app.screens import Seen, seen
from tests.patience import PATIENCE_SECONDS

SIZES = [(200, 60), (120, 36), (80, 24), (60, 24), (40, 20), (20, 8)]
FIGURES = {"7*", "1:42!", "95.7%", "75.9%*", "76*", "41"}


def nobody() -> FakeDesk:
    """A desk at which nobody writes."""
    desk = FakeDesk()
    desk.me = ""
    return desk


def asks(found: Seen) -> bool:
    """Whether it is asked who writes."""
    return isinstance(found.app.screen, WhoScreen)


# The header


async def test_the_header_says_who_writes() -> None:
    async with seen() as found:
        assert "me 王芳" in found.lines[0]
        assert found.lines[0].rstrip().endswith("* 1")


@pytest.mark.parametrize("size", SIZES)
async def test_that_nobody_writes_is_said_at_any_size(size: tuple[int, int]) -> None:
    async with seen(nobody(), size=size) as found:
        assert "locked" in found.lines[0]
        assert "10:41" in found.lines[0]


async def test_a_long_name_is_cut_at_a_whole_sign() -> None:
    desk = FakeDesk()
    desk.me = "欧阳" * 20
    async with seen(desk) as found:
        assert "me 欧阳欧阳欧阳欧." in found.lines[0]
        assert "LIVE" in found.lines[0]


@pytest.mark.parametrize(("me", "is_shown"), [("Ada", True), ("Bartholomew", False)])
async def test_in_the_hand_figures_come_before_the_name_and_that_before_the_floor(me: str, is_shown: bool) -> None:
    desk = FakeDesk()
    desk.me = me
    async with seen(desk, size=(40, 20)) as found:
        assert (" Ada" in found.lines[0]) == is_shown
        assert "North" not in found.lines[0]
        assert "76*" in found.lines[0]


@pytest.mark.parametrize("size", SIZES)
async def test_neither_the_name_nor_the_journal_pushes_a_figure_out(size: tuple[int, int]) -> None:
    plain, told = FakeDesk(), FakeDesk()
    plain.me = "a"
    told.me, told.journal = "欧阳" * 20, "journal: " + "disk is full " * 9
    async with seen(plain, size=size) as found:
        figures = [word for line in found.lines[:2] for word in line.split() if word in FIGURES]
    async with seen(told, size=size) as found:
        assert [word for line in found.lines[:2] for word in line.split() if word in FIGURES] == figures
        assert "10:41" in found.lines[0]


@pytest.mark.parametrize("word", ["not kept", "journal: disk is full"])
async def test_what_is_wrong_with_the_journal_is_said(word: str) -> None:
    desk = FakeDesk()
    desk.journal = word
    async with seen(desk, size=(80, 24)) as found:
        assert f"{word}*" in found.lines[0]


# Saying who


@pytest.mark.parametrize("key", ["i", "ctrl+o"])
async def test_a_key_asks_who_writes_and_the_name_is_in_the_header_at_once(key: str) -> None:
    async with seen() as found:
        await found.press(key)
        assert "Now 王芳 writes here." in found.text
        await found.press(*"chen", "enter")
        assert not asks(found)
        assert found.desk.me == "chen"
        assert "me chen" in found.lines[0]
        assert found.table(1).has_focus


async def test_names_are_completed_from_those_who_may_write() -> None:
    async with seen() as found:
        await found.press("i")
        assert all(name in found.text for name in ("王芳", "Li Wei", "Maria García"))
        await found.press(*"mar")
        assert "Li Wei" not in found.text
        await found.press("tab", "enter")
        assert found.desk.me == "Maria García"


async def test_the_arrows_choose_a_name() -> None:
    async with seen() as found:
        await found.press("i", "down", "down", "enter")
        assert found.desk.me == "Li Wei"


async def test_a_known_name_in_other_letters_is_the_known_one() -> None:
    async with seen() as found:
        await found.press("i", *"LI", "space", "space", *"wei", "enter")
        assert found.desk.me == "Li Wei"


async def test_a_click_chooses_a_name() -> None:
    async with seen() as found:
        await found.press("i")
        y = next(y for y, line in enumerate(found.lines) if "Li Wei" in line)
        await found.pilot.click(offset=(found.lines[y].index("Li Wei"), y))
        await found.settle()
        assert found.desk.me == "Li Wei"


async def test_nothing_is_no_name() -> None:
    async with seen() as found:
        await found.press("i", "space", "enter")
        assert asks(found)
        assert "* Write a name" in found.text
        await found.press("escape")
        assert not asks(found)
        assert found.desk.me == "王芳"


async def test_it_stays_on_a_small_terminal() -> None:
    desk = FakeDesk()
    desk.known_authors = [f"Person {at:03} " + "x" * 40 for at in range(300)]
    async with seen(desk, size=(40, 20)) as found:
        await found.press("i")
        assert "Who are you?" in found.text
        assert "esc close" in found.text
        await found.press(*["down"] * 12)
        assert "▸ Person 011" in found.text
        assert all(len(line) <= 40 for line in found.lines)
        for size in ((12, 5), (3, 2), (120, 36)):
            await found.pilot.resize_terminal(*size)
            await found.settle()
        await found.press("enter")
        assert found.desk.me.startswith("Person 011")


async def test_in_ascii_it_is_drawn_in_ascii() -> None:
    async with seen(glyphs=ASCII) as found:
        await found.press("i", "down")
        assert not set(found.text) & set("│─╭╮╰╯▸▾▐…")


def test_names_that_begin_so_come_first_and_the_whole_name_offers_nothing() -> None:
    names = ["Hanna Li", "Li Wei", "Chen Li", "Li Wei"]
    assert fitting("li", names) == ["Li Wei", "Hanna Li", "Chen Li"]
    assert fitting("wei li", names) == ["Li Wei"]
    assert fitting("LI WEI", names) == ()
    assert fitting("", names) == ["Hanna Li", "Li Wei", "Chen Li"]


# Nobody writes


async def test_a_command_that_enters_something_asks_who_it_is_and_goes_on_with_the_same() -> None:
    desk = nobody()
    async with seen(desk) as found:
        await found.press("n")
        await found.until(lambda: asks(found))
        assert "Nobody writes here now." in found.text
        desk.outcomes = (Toast("Noted."),)
        await found.press(*"chen", "enter")
        await found.until(lambda: "Noted." in found.text)
        assert desk.me == "chen"
        assert desk.asked == [("note", "queue-status", "support")] * 2
        assert len(set(desk.sent_as)) == 1


async def test_what_only_shows_a_panel_asks_nobody() -> None:
    desk = nobody()
    desk.is_for_anybody = True
    desk.put_page("walk", "Walk", Text.of("next: A07"))
    desk.outcomes = (Open("walk"),)
    async with seen(desk) as found:
        await found.press("n")
        await found.until(lambda: "next: A07" in found.text)
        assert "locked" in found.lines[0]


async def test_of_two_that_need_a_name_one_asks() -> None:
    desk = nobody()
    desk.held.clear()
    async with seen(desk) as found:
        found.app.run_command("note")
        found.app.run_command("note")
        desk.held.set()
        await found.until(lambda: asks(found))
        await found.settle()
        await found.press("escape")
        assert not asks(found)


async def test_a_form_opens_when_it_is_known_who_fills_it_in() -> None:
    desk = nobody()
    desk.entries = (NOTE,)
    async with seen(desk) as found:
        await found.press("3", "down", "m", "2")
        assert asks(found)
        await found.press("down", "enter")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))


async def test_without_a_name_nothing_is_done() -> None:
    desk = nobody()
    async with seen(desk) as found:
        await found.press("n")
        await found.until(lambda: asks(found))
        await found.press("escape")
        assert not asks(found)
        await found.press("u", "escape")
        assert desk.asked == [("note", "queue-status", "support")]
        assert "locked" in found.lines[0]


async def test_rows_may_be_read_by_nobody() -> None:
    desk = nobody()
    async with seen(desk) as found:
        await found.press("enter")
        await found.until(lambda: ("detail", "queue-status", "support") in desk.asked)


# Undo


@pytest.mark.parametrize("key", ["u", "ctrl+z"])
async def test_a_key_takes_the_last_entry_back_and_says_which(key: str) -> None:
    async with seen() as found:
        await found.press(key)
        await found.until(lambda: "Taken back: note on A07." in found.text)
        assert found.desk.asked == [("undo", "王芳")]


async def test_a_key_held_down_takes_back_one_entry() -> None:
    desk = FakeDesk()
    desk.held.clear()
    async with seen(desk) as found:
        await found.press("u", "u", "u")
        desk.held.set()
        await found.until(lambda: "Taken back" in found.text)
        assert desk.asked == [("undo", "王芳")]
        desk.undone = (Toast("There is nothing of yours to take back.", Tone.WARN),)
        await found.press("u")
        await found.until(lambda: "nothing of yours" in found.text)


@pytest.mark.parametrize(("words", "said"), [("i am", "Who are you?"), ("undo", "Taken back"), ("lock", "locked")])
async def test_the_palette_has_them_too(words: str, said: str) -> None:
    async with seen() as found:
        await found.press("ctrl+p", *("space" if sign == " " else sign for sign in words))
        await found.until(lambda: "Panel: Queues" not in found.text)
        await found.press("enter")
        await found.until(lambda: said in found.text)


# Lock


async def test_locked_the_floor_is_seen_and_nobody_writes() -> None:
    desk = FakeDesk()
    desk.entries = (NOTE, CommandEntry("note", "note", "n"))
    async with seen(desk) as found:
        await found.press("enter")
        await found.until(lambda: "*******41" in found.text)
        await found.press("escape", "3", "down", "w", "2", "tab", "tab", *"half")
        found.app.lock()
        await found.settle()
        assert isinstance(found.app.screen, Dashboard)
        assert "locked" in found.lines[0]
        assert "LONGEST 1:42!" in found.lines[1]
        assert desk.me == ""
        await found.pass_seconds(5)
        assert "LONGEST 1:47!" in found.lines[1]
        await found.press("w", "down", "enter")
        await found.until(lambda: isinstance(found.app.screen, FormScreen))
        await found.settle()
        assert "half" in found.text


@pytest.mark.parametrize("keys", [("i",), ("m",), ("ctrl+p",), ("enter",), ("f1", "enter"), ("/",)])
async def test_whatever_stands_above_the_floor_is_closed_by_the_lock(keys: tuple[str, ...]) -> None:
    async with seen() as found:
        await found.press(*keys)
        found.app.lock()
        await found.settle()
        assert len(found.app.screen_stack) == 1
        assert "locked" in found.lines[0]
        await found.press("ctrl+o")
        assert asks(found)


async def test_nobody_there_locks_the_screen() -> None:
    desk = FakeDesk()
    async with seen(desk) as found:
        found.app.lock_after(0.01)
        await found.press("down")
        await asyncio.wait_for(desk.locked.wait(), PATIENCE_SECONDS)
        await found.settle()
        assert "locked" in found.lines[0]


async def test_without_the_setting_there_is_no_lock() -> None:
    async with seen() as found:
        found.app.lock_after(0.01)
        found.app.lock_after(None)
        await found.press("down", "up")
        assert not found.desk.locked.is_set()


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose time a test turns."""

    at = 100.0

    def time(self) -> float:
        """What the test said."""
        return self.at


def run_until(loop: VirtualLoop, at: float) -> None:
    """Let the loop's time be `at`, and what is due happen."""
    loop.at = at
    for _turn in range(2):
        loop.call_soon(loop.stop)
        loop.run_forever()


def test_patience_begins_anew_with_every_touch_and_one_timer_waits() -> None:
    loop, fallen = VirtualLoop(), list[float]()
    idle = Idle(60.0, lambda: fallen.append(loop.at))

    def touch(at: float) -> None:
        loop.at = at
        loop.call_soon(idle.touched)
        run_until(loop, at)

    assert not idle.waits
    touch(100)
    touch(150)
    run_until(loop, 161)
    assert fallen == []
    run_until(loop, 209)
    assert fallen == []
    run_until(loop, 211)
    assert fallen == [211]
    assert not idle.waits
    run_until(loop, 1000)
    assert fallen == [211]
    touch(1000)
    idle.stop()
    run_until(loop, 2000)
    assert fallen == [211]
    loop.close()
