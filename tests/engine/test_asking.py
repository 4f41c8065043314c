"""Rules are asked in their plugin's lane: one that raises, lies or hangs is a failure of its own."""

import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any

import pytest
from msgspec import Struct

from floorwatch.engine.alerting import AlertBook, LogKind
from floorwatch.engine.asking import AskedRule, run_rules
from floorwatch.extend.panel import NoOptions
from floorwatch.host.catalogue import Declared
from floorwatch.host.failure import Failure
from floorwatch.host.lane import Lanes
from floorwatch.host.turns import QUICK_SECONDS
from floorwatch.model.alerts import Alert, AlertTone
from floorwatch.model.clock import FloorDays
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.targets import FloorRules
from tests.patience import PATIENCE_SECONDS

FLOOR = FloorSnapshot(at=100.0, rules=FloorRules(days=FloorDays()))
WRONG: Any = 3
ALERTS = [Alert("queue:a", "one"), Alert("queue:b", "two", AlertTone.ALARM, since=3)]


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    """Lanes whose clock stands still."""
    lanes = Lanes(lambda: 0.0)
    yield lanes
    lanes.close()


def rule(check: Callable[[FloorSnapshot, Any], Any], name: str = "rule", plugin: str = "mine") -> AskedRule:
    """A rule that checks with this function."""
    return AskedRule(plugin, name, 0.0, check, NoOptions())


async def test_a_rule_is_asked_with_the_floor_and_its_options(lanes: Lanes) -> None:
    class Limit(Struct):
        seconds: int

    class Longest:
        name = "longest"
        title = "Longest wait"
        hold_seconds = 7.0
        options_type: type[Struct] = Limit

        def check(self, floor: FloorSnapshot, options: Limit) -> Iterable[Alert]:
            yield Alert("floor", f"at {floor.at:.0f}, limit {options.seconds}")

    asked = AskedRule.of(Declared("mine", "longest", Longest()), Limit(60))

    assert asked.hold_seconds == 7.0
    assert await run_rules(FLOOR, [asked], lanes) == {"longest": (Alert("floor", "at 100, limit 60"),)}


async def test_nothing_to_ask_is_nothing_found(lanes: Lanes) -> None:
    assert await run_rules(FLOOR, [], lanes) == {}


def boom(_floor: FloorSnapshot, _options: Any) -> list[Alert]:
    raise SystemExit(3)


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (boom, "SystemExit: 3 (test_asking.py:"),
        (lambda _floor, _options: None, "check returned NoneType: return a list of Alert"),
        (lambda _floor, _options: "alarm", "check returned str: return a list of Alert"),
        (lambda _floor, _options: [ALERTS[0], 3], "item 2 is int: return Alert(...)"),
        (lambda _floor, _options: (1 / 0 for _ in range(3)), "ZeroDivisionError"),
        (lambda _floor, _options: (Alert(str(number), "") for number in count()), "more than 1000 alerts"),
        (lambda _floor, _options: [Alert("a", WRONG)], "alert 1 is wrong: Expected `str`, got `int` - at `$.text`"),
        (lambda _floor, _options: [Alert("a", "", WRONG)], "Expected `str`, got `int` - at `$.tone`"),
        (lambda _floor, _options: [Alert("", "")], "alert 1 has no subject"),
        (lambda _floor, _options: [Alert("a", "", since=float("nan"))], "alert 1 is since nan"),
    ],
)
async def test_a_rule_that_raises_or_says_nonsense_fails_alone(
    lanes: Lanes, check: Callable[[FloorSnapshot, Any], Any], said: str
) -> None:
    found = await run_rules(FLOOR, [rule(check), rule(lambda *_: ALERTS, "good")], lanes)

    assert found["good"] == tuple(ALERTS)
    assert isinstance(found["rule"], Failure)
    assert said in found["rule"].reason


async def test_a_rule_that_hangs_is_late_and_hurts_no_other_plugin(lanes: Lanes) -> None:
    let_go = threading.Event()
    rules = [
        rule(lambda *_: let_go.wait(), "stuck", plugin="stuck"),
        rule(lambda *_: ALERTS, "behind", plugin="stuck"),
        rule(lambda *_: ALERTS, "good", plugin="good"),
    ]

    seconds = 10 * QUICK_SECONDS  # the good one has its turn behind the stuck one
    found = await run_rules(FLOOR, rules, lanes, seconds)

    assert found["good"] == tuple(ALERTS)
    assert found["stuck"] == found["behind"] == Failure(f"did not answer within {seconds:g} s")
    let_go.set()


async def test_a_plugin_that_is_stuck_already_is_not_waited_for_again() -> None:
    now, began, let_go = [0.0], threading.Event(), threading.Event()
    lanes = Lanes(lambda: now[0])

    def stuck() -> None:
        began.set()
        let_go.wait()

    lanes.submit("mine", "panel", stuck, lambda _: None)
    assert began.wait(PATIENCE_SECONDS)
    now[0] = 3600.0

    found = await run_rules(FLOOR, [rule(lambda *_: ALERTS)], lanes, 600.0)  # waited for, this would take ten minutes

    assert isinstance(found["rule"], Failure)
    let_go.set()
    lanes.close()


async def test_a_late_rule_is_the_one_exception_in_the_log(lanes: Lanes) -> None:
    let_go = threading.Event()
    alerts = AlertBook({})
    alerts.step(95.0, {"rule": tuple(ALERTS)})

    alerts.step(100.0, await run_rules(FLOOR, [rule(lambda *_: let_go.wait())], lanes, 0.05))

    assert len(alerts.active) == 2
    assert [(line.kind, line.reason) for line in alerts.log[2:]] == [
        (LogKind.RULE_FAILED, "did not answer within 0.05 s")
    ]
    let_go.set()
