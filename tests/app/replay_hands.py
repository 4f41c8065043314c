"""Hands on a replay, for tests: its desk, its keys, words typed into the line that asks."""

from textual.events import Key as Pressed
from textual.keys import _character_to_key

from floorwatch.app.ask_line import AskLine
from tests.app.fake_floor import FakeDesk
from tests.app.fake_replay import FakeReplay
from tests.app.screens import Seen

KEY_NAMES = {
    "{": "left_curly_bracket",
    "}": "right_curly_bracket",
    "(": "left_parenthesis",
    ")": "right_parenthesis",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    '"': "quotation_mark",
    "~": "tilde",
    "]": "right_square_bracket",
    "[": "left_square_bracket",
}


def replaying() -> tuple[FakeDesk, FakeReplay]:
    desk = FakeDesk(replay=True)
    assert desk.replay is not None
    return desk, desk.replay


async def type_words(found: Seen, words: str, *then: str) -> None:
    await found.press(*("space" if sign == " " else sign for sign in words), *then)


async def type_wide(found: Seen, sign: str) -> None:
    """A sign as a terminal sends it: Textual's pilot knows no full-width ones."""
    driver = found.app._driver  # noqa: SLF001  # what a terminal sends comes through it
    assert driver is not None
    driver.send_message(Pressed(_character_to_key(sign), sign))
    await found.settle()


def is_asked(found: Seen) -> bool:
    return isinstance(found.app.screen, AskLine)
