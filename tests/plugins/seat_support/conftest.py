"""Floors for the tests of seat support: one on which notes are taken, one that is walked."""

import pytest
from msgspec.structs import replace

from floorwatch.api import Grid
from floorwatch.testing import Kit, floors


@pytest.fixture
def shift(floorwatch: Kit) -> Kit:
    """李娜 talks, 张伟 is free; whoever looks is 王芳."""
    floorwatch.me = "王芳"
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007", seat="A07", team="A")
    floorwatch.at("09:00").signs_in("张伟", "support", id="1004", seat="B03", team="B")
    floorwatch.at("10:30").enters("c1", "support")
    floorwatch.at("10:30:10").answers("李娜", "c1")
    return floorwatch


@pytest.fixture
def noted(shift: Kit) -> Kit:
    """A note about 李娜 with a follow-up, and an older one."""
    due = shift.at("10:50").at
    shift.at("10:10").note("李娜", "praise", "语气很好", by="王芳", entry="old")
    shift.at("10:40").note(
        "李娜", "coaching", "先说明时限", by="王芳", entry="n1", tag="退税", follow_up="再听", due_at=due
    )
    return shift


@pytest.fixture
def aisles(floorwatch: Kit) -> Kit:
    """Six agents on two rows of seats, the second of which is walked back; whoever looks is 王芳."""
    floorwatch.me = "王芳"
    floorwatch.rules(replace(floors.rules(), grid=Grid.of("A01 A02 A03\nA04 A05 A06")))
    for number, name in enumerate(["李娜", "张伟", "陈静", "赵敏", "王强", "刘洋"], 1):
        team = "A" if number <= 3 else "B"
        floorwatch.at("09:00").signs_in(name, "support", id=str(1000 + number), seat=f"A0{number}", team=team)
    return floorwatch
