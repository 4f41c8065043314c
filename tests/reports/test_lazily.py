"""Frames that are made when they are asked for."""

from functools import partial

import pandas as pd
import pytest

from floorwatch.extend.report import Span
from floorwatch.reports.agents import AgentDays
from floorwatch.reports.frames import frames_of
from floorwatch.reports.intervals import Intervals
from floorwatch.reports.lazily import LazyFrames, over
from tests.reports.duty_week import MONDAY, at, new_floor, roster


class Counted:
    """Makes a frame and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> pd.DataFrame:
        self.times += 1
        return pd.DataFrame({"n": [self.times]})


def test_a_frame_is_made_once_and_only_when_it_is_asked_for() -> None:
    one, other = Counted(), Counted()
    frames = LazyFrames({"one": one, "other": other})

    assert list(frames) == ["one", "other"]
    assert "one" in frames
    assert "none" not in frames
    assert frames["one"] is frames["one"]
    assert (one.times, other.times) == (1, 0)
    with pytest.raises(KeyError):
        frames["none"]


def test_frames_over_others_make_none_of_them() -> None:
    one, other = Counted(), Counted()
    frames = over(LazyFrames({"one": one, "other": other}), {"other": pd.DataFrame(), "more": pd.DataFrame()})

    assert list(frames) == ["one", "other", "more"]
    assert len(frames["other"]) == 0
    assert (one.times, other.times) == (0, 0)
    assert len(frames["one"]) == 1


def test_reports_of_calls_do_not_ask_for_attendance() -> None:
    floor = new_floor()
    floor.apply(roster(), "rosters")
    frames = frames_of(floor.history, floor.snapshot(at(MONDAY, "10:00")))
    never = Counted()
    dear = ("attendance", "shifts")
    costly = LazyFrames({name: never if name in dear else partial(frames.__getitem__, name) for name in frames})

    for report in (Intervals(), AgentDays()):
        report.build(costly, Span(0.0, 1e12))
    assert never.times == 0
