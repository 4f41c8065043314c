"""The first lines of an agent's page: who and where, what now and for how long, the call on the line, help asked."""

from collections.abc import Iterator, Mapping

from floorwatch.api import AgentState, Cell, Line, Text, Tone, _, _p, spoken, steps_of
from floorwatch_agents.day import Day
from floorwatch_agents.day_words import clock, one_line

Steps = tuple[tuple[float, Tone], ...]
GAP = Cell("  ")


def day_head(day: Day, steps: Mapping[AgentState, Steps]) -> Text:
    """Two lines, and one more for each call on the line and each open question."""
    return Text((_who(day), _now(day, steps), *_calls(day, steps[AgentState.ON_CALL]), *_helps(day)))


def _who(day: Day) -> Line:
    agent = day.agent
    number = spoken.number_of(agent.id, agent.name)
    places = [
        agent.name,
        number,
        _("seat {seat}").format(seat=agent.seat) if agent.seat else "",
        _("team {team}").format(team=agent.team) if agent.team else "",
    ]
    hours = Cell(_shift(day), Tone.MUTED)
    return Line((Cell("  ".join(each for each in places if each)), GAP, hours))


def _shift(day: Day) -> str:
    planned = day.planned
    if planned is None:
        return _("no roster") if not day.floor.duty.has_roster else _("not in the roster")
    if planned.start is None or planned.end is None:
        return _("off today")
    return _("shift {start}-{end}").format(start=clock(day.floor, planned.start), end=clock(day.floor, planned.end))


def _now(day: Day, steps: Mapping[AgentState, Steps]) -> Line:
    agent = day.agent
    own = steps_of(agent, steps, day.floor.rules.duty)
    cells = [Cell(spoken.STATE_LETTERS[agent.state], badge=True), Cell(" "), Cell(spoken.state_name(agent.state))]
    if agent.since is not None:
        cells += [Cell(" "), Cell.age(agent.since, own), GAP]
        cells.append(Cell(_("since {time}").format(time=clock(day.floor, agent.since)), Tone.MUTED))
    if agent.pause_reason:
        cells += [GAP, Cell(agent.pause_reason)]
    if agent.fault_reason:
        cells += [GAP, Cell(agent.fault_reason, Tone.WARN)]
    if agent.pause_pending:
        cells += [GAP, Cell(_p("of an agent", "then pause"), Tone.NOTICE)]
    return Line(tuple(cells))


def _calls(day: Day, steps: Steps) -> Iterator[Line]:
    for talk in day.running:
        caller = day.floor.number_of(talk) or _("no number")
        cells = [
            Cell(_("on the line: {queue}, {caller}").format(queue=talk.queue, caller=caller)),
            Cell(" "),
            Cell.age(talk.since, steps),
        ]
        if talk.wait_seconds is not None:
            waited = _("waited {duration}").format(duration=spoken.duration(talk.wait_seconds))
            cells += [GAP, Cell(waited, Tone.MUTED)]
        if talk.held_since is not None:
            cells += [GAP, Cell.age(talk.held_since, prefix=_("on hold "), tone=Tone.NOTICE)]
        yield Line(tuple(cells))


def _helps(day: Day) -> Iterator[Line]:
    for each in day.floor.support.open_helps.values():
        if each.agent != day.agent.id:
            continue
        question = one_line(each.question)
        said = _("asks for help: {question}").format(question=question) if question else _("asks for help")
        taken = _("{who} is on the way").format(who=each.taken_by) if each.taken_by else ""
        cells = [Cell(said, Tone.NOTICE), Cell(" "), Cell.age(each.requested_at, tone=Tone.NOTICE)]
        yield Line((*cells, GAP, Cell(taken, Tone.MUTED)) if taken else tuple(cells))
