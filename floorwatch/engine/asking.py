"""Asks every alert rule, in its plugin's lane, what is true on a snapshot, and does not wait long for any."""

import asyncio
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from floorwatch.engine.alerting import Finding
from floorwatch.engine.lent import lent_to
from floorwatch.extend.rule import AlertRule
from floorwatch.host.catalogue import Declared
from floorwatch.host.failure import Failure
from floorwatch.host.guests import see
from floorwatch.host.lane import Lanes, Raised, Result
from floorwatch.model.alerts import Alert
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.words import _

ANSWER_SECONDS = 1.0
"""How long the rules of one instant may take together."""

MOST_ALERTS = 1_000
"""Alerts of one rule at one instant: more is a mistake, and would drown every other."""

_Answer: TypeAlias = asyncio.Future[Result[Finding]]


class AskedRule(Struct, frozen=True):
    """A rule as it is asked on this floor: `check` with its options, and how long it must hold."""

    plugin: str
    name: str
    hold_seconds: float
    check: Callable[[FloorSnapshot, Any], Iterable[Alert]]
    options: Struct

    @staticmethod
    def of(declared: Declared[AlertRule], options: Struct) -> "AskedRule":
        """The declared rule with these options and its own hold."""
        rule = declared.thing
        return AskedRule(declared.plugin, declared.name, rule.hold_seconds, rule.check, options)


async def run_rules(
    floor: FloorSnapshot, rules: Sequence[AskedRule], lanes: Lanes, timeout_seconds: float = ANSWER_SECONDS
) -> Mapping[str, Finding]:
    """What each rule finds true on `floor`, by rule name; a rule that raised, was wrong or was late is a Failure.

    A plugin that has been busy for longer than the timeout is not waited for again.
    """
    answers = {
        rule.name: _asked(floor, rule, lanes) for rule in rules if lanes.busy_seconds(rule.plugin) < timeout_seconds
    }
    if answers:
        await asyncio.wait(answers.values(), timeout=timeout_seconds)
    late = Failure(_("did not answer within {seconds:g} s").format(seconds=timeout_seconds))
    found = {rule.name: _finding(answers.get(rule.name), late) for rule in rules}
    for rule in rules:
        finding = found[rule.name]
        if isinstance(finding, Failure):
            said = _("rule {rule}, the last time that it failed: {reason}")
            see(rule.plugin, f"rule {rule.name}", said.format(rule=rule.name, reason=finding.reason))
    return found


def _asked(floor: FloorSnapshot, rule: AskedRule, lanes: Lanes) -> _Answer:
    loop = asyncio.get_running_loop()
    answer: _Answer = loop.create_future()
    check = partial(found_by, rule, lent_to(rule.plugin, floor))
    lanes.submit(rule.plugin, ("rule", rule.name), check, partial(_bring, loop, answer))
    return answer


def _bring(loop: asyncio.AbstractEventLoop, answer: _Answer, result: Result[Finding]) -> None:
    """From the lane's thread to the loop's; a loop that is closed by now wants no answer."""
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(_settle, answer, result)


def _settle(answer: _Answer, result: Result[Finding]) -> None:
    if not answer.done():
        answer.set_result(result)


def _finding(answer: _Answer | None, late: Failure) -> Finding:
    if answer is None or not answer.done():
        return late
    result = answer.result()
    return result.failure if isinstance(result, Raised) else result.value


def found_by(rule: AskedRule, floor: FloorSnapshot) -> Finding:
    """What the rule says, checked: `check` may be a generator, its things may be anything. Raises what that raises."""
    said: object = rule.check(floor, rule.options)
    if isinstance(said, str | bytes | Mapping) or not isinstance(said, Iterable):
        return Failure(_("check returned {what}: return a list of Alert").format(what=type(said).__name__))
    alerts: list[Alert] = []
    for number, item in enumerate(islice(said, MOST_ALERTS + 1), 1):
        alert = _sound(number, item)
        if isinstance(alert, Failure):
            return alert
        alerts.append(alert)
    if len(alerts) > MOST_ALERTS:
        return Failure(_("check found more than {most} alerts").format(most=MOST_ALERTS))
    return tuple(alerts)


def _sound(number: int, item: object) -> Alert | Failure:
    """The alert, made anew and checked: msgspec looks at no field when a plugin makes one."""
    if not isinstance(item, Alert):
        wrong = _("check returned a list whose item {number} is {what}: return Alert(...)")
        return Failure(wrong.format(number=number, what=type(item).__name__))
    try:
        alert = msgspec.convert(msgspec.structs.asdict(item), Alert)
    except msgspec.ValidationError as error:
        return Failure(_("alert {number} is wrong: {why}").format(number=number, why=error))
    if not alert.subject:
        return Failure(
            _("alert {number} has no subject: say what it is about, as in queue:support").format(number=number)
        )
    if alert.since is not None and not math.isfinite(alert.since):
        return Failure(
            _("alert {number} is since {since}: write epoch seconds").format(number=number, since=alert.since)
        )
    return alert
