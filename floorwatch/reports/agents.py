"""The report "agents": what each agent did on each business day.

Rules
- Calls count on the day of their entry, missed rings on the day they rang, state seconds on the days they overlap.
- A state that still runs counts up to this moment; so does the pause of somebody who has not come back.
- Pauses stand apart by reason, in columns of their own: `paused_seconds: Lunch`, `paused_seconds: -` without one.
- What no feed can tell is null, not zero: the facts that the feeds give decide.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from floorwatch.extend.report import Span
from floorwatch.model.entities import AgentState, Fact
from floorwatch.model.snapshot import GIVEN_BY
from floorwatch.reports.counting import Adder, places_of, share_of
from floorwatch.reports.frames import Frames
from floorwatch.reports.lazily import over

STATES = ("available", "on_call", "on_hold", "ringing", "wrap_up", "paused")
"""States whose seconds are counted, as live."""

FOR_PEOPLE = (
    "day", "agent", "name", "seat", "team", "answered", "talk_mean_seconds", "talk_seconds", "available_seconds",
    "paused_seconds", "missed_rings", "ended_by_agent", "occupancy_rate",
)  # fmt: skip
"""What fits on a screen and a page; the exports for programs hold the rest."""

NO_REASON = "-"

TOLD_BY = {f"{state}_seconds": GIVEN_BY.get(AgentState(state), Fact.MEMBERS) for state in STATES} | {
    "on_call_seconds": Fact.CALLS,
    "missed_rings": Fact.MISSED_RINGS,
    "refused_rings": Fact.MISSED_RINGS,
    "ended_by_agent": Fact.ENDED_BY,
}
"""The fact without which a figure is unknown, and not zero."""


class AgentDays:
    """By agent and business day."""

    name = "agents"
    title = "Agents by day"

    def build(self, frames: Mapping[str, pd.DataFrame], span: Span) -> pd.DataFrame:
        """One row an agent and day on which they worked, by day and id; `day` is a local ISO date."""
        counts = agent_counts(_within(frames, span)).swaplevel().sort_index()
        told = set(frames["facts"]["fact"])
        unknown = [name for name, fact in TOLD_BY.items() if fact not in told and not counts[name].any()]
        counts = counts.astype(dict.fromkeys(unknown, "float64")).assign(**dict.fromkeys(unknown, np.nan))
        return _table(counts, frames)


def agent_counts(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Counters by agent and day, under the names of `AgentCounts`, and the seconds of each reason to pause."""
    rings, spells = frames["rings"], frames["spells"]
    parts = {
        "talks": frames["talks"],
        "missed": rings[rings["how"].eq("missed")],
        "spells": spells[spells["state"].isin(STATES)],
    }
    keys, codes = places_of(parts.values(), "agent", "day")
    at = {name: Adder(places, len(keys)) for name, places in zip(parts, codes, strict=True)}
    counts = {
        **_talks(parts["talks"], at["talks"]),
        **_missed(parts["missed"], at["missed"]),
        **_spells(parts["spells"], at["spells"]),
    }
    return pd.DataFrame(counts, index=keys)


def _within(frames: Mapping[str, pd.DataFrame], span: Span) -> Frames:
    talks, rings, spells = frames["talks"], frames["rings"], frames["spells"]
    cut = spells.assign(start=spells["start"].clip(lower=span.start), end=spells["end"].clip(upper=span.end))
    kept = {
        "talks": talks[talks["began"].ge(span.start) & talks["began"].lt(span.end)],
        "rings": rings[rings["at"].ge(span.start) & rings["at"].lt(span.end)],
        "spells": cut[cut["start"] < cut["end"]],
    }
    return over(frames, kept)


def _talks(talks: pd.DataFrame, at: Adder) -> dict[str, Any]:
    """Every talk was answered once; only those that ended by a hang-up or a transfer have a length that counts."""
    transferred = talks["how"].eq("transferred")
    ended = talks["how"].eq("completed") | transferred
    return {
        "answered": at.count(),
        "ended": at.count(ended),
        "transferred": at.count(transferred),
        "ended_by_agent": at.count(ended & talks["ended_by"].eq("agent")),
        "talk_seconds": at.sum(talks["talk_seconds"], ended),
    }


def _missed(rings: pd.DataFrame, at: Adder) -> dict[str, Any]:
    return {"missed_rings": at.count(), "refused_rings": at.count(rings["ring_ms"].eq(0))}


def _spells(spells: pd.DataFrame, at: Adder) -> dict[str, Any]:
    seconds = spells["end"] - spells["start"]
    by_state = {f"{state}_seconds": at.sum(seconds, spells["state"].eq(state)) for state in STATES}
    paused = spells["state"].eq("paused")
    reasons = spells["reason"].astype("str").fillna("").replace("", NO_REASON)
    named = sorted(set(reasons[paused]))
    by_reason = {f"paused_seconds: {reason}": at.sum(seconds, paused & reasons.eq(reason)) for reason in named}
    return by_state | by_reason


def _table(counts: pd.DataFrame, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    days = pd.to_datetime(pd.Series(counts.index.get_level_values("start")), unit="s", utc=True)
    local = days.dt.tz_convert(frames["visits"]["entered"].dt.tz)
    who = pd.DataFrame({"agent": pd.Series(counts.index.get_level_values("agent"), dtype="str")})
    people = who.merge(frames["agents"], on="agent", how="left")
    handling = counts[["on_call_seconds", "on_hold_seconds", "wrap_up_seconds"]].fillna(0.0).sum(axis=1).to_numpy()
    rings = (counts["answered"] + counts["missed_rings"]).to_numpy(dtype="float64")
    table = counts.reset_index(drop=True)
    table.insert(5, "talk_mean_seconds", share_of(table["talk_seconds"].to_numpy(), table["ended"].to_numpy()))
    table.insert(8, "missed_ring_rate", share_of(table["missed_rings"].to_numpy(dtype="float64"), rings))
    table.insert(9, "occupancy_rate", share_of(handling, handling + table["available_seconds"].to_numpy()))
    dates = pd.Series([instant.date().isoformat() for instant in local], dtype="str", name="day")
    built = pd.concat([dates, people, table], axis=1)
    built.attrs["for_people"] = FOR_PEOPLE
    return built
