"""A floor of five people on a Tuesday, 2026-03-10; whoever looks is 王芳, a leader."""

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
    """李娜, 张伟 and 王芳 from nine, 陈静 from one, 赵敏 is off. The switch speaks: somebody signs in at 08:50."""
    floorwatch.people = PEOPLE
    floorwatch.me = "王芳"
    today = (
        "李娜: 09:00-18:00, lunch 12:00-13:00",
        "张伟: 09:00-18:00, lunch 12:00-13:00",
        "陈静: 13:00-21:00",
        "赵敏: off",
        "王芳: 09:00-18:00",
    )
    floorwatch.at("00:10").roster(*today)
    floorwatch.at("08:50").signs_in("王芳", "support")
    return floorwatch


@pytest.fixture
def morning(shift: Kit) -> Kit:
    """李娜 came at 09:12, 张伟 not at all."""
    shift.at("09:12").signs_in("李娜", "support")
    return shift
