"""An agent's day as it is meant and as it goes: signing in, pauses with their reasons, signing out.

Rules
- Clocks are seconds of the floor's own day. A pause that falls into a call waits for the call's end (floor.py).
- Lunch goes in three turns, so that most of the floor keeps answering; meetings and coaching keep off the peak.
"""

from collections.abc import Mapping
from random import Random

from msgspec import Struct

from floorwatch.model.duty import Activity
from floorwatch.simulate.plan import HOUR
from floorwatch.simulate.staff import LATE, Person

_MINUTE = 60.0
_LUNCH_SECONDS = 45 * _MINUTE
_LUNCH_TURN_SECONDS = 42 * _MINUTE

LUNCH = "Lunch"
AUTO_PAUSE = "Auto-Pause"


ACTIVITIES: Mapping[str, Activity] = {
    "Restroom": Activity.BREAK,
    "Coffee": Activity.BREAK,
    "Back office": Activity.DUTY,
    "Floor walk": Activity.DUTY,
}
"""What those reasons of a pause mean that are not understood by themselves."""


class Pause(Struct, frozen=True):
    """A pause that becomes due at `clock`; `seconds` is how long the agent will be away."""

    clock: float
    reason: str
    seconds: float


class Workday(Struct, frozen=True):
    """One agent's day, in seconds of the floor's day; pauses by clock."""

    signs_in: float
    signs_out: float
    pauses: tuple[Pause, ...]


class _Occasion(Struct, frozen=True):
    """A reason to be away: how likely in a shift, between which hours, for how many minutes."""

    reason: str
    chance: float
    hours: tuple[float, float]
    minutes: tuple[float, float]


_OCCASIONS = (
    _Occasion("Restroom", 0.85, (9.2, 11.4), (3, 8)),
    _Occasion("Restroom", 0.75, (13.7, 15.3), (3, 8)),
    _Occasion("Restroom", 0.70, (15.3, 17.5), (3, 9)),
    _Occasion("Coffee", 0.25, (14.0, 16.5), (4, 8)),
    _Occasion("Coaching", 0.12, (9.3, 11.2), (10, 18)),
    _Occasion("Coaching", 0.25, (14.0, 16.8), (12, 22)),
    _Occasion("Meeting", 0.4, (13.8, 16.0), (12, 20)),
    _Occasion("Training", 0.2, (15.5, 16.8), (20, 35)),
    _Occasion("Back office", 0.2, (9.5, 11.3), (8, 20)),
    _Occasion("Back office", 0.35, (14.3, 17.0), (10, 30)),
)
_LEADERS_OCCASIONS = tuple(
    _Occasion("Floor walk", 0.9, hours, (12, 22)) for hours in ((9.3, 9.9), (11.0, 11.4), (14.0, 15.0), (16.0, 17.0))
)

ABSENT = 0.09
_LATE_IN = 0.04
_EARLY_OUT = 0.02


def workday(person: Person, random: Random, absent: float = ABSENT) -> Workday | None:
    """How this person's day goes; None when they do not come, which has the chance `absent`."""
    if random.random() < absent:
        return None
    shift = person.shift
    signs_in = shift.starts + min(random.gauss(-150, 120), 240)
    signs_out = shift.ends + max(random.gauss(90, 90), -120)
    if random.random() < _LATE_IN:
        signs_in = shift.starts + random.uniform(6, 25) * _MINUTE
    if random.random() < _EARLY_OUT:
        signs_out = shift.ends - random.uniform(8, 40) * _MINUTE
    pauses = [_lunch(person, random)]
    for occasion in _OCCASIONS + (_LEADERS_OCCASIONS if person.leader else ()):
        first, last = occasion.hours
        clock = random.uniform(first, last) * HOUR
        if random.random() < occasion.chance and signs_in + 15 * _MINUTE < clock < signs_out - 30 * _MINUTE:
            pauses.append(Pause(clock, occasion.reason, random.uniform(*occasion.minutes) * _MINUTE))
    return Workday(signs_in, signs_out, tuple(sorted(pauses, key=lambda pause: pause.clock)))


def lunch_of(person: Person) -> Pause:
    """Lunch in the person's turn, as it is planned."""
    clock = person.shift.lunch + person.lunch_turn * _LUNCH_TURN_SECONDS
    return Pause(clock, LUNCH, _LUNCH_SECONDS if person.shift is not LATE else 30 * _MINUTE)


def _lunch(person: Person, random: Random) -> Pause:
    """Lunch as it goes; one in twelve comes back well after time."""
    planned = lunch_of(person)
    clock = planned.clock + random.gauss(0, 60)
    over = random.uniform(4, 14) * _MINUTE if random.random() < 1 / 12 else random.gauss(0, 80)
    return Pause(clock, LUNCH, planned.seconds + over)
