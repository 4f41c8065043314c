"""A running app without a terminal, led step by step: a key, and everything that it led to on the screen.

Rules
- Textual's own pilot takes an app for idle when the processor is. On a busy machine that is wrong both ways: what waits
  for its turn counts as done, and what another thread does as never done. Here the app is asked what is under way.
- What another thread or task does for the app is for whoever leads it to know: `is_done`.
"""

import asyncio
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from textual.events import Key
from textual.keys import (
    REPLACED_KEYS,
    _character_to_key,
    _get_unicode_name_from_key,
)  # the names of Textual's own pilot
from textual.pilot import Pilot

from floorwatch.app.floor_app import FloorApp

TURNS = 3
"""So often everything that stood in a queue is worked off before it is taken for all: one thing leads to the next."""

LOOK_SECONDS = 0.002

DRAWN_SECONDS = 1 / 60
"""Within this time Textual draws what has changed."""

Result = TypeVar("Result")


def key_event(key: str) -> Key:
    """The key of this name ("enter", "down", "x", "王", "ctrl+p"), as a terminal sends it."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    try:
        sign: str | None = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    except KeyError:
        sign = name if len(name) == 1 else None
    return Key(name, sign)


async def press(app: FloorApp, pilot: Pilot[Result], keys: tuple[str, ...], is_done: Callable[[], bool]) -> None:
    """Press keys, each when the one before has led to all that it leads to."""
    for key in keys:
        app.post_message(key_event(key))
        await come_to_rest(app, pilot, is_done)


async def come_to_rest(app: FloorApp, pilot: Pilot[Result], is_done: Callable[[], bool] = lambda: True) -> None:
    """Let everything that is under way come to the screen. Waits for ever for what never ends."""
    turns = 0
    while turns < TURNS and app.is_running:
        app.hurry()
        await pilot.pause(0)
        await app.animator.wait_until_complete()
        turns = turns + 1 if app.is_at_rest and is_done() else 0
        if not turns:
            await asyncio.sleep(LOOK_SECONDS)
    if len(app.screen_stack) > 1:  # the pilot draws the topmost screen alone: those behind it are drawn in their time
        await asyncio.sleep(DRAWN_SECONDS)
        await pilot.pause(0)
