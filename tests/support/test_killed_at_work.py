"""The whole app, killed in the middle of the work: on a real terminal, with a log that grows and notes typed by keys.

What was said to be noted is in the journal once; what was on its way is there once or not at all.
"""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from floorwatch.model.events import NoteTaken
from tests.app.terminals import Terminal, terminal
from tests.support.places import Place, place_in

KILLS = 6
"""Each is an app that starts, is typed into and dies: 0.9 s of a processor."""
MOST_NOTES = 3
"""Of one life."""
KINDS = (("s", "state"), ("c", "coaching"), ("k", "check"), ("h", "help"))
"""One a note of a life, so that each says something else when it is noted."""
LONGEST_DELAY_SECONDS = 0.15
"""From the keys of a note to the kill: about twice as long as it takes to be noted."""


def watching(place: Place) -> tuple[str, ...]:
    """The command that watches this floor."""
    return sys.executable, "-m", "floorwatch", "--config", str(place.config), "watch"


def keys_of(letter: str, tag: str) -> str:
    """What a supervisor presses: the form, its kind, a word, and send."""
    return f"n{letter}{tag}\r"


def one_life(place: Place, screen: Terminal, tags: Iterator[str], dice: Random) -> list[str]:
    """Take a few notes, begin another, and be killed; the tags of those that were said to be noted."""
    mark = screen.until_shown("4 agents")
    screen.type("2\x1b[B")  # among the agents, on the first of them
    noted = []
    kinds = dice.sample(KINDS, len(KINDS))
    for letter, kind in kinds[: dice.randint(1, MOST_NOTES)]:
        tag = next(tags)
        screen.type(keys_of(letter, tag))
        mark = screen.until(f"Noted, {kind}", mark)
        noted.append(tag)
        place.happens(3600 + len(noted), "NONE|support|PJSIP/2002|PAUSE|")
    screen.type(keys_of(kinds[-1][0], next(tags)))
    threading.Event().wait(dice.uniform(0, LONGEST_DELAY_SECONDS))
    screen.process.kill()
    return noted


@pytest.mark.slow
def test_a_kill_of_the_app_loses_no_note_that_it_said_was_noted_and_doubles_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, dice = place_in(tmp_path), Random(4)
    tags = (f"t{number}" for number in range(1_000))
    noted: list[str] = []
    for life in range(KILLS):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / str(life)))  # no drafts of the life before
        with terminal(*watching(place)) as screen:
            noted += one_life(place, screen, tags, dice)

    found = [entry.event.tag for entry in place.entries() if isinstance(entry.event, NoteTaken)]
    assert len(noted) >= KILLS
    assert len(set(found)) == len(found), "none is there twice"
    assert [tag for tag in found if tag in noted] == noted, "each is there, in the order in which they were taken"
    with terminal(*watching(place)) as screen:
        screen.until(found[-1])
