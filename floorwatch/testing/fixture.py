"""The pytest plugin: the fixture `floorwatch` and the flag `--floorwatch-update`. Loaded in every pytest run of whoever
has floorwatch installed, so it imports nothing but pytest until the fixture is asked for."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from floorwatch.testing.kit import Kit


def pytest_addoption(parser: pytest.Parser) -> None:
    """The flag that writes golden views."""
    group = parser.getgroup("floorwatch")
    group.addoption("--floorwatch-update", action="store_true", help="write the golden views of floorwatch panels")


@pytest.fixture
def floorwatch(request: pytest.FixtureRequest) -> "Kit":
    """A floor of this test's own: write a shift or load a recording, then ask what a plugin makes of it."""
    from floorwatch.testing.golden import GoldenViews
    from floorwatch.testing.kit import Kit

    update = bool(request.config.getoption("--floorwatch-update"))
    return Kit(GoldenViews(request.path, request.node.name, update=update))
