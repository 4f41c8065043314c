"""The real screen: the duty roster at every size, the menu behind a gap, a request that is ticked."""

import pytest

from floorwatch.api import Minimum, NoonRules, When
from floorwatch.testing import Kit
from floorwatch_attendance.limits import Limits as AttendanceLimits
from floorwatch_attendance.rules import rules as attendance_rules
from floorwatch_needs_you.panel import NeedsYou
from floorwatch_rosters.commands import commands
from floorwatch_rosters.panels import panels
from floorwatch_rosters.rosters_panel import RostersPanel


@pytest.fixture
def short(shift: Kit) -> Kit:
    """Two are needed in the evening and one is planned; a leave waits for both ticks."""
    shift.duty_rules(minimums=(Minimum(1080, 1140, 2),), noon=NoonRules(hard=1, target=1, when=When.ALWAYS))
    shift.at("08:58").signs_in("李娜", "support", id="1007").signs_in("王芳", "support", id="9001")
    shift.at("09:10").asks_leave("陈静", "19:00-21:00", by="陈静", entry="l1")
    return shift


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (120, 36), (200, 60)])
async def test_what_matters_is_in_sight_at_every_size(short: Kit, size: tuple[int, int]) -> None:
    async with short.app(RostersPanel(), at="10:41", size=size, commands=commands()) as screen:
        for words in ("here", "lowest", "18:00-19:00 1 too few", "leave: 陈静", "expected", "to spare"):
            assert words in screen.text


@pytest.mark.parametrize("panel", panels(), ids=lambda panel: str(panel.name))
@pytest.mark.parametrize("size", [(40, 20), (200, 60)])
async def test_every_panel_opens_at_the_smallest_and_the_largest(
    short: Kit, panel: RostersPanel, size: tuple[int, int]
) -> None:
    async with short.app(panel, at="10:41", size=size) as screen:
        await screen.press("enter")
        assert "faulted" not in screen.text


async def test_behind_a_gap_assign_stands_in_the_menu(short: Kit) -> None:
    async with short.app(RostersPanel(), at="10:41", commands=commands()) as screen:
        assert "18:00-19:00 1 too few" in screen.text
        await screen.press("enter")
        assert "Who could come" in screen.text
        await screen.press("m")
        assert "Assign hours or a duty" in screen.text
        await screen.press("escape", "escape")


async def test_f_on_the_alert_of_somebody_missing_shows_who_could_come(morning: Kit) -> None:
    morning.at("08:58").signs_in("王芳", "support", id="9001")
    morning.at("10:40").enters("c1", "support")  # a feed that says nothing tells of nobody that they are absent
    for rule in attendance_rules(AttendanceLimits()):
        morning.asks(rule)
    async with morning.app(NeedsYou(), RostersPanel(), at="10:41", commands=commands()) as screen:
        assert "[f replace]" in screen.text
        await screen.press("f")
        assert "Who could come" in screen.text


async def test_a_page_that_a_command_opens_is_called_by_the_person_not_by_a_key(morning: Kit) -> None:
    morning.at("08:58").signs_in("王芳", "support", id="9001")
    morning.at("10:40").enters("c1", "support")
    for rule in attendance_rules(AttendanceLimits()):
        morning.asks(rule)
    async with morning.app(
        NeedsYou(), RostersPanel(), at="10:41", commands=commands(), options={"rosters": {"to_do": 0}}
    ) as screen:
        await screen.press("f")
        assert "Who could come" in screen.text
        assert "absence:" not in screen.text
        assert "李娜" in screen.text.splitlines()[2]


async def test_g_ticks_what_waits_from_the_panel(short: Kit) -> None:
    async with short.app(RostersPanel(), at="10:41", commands=commands()) as screen:
        await screen.press("down", "g")
        assert "the head approves" in screen.text
        await screen.press("enter")
        await screen.pass_seconds(5)
        assert "waits for HR" in screen.text
