"""The report "intervals"."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from floorwatch.extend.report import Span
from floorwatch.model import events
from floorwatch.model.clock import FloorDays
from floorwatch.model.events import EndedBy, LeftHow
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules, Target
from floorwatch.reports.frames import frames_of
from floorwatch.reports.intervals import Intervals

SHANGHAI = ZoneInfo("Asia/Shanghai")
TEN = datetime(2026, 3, 10, 10, 0, tzinfo=SHANGHAI).timestamp()
ALL = Span(0.0, 1e12)


def served(floor: Floor, call: str, at: float, *, wait: float, talk: float = 60.0, queue: str = "support") -> None:
    """A call that waited, was answered by 1007 and talked."""
    floor.apply(events.CallEntered(at, call, queue))
    floor.apply(events.CallAnswered(at + wait, call, queue, "1007"))
    floor.apply(events.CallCompleted(at + wait + talk, call, queue, "1007", EndedBy.CALLER))


def lost(floor: Floor, call: str, at: float, *, wait: float, queue: str = "support") -> None:
    """A call that waited and hung up."""
    floor.apply(events.CallEntered(at, call, queue))
    floor.apply(events.CallAbandoned(at + wait, call, queue))


def floor_of(zone: ZoneInfo | timezone = SHANGHAI, **targets: Target) -> Floor:
    """An empty floor."""
    return Floor(FloorRules(FloorDays(zone), targets=targets))


def report(floor: Floor, at: float, minutes: int = 30, span: Span = ALL) -> pd.DataFrame:
    """The report at `at`."""
    return Intervals(minutes).build(frames_of(floor.history, floor.snapshot(at)), span)


def test_call_counts_in_the_interval_of_its_entry() -> None:
    floor = floor_of()
    served(floor, "c1", TEN + 1795, wait=30.0, talk=4000.0)

    (row,) = report(floor, TEN + 9000).to_dict("records")
    assert row["start"] == "2026-03-10T10:00:00+08:00"
    assert (row["offered"], row["answered"], row["asa_seconds"], row["talk_mean_seconds"]) == (1, 1, 30.0, 4000.0)


def test_everything_about_one_interval() -> None:
    floor = floor_of()
    served(floor, "in time", TEN, wait=20.0, talk=100.0)
    served(floor, "late", TEN + 200, wait=40.0, talk=50.0)
    lost(floor, "short", TEN + 300, wait=4.9)
    lost(floor, "long", TEN + 310, wait=5.0)
    floor.apply(events.CallEntered(TEN + 400, "timeout", "support"))
    floor.apply(events.CallLeft(TEN + 430, "timeout", "support", LeftHow.TIMEOUT))
    floor.apply(events.CallEntered(TEN + 500, "waits", "support"))

    (row,) = report(floor, TEN + 521).to_dict("records")
    counts = (
        "offered",
        "answered",
        "answered_in_time",
        "abandoned",
        "short_abandons",
        "left",
        "left_timeout",
        "waiting",
    )
    assert [row[name] for name in counts] == [6, 2, 1, 2, 1, 1, 1, 1]
    assert row["waiting_late"] == 1
    assert row["answer_rate"] == pytest.approx(2 / 5)
    assert row["service_level"] == row["service_level_short_out"] == pytest.approx(1 / (2 + 2 - 1 + 1))
    assert row["service_level_answered"] == pytest.approx(1 / 2)
    assert row["service_level_offered"] == pytest.approx(1 / (2 + 2 + 1 + 1))
    assert row["asa_seconds"] == pytest.approx(30.0)
    assert row["wait_mean_seconds"] == pytest.approx((20 + 40 + 4.9 + 5.0 + 30) / 5)
    assert row["longest_wait_seconds"] == pytest.approx(40.0)
    assert row["aht_seconds"] == pytest.approx(75.0)


def test_longest_wait_counts_who_still_waits() -> None:
    floor = floor_of()
    served(floor, "c1", TEN, wait=20.0)
    floor.apply(events.CallEntered(TEN + 100, "c2", "support"))

    assert report(floor, TEN + 1000)["longest_wait_seconds"].tolist() == [900.0]


def test_service_level_is_by_the_definition_of_the_queue() -> None:
    floor = floor_of(vip=Target(definition="answered"))
    for queue in ("support", "vip"):
        served(floor, f"{queue}1", TEN, wait=1.0, queue=queue)
        lost(floor, f"{queue}2", TEN, wait=60.0, queue=queue)

    table = report(floor, TEN + 900).set_index("queue")
    assert table["service_level"].to_dict() == {"support": 0.5, "vip": 1.0}


def test_after_call_work_counts_into_the_handle_time() -> None:
    floor = floor_of()
    served(floor, "c1", TEN, wait=10.0, talk=60.0)
    floor.apply(events.WrapUpStarted(TEN + 70, "1007"))
    floor.apply(events.WrapUpEnded(TEN + 100, "1007"))

    (row,) = report(floor, TEN + 900).to_dict("records")
    assert (row["talk_mean_seconds"], row["aht_seconds"]) == (60.0, 90.0)


def test_nothing_to_divide_by_is_null() -> None:
    floor = floor_of()
    floor.apply(events.CallEntered(TEN, "c1", "support"))

    (row,) = report(floor, TEN + 5).to_dict("records")
    assert (row["offered"], row["waiting"], row["longest_wait_seconds"]) == (1, 1, 5.0)
    assert all(pd.isna(row[name]) for name in ("answer_rate", "service_level", "asa_seconds", "aht_seconds"))


@pytest.mark.parametrize(
    ("minutes", "starts"), [(15, ["10:00", "10:15", "10:30"]), (30, ["10:00", "10:30"]), (60, ["10:00"])]
)
def test_intervals_are_of_the_chosen_length(minutes: int, starts: list[str]) -> None:
    floor = floor_of()
    for late in (0, 901, 1801):
        lost(floor, f"c{late}", TEN + late, wait=6.0)

    assert [start[11:16] for start in report(floor, TEN + 3600, minutes)["start"]] == starts


def test_length_that_does_not_divide_the_hour_is_refused() -> None:
    with pytest.raises(ValueError, match="choose 15, 30 or 60"):
        Intervals(20)


def test_intervals_stand_on_the_local_clock_of_a_quarter_hour_zone() -> None:
    nepal = timezone(timedelta(hours=5, minutes=45))
    at = datetime(2026, 3, 10, 10, 29, tzinfo=nepal).timestamp()
    floor = floor_of(nepal)
    lost(floor, "c1", at, wait=6.0)

    assert report(floor, at + 60)["start"].tolist() == ["2026-03-10T10:00:00+05:45"]


def test_repeated_local_hour_is_two_rows_and_a_missing_one_none() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    autumn, spring = (datetime(2026, month, day, tzinfo=berlin).timestamp() for month, day in ((10, 25), (3, 29)))
    floor = floor_of(berlin)
    for hour in range(1, 5):
        lost(floor, f"s{hour}", spring + hour * 3600, wait=6.0)
    for hour in range(1, 5):
        lost(floor, f"a{hour}", autumn + hour * 3600, wait=6.0)

    starts = report(floor, autumn + 90_000, 60)["start"].tolist()
    assert [start[11:16] + start[19:] for start in starts[:4]] == [
        "01:00+01:00",
        "03:00+02:00",
        "04:00+02:00",
        "05:00+02:00",
    ]
    assert [start[11:16] + start[19:] for start in starts[4:]] == [
        "01:00+02:00",
        "02:00+02:00",
        "02:00+01:00",
        "03:00+01:00",
    ]


def test_span_takes_calls_by_their_entry() -> None:
    floor = floor_of()
    for late in (0, 1800, 3600):
        served(floor, f"c{late}", TEN + late, wait=10.0)

    assert report(floor, TEN + 9000, span=Span(TEN + 1800, TEN + 3600))["offered"].tolist() == [1]


def test_floor_where_nothing_happened_gives_an_empty_table_with_its_columns() -> None:
    table = report(floor_of(), TEN)

    assert len(table) == 0
    assert {"start", "queue", "offered", "service_level_late_only"} <= set(table.columns)
