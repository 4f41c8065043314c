"""The live counters over again, from frames: the same letters, the same sums, to the last digit.

Rules
- A sum adds doubles one after another in the order of the fold, as the live counters do (`np.bincount`). pandas' own
  sums carry a correction along and differ in the last digit.
- The names are those of `QueueCounts`; `waiting`, `waiting_late` and `longest_waiting_seconds` stand beside them.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from floorwatch.extend.report import Span
from floorwatch.model.events import LeftHow
from floorwatch.model.service_level import SERVICE_LEVELS, Volume
from floorwatch.reports.frames import Frames, Numbers
from floorwatch.reports.lazily import over

Places: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

COUNTED = {"visits": "entered_at", "waiting": "entered_at", "talks": "began", "wraps": "began"}
"""The frames that the counters of a queue come from, and the time by which a row counts."""


def within(frames: Mapping[str, pd.DataFrame], span: Span) -> Frames:
    """The frames with only the rows whose call entered within the span."""
    kept = {
        name: frame[frame[by].ge(span.start) & frame[by].lt(span.end)]
        for name, by in COUNTED.items()
        for frame in [frames[name]]
    }
    return over(frames, kept)


def queue_counts(frames: Mapping[str, pd.DataFrame], by: str) -> pd.DataFrame:
    """Counters by queue and `by`, a column of periods ("interval", "day"): a row for each pair that has anything."""
    talks = frames["talks"]
    counted = {
        **{name: frames[name] for name in COUNTED},
        "talks": talks[talks["how"].isin(["completed", "transferred"])],
    }
    keys, codes = places_of(counted.values(), "queue", by)
    at = {name: Adder(places, len(keys)) for name, places in zip(counted, codes, strict=True)}
    counts = _visits(counted["visits"], at["visits"])
    waiting = at["waiting"]
    late, waits = counted["waiting"]["late"], counted["waiting"]["wait_seconds"]
    counts["waiting"], counts["waiting_late"] = waiting.count(), waiting.count(late)
    counts["offered"] = counts["offered"] + counts["waiting"]
    counts["longest_waiting_seconds"] = waiting.longest(waits)
    counts |= _talks(counted["talks"], at["talks"])
    wraps = counted["wraps"]
    counts["wrap_seconds"] = at["wraps"].sum((wraps["end"] - wraps["start"]).clip(lower=0.0))
    return pd.DataFrame(counts, index=keys)


def places_of(frames: Iterable[pd.DataFrame], what: str, period: str) -> tuple[pd.MultiIndex, list[Places]]:
    """Every (`what`, `period`) that occurs in the frames, in order, and for each frame the places of its rows."""
    pairs = [frame[[what, period]].astype({what: "str"}) for frame in frames]
    every = pd.concat(pairs)
    names, words = pd.factorize(every[what], sort=True)
    times, starts = pd.factorize(every[period], sort=True)
    both, codes = np.unique(names.astype("int64") * max(1, len(starts)) + times, return_inverse=True)
    where, when = np.divmod(both, max(1, len(starts)))
    keys = pd.MultiIndex.from_arrays([words[where], starts[when]], names=[what, "start"])
    return keys, np.split(codes, np.cumsum([len(pair) for pair in pairs])[:-1])


def share_of(part: Numbers, whole: Numbers) -> Numbers:
    """part / whole, NaN where there is nothing to divide by."""
    found: Numbers = np.divide(part, whole, out=np.full(len(part), np.nan), where=np.asarray(whole) > 0)
    return found


def service_levels(counts: pd.DataFrame) -> dict[str, Numbers]:
    """The service level of each row by every definition, computed by the one home of the definitions."""
    letters: Any = counts.assign(left=counts[[f"left_{how.value}" for how in LeftHow]].sum(axis=1))
    volume = Volume(*(letters[name].to_numpy() for name in Volume.__struct_fields__))
    terms: dict[str, Any] = {name: level.terms(volume) for name, level in SERVICE_LEVELS.items()}
    return {name: share_of(part, whole) for name, (part, whole) in terms.items()}


class Adder:
    """Adds up rows into the places that their codes name."""

    def __init__(self, codes: Places, places: int) -> None:
        self._codes = codes
        self._places = places

    def count(self, where: "pd.Series[bool] | None" = None) -> np.ndarray[Any, np.dtype[np.int64]]:
        """How many rows fall into each place."""
        codes = self._codes if where is None else self._codes[where.to_numpy(dtype=bool)]
        return np.bincount(codes, minlength=self._places).astype("int64")

    def sum(self, seconds: "pd.Series[float]", where: "pd.Series[bool] | None" = None) -> Numbers:
        """Their seconds, one after another."""
        weights = seconds.to_numpy(dtype="float64")
        if where is not None:
            weights = np.where(where.to_numpy(dtype=bool), weights, 0.0)
        return np.bincount(self._codes, weights, minlength=self._places).astype("float64")

    def longest(self, seconds: "pd.Series[float]") -> Numbers:
        """The longest of their seconds; 0 where there is none."""
        found = np.zeros(self._places)
        np.maximum.at(found, self._codes, seconds.to_numpy(dtype="float64"))
        return found


def _visits(visits: pd.DataFrame, at: Adder) -> dict[str, Any]:
    outcome, waits = visits["outcome"], visits["wait_seconds"]
    answered, abandoned = outcome.eq("answered"), outcome.eq("abandoned")
    return {
        "offered": at.count(),
        "answered": at.count(answered),
        "answered_in_time": at.count(answered & visits["in_time"]),
        "abandoned": at.count(abandoned),
        "abandoned_in_time": at.count(abandoned & visits["in_time"]),
        "short_abandons": at.count(abandoned & visits["short"]),
        **{f"left_{how.value}": at.count(outcome.eq(how.value)) for how in LeftHow},
        "answered_wait_seconds": at.sum(waits, answered),
        "abandoned_wait_seconds": at.sum(waits, abandoned),
        "left_wait_seconds": at.sum(waits, ~(answered | abandoned)),
        "longest_wait_seconds": at.longest(waits),
    }


def _talks(talks: pd.DataFrame, at: Adder) -> dict[str, Any]:
    completed = talks["how"].eq("completed")
    return {
        "completed": at.count(completed),
        "transferred": at.count(~completed),
        "ended_by_agent": at.count(completed & talks["ended_by"].eq("agent")),
        "ended_by_caller": at.count(completed & talks["ended_by"].eq("caller")),
        "talk_seconds": at.sum(talks["talk_seconds"]),
        "hold_seconds": at.sum(talks["held_seconds"]),
    }
