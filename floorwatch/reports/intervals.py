"""The report "intervals": what happened in each queue, half hour by half hour.

Rules
- A row is a queue and an interval of the entries; one with no calls at all has no row. Queues are not added up here.
- Intervals stand on the floor's own clock and are told apart in UTC: a repeated local hour is two rows, each with its
  offset, and a missing one is none.
- Callers who still wait stand in `offered` and `waiting`, and those past T in every service level but `answered`.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from floorwatch.extend.report import Span
from floorwatch.model.events import LeftHow
from floorwatch.model.service_level import SERVICE_LEVELS
from floorwatch.reports.counting import COUNTED, queue_counts, service_levels, share_of, within
from floorwatch.reports.frames import Frames, Numbers
from floorwatch.reports.lazily import over

MINUTES = 30
MINUTES_TO_CHOOSE = (15, 30, 60)
FOR_PEOPLE = (
    "start", "queue", "offered", "answered", "abandoned", "left", "waiting", "answer_rate", "service_level",
    "asa_seconds", "longest_wait_seconds", "talk_mean_seconds", "aht_seconds",
)  # fmt: skip
"""What fits on a screen and a page; the exports for programs hold the rest."""


class Intervals:
    """By queue and interval of `minutes`: 15, 30 or 60. Raises ValueError for another."""

    name = "intervals"
    title = "Queues by interval"

    def __init__(self, minutes: int = MINUTES) -> None:
        if minutes not in MINUTES_TO_CHOOSE:
            raise ValueError(f"intervals of {minutes} minutes: choose 15, 30 or 60")
        self._seconds = minutes * 60

    def build(self, frames: Mapping[str, pd.DataFrame], span: Span) -> pd.DataFrame:
        """One row a queue and interval, by start and queue; `start` is local ISO time with its offset."""
        found = binned(within(frames, span), self._seconds)
        counts = queue_counts(found, "bin").swaplevel().sort_index()
        starts = pd.to_datetime(pd.Series(counts.index.get_level_values("start")), unit="s", utc=True)
        local = starts.dt.tz_convert(frames["visits"]["entered"].dt.tz)
        table = {
            "start": pd.Series([instant.isoformat() for instant in local], dtype="str"),
            "queue": pd.Series(counts.index.get_level_values("queue"), dtype="str"),
            **_volume(counts),
            **_levels(counts, frames["queues"]),
            **_durations(counts),
        }
        built = pd.DataFrame({name: np.asarray(column) for name, column in table.items()})
        built.attrs["for_people"] = FOR_PEOPLE
        return built.astype({"start": "str", "queue": "str"})


def binned(frames: Mapping[str, pd.DataFrame], seconds: int) -> Frames:
    """The counted frames with a column `bin`: the start of the interval of so many seconds of the local hour."""
    return over(
        frames, {name: frames[name].assign(bin=_starts(frames[name], by, seconds)) for name, by in COUNTED.items()}
    )


def _starts(frame: pd.DataFrame, by: str, seconds: int) -> "pd.Series[float]":
    """UTC starts of the local intervals: whole seconds past the local boundary are taken off the instant."""
    wall = frame["entered"].dt
    into_the_hour = wall.minute * 60 + wall.second
    starts: pd.Series[float] = np.floor(frame[by]) - into_the_hour % seconds
    return starts


def _volume(counts: pd.DataFrame) -> dict[str, "pd.Series[int]"]:
    ways = {f"left_{how.value}": counts[f"left_{how.value}"] for how in LeftHow}
    return {
        "offered": counts["offered"],
        "answered": counts["answered"],
        "answered_in_time": counts["answered_in_time"],
        "abandoned": counts["abandoned"],
        "abandoned_in_time": counts["abandoned_in_time"],
        "short_abandons": counts["short_abandons"],
        "left": counts[list(ways)].sum(axis=1),
        **ways,
        "waiting": counts["waiting"],
        "waiting_late": counts["waiting_late"],
        "completed": counts["completed"],
        "transferred": counts["transferred"],
    }


def _levels(counts: pd.DataFrame, queues: pd.DataFrame) -> dict[str, Numbers]:
    """The answer rate, the service level by the queue's own definition, then by each definition there is."""
    levels = service_levels(counts)
    own = dict(zip(queues["queue"], queues["definition"], strict=True))
    names = counts.index.get_level_values("queue")
    chosen = np.full(len(counts), np.nan)
    for name, level in levels.items():
        chosen = np.where([own.get(queue) == name for queue in names], level, chosen)
    gone = counts["answered"] + counts["abandoned"] + _volume(counts)["left"]
    return {
        "answer_rate": share_of(counts["answered"].to_numpy(), gone.to_numpy()),
        "service_level": chosen,
        **{f"service_level_{name.replace('-', '_')}": levels[name] for name in SERVICE_LEVELS},
    }


def _durations(counts: pd.DataFrame) -> dict[str, Numbers]:
    column = {str(name): counts[name].to_numpy() for name in counts.columns}
    left = _volume(counts)["left"].to_numpy()
    waits = column["answered_wait_seconds"] + column["abandoned_wait_seconds"] + column["left_wait_seconds"]
    ended = column["completed"] + column["transferred"]
    return {
        "asa_seconds": share_of(column["answered_wait_seconds"], column["answered"]),
        "wait_mean_seconds": share_of(waits, column["answered"] + column["abandoned"] + left),
        "abandon_mean_seconds": share_of(column["abandoned_wait_seconds"], column["abandoned"]),
        "longest_wait_seconds": np.where(
            column["offered"] > 0, np.maximum(column["longest_wait_seconds"], column["longest_waiting_seconds"]), np.nan
        ),
        "talk_mean_seconds": share_of(column["talk_seconds"], ended),
        "aht_seconds": share_of(column["talk_seconds"] + column["wrap_seconds"], ended),
    }
