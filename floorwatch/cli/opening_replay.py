"""What a replay is asked to show, and from where: its feeds opened as a tape, its first moment, its rate."""

from collections.abc import Sequence
from functools import partial
from math import inf
from pathlib import Path

from msgspec import Struct

from floorwatch.cli.doubts import say
from floorwatch.cli.ending import usage_error
from floorwatch.cli.failing import WorkError
from floorwatch.cli.progress import progress
from floorwatch.cli.reading import entered, torn_among
from floorwatch.cli.wishes import Wishes, as_words, feeds_wanted
from floorwatch.engine.house import House
from floorwatch.engine.keyframes.child import ChildBuilding
from floorwatch.engine.keyframes.file import no_keyframes
from floorwatch.engine.keyframes.place import place_of
from floorwatch.engine.moments import going_to
from floorwatch.engine.opening_tape import OpenedTape, tape_of, to_replay
from floorwatch.text import inert
from floorwatch.words import _

FASTEST = "max"
SLOWEST_RATE, FASTEST_RATE = 0.01, 3600.0


class Opened(Struct, frozen=True):
    """What was opened: the tape, what it is called, and where the marks of it are."""

    tape: OpenedTape
    name: str
    marks: Path


def opened(wishes: Wishes, house: House, words: Sequence[str], fmt: str | None) -> Opened:
    """The recording, or the plain feeds, that these words name; the configured ones where there is no word. A child of
    ours builds what keyframes there are not. Raises FeedError, SettingsError and WorkError."""
    wanted = feeds_wanted(house.settings, words, fmt)
    name = ", ".join(inert(each) for each in words or wanted)
    say(torn_among(wanted))
    with progress(name) as told:
        found = to_replay(house, wanted, partial(entered, house), told)
    tape = tape_of(house, found, partial(ChildBuilding, as_words(wishes)))
    if tape.refused and tape.refused != str(no_keyframes(place_of(found.path))):  # that stays, and the child says so
        say([_("{reason}: built anew").format(reason=inert(tape.refused))])
    if tape.span == (0.0, 0.0):
        raise WorkError(_("{feed}: there is no line to read in it").format(feed=name))
    return Opened(tape, name, found.marks)


def beginning(opened: Opened, at: str | None) -> float | None:
    """The moment to begin at, None for where a replay begins by itself. Raises WorkError for what is no moment, and for
    one that lies outside."""
    if at is None:
        return None
    days, (first, last) = opened.tape.house.rules.days, opened.tape.span
    found = going_to(at, days, opened.tape.begins_at)
    if isinstance(found, str):
        raise WorkError(found)
    if not first - 1 < found < last + 1:
        said = _("{feed}: there is nothing of {at} in it: it goes from {first} to {last}")
        at, since, until = (f"{days.local(each):%Y-%m-%d %H:%M:%S}" for each in (found, first, last))
        raise WorkError(said.format(feed=opened.name, at=at, first=since, last=until))
    return found


def rate_of(text: str) -> float:
    """Floor seconds a second; inf for as fast as it goes. A usage error for what is no rate."""
    if text == FASTEST:
        return inf
    try:
        rate = float(text)
    except ValueError:
        rate = 0.0
    if not SLOWEST_RATE <= rate <= FASTEST_RATE:
        said = _("{text!r} is no rate: write a number from {slowest:g} to {fastest:g}, or {word}")
        raise usage_error(said.format(text=text, slowest=SLOWEST_RATE, fastest=FASTEST_RATE, word=FASTEST), "--rate")
    return rate
