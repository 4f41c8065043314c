"""A morning of 李娜, seat A07 of team A, with a plan of nine to six; 张伟 sits beside her. Tuesday, 2026-03-10."""

import pytest

from floorwatch.testing import Kit

PEOPLE = """name,employee,seat,team,skills,role
李娜,1007,A07,A,,
张伟,1004,A08,A,,
王芳,9001,T01,A,,TL
"""


@pytest.fixture
def plain(floorwatch: Kit) -> Kit:
    """Without a roster: both sign in at nine, and each has two calls by half past."""
    floorwatch.people = PEOPLE
    floorwatch.me = "王芳"
    floorwatch.at("09:00").signs_in("李娜", "support")
    floorwatch.at("09:00").signs_in("张伟", "support")
    call(floorwatch, "c1", "李娜", "09:05:00", "09:08:00")
    call(floorwatch, "c2", "张伟", "09:06:00", "09:09:00")
    call(floorwatch, "c3", "李娜", "09:10:00", "09:18:20", by="agent")
    call(floorwatch, "c4", "张伟", "09:20:00", "09:22:00")
    return floorwatch


@pytest.fixture
def planned(plain: Kit) -> Kit:
    """The same with a roster: nine to six, lunch at noon."""
    hours = "09:00-18:00, lunch 12:00-13:00"
    plain.at("00:10").roster(f"李娜: {hours}", f"张伟: {hours}", "王芳: 09:00-18:00")
    return plain


def call(kit: Kit, name: str, agent: str, answered: str, ended: str, by: str = "caller") -> None:
    """A call that waited for twenty seconds."""
    hour, minute, second = (int(part) for part in answered.split(":"))
    entered = hour * 3600 + minute * 60 + second - 20
    at = f"{entered // 3600:02}:{entered // 60 % 60:02}:{entered % 60:02}"
    kit.at(at).enters(name, "support", number="13800001234")
    kit.at(answered).answers(agent, name)
    kit.at(ended).ends(agent, name, by=by)
