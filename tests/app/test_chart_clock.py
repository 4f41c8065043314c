"""The clock below a chart: local, as close as there is room for, and true where clocks go on or back."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from floorwatch.app.chart_time import moments, span_of

NINE = datetime(2026, 11, 21, 9, tzinfo=UTC).timestamp()


def labels(start: float, seconds: float, cells: int, zone: str = "Asia/Shanghai", step: float = 900) -> list[str]:
    """What stands under a chart."""
    span = span_of(start, step, round(seconds / step), cells)
    assert span is not None
    return [moment.label for moment in moments(span, ZoneInfo(zone))]


def test_the_clock_is_local_and_as_close_as_there_is_room_for() -> None:
    assert labels(NINE, 3600, 40) == ["17:00", "17:15", "17:30", "17:45"]
    assert labels(NINE, 3600, 20) == ["17:00", "17:30"]
    assert labels(NINE, 86_400, 30) == ["18:00", "00:00", "06:00", "12:00"]
    assert labels(NINE, 86_400, 30, "Asia/Kolkata") == ["18:00", "00:00", "06:00", "12:00"]


def test_midnight_is_a_date_where_there_are_several_days() -> None:
    assert labels(NINE, 3 * 86_400, 60, "UTC") == ["12:00", "11-22", "12:00", "11-23", "12:00", "11-24"]
    assert labels(NINE, 28 * 86_400, 40, "UTC", step=86_400) == ["11-23", "11-30", "12-07", "12-14"]


def test_the_hour_that_a_day_leaves_out_has_no_label_and_the_doubled_one_has_one() -> None:
    spring = datetime(2026, 3, 29, 0, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()
    assert labels(spring, 5 * 3600, 40, "Europe/Berlin") == ["00:00", "01:00", "03:00", "04:00", "05:00"]
    autumn = datetime(2026, 10, 25, 0, tzinfo=ZoneInfo("Europe/Berlin")).timestamp()
    assert labels(autumn, 5 * 3600, 40, "Europe/Berlin") == ["00:00", "01:00", "02:00", "03:00"]
