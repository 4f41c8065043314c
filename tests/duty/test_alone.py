"""The call feed alone, the roster alone, attendance alone: the floor opens, and says what is missing."""

from pathlib import Path

import pytest

from floorwatch.views import Tone
from tests.duty.places import CALLS, PUNCHES, ROSTER, floor_in
from tests.support.hands import at_work
from tests.support.test_bad_input import looks_whole

pytestmark = pytest.mark.slow

ALONE = {
    CALLS: ("No roster is read", "No roster is read"),
    ROSTER: ("Nobody can be seen here", "Nothing that is read shows who was here"),
    PUNCHES: ("No roster is read", "No roster is read"),
}
"""What the duty roster says, and what the report of the day says."""


@pytest.mark.parametrize("file", ALONE)
async def test_the_screen_opens_and_says_what_is_missing(tmp_path: Path, file: str) -> None:
    floor = floor_in(tmp_path, file)
    missing, _said = ALONE[file]
    async with at_work(floor.place, (160, 60)) as hands:
        await hands.until_shown(missing)
        for key in ("k", "r", "escape"):
            await hands.press(key)
            looks_whole(hands)
        cells = [cell for row in hands.session.plugin_rows().rows for cell in row.cells]
        assert cells
        assert not [cell.text for cell in cells if cell.tone in (Tone.WARN, Tone.ALARM)]


@pytest.mark.parametrize("file", ALONE)
def test_a_stranger_is_told_what_there_is(tmp_path: Path, file: str) -> None:
    floor = floor_in(tmp_path, file)

    state, report = floor.state(), floor.report()

    documents = state["documents"]
    assert list(documents) == [] if file == CALLS else [Path(file).stem]
    assert bool(state["agents"]) is (file == CALLS)
    assert ALONE[file][1] in report
    assert "absent" not in report.replace("late or absent is not known", "")
