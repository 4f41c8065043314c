"""A morning on which callers wait, give up, call again and are called back."""

import pytest

from floorwatch.testing import Kit

NUMBER = "13800001234"


@pytest.fixture
def morning(floorwatch: Kit) -> Kit:
    """At 10:41: c1 waits in support, c2 in sales for longer; 李娜 talks, 张伟 is paused; c5 was lost twice, c7 once."""
    floorwatch.me = "王芳"
    floorwatch.at("09:00").signs_in("李娜", "support", "sales", id="1007", seat="A07", team="A")
    floorwatch.at("09:00").signs_in("张伟", "support", id="1004", seat="B03", team="B").pauses("张伟", "Lunch")
    floorwatch.at("09:10").enters("c0", "support").answers("李娜", "c0")
    floorwatch.at("09:12").ends("c0", by="caller")
    floorwatch.at("09:30").enters("c4", "support", number=NUMBER)
    floorwatch.at("09:31").abandons("c4")
    floorwatch.at("09:40").enters("c7", "sales", number="02888887777")
    floorwatch.at("09:41").leaves("c7", "timeout")
    floorwatch.at("10:00").enters("c5", "sales", number=NUMBER)
    floorwatch.at("10:02").abandons("c5")
    floorwatch.at("10:30").enters("c3", "support", number="10010").answers("李娜", "c3")
    floorwatch.at("10:40").enters("c2", "sales", number="10086")
    floorwatch.at("10:40:30").enters("c1", "support")
    floorwatch.at("10:41")
    return floorwatch
