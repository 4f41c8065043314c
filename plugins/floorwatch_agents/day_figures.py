"""The figures of an agent's day: today, what it stands against, the team's mean, and the cause of a gap in words.

Rules
- The team's mean is that of whoever of the team had a call today; without a team it is the floor's.
- What no feed tells is said so, never 0. A spell that still runs counts with its seconds of today.
- Enter on a figure opens what it was made of, and so does `?`.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from floorwatch.api import (
    AgentCounts,
    AgentState,
    Align,
    Cell,
    Column,
    Explain,
    Fact,
    Row,
    Table,
    Tone,
    _,
    _n,
    _p,
    ratio,
    roster,
    spoken,
)
from floorwatch_agents.day import Day
from floorwatch_agents.day_pace import tone_of
from floorwatch_agents.day_words import clock, kind_title
from floorwatch_agents.options import AgentsOptions

RIGHT = Align.RIGHT
Cells = tuple[Cell, Cell, Cell, Cell, Cell]

NOTHING = Cell(spoken.NOTHING, Tone.MUTED)
NOT_GIVEN = Cell(spoken.NOT_GIVEN, Tone.MUTED)


class Against(Struct, frozen=True):
    """The day of one agent, their counters, those of the team, and the pace where there is one."""

    day: Day
    options: AgentsOptions
    today: AgentCounts
    team: tuple[AgentCounts, ...]
    pace: roster.Pace | None

    def mean(self, of: Callable[[AgentCounts], float | None]) -> float | None:
        """The team's mean of a figure, over those who have it."""
        found = [value for counts in self.team if (value := of(counts)) is not None]
        return sum(found) / len(found) if found else None

    def gives(self, fact: Fact) -> bool:
        """Whether a feed here can tell."""
        return fact in self.day.floor.gives


def against(day: Day, options: AgentsOptions) -> Against:
    """What the figures of this day stand against."""
    floor, agent = day.floor, day.agent
    mates = (each for each in floor.agents.values() if not agent.team or each.team == agent.team)
    counts = (floor.agent_counts.get((mate.id, floor.day_start)) for mate in mates)
    team = tuple(each for each in counts if each is not None and each.answered)
    pace = roster.pace_of(floor, agent.id, options.daily_calls, options.full_day_hours * 3600)
    return Against(day, options, floor.agent_today(agent.id), team, pace)


def day_figures(those: Against) -> Table:
    """A row a figure."""
    columns = (
        Column("figure", "", 11, flex=1),
        Column("today", _("today"), 7, RIGHT),
        Column("target", _("target"), 7, RIGHT),
        Column("team", _("team"), 7, RIGHT, drop=2, about=_("the mean of those of the team who had a call today")),
        Column("cause", "", 16, flex=4, drop=1),
    )
    rows = (_explained(f"day:{key}/{those.day.agent.id}", cells) for key, cells in _figures(those))
    return Table(columns, tuple(rows), caption=_("Today"))


def _explained(key: str, cells: Cells) -> Row:
    """The row of a figure; `?` on what it was today, or on its target, opens what Enter opens."""
    name, today, target, *others = cells
    explain = Explain(row=key)
    return Row(key, (name, replace(today, explain=explain), replace(target, explain=explain), *others))


def _figures(those: Against) -> Iterator[tuple[str, Cells]]:
    """With what stands behind each (`day_lists`)."""
    yield "pace", _answered(those)
    yield "talk", _talk(those)
    yield "handled", _handled(those)
    yield "idle", _idle(those)
    yield "breaks", _paused(those)
    if (found := _adherence(those)) is not None:
        yield "plan", found
    yield "rings", _missed(those)
    yield "transfers", _transferred(those)
    yield "endings", _hung_up(those)
    yield "notes", _notes(those)


def _row(name: str, today: Cell, target: Cell, team: Cell, cause: str, tone: Tone = Tone.CALM) -> Cells:
    return Cell(name, Tone.MUTED), today, target, team, Cell(cause, tone)


def _answered(those: Against) -> Cells:
    today, pace = those.today, those.pace
    team = _tenths(those.mean(lambda counts: float(counts.answered)))
    if pace is None:
        return _row(_("answered"), Cell(str(today.answered)), NOTHING, team, "")
    figure = Cell(str(today.answered), tone_of(pace))
    share = _("share {share:.1f} of the calls that came").format(share=pace.share)
    return _row(_("answered"), figure, _tenths(pace.target), team, share)


def _talk(those: Against) -> Cells:
    mean = ratio(those.today.talk_seconds, those.today.ended)
    limit = those.options.call_clock
    long = [talk.talk_seconds for talk in those.day.talks if talk.talk_seconds > limit]
    cause = ""
    if long:
        said = _n(
            "{n} call over {limit}, the longest {longest}", "{n} calls over {limit}, the longest {longest}", len(long)
        )
        cause = said.format(n=len(long), limit=spoken.duration(limit), longest=spoken.duration(max(long)))
    tone = Tone.NOTICE if mean is not None and mean > limit else Tone.CALM
    target = Cell(spoken.duration(limit), Tone.MUTED)
    return _row(_("mean talk"), _duration(mean, tone), target, _duration(those.mean(_mean_talk)), cause)


def _handled(those: Against) -> Cells:
    mean, team = _mean_handle(those.today), those.mean(_mean_handle)
    cause = "" if those.gives(Fact.WRAP_UP) else _("talk alone: no after-call work in this feed")
    if mean is not None and team is not None and not cause:
        wrapped = ratio(those.today.wrap_up_seconds, those.today.ended) or 0.0
        cause = _("{duration} of it after-call work").format(duration=spoken.duration(wrapped))
    return _row(_("handle time"), _duration(mean), NOTHING, _duration(team), cause)


def _idle(those: Against) -> Cells:
    if not those.gives(Fact.MEMBERS):
        return _row(_("idle"), NOT_GIVEN, NOTHING, NOTHING, _("not in this feed"))
    occupancy = _occupancy(those.today)
    cause = ""
    if occupancy is not None:
        cause = _("occupied {share}%").format(share=spoken.share(occupancy))
    today = _running(those, AgentState.AVAILABLE, those.today.available_seconds)
    return _row(_("idle"), today, NOTHING, _duration(those.mean(lambda counts: counts.available_seconds)), cause)


def _paused(those: Against) -> Cells:
    if not those.gives(Fact.PAUSES):
        return _row(_("paused"), NOT_GIVEN, NOTHING, NOTHING, _("not in this feed"))
    attended = those.day.attended
    taken = attended.breaks if attended is not None else ()
    over = [each for each in taken if each.is_over]
    words = _("{reason} {over} over at {time}")
    named = (
        words.format(
            reason=each.reason
            or (spoken.activity_name(each.activity) if each.activity is not None else _p("of an agent", "pause")),
            over=spoken.duration(each.over),
            time=clock(those.day.floor, each.start),
        )
        for each in over
    )
    limits = [each.limit for each in taken if each.limit is not None]
    target = Cell(spoken.duration(sum(limits)), Tone.MUTED) if limits else NOTHING
    today = _running(those, AgentState.PAUSED, those.today.paused_seconds, Tone.NOTICE if over else Tone.CALM)
    team = _duration(those.mean(lambda counts: counts.paused_seconds))
    return _row(_("paused"), today, target, team, _(", ").join(named), Tone.NOTICE if over else Tone.CALM)


def _adherence(those: Against) -> Cells | None:
    found = roster.adherence_of(those.day.floor, those.day.agent.id) if those.day.attended is not None else None
    if found is None:
        return None
    worst = max(found.deviations, key=lambda each: each.seconds - each.excused, default=None)
    cause = ""
    if worst is not None:
        words = _("{start}-{end} {done}, outside the plan")
        words = words if worst.planned is None else _("{start}-{end} {done} instead of {planned}")
        cause = words.format(
            start=clock(those.day.floor, worst.start),
            end=clock(those.day.floor, worst.end),
            planned="" if worst.planned is None else spoken.activity_name(worst.planned),
            done=_("away") if worst.done is None else spoken.activity_name(worst.done),
        )
    if found.excused and found.adjusted is not None:
        said = _("{share}% with what is excused; {cause}")
        cause = said.format(cause=cause, share=spoken.share(found.adjusted))
    figure = Cell(spoken.NOTHING if found.adherence is None else f"{spoken.share(found.adherence)}%")
    return _row(_("adherence"), figure, NOTHING, NOTHING, cause)


def _missed(those: Against) -> Cells:
    if not those.gives(Fact.MISSED_RINGS):
        return _row(_("missed rings"), NOT_GIVEN, NOTHING, NOTHING, _("not in this feed"))
    today = those.today
    parts = []
    if today.refused_rings:
        parts.append(_("{n} refused or unreachable").format(n=today.refused_rings))
    if those.day.rings:
        last = those.day.rings[-1]
        parts.append(_("last {time} {queue}").format(time=clock(those.day.floor, last.at), queue=last.queue))
    team = those.mean(lambda counts: float(counts.missed_rings))
    tone = Tone.NOTICE if team is not None and today.missed_rings > 2 * team + 1 else Tone.CALM
    return _row(_("missed rings"), Cell(str(today.missed_rings), tone), NOTHING, _tenths(team), _(", ").join(parts))


def _transferred(those: Against) -> Cells:
    team = _tenths(those.mean(lambda counts: float(counts.transferred)))
    return _row(_("transferred"), Cell(str(those.today.transferred)), NOTHING, team, "")


def _hung_up(those: Against) -> Cells:
    if not those.gives(Fact.ENDED_BY):
        return _row(_("hung up first"), NOT_GIVEN, NOTHING, NOTHING, _("not in this feed"))
    share = ratio(those.today.ended_by_agent, those.today.ended)
    cause = "" if share is None else _("{share}% of the calls ended").format(share=spoken.share(share))
    team = _tenths(those.mean(lambda counts: float(counts.ended_by_agent)))
    return _row(_("hung up first"), Cell(str(those.today.ended_by_agent)), NOTHING, team, cause)


def _notes(those: Against) -> Cells:
    day = those.day
    support, agent = day.floor.support, day.agent.id
    notes = [note for note in support.notes_since(day.floor.day_start) if note.agent == agent]
    kinds = dict.fromkeys(kind_title(note.kind) for note in notes)
    visit = support.visits.get(agent)
    if visit is None or visit.at < day.start:
        cause = _("not visited this shift")
    else:
        cause = _("visited {time} by {who}").format(time=clock(day.floor, visit.at), who=visit.by or spoken.NOTHING)
    parts = [_(", ").join(kinds), cause] if kinds else [cause]
    return _row(_("notes"), Cell(str(len(notes))), NOTHING, NOTHING, _("; ").join(parts))


# --- figures ---------------------------------------------------------------------------------------------------------


def _mean_talk(counts: AgentCounts) -> float | None:
    return ratio(counts.talk_seconds, counts.ended)


def _mean_handle(counts: AgentCounts) -> float | None:
    return ratio(counts.talk_seconds + counts.wrap_up_seconds, counts.ended)


def _occupancy(counts: AgentCounts) -> float | None:
    handling = counts.on_call_seconds + counts.on_hold_seconds + counts.wrap_up_seconds
    return ratio(handling, handling + counts.available_seconds)


def _running(those: Against, state: AgentState, ended: float, tone: Tone = Tone.CALM) -> Cell:
    """Seconds in a state today; the spell that runs included."""
    agent, floor = those.day.agent, those.day.floor
    if agent.state is not state or agent.since is None:
        return Cell(spoken.duration(ended), tone)
    return Cell.age(max(agent.since, floor.day_start) - ended, tone=tone)


def _duration(seconds: float | None, tone: Tone = Tone.CALM) -> Cell:
    return NOTHING if seconds is None else Cell(spoken.duration(seconds), tone, sort=seconds)


def _tenths(figure: float | None) -> Cell:
    return NOTHING if figure is None else Cell(f"{figure:.1f}", Tone.MUTED, sort=figure)
