"""What the engine's tests are given."""

from collections.abc import Iterator

import pytest

from floorwatch.engine.system_clock import monotonic
from floorwatch.host.lane import Lanes
from tests.engine.stands import Stand


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    lanes = Lanes(monotonic)
    yield lanes
    lanes.close()


@pytest.fixture
def stand(lanes: Lanes) -> Stand:
    return Stand([], lanes)
