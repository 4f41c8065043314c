"""The figures of the wall: each with its name, its tone and what it stands against.

Rules
- A figure is the one that every other panel shows, by its metric: nothing is reckoned here.
- What no feed here can tell is `?`, and what is not there yet is `-`.
"""

from collections.abc import Callable, Mapping

from floorwatch.api import (
    AgentState,
    Cell,
    Fact,
    Scope,
    Tile,
    Tone,
    _,
    _n,
    _p,
    figure_of,
    share_tone,
    spoken,
    wait_steps,
)


def tile_of(scope: Scope, figure: str) -> Tile:
    """One figure of these queues. Raises KeyError for one that is not among `FIGURES`."""
    return _FIGURES[figure](scope)


def _waiting(scope: Scope) -> Tile:
    waiting, free = len(scope.waiting), scope.free
    if Fact.MEMBERS not in scope.floor.gives:  # then nobody knows who is free
        return Tile(_p("callers", "waiting"), Cell(str(waiting)))
    tone = Tone.WARN if waiting > free else Tone.CALM
    return Tile(_p("callers", "waiting"), Cell(str(waiting), tone), _n("{n} free", "{n} free", free).format(n=free))


def _longest_wait(scope: Scope) -> Tile:
    first = scope.longest_waiting
    target = scope.target if first is None else scope.floor.rules.target(first.queue)
    against = _("limit {limit}").format(limit=spoken.duration(target.longest_wait_seconds))
    age = Cell.age(None if first is None else first.entered_at, wait_steps(target))
    return Tile(_("longest wait"), age, against)


def _service_level(scope: Scope) -> Tile:
    target = scope.target
    limits = {scope.floor.rules.target(queue).seconds for queue in scope.queues} or {target.seconds}
    words = _("target {share:g} % in {seconds:g} s") if len(limits) == 1 else _("target {share:g} %")
    against = words.format(share=target.share * 100, seconds=next(iter(limits)))
    return Tile(_("service level"), _share(figure_of(scope, "service-level").value, target.share), against)


def _answer_rate(scope: Scope) -> Tile:
    target, counts = scope.target.answer_rate, scope.counts
    against = _("{answered} of {offered}, target {share:g} %").format(
        answered=counts.answered, offered=counts.offered, share=target * 100
    )
    return Tile(_("answered"), _share(figure_of(scope, "answer-rate").value, target), against)


def _expected_wait(scope: Scope) -> Tile:
    seconds = figure_of(scope, "expected-wait").value
    text = spoken.NOTHING if seconds is None else f"~{spoken.duration(seconds)}"
    tone = Tone.WARN if seconds is not None and seconds >= scope.target.longest_wait_seconds else Tone.CALM
    return Tile(_("expected wait"), Cell(text, tone), _("for who calls now"))


def _help(scope: Scope) -> Tile:
    open_now = len(scope.floor.support.queue_of_help)
    return Tile(_("help wanted"), Cell(str(open_now), Tone.WARN if open_now else Tone.CALM))


def _available(scope: Scope) -> Tile:
    number = scope.agents_by_state[AgentState.AVAILABLE]
    none_left = number == 0 and bool(scope.waiting) and Fact.MEMBERS in scope.floor.gives
    tone = Tone.WARN if none_left else Tone.CALM
    return Tile(_("available"), Cell(spoken.count(number), tone), _of_here(scope))


def _in_state(state: AgentState, title: Callable[[], str]) -> Callable[[Scope], Tile]:
    return lambda scope: Tile(title(), Cell(spoken.count(scope.agents_by_state[state])))


def _of_here(scope: Scope) -> str:
    return _("of {n} signed in").format(n=_signed_in(scope)) if Fact.MEMBERS in scope.floor.gives else ""


def _signed_in(scope: Scope) -> int:
    away = (AgentState.SIGNED_OUT, AgentState.UNKNOWN)
    return sum(number or 0 for state, number in scope.agents_by_state.items() if state not in away)


def _share(value: float | None, goal: float) -> Cell:
    if value is None:
        return Cell(spoken.NOTHING, Tone.MUTED)
    return Cell(f"{spoken.share(value)}%", share_tone(value, goal))


_FIGURES: Mapping[str, Callable[[Scope], Tile]] = {
    "waiting": _waiting,
    "longest-wait": _longest_wait,
    "service-level": _service_level,
    "available": _available,
    "answer-rate": _answer_rate,
    "expected-wait": _expected_wait,
    "talking": _in_state(AgentState.ON_CALL, lambda: _("talking")),
    "paused": _in_state(AgentState.PAUSED, lambda: _("paused")),
    "help": _help,
}
FIGURES = tuple(_FIGURES)
"""Their names, the most important first."""
OF_A_QUEUE = FIGURES[:4]
"""Those of a queue among others: help and pauses are people's, who are in several."""
