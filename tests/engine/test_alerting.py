"""Alerts are raised, held, updated and cleared on the floor-time grid, and the log is the same at any rate."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.engine.alerting import AlertBook, BookState, Finding, LogEntry, LogKind, grid_instants
from floorwatch.host.failure import Failure
from floorwatch.model.alerts import Alert, AlertTone

BOOM = Failure("ValueError: boom (mine.py:3)")
WAIT = Alert("queue:support", "longest 1:42", AlertTone.WARN, since=90.0)


def book(hold_seconds: float = 0.0) -> AlertBook:
    """A book whose rule `rule` holds for so long."""
    return AlertBook({"rule": hold_seconds})


def stepped(alerts: AlertBook, *findings: Finding, start: float = 100.0) -> AlertBook:
    """The book after these findings of `rule`, at instants 5 s apart."""
    for number, finding in enumerate(findings):
        alerts.step(start + 5.0 * number, {"rule": finding})
    return alerts


def brief(log: Sequence[LogEntry]) -> list[tuple[float, str]]:
    """When and what."""
    return [(line.at, line.kind.value) for line in log]


def test_an_alert_without_hold_is_raised_at_once_and_cleared_when_it_is_no_longer_true() -> None:
    alerts = stepped(book(), (WAIT,))

    (raised,) = alerts.active
    assert (raised.id, raised.raised_at) == ("rule/queue:support/100", 100.0)
    stepped(alerts, (), start=105.0)
    assert alerts.active == ()
    assert brief(alerts.log) == [(100.0, "raised"), (105.0, "cleared")]
    assert alerts.log[1].alert is not None
    assert alerts.log[1].alert.cleared_at == 105.0


def test_an_alert_is_held_before_it_is_raised() -> None:
    alerts = stepped(book(10.0), (WAIT,), (WAIT,))
    early = alerts.active

    stepped(alerts, (WAIT,), start=110.0)

    assert early == ()
    assert [each.raised_at for each in alerts.active] == [110.0]


def test_a_break_begins_the_hold_anew() -> None:
    alerts = stepped(book(10.0), (WAIT,), (WAIT,), (), (WAIT,), (WAIT,))

    assert alerts.active == ()
    assert alerts.log == ()


def test_a_lasting_alert_follows_its_rule_and_is_logged_once() -> None:
    alerts = stepped(book(), (WAIT,))
    worse = msgspec.structs.replace(WAIT, text="longest 2:10", tone=AlertTone.ALARM)

    step = alerts.step(105.0, {"rule": (worse,)})

    (raised,) = alerts.active
    assert (raised.alert, raised.raised_at) == (worse, 100.0)
    assert (step.raised, step.escalated) == ((), (raised,))
    assert brief(alerts.log) == [(100.0, "raised")]


def test_a_failing_rule_keeps_its_alerts_and_hurts_no_other() -> None:
    alerts = AlertBook({})
    alerts.step(100.0, {"rule": (WAIT,), "other": ()})

    alerts.step(105.0, {"rule": BOOM, "other": (WAIT,)})
    alerts.step(110.0, {"rule": BOOM, "other": ()})
    alerts.step(115.0, {"rule": (), "other": ()})

    assert [(line.at, line.kind, line.rule) for line in alerts.log] == [
        (100.0, LogKind.RAISED, "rule"),
        (105.0, LogKind.RULE_FAILED, "rule"),
        (105.0, LogKind.RAISED, "other"),
        (110.0, LogKind.CLEARED, "other"),
        (115.0, LogKind.RULE_WORKS, "rule"),
        (115.0, LogKind.CLEARED, "rule"),
    ]
    assert alerts.log[1].reason == BOOM.reason


def test_a_hold_goes_on_through_a_failure() -> None:
    alerts = stepped(book(10.0), (WAIT,), BOOM, (WAIT,))

    assert [each.raised_at for each in alerts.active] == [110.0]


def test_a_rule_that_is_no_longer_asked_has_its_alerts_cleared() -> None:
    alerts = stepped(book(), (WAIT,), BOOM)

    alerts.step(110.0, {})

    assert alerts.active == ()
    assert brief(alerts.log)[-1] == (110.0, "cleared")


def test_the_first_of_two_alerts_on_one_subject_counts_and_the_other_is_a_mistake() -> None:
    second = msgspec.structs.replace(WAIT, text="again")

    alerts = book()
    step = alerts.step(100.0, {"rule": (WAIT, second)})

    assert [each.alert for each in alerts.active] == [WAIT]
    assert step.mistakes == (("rule", "'queue:support' was found twice at one instant: the first counts"),)


def test_the_most_urgent_stands_first_then_the_oldest() -> None:
    alerts = stepped(
        book(),
        (
            Alert("a", "", AlertTone.NOTICE, since=1.0),
            Alert("b", "", AlertTone.WARN, since=50.0),
            Alert("c", "", AlertTone.ALARM),
            Alert("d", "", AlertTone.WARN, since=20.0),
            Alert("e", "", AlertTone.ALARM, since=99.0),
        ),
    )

    assert [each.alert.subject for each in alerts.active] == ["e", "c", "d", "b", "a"]


def test_an_instant_is_never_folded_in_twice_or_late() -> None:
    alerts = stepped(book(), (WAIT,))

    with pytest.raises(ValueError, match="is not after"):
        alerts.step(100.0, {})


def test_the_state_travels_through_a_keyframe() -> None:
    alerts = stepped(book(10.0), (WAIT,), (WAIT,), (WAIT,), BOOM)

    state = msgspec.json.decode(msgspec.json.encode(alerts.state), type=BookState)

    assert state == alerts.state
    assert state.held["rule"]["queue:support"].raised_at == 110.0


def test_a_book_taken_back_says_the_same_again() -> None:
    alerts = stepped(book(), (WAIT,))
    early = alerts.state
    stepped(alerts, (), (WAIT,), start=105.0)
    late, log, active = alerts.state, alerts.log, alerts.active

    alerts.restore(early)

    assert brief(alerts.log) == [(100.0, "raised")]
    assert [each.raised_at for each in alerts.active] == [100.0]
    stepped(alerts, (), start=105.0)
    alerts.restore(late)
    assert (alerts.log, alerts.active) == (log, active)
    alerts.restore(early)
    stepped(alerts, (), (WAIT,), start=105.0)
    assert (alerts.log, alerts.active) == (log, active)


def test_a_book_taken_back_to_another_story_forgets_the_first() -> None:
    alerts = stepped(book(), (WAIT,))
    early = alerts.state
    stepped(alerts, (), (WAIT,), (), start=105.0)
    late = alerts.state
    alerts.restore(early)

    stepped(alerts, BOOM, start=105.0)

    assert brief(alerts.log) == [(100.0, "raised"), (105.0, "rule-failed")]
    with pytest.raises(ValueError, match="another log"):
        alerts.restore(late)


# --- the grid ------------------------------------------------------------------------------------------------------


def test_instants_are_multiples_after_the_last_tick_and_up_to_now() -> None:
    assert list(grid_instants(100.0, 116.2)) == [105.0, 110.0, 115.0]
    assert list(grid_instants(99.9, 100.0)) == [100.0]
    assert list(grid_instants(100.0, 100.0)) == []
    assert list(grid_instants(200.0, 100.0)) == []


@pytest.mark.parametrize("every", [0.0, -5.0, float("nan")])
def test_a_grid_without_a_step_is_refused(every: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        grid_instants(0.0, 1.0, every)


@given(
    st.floats(-1e6, 1.8e9),
    st.lists(st.floats(0, 40), max_size=12),
    st.sampled_from([5.0, 1.0, 0.1, 0.3, 1 / 3, 7.5]),
)
def test_however_time_is_cut_the_instants_are_the_same(start: float, cuts: list[float], every: float) -> None:
    at = [start, *sorted(start + cut for cut in cuts)]
    whole = list(grid_instants(at[0], at[-1], every))

    pieces = [instant for left, right in pairwise(at) for instant in grid_instants(left, right, every)]

    assert pieces == whole
    assert all(at[0] < instant <= at[-1] for instant in whole)


def watched(ticks: Sequence[float], says: Callable[[float], tuple[Alert, ...]], hold_seconds: float) -> AlertBook:
    """The book of a floor that is looked at on these ticks; `says` is the rule on the snapshot of an instant."""
    alerts = AlertBook({"rule": hold_seconds})
    for before, now in pairwise(ticks):
        for at in grid_instants(before, now):
            alerts.step(at, {"rule": says(at)})
    return alerts


@given(
    changes=st.lists(st.floats(0, 300), max_size=20, unique=True),
    ticks=st.lists(st.floats(0, 300), max_size=40),
    hold_seconds=st.sampled_from([0.0, 5.0, 12.0, 30.0]),
)
def test_the_log_is_the_same_at_any_rate(changes: list[float], ticks: list[float], hold_seconds: float) -> None:
    def says(at: float) -> tuple[Alert, ...]:
        is_true = sum(change <= at for change in changes) % 2 == 1
        return (Alert("queue:support", f"true at {at:.0f}"),) if is_true else ()

    fine = watched([step / 4 for step in range(1201)], says, hold_seconds)
    coarse = watched([0.0, *sorted(ticks), 300.0], says, hold_seconds)

    assert coarse.log == fine.log
    assert coarse.state == fine.state


@given(changes=st.lists(st.booleans(), max_size=60), hold_instants=st.integers(0, 4))
def test_an_alert_is_up_exactly_after_so_many_true_instants_in_a_row(changes: list[bool], hold_instants: int) -> None:
    alerts = book(5.0 * hold_instants)
    in_a_row = 0
    for number, is_true in enumerate(changes):
        in_a_row = in_a_row + 1 if is_true else 0
        stepped(alerts, (WAIT,) if is_true else (), start=100.0 + 5.0 * number)

        assert len(alerts.active) == (in_a_row > hold_instants)
