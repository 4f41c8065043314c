"""A floor with a roster of two days; whoever looks is 王芳, a leader. Today is a Tuesday, 2026-03-10."""

import pytest

from floorwatch.testing import Kit

PEOPLE = """name,employee,seat,team,skills,role
李娜,1007,A07,A,tax,
张伟,1004,B03,A,tax,
陈静,1016,C11,B,tax,
赵敏,1003,A02,B,sales,
王芳,9001,T01,A,,TL
"""


@pytest.fixture
def shift(floorwatch: Kit) -> Kit:
    """李娜 works today and tomorrow, 张伟 is off today, 陈静 comes late, 赵敏 had the night."""
    return rostered(floorwatch, "00:10")


@pytest.fixture
def morning(floorwatch: Kit) -> Kit:
    """The same from ten to nine on: rules are asked of every instant since, and a screen shows them one by one."""
    return rostered(floorwatch, "08:50")


def rostered(floorwatch: Kit, read_at: str) -> Kit:
    """The floor, its rosters read at this time."""
    floorwatch.people = PEOPLE
    floorwatch.me = "王芳"
    today = ("李娜: 09:00-18:00", "张伟: off", "陈静: 13:00-21:00", "赵敏: off", "王芳: 09:00-18:00")
    tomorrow = ("李娜: 09:00-18:00", "张伟: 13:00-21:00", "陈静: off", "王芳: 09:00-18:00")
    floorwatch.at(read_at).roster("赵敏: 22:00-06:00", day="2026-03-09", document="monday")
    floorwatch.at(read_at).roster(*today, day="2026-03-10", document="tuesday")
    floorwatch.at(read_at).roster(*tomorrow, day="2026-03-11", document="wednesday")
    return floorwatch
