"""Two people exchange their days: what is asked for, and what cannot be."""

from collections.abc import Iterator, Mapping, Sequence

from floorwatch.api import (
    Ask,
    Command,
    Field,
    FloorSnapshot,
    Happened,
    Outcome,
    PersonField,
    Prefilled,
    Request,
    TextField,
    Toast,
    Tone,
    _,
    duty,
    events,
    roster,
)
from floorwatch_rosters.request_words import objection_words, swap_words
from floorwatch_rosters.typed_dates import date_typed, date_words
from floorwatch_rosters.who import name_of

LONGEST_WORD = 2_000
DAYS_AHEAD = 14
"""So far ahead a person's next shift is looked for."""


class Swaps(Prefilled):
    """Ask that two people exchange their days."""

    name = "swap"
    title = "Swap days"
    rows = ("agent",)
    quick = True

    @property
    def parameters(self) -> Sequence[Field]:
        """Who gives which day, and whose day they take for it."""
        return (
            PersonField(name="agent", title=_("who"), hint=_("number, seat or name")),
            TextField(name="date", title=_("gives"), longest=20, hint=_("11-23, tomorrow: the day that they give")),
            PersonField(name="other", title=_("with"), hint=_("number, seat or name")),
            TextField(
                name="other_date", title=_("takes"), required=False, longest=20, hint=_("the same day if left empty")
            ),
            TextField(name="word", title=_("why"), required=False, longest=LONGEST_WORD),
        )

    def prefill(self, request: Request) -> Mapping[str, str]:
        """Whoever the row is about, and their next shift that may still be swapped in time."""
        agent = request.subject("agent")
        if agent is None:
            return {}
        date = _next_shift(request.floor, agent)
        return {"agent": agent} if date is None else {"agent": agent, "date": date}

    def run(self, request: Request) -> Iterator[Outcome]:
        """It is asked for; head and HR have to tick it."""
        try:
            swap = _swap_typed(request)
        except ValueError as mistake:
            yield Toast(str(mistake), Tone.WARN)
            yield Ask(self.name)
            return
        agent, date, other, other_date = swap.agent, swap.date, swap.other, swap.other_date
        yield Happened(
            events.SwapRequested(
                request.floor.at, agent=agent, date=date, other=other, other_date=other_date, word=swap.word
            )
        )
        against = objection_words(roster.swap_objections(request.floor, swap))
        said = _("Asked for, {swap}. Against it: {objections}.") if against else _("Asked for, {swap}.")
        yield Toast(said.format(swap=swap_words(request.floor, swap), objections=against))


def swap_commands() -> Sequence[Command]:
    """All of them."""
    return (Swaps(),)


def _swap_typed(request: Request) -> duty.Swap:
    """What the form says. Raises ValueError for what nobody can swap, in words."""
    floor, today = request.floor, roster.date_of(request.floor)
    agent, other = request.text("agent"), request.text("other")
    if agent == other:
        said = _("{who} cannot swap with themselves: name somebody else")
        raise ValueError(said.format(who=name_of(floor, agent)))
    date = date_typed(request.text("date"), today)
    other_date = date_typed(request.text("other_date", date), today)
    _check_shift(floor, agent, date)
    _check_shift(floor, other, other_date)
    swap = duty.Swap("", agent, date, other, other_date, request.text("word"), request.me, floor.at)
    _check_new(floor, swap)
    return swap


def _check_shift(floor: FloorSnapshot, agent: str, date: str) -> None:
    """Raises ValueError unless this person has a shift ahead on this date."""
    today = roster.date_of(floor)
    words = {"who": name_of(floor, agent), "date": date_words(date, today)}
    if date < today:
        raise ValueError(_("{date} is over: name a day that is ahead").format(**words))
    planned = roster.plan_of(floor, date).by_agent.get(agent)
    if planned is None or planned.start is None:
        if not floor.duty.has_roster:
            raise ValueError(_("no roster is read here: there is no shift to swap"))
        raise ValueError(_("{who} has no shift on {date}: name a day on which they work").format(**words))
    if planned.start <= floor.at:
        raise ValueError(_("the shift of {who} on {date} has begun already").format(**words))


def _check_new(floor: FloorSnapshot, swap: duty.Swap) -> None:
    """Raises ValueError where the same was asked for and waits or holds."""
    both = {(swap.agent, swap.date), (swap.other, swap.other_date)}
    for each in floor.duty.swaps.values():
        is_same = {(each.agent, each.date), (each.other, each.other_date)} == both
        if is_same and (each.is_open or each.holds):
            raise ValueError(_("{who} has asked for this swap already").format(who=each.asked_by or _("Somebody")))


def _next_shift(floor: FloorSnapshot, agent: str) -> str | None:
    first = roster.moved(roster.date_of(floor), max(1, floor.rules.duty.swap_days))
    for away in range(DAYS_AHEAD):
        date = roster.moved(first, away)
        planned = roster.plan_of(floor, date).by_agent.get(agent)
        if planned is not None and planned.stints:
            return date
    return None
