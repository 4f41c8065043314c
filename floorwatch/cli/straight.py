"""The command lines that people type every day, understood without typer: with what it builds on, it is 60 ms.

Rules
- Only what cannot be meant otherwise: `floorwatch`, `demo` and `watch` with whole options, each given once, a blank
  before its value, and words that begin with no dash. All else, and whatever is wrong, is typer's to read.
- What is understood here is what typer would have made of it (a test holds both to the same).
"""

import gc
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from floorwatch.cli.wishes import Wishes

GLOBAL = ("--config", "--people", "--journal", "--plugin-dir")
LAYOUT = "--layout"
NO_PLUGINS = "--no-plugins"
COMMANDS = ("demo", "watch")
_COMPLETES = "_COMPLETE"
"""How the names end by which a shell asks a program for what may stand next."""


class Asked(Struct, frozen=True):
    """`command` is one of `COMMANDS`, or "" for none; `feeds` stand behind `watch`."""

    command: str
    wishes: Wishes
    feeds: tuple[str, ...] = ()


def asked(words: Sequence[str], env: Mapping[str, str]) -> Asked | None:
    """What these words ask for; None: ask typer."""
    if os.name == "nt" or any(name.endswith(_COMPLETES) for name in env):
        return None
    given, plain = _taken_apart(words)
    if given is None or (plain and plain[0] not in COMMANDS):
        return None
    command, *feeds = plain or [""]
    if (LAYOUT in given and not command) or (feeds and command != "watch"):
        return None
    config, people, folder = (Path(given[name]) if name in given else None for name in GLOBAL if name != "--journal")
    wishes = Wishes(
        config,
        people,
        () if folder is None else (folder,),
        NO_PLUGINS in given,
        given.get("--journal"),
        given.get(LAYOUT, ""),
    )
    return Asked(command, wishes, tuple(feeds))


def carried_out(asked: Asked) -> None:
    """Do it, in the language that the settings ask for. Raises what `watching` raises."""
    gc.disable()  # until the first screen is there (`app.run`): what comes until then stays
    try:
        asked.wishes.speak()
        from floorwatch.cli import watching

        match asked.command:
            case "watch":
                watching.watch(asked.wishes, asked.feeds, None, headless=False, seconds=None)
            case "demo":
                watching.demo(asked.wishes, headless=False, seconds=None)
            case _:
                watching.watch_or_demo(asked.wishes)
    finally:
        gc.enable()


def _taken_apart(words: Sequence[str]) -> tuple[dict[str, str] | None, list[str]]:
    """The options with their values, and the other words; None for options where one of them is not plain."""
    given: dict[str, str] = {}
    plain: list[str] = []
    rest = iter(words)
    for word in rest:
        if word in (*GLOBAL, LAYOUT, NO_PLUGINS):
            # An option of a command stands behind it.
            value = "" if word == NO_PLUGINS else next(rest, "-")
            if word in given or value.startswith("-") or not (value or word == NO_PLUGINS):
                return None, []
            if word == LAYOUT and not plain:
                return None, []
            given[word] = value
        elif not word or word.startswith("-"):
            return None, []
        else:
            plain.append(word)
    return given, plain
