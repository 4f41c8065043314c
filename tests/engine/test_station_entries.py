"""What people entered at the station: folded as it comes, whatever the clocks say, and told when it is."""

import pytest

from floorwatch.engine.decoding import Decoded
from floorwatch.engine.entering import JOURNAL
from floorwatch.engine.handover import Batch, HandOver
from floorwatch.model.events import Event, HelpTaken, NoteKind, NoteTaken
from tests.engine.small_floor import START, entered, house_in, watch_began
from tests.engine.stands import Stand

DAY = 86_400.0


def noted(at: float, name: str = "n") -> Decoded:
    """A note whose writer's clock said this."""
    return held(at, NoteTaken(at, id=name, by="Li", kind=NoteKind.CHECK))


def held(at: float, event: Event) -> Decoded:
    """An entry of the journal."""
    return Decoded(JOURNAL, at, (event,))


def enter(stand: Stand, *items: Decoded, told: list[str] | None = None) -> None:
    """They come from the journal."""
    then = None if told is None else lambda: told.append("folded")
    stand.station.take(Batch(JOURNAL, stand.station.stamped(items), 0.0), then)


def notes(stand: Stand) -> list[str]:
    """The notes on the floor."""
    return list(stand.station.floor.support.notes)


@pytest.mark.parametrize("at", [START - 400 * DAY, START - 1, START + 3600, START + 400 * DAY])
async def test_an_entry_is_folded_when_it_comes_and_lines_go_on_where_they_were(stand: Stand, at: float) -> None:
    stand.give(watch_began(START), entered(START + 1, "1"))
    stand.time.at = START + 2
    await stand.settle()
    enter(stand, noted(at))
    await stand.settle()
    stand.give(entered(START + 3, "2"))
    stand.time.at = START + 4
    await stand.settle()

    assert [item.received_at for item in stand.folded] == [START, START + 1, START + 2, START + 3]
    assert stand.station.floor.support.notes["n"].at == at
    assert stand.station.reached() == START + 4
    assert set(stand.station.floor.snapshot(START + 4).feeds) == set()


async def test_entries_move_no_time_while_the_past_is_folded(stand: Stand) -> None:
    stand.time.at = START
    enter(stand, noted(START - 90 * DAY, "old"), noted(START + DAY, "ahead"))
    stand.give(entered(START - 7200, "1"), entered(START - 3600, "2"), watch_began(START))
    await stand.settle()

    lines = [item.received_at for item in stand.folded if item.feed != JOURNAL]
    assert lines == [START - 7200, START - 3600, START]
    assert notes(stand) == ["old", "ahead"]
    assert stand.station.reached() == START


async def test_an_entry_alone_does_not_begin_the_watch(stand: Stand) -> None:
    enter(stand, noted(START))
    stand.time.at = START + 60
    await stand.settle()

    assert notes(stand) == ["n"]
    assert stand.station.is_opening
    assert stand.rules.asked == []


async def test_an_entry_after_a_rule_instant_is_folded_behind_it_as_it_was_stamped(stand: Stand) -> None:
    stand.give(watch_began(START))
    stand.time.at = START + 10
    await stand.settle()
    (stamped,) = stand.station.stamped([noted(START + 9)])
    stand.station.take(Batch(JOURNAL, [stamped], 0.0))
    await stand.settle()

    assert START + 10 < stamped.received_at < START + 10.001
    assert stand.folded[-1] == stamped
    assert not stand.rules.asked[-1].support.notes


async def test_a_clock_that_jumps_back_keeps_nobody_from_entering(stand: Stand) -> None:
    stand.give(watch_began(START))
    stand.time.at = START + 62
    await stand.settle()
    stand.time.at = START - 3600
    told: list[str] = []
    enter(stand, noted(START - 3600, "a"), noted(START - 3599, "b"), told=told)
    await stand.settle()

    assert (notes(stand), told) == (["a", "b"], ["folded"])
    times = [item.received_at for item in stand.folded]
    assert times == sorted(times)
    assert len(stand.rules.asked) == 12
    assert stand.station.reached() >= START + 60


async def test_it_is_told_once_the_last_is_folded_and_not_before(stand: Stand) -> None:
    stand.give(watch_began(START), *(entered(START + 1, str(number)) for number in range(100)))
    stand.time.at = START + 2
    told: list[str] = []
    enter(stand, noted(START, "a"), noted(START, "b"), told=told)
    assert told == []
    await stand.settle()

    assert told == ["folded"]
    assert notes(stand) == ["a", "b"]


async def test_of_nothing_it_is_told_at_once_behind_what_is_there(stand: Stand) -> None:
    told: list[str] = []
    enter(stand, told=told)
    assert told == ["folded"]
    enter(stand, noted(START))
    enter(stand, told=told)
    assert told == ["folded"]
    await stand.settle()
    assert told == ["folded", "folded"]


async def test_whoever_waits_is_told_when_the_floor_goes_and_who_looks_stays(stand: Stand) -> None:
    told: list[str] = []
    stand.station.become("Li")
    enter(stand, noted(START), told=told)
    stand.station.restart(house_in().floor(), HandOver())

    assert told == ["folded"]
    assert stand.station.floor.snapshot(START).me == "Li"


async def test_an_entry_that_fits_nothing_shows_the_journal_among_the_feeds(stand: Stand) -> None:
    stand.give(watch_began(START))
    enter(stand, held(START, HelpTaken(START, id="x", by="Li", help="none")))
    await stand.settle()

    feed = stand.station.floor.snapshot(START).feeds[JOURNAL]
    assert dict(feed.misfits) == {"entry about nothing known": 1}
    assert feed.lines == 0
