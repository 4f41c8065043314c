"""A small room for the tests of the panels "seats" and "teams"."""

import pytest
from msgspec.structs import replace

from floorwatch.api import Grid
from floorwatch.testing import Kit, floors

GRID = "A01 A02 . A03\n\nB01 B02 . B03"


@pytest.fixture
def room(floorwatch: Kit) -> Kit:
    """Two rows with an aisle between them; 李娜 and 张伟 of team A, 陈静 of team B; whoever looks is 王芳."""
    floorwatch.me = "王芳"
    floorwatch.rules(replace(floors.rules(), grid=Grid.of(GRID)))
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007", seat="A01", team="A")
    floorwatch.at("09:00").signs_in("张伟", "support", id="1004", seat="A03", team="A")
    floorwatch.at("09:00").signs_in("陈静", "sales", id="1016", seat="B02", team="B")
    return floorwatch
