"""The figures of the day's report are those on the screen, to the last digit."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.bundled import bundled
from floorwatch.engine.day_ends import DayEnds
from floorwatch.engine.house import build_house
from floorwatch.engine.timeline import PlainTimeline
from floorwatch.extend.report import Span
from floorwatch.model.events import Event
from floorwatch.model.metrics import figure_of
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.reports.day import Day
from floorwatch.reports.frames import frames_of
from floorwatch.reports.lazily import over
from floorwatch.settings import FeedSettings, Settings
from tests.reports.test_live_equals_reported import EXAMPLES, played, steps

RATES = {"answer_rate": "answer-rate", "service_level": "service-level"}
ASTERISK = Path("asterisk-22") / "queue_log"


def held(table: pd.DataFrame, floor: FloorSnapshot) -> None:
    """Hold the lines on calls against the figures of the screen."""
    lines = table[table["section"].eq("calls")]
    whole = {row["figure"]: row for row in lines[lines["subject"].isna()].to_dict("records")}
    total = floor.total

    for name in ("offered", "answered", "abandoned"):
        assert whole[name]["count"] == getattr(total.counts, name)
    assert (whole["left"]["count"] if "left" in whole else 0) == total.counts.left
    assert (whole["waiting"]["count"] if "waiting" in whole else 0) == total.volume.waiting
    for name, metric in RATES.items():
        share = whole[name]["share_rate"]
        assert (None if pd.isna(share) else share) == figure_of(total, metric).value
    asa = whole["asa"]["duration_seconds"]
    assert (None if pd.isna(asa) else asa) == figure_of(total, "asa").value
    for row in lines[lines["subject"].notna()].to_dict("records"):
        scope = floor.queues[row["subject"]]
        assert row["count"] == scope.counts.offered
        share = row["share_rate"]
        assert (None if pd.isna(share) else share) == figure_of(scope, "service-level").value


def today(floor: FloorSnapshot) -> Span:
    """The business day."""
    return Span(floor.day_start, floor.rules.days.end_of(floor.at))


@pytest.mark.parametrize("share", [1.0, 0.5])
def test_of_a_real_log_at_its_end_and_half_way(share: float) -> None:
    house = build_house(Settings(), only_bundled=True, journal="memory:")
    timeline = PlainTimeline(house, {"queue_log": FeedSettings(str(bundled("sample_feeds") / ASTERISK))})
    entries = list(timeline.entries())
    floor = house.floor(timeline.gives)
    ends = DayEnds(floor, house.rules.days)
    last = ends.fold(entries[: int(len(entries) * share)])
    assert last is not None
    snapshot = floor.snapshot(last)

    held(Day().build(frames_of(floor.history, snapshot, today(snapshot), ends.up_to(last)), today(snapshot)), snapshot)
    assert snapshot.total.counts.offered > 500


@settings(max_examples=EXAMPLES)
@given(st.lists(steps, max_size=90))
def test_of_any_day(story: list[tuple[Callable[[float, str, str, str], Event], float, str, str, str]]) -> None:
    snapshot, frames = played(story)
    if snapshot.total.counts.offered:
        fed = over(frames, {"floor": frames["floor"].assign(has_calls=True)})
        held(Day().build(fed, today(snapshot)), snapshot)
