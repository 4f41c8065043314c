"""What a key changed is drawn within a few milliseconds, whichever part of the screen is imported first."""

import os
import subprocess
import sys

import pytest


def frames_a_second(first: str, **env: str) -> int:
    """What Textual reads for its limit in a process that begins with importing `first`."""
    code = f"import {first}; from textual.constants import MAX_FPS; print(MAX_FPS)"
    kept = {name: value for name, value in os.environ.items() if name != "TEXTUAL_FPS"}
    return int(subprocess.run([sys.executable, "-c", code], env=kept | env, capture_output=True, check=True).stdout)


@pytest.mark.parametrize("first", ["floorwatch.app.keys", "floorwatch.app.run", "floorwatch.app.floor_app"])
def test_textual_draws_more_often_than_it_would(first: str) -> None:
    """The checks of the key settings import Textual before the screen does."""
    assert frames_a_second(first) == 240


def test_whoever_sets_it_is_heard() -> None:
    assert frames_a_second("floorwatch.app.run", TEXTUAL_FPS="15") == 15
