"""The whole app, killed while an excuse is sent: what was said to be excused is there once, and nothing twice."""

from pathlib import Path
from random import Random
from threading import Event

import pytest

from floorwatch.model.events import ExceptionExcused
from tests.app.terminals import terminal
from tests.duty.places import floor_in
from tests.support.test_killed_at_work import LONGEST_DELAY_SECONDS, watching

KILLS = 3


@pytest.mark.slow
def test_a_kill_loses_no_excuse_that_was_said_to_be_given_and_doubles_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor, dice = floor_in(tmp_path), Random(4)
    given: list[str] = []
    for life in range(KILLS):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / str(life)))  # no drafts of the life before
        with terminal(*watching(floor.place), size=(160, 60)) as screen:
            screen.until_shown("[j excuse]")
            screen.type("2\x1b[H\x1b[B")  # in attendance, the second row: who was late
            if life == KILLS - 1:
                screen.type("jsaid\r")
                screen.until_shown(", said.")  # what is told once it stands in the journal
                given.append("said")
            else:
                screen.type(f"jreason {life}\r")
                Event().wait(dice.uniform(0, LONGEST_DELAY_SECONDS))
            screen.process.kill()
            screen.process.wait()

    found = [entry.event.reason for entry in floor.place.entries() if isinstance(entry.event, ExceptionExcused)]
    assert len(set(found)) == len(found), "none is there twice"
    assert set(given) <= set(found) <= {"said", *(f"reason {life}" for life in range(KILLS))}
