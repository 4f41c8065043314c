"""Who may go on a break now, first who waited longest; and where nobody may, what it would break.

Rules
- The plan allows it, and says nothing of the queue: while callers wait, how many stands with it.
- Where nothing says how many must stay, everybody might go: only those whose break is due are named then.
"""

from collections.abc import Iterator

from floorwatch.api import Cell, FloorSnapshot, Line, Text, Tone, _, _n, duty, roster
from floorwatch_rosters.coverage_words import minute_of
from floorwatch_rosters.who import name_of

BREAK_SECONDS = 900.0


def breaks_text(floor: FloorSnapshot, most: int) -> Text:
    """The first `most` of them by name, each with how long their break is due."""
    offers = roster.may_break(floor)
    if not any(step.minimum for step in _of_a_break(floor)):
        offers = tuple(offer for offer in offers if offer.due is not None)
        if not offers:
            return Text((Line((Cell(_("Who may go on a break: nothing says how many must stay."), Tone.MUTED),)),))
    if not offers:
        return Text((Line((Cell(_nobody(floor), Tone.MUTED),)),))
    shown = [offer for offer in offers if roster.shows(floor, offer.agent)]
    names = tuple(cell for offer in shown[:most] for cell in _named(floor, offer))
    return Text((Line((_how_many(floor, len(offers)), Cell(" "), *names)),))


def _how_many(floor: FloorSnapshot, n: int) -> Cell:
    if not floor.waiting:
        return Cell(_("May go on a break now ({n}):").format(n=n))
    said = _n(
        "{waiting} caller waits. By the plan may go on a break ({n}):",
        "{waiting} callers wait. By the plan may go on a break ({n}):",
        len(floor.waiting),
    )
    return Cell(said.format(waiting=len(floor.waiting), n=n), Tone.NOTICE)


def _named(floor: FloorSnapshot, offer: roster.BreakOffer) -> Iterator[Cell]:
    yield Cell(f"{name_of(floor, offer.agent)} ")
    if offer.due is not None:
        yield Cell.age(floor.at - offer.due, tone=Tone.NOTICE)
        yield Cell(" ")
    yield Cell(" ")


def _of_a_break(floor: FloorSnapshot) -> list[roster.Step]:
    """The quarters of a break that begins now."""
    ahead = floor.at + floor.rules.duty.break_seconds.get(duty.Activity.BREAK, BREAK_SECONDS)
    return [step for step in roster.steps(floor) if step.start < ahead]


def _nobody(floor: FloorSnapshot) -> str:
    """Why nobody may: the quarter of the next break that would fall below its minimum."""
    tightest = min(_of_a_break(floor), key=lambda step: step.spare, default=None)
    if tightest is None or tightest.spare > 0:
        return _("Nobody may go on a break now: nobody is on the phones by the plan who could.")
    said = _("Nobody may go on a break now: {time} would fall to {hands} of {minimum}.")
    time = minute_of(floor, max(tightest.start, floor.at))
    return said.format(time=time, hands=max(0, tightest.expected - 1), minimum=tightest.minimum)
