"""The zone in which it is past noon, at every hour of a day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.past_noon import zone_past_noon

MIDNIGHT = 1_795_219_200.0
"""2026-11-21 00:00 UTC."""


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("second", [0.0, 3599.5])
def test_it_is_past_noon_there_at_every_hour(hour: int, second: float) -> None:
    at = MIDNIGHT + hour * 3600 + second

    assert datetime.fromtimestamp(at, ZoneInfo(zone_past_noon(at))).hour == 12
