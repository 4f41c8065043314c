"""What the bar of a replay shows, minute by minute, and the moments worth seeing: as the floor itself would tell."""

from collections.abc import Sequence
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from floorwatch.engine.decoding import Decoded, fold
from floorwatch.engine.keyframes.shapes import Moment, MomentKind, Strip
from floorwatch.engine.keyframes.strips import MOST_MINUTES, FoldedStrip, Strips, strip_bytes
from floorwatch.model import events as ev
from floorwatch.model.clock import FloorDays
from floorwatch.model.entities import Waiting
from floorwatch.model.events import Event
from floorwatch.model.floor import Floor
from floorwatch.model.targets import FloorRules, Target

TEN = 1_795_255_200.0
PROMISE, STALE = 20.0, 90.0
RULES = FloorRules(FloorDays(), Target(seconds=PROMISE), stale_after_seconds=STALE)

CALLS, QUEUES = st.sampled_from("abcd"), st.sampled_from(["sales", "support"])
AT = st.integers(0, 240).map(lambda second: TEN + second)
EVENTS = st.one_of(
    st.builds(ev.CallEntered, AT, CALLS, QUEUES),
    st.builds(ev.CallEntered, AT, CALLS, QUEUES),
    st.builds(ev.CallAnswered, AT, CALLS, QUEUES, st.just("Li")),
    st.builds(ev.CallAbandoned, AT, CALLS, QUEUES),
    st.builds(ev.CallTransferred, AT, CALLS, QUEUES, st.just("Li"), st.sampled_from(ev.TransferKind)),
    st.builds(ev.CallLeft, AT, CALLS, QUEUES, st.sampled_from(ev.LeftHow)),
    st.builds(ev.SwitchRestarted, AT),
)
LAGS = st.integers(0, 40)
STREAMS = st.lists(st.tuples(EVENTS, LAGS), max_size=40)


def entry(*events: Event, at: float | None = None) -> Decoded:
    """One line's worth, received when it happened unless it came later."""
    return Decoded("switch", events[0].at if at is None else at, events)


def entered(after: float, call: str, queue: str = "support") -> Decoded:
    return entry(ev.CallEntered(TEN + after, call, queue))


def answered(after: float, call: str, queue: str = "support") -> Decoded:
    return entry(ev.CallAnswered(TEN + after, call, queue, "Li"))


def lost(after: float, call: str, queue: str = "support") -> Decoded:
    return entry(ev.CallAbandoned(TEN + after, call, queue))


def nothing(after: float) -> Decoded:
    return entry(ev.SwitchReloaded(TEN + after))


def strips_of(entries: Sequence[Decoded], block: int = 1_000) -> Strips:
    """The strips of these entries, written in blocks of so many."""
    folded, strips = FoldedStrip(Floor(RULES), RULES), Strips()
    for number, each in enumerate(entries, 1):
        folded.fold(each)
        if number % block == 0:
            strips.add(folded.take())
    strips.add(folded.take())
    return strips


def of_all(strips: Strips) -> Strip:
    return strips.strip(TEN, inf)


def moments(strips: Strips, kind: MomentKind) -> list[tuple[float, str]]:
    return [(each.at - TEN, each.subject) for each in strips.moments(-inf, inf) if each.kind is kind]


def test_a_minute_has_its_arrivals_its_most_waiting_and_its_lost() -> None:
    strips = strips_of([entered(0, "a"), entered(10, "b"), answered(20, "a"), lost(70, "b"), entered(130, "c")])

    strip = of_all(strips)

    assert (strip.begins_at, *map(list, (strip.arrivals, strip.waiting, strip.lost))) == (
        TEN,
        [2, 0, 1],
        [2, 1, 1],
        [0, 1, 0],
    )


def test_through_minutes_in_which_nothing_comes_whoever_waited_waits() -> None:
    strip = of_all(strips_of([entered(0, "a"), entered(1, "b"), nothing(299)]))

    assert list(strip.waiting) == [2, 2, 2, 2, 2]
    assert list(strip.arrivals) == [2, 0, 0, 0, 0]


def test_a_line_said_twice_is_no_arrival_and_loses_nobody_again() -> None:
    strips = strips_of([entered(0, "a"), entered(0, "a"), lost(5, "a"), lost(5, "a"), lost(6, "nobody")])

    assert list(of_all(strips).arrivals) == [1]
    assert moments(strips, MomentKind.LOST) == [(5, "queue:support")]


def test_a_restart_takes_everybody_and_loses_nobody() -> None:
    strips = strips_of([entered(0, "a"), entered(1, "b"), entry(ev.SwitchRestarted(TEN + 5)), nothing(65)])

    assert list(of_all(strips).waiting) == [2, 0]
    assert moments(strips, MomentKind.LOST) == []
    assert moments(strips, MomentKind.LATE) == []


def test_a_caller_who_is_handed_on_arrives_in_the_other_queue() -> None:
    handed = ev.CallLeft(TEN + 5, "a", "support", ev.LeftHow.TRANSFERRED)
    strips = strips_of([entered(0, "a"), entry(handed), entered(5, "a", "sales"), nothing(60)])

    assert list(of_all(strips).arrivals) == [2, 0]
    assert moments(strips, MomentKind.LOST) == []
    assert moments(strips, MomentKind.LATE) == [(25, "queue:sales")]


def test_a_queue_is_late_when_its_first_caller_is_whatever_line_comes_when() -> None:
    strips = strips_of([entered(0, "a"), entered(4, "b"), nothing(55)])

    assert moments(strips, MomentKind.LATE) == [(20, "queue:support")]


def test_a_queue_is_late_again_once_nobody_was() -> None:
    strips = strips_of([entered(0, "a"), answered(25, "a"), entered(26, "b"), nothing(55)])

    assert moments(strips, MomentKind.LATE) == [(20, "queue:support"), (46, "queue:support")]


def test_where_the_next_takes_over_at_the_very_second_nothing_is_new() -> None:
    strips = strips_of([entered(0, "a"), entered(5, "b"), answered(25, "a"), nothing(55)])

    assert moments(strips, MomentKind.LATE) == [(20, "queue:support")]


def test_who_is_answered_at_the_very_second_is_not_late() -> None:
    assert moments(strips_of([entered(0, "a"), answered(20, "a"), nothing(55)]), MomentKind.LATE) == []


def test_a_caller_whose_line_comes_late_is_late_when_it_comes() -> None:
    late = entry(ev.CallEntered(TEN, "a", "support"), at=TEN + 50)

    assert moments(strips_of([late, nothing(55)]), MomentKind.LATE) == [(50, "queue:support")]


def test_a_caller_who_never_leaves_keeps_nobody_from_being_late() -> None:
    strips = strips_of([entered(0, "ghost"), entered(200, "a"), nothing(300)])

    assert moments(strips, MomentKind.LATE) == [(20, "queue:support"), (220, "queue:support")]


def test_a_week_of_next_to_nothing_before_the_watch_is_a_few_minutes() -> None:
    week = 7 * 86_400.0
    folded = FoldedStrip(Floor(RULES), RULES)
    folded.fold(entry(ev.MemberAdded(TEN - week, "Li", "support")))
    folded.fold(entered(0, "a"))
    data, strips = folded.take(), Strips()
    strips.add(data)

    assert len(data) < 100
    assert len(strips.strip(TEN - week, inf).arrivals) == 7 * 24 * 60 + 1
    assert list(strips.strip(TEN, TEN + 60).arrivals) == [1]


def test_a_clock_gone_wrong_makes_no_endless_strip() -> None:
    strips = strips_of([entered(0, "a"), nothing(1e9)])

    strip = strips.strip(-inf, inf)

    assert len(strip.waiting) == MOST_MINUTES
    assert strip.begins_at + 60 * MOST_MINUTES >= TEN + 1e9


def test_the_same_strip_is_given_until_something_comes() -> None:
    strips = strips_of([entered(0, "a")])
    strip = of_all(strips)
    again = of_all(strips)
    strips.add(strip_bytes([Moment(TEN + 5, MomentKind.ALERT, "queue:support")]))
    after_a_moment = of_all(strips)
    folded = FoldedStrip(Floor(RULES), RULES)
    folded.fold(entered(60, "b"))
    strips.add(folded.take())

    assert again is strip
    assert after_a_moment is strip
    assert list(of_all(strips).arrivals) == [1, 1]


def test_before_anything_has_come_there_is_nothing() -> None:
    assert list(of_all(Strips()).arrivals) == []
    assert list(Strips().moments(-inf, inf)) == []


def test_alerts_that_come_later_stand_among_the_moments_in_order() -> None:
    strips = strips_of([entered(0, "a"), lost(30, "a")])
    strips.add(strip_bytes([Moment(TEN + 25, MomentKind.ALERT, "queue:support")]))

    assert [each.kind.value for each in strips.moments(TEN, TEN + 31)] == ["late", "alert", "lost"]
    assert [each.kind.value for each in strips.moments(TEN + 25, TEN + 30)] == ["alert"]


def in_order(stream: Sequence[tuple[Event, int]]) -> list[Decoded]:
    return sorted((entry(event, at=event.at + lag) for event, lag in stream), key=lambda each: each.received_at)


@settings(max_examples=200)
@given(STREAMS, st.integers(1, 9))
def test_the_strip_says_what_the_floor_says(stream: list[tuple[Event, int]], block: int) -> None:
    entries, floor = in_order(stream), Floor(RULES)
    most: dict[int, int] = {}
    for each in entries:
        minute = int((each.received_at - TEN) // 60)
        most.setdefault(minute, len(floor.waiting))
        fold(floor, each)
        most[minute] = max(most[minute], len(floor.waiting))
    snapshot = floor.snapshot(TEN + 86_400)
    strips = strips_of(entries, block)
    strip = of_all(strips)
    first = int((strip.begins_at - TEN) // 60)

    assert sum(strip.arrivals) == sum(counts.offered for counts in snapshot.day_counts.values())
    assert sum(strip.lost) == sum(counts.abandoned for counts in snapshot.day_counts.values())
    assert len(moments(strips, MomentKind.LOST)) == sum(strip.lost)
    assert {minute: strip.waiting[minute - first] for minute in most} == most


@settings(max_examples=300)
@given(STREAMS, st.integers(1, 9))
def test_a_queue_is_late_exactly_when_the_floor_begins_to_show_it(stream: list[tuple[Event, int]], block: int) -> None:
    entries = [*in_order(stream), nothing(500)]

    assert sorted(moments(strips_of(entries, block), MomentKind.LATE)) == late_by_looking(entries)


def late_by_looking(entries: Sequence[Decoded]) -> list[tuple[float, str]]:
    """When each queue began to be late, found by looking at the floor shortly before and after every second."""
    floor = Floor(RULES)
    waiting: dict[float, list[Waiting]] = {entries[0].received_at - 1: []}
    for each in entries:
        fold(floor, each)
        waiting[each.received_at] = list(floor.waiting.values())
    found: list[tuple[float, str]] = []
    for second in range(int(min(waiting) - TEN) + 1, int(max(waiting) - TEN)):
        at = TEN + second
        before = _late(waiting[max(known for known in waiting if known < at)], at - 0.5)
        after = _late(waiting[max(known for known in waiting if known <= at)], at + 0.5)
        found += [(float(second), f"queue:{queue}") for queue in after - before]
    return sorted(found)


def _late(waiting: Sequence[Waiting], at: float) -> set[str]:
    return {each.queue for each in waiting if PROMISE < at - each.entered_at < STALE}
