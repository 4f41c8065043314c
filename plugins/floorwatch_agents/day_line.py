"""The timeline of an agent's shift: the plan, what was done, the calls, the breaks, and what happened beside them.

Rules
- States that are long enough to be seen stand as they were; shorter ones that follow one another are one stretch with
  the letter of the state that took most of it, and say what they are made of.
- A state takes the tone that its age would have had in the list; a pause is noticed, and whoever is free or gone is
  muted, so that work stands out.
- What has more behind it than its words has a key of its own: Enter opens that, else the list behind its track.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from floorwatch.api import (
    AgentState,
    PastState,
    PastTalk,
    Stretch,
    Timeline,
    Tone,
    Track,
    _,
    _p,
    duty,
    roster,
    spoken,
)
from floorwatch_agents.day import Day
from floorwatch_agents.day_marks import day_marks, ring_marks
from floorwatch_agents.day_words import ended_words

Steps = tuple[tuple[float, Tone], ...]

PIECES = 108
"""Stretches of states in a day, about: five minutes of a shift of nine hours, two cells of a line of 200."""

BREAKS = (duty.Activity.BREAK, duty.Activity.LUNCH)
PLAN_LETTERS = {
    duty.Activity.PHONES: "",
    duty.Activity.LUNCH: "l",
    duty.Activity.BREAK: "b",
    duty.Activity.MEETING: "m",
    duty.Activity.TRAINING: "t",
    duty.Activity.DUTY: "d",
}
_QUIET = {
    AgentState.PAUSED: Tone.NOTICE,
    AgentState.AVAILABLE: Tone.MUTED,
    AgentState.SIGNED_OUT: Tone.MUTED,
    AgentState.UNKNOWN: Tone.MUTED,
}


def day_line(day: Day, steps: Mapping[AgentState, Steps]) -> Timeline:
    """The whole shift."""
    agent = day.agent.id
    tracks = [
        Track(f"day:states/{agent}", _("states"), tuple(_states(day, steps)), tuple(day_marks(day))),
        Track(
            f"day:calls/{agent}",
            _p("by telephone", "calls"),
            tuple(sorted(_calls(day, steps[AgentState.ON_CALL]), key=_start)),
            tuple(ring_marks(day)),
        ),
    ]
    if day.planned is not None and day.planned.stints:
        tracks.insert(0, Track(f"day:plan/{agent}", _("plan"), tuple(_plan(day.planned))))
    if breaks := tuple(_breaks(day, steps[AgentState.PAUSED])):
        tracks.append(Track(f"day:breaks/{agent}", _("breaks"), breaks))
    now = day.floor.at if day.start <= day.floor.at < day.end else None
    return Timeline(tuple(tracks), day.start, day.end, now, starts=True)


def _plan(planned: roster.Planned) -> Iterator[Stretch]:
    for stint in planned.stints:
        tone = Tone.NOTICE if stint.activity in BREAKS else Tone.CALM
        yield Stretch(stint.start, stint.end, PLAN_LETTERS[stint.activity], tone, spoken.activity_name(stint.activity))


# --- states ----------------------------------------------------------------------------------------------------------


def _states(day: Day, steps: Mapping[AgentState, Steps]) -> Iterator[Stretch]:
    piece = (day.end - day.start) / PIECES
    bundle: list[PastState] = []
    bundles: list[list[PastState]] = []
    for state in day.states:
        if state.end - state.start >= piece:
            bundles += [bundle, [state]]
            bundle = []
            continue
        bundle.append(state)
        if state.end - bundle[0].start >= piece:
            bundles.append(bundle)
            bundle = []
    for each in _joined([found for found in (*bundles, bundle) if found], piece):
        yield _stretch(day, each, steps)


def _joined(bundles: Sequence[list[PastState]], piece: float) -> Iterator[list[PastState]]:
    """Bundles of short states that follow one another and have the same letter are one."""
    running: list[PastState] = []
    for bundle in bundles:
        is_long = len(bundle) == 1 and bundle[0].end - bundle[0].start >= piece
        joins = running and not is_long and len(running) > 1 and _most_of(running) == _most_of(bundle)
        if joins:
            running += bundle
            continue
        if running:
            yield running
        running = list(bundle)
    if running:
        yield running


def _seconds(states: Sequence[PastState]) -> list[tuple[str, float]]:
    """Seconds by state, the most first."""
    found: defaultdict[str, float] = defaultdict(float)
    for state in states:
        found[state.state] += state.end - state.start
    return sorted(found.items(), key=lambda each: -each[1])


def _most_of(states: Sequence[PastState]) -> str:
    return _seconds(states)[0][0]


def _stretch(day: Day, states: Sequence[PastState], steps: Mapping[AgentState, Steps]) -> Stretch:
    state = AgentState(_most_of(states))
    start, end = states[0].start, states[-1].end
    last = states[-1] is day.states[-1] and day.agent.since is not None
    key = f"day:states@{start!r}-{end!r}/{day.agent.id}" if len(states) > 1 else ""
    if len(states) == 1:
        return Stretch(
            start,
            None if last else end,
            spoken.STATE_LETTERS[state],
            _tone(state, end - start, steps[state]),
            _state_words(states[0]),
            key,
        )
    parts = [
        _("{state} {duration}").format(state=spoken.state_name(name), duration=spoken.duration(seconds))
        for name, seconds in _seconds(states)
    ]
    return Stretch(
        start, None if last else end, spoken.STATE_LETTERS[state], _tone(state, 0.0, ()), _(", ").join(parts), key
    )


def _state_words(state: PastState) -> str:
    name = spoken.state_name(state.state)
    return _("{state}: {reason}").format(state=name, reason=state.reason) if state.reason else name


def _tone(state: AgentState, seconds: float, steps: Steps) -> Tone:
    quiet = _QUIET.get(state, Tone.CALM)
    return next((tone for after, tone in reversed(steps) if seconds >= after), quiet)


# --- calls and breaks ------------------------------------------------------------------------------------------------


def _calls(day: Day, steps: Steps) -> Iterator[Stretch]:
    for talk in day.talks:
        tone = next((tone for after, tone in reversed(steps) if talk.talk_seconds >= after), Tone.CALM)
        yield Stretch(
            talk.answered_at, talk.ended_at, talk.queue[:1], tone, _call_words(day, talk), call_key(day, talk)
        )
    for running in day.running:
        tone = next((tone for after, tone in reversed(steps) if day.floor.at - running.since >= after), Tone.NOTICE)
        words = _("{queue}, {caller}: on the line").format(
            queue=running.queue, caller=day.floor.number_of(running) or _("no number")
        )
        yield Stretch(running.since, None, running.queue[:1], tone, words)


def _start(stretch: Stretch) -> float:
    return stretch.start


def call_key(day: Day, talk: PastTalk) -> str:
    """What opens one call."""
    return f"day:call@{talk.answered_at!r}/{day.agent.id}"


def _call_words(day: Day, talk: PastTalk) -> str:
    caller = day.caller(talk) or _("no number")
    return _("{queue}, {caller}, {ended}").format(queue=talk.queue, caller=caller, ended=ended_words(talk))


def _breaks(day: Day, steps: Steps) -> Iterator[Stretch]:
    limits = {taken.start: taken for taken in (day.attended.breaks if day.attended is not None else ())}
    for state in day.states:
        if state.state != AgentState.PAUSED.value:
            continue
        last = state is day.states[-1] and day.agent.state is AgentState.PAUSED
        reason = state.reason or _("no reason given")
        taken = next((each for at, each in limits.items() if abs(at - state.start) < 1.0), None)
        tone, words = _over(taken, reason, state.end - state.start, steps)
        yield Stretch(state.start, None if last else state.end, reason[:1].upper(), tone, words)


def _over(taken: roster.BreakTaken | None, reason: str, seconds: float, steps: Steps) -> tuple[Tone, str]:
    """The tone and words of a pause: by its limit where one is known, else by the thresholds of the list."""
    if taken is not None and taken.limit is not None:
        if not taken.is_over:
            return Tone.NOTICE, reason
        return Tone.WARN, _("{reason}, {over} over its limit").format(reason=reason, over=spoken.duration(taken.over))
    return next((tone for after, tone in reversed(steps) if seconds >= after), Tone.NOTICE), reason
