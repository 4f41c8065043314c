"""Where the clock of a live floor leaps: what is on its way, what is held, and when the rules are asked next."""

from floorwatch.engine.alerting import AlertBook, LogKind
from floorwatch.engine.live import MOST_AHEAD_SECONDS, SystemTime
from floorwatch.engine.station import CATCH_UP_SECONDS
from floorwatch.engine.system_clock import MOST_BACK_SECONDS
from floorwatch.model.alerts import Alert
from floorwatch.model.clock import VirtualClock
from tests.engine.small_floor import START, entered, watch_began
from tests.engine.stands import Stand

HOUR = 3600.0


def leap(stand: Stand, to: float) -> None:
    """Somebody sets the clock: whoever asks is told once."""
    stand.time.at = to
    told = iter((True,))
    stand.station.has_leapt = lambda: next(told, False)


async def test_what_waits_to_be_folded_when_the_clock_is_set_back_is_received_now(stand: Stand) -> None:
    stand.give(watch_began(START))
    await stand.settle()
    stand.time.at = START + HOUR
    stand.give(*(entered(START + HOUR, str(number)) for number in range(3)))
    leap(stand, START)

    await stand.settle()

    assert [item.received_at for item in stand.folded] == [START] * 4
    assert stand.rules.asked == [], "of the hour that is yet to come"


async def test_what_a_thread_brings_late_of_before_is_received_now(stand: Stand) -> None:
    stand.give(watch_began(START))
    await stand.settle()
    leap(stand, START - HOUR)
    await stand.settle()
    stand.give(entered(START + 1))

    await stand.settle()

    assert stand.folded[-1].received_at == START - HOUR
    assert stand.rules.asked == []


async def test_the_rules_are_asked_again_once_the_feeds_were_looked_at(stand: Stand) -> None:
    stand.give(watch_began(START))
    await stand.settle()
    for to in (START + 8 * HOUR, START - 8 * HOUR):
        stand.rules.asked.clear()
        leap(stand, to)
        await stand.settle()
        assert stand.rules.asked == []
        stand.time.at = to + CATCH_UP_SECONDS + 5
        await stand.settle()
        assert [floor.at for floor in stand.rules.asked] == [to + CATCH_UP_SECONDS + 5]


def test_a_clock_leaps_where_it_is_set_or_nobody_looked_for_long() -> None:
    clock = VirtualClock(START)
    time = SystemTime(clock)
    assert not time.has_leapt(), "the first look"
    for seconds, leapt in (
        (1, False),
        (MOST_AHEAD_SECONDS, False),
        (-MOST_BACK_SECONDS, False),
        (MOST_AHEAD_SECONDS + 1, True),
        (0, False),
        (-MOST_BACK_SECONDS - 1, True),
        (1, False),
    ):
        clock.move_to(clock.now() + seconds)
        assert time.has_leapt() is leapt, seconds


def test_what_is_up_when_the_clock_is_set_back_goes_on_and_what_is_held_is_held_from_then_on() -> None:
    book, up, held = AlertBook({"held": 20.0}), Alert("queue:a", "long wait"), Alert("queue:b", "no one")
    book.step(START, {"up": (up,), "held": (held,)})
    (before,) = book.active

    book.set_back(START - HOUR)
    book.step(START - HOUR, {"up": (up,), "held": (held,)})
    assert book.active == (before,)
    book.step(START - HOUR + 20, {"up": (up,), "held": (held,)})
    assert {each.rule for each in book.active} == {"up", "held"}
    step = book.step(START - HOUR + 25, {"up": (), "held": (held,)})

    assert [each.cleared_at for each in step.cleared] == [START], "not before it was raised"
    assert [line.kind for line in book.log] == [LogKind.RAISED, LogKind.RAISED, LogKind.CLEARED]
