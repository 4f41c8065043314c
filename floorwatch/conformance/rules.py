"""An alert rule held against everything that a rule promises."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import Any

from msgspec import Struct

from floorwatch.conformance.asking import ask_again
from floorwatch.conformance.calling import Failed, StuckError, called
from floorwatch.conformance.claims import RuleClaim
from floorwatch.conformance.declared import declaration, options_of
from floorwatch.conformance.floors import CheckFloor, FloorKind, check_floors, copied
from floorwatch.conformance.speed import judge_speed, seconds_at_large
from floorwatch.conformance.verdict import Findings, Verdict, held
from floorwatch.engine.asking import MOST_ALERTS
from floorwatch.extend.rule import AlertRule
from floorwatch.host.place import place_of
from floorwatch.host.sound import unsound
from floorwatch.model.alerts import Alert
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.text import LONGEST
from floorwatch.words import _

KIND = "alert rule"
_ANSWERS: Mapping[FloorKind, RuleClaim] = {
    FloorKind.EMPTY: RuleClaim.EMPTY,
    FloorKind.SAMPLE: RuleClaim.SAMPLES,
    FloorKind.MADE: RuleClaim.MADE,
    FloorKind.LARGE: RuleClaim.LARGE,
}
_PURE = (RuleClaim.EQUAL, RuleClaim.ALONE, RuleClaim.CHANGES)
_OF_ALERTS = (RuleClaim.ALERTS, RuleClaim.SUBJECTS, RuleClaim.SINCE, RuleClaim.WORDS)


def check_rule(rule: AlertRule, **options: Any) -> Verdict:
    """Hold the rule against every claim, with the defaults of its options and with these. Raises ConformanceError."""
    return held(examine_rule(rule, options))


def examine_rule(
    rule: AlertRule, options: Mapping[str, Any] | None = None, commands: Collection[str] | None = None
) -> Verdict:
    """Every claim on the rule. `commands` are the names that its alerts may call (None: not looked at)."""
    findings = Findings(KIND, str(getattr(rule, "name", "?")), RuleClaim)
    if declaration(findings, RuleClaim.DECLARED, "rules", rule):
        try:
            for each in options_of(findings, RuleClaim.OPTIONS, rule.options_type, options or {}):
                _Examination(findings, rule, each, commands).run()
        except StuckError as stuck:
            findings.fail(RuleClaim.COMES_BACK, stuck.failed.why, stuck.failed.where)
        else:
            findings.looked_at(RuleClaim.COMES_BACK)
    return findings.verdict()


class _Examination:
    """One rule with one set of options."""

    def __init__(self, findings: Findings, rule: AlertRule, options: Struct, commands: Collection[str] | None) -> None:
        self._findings = findings
        self._rule = rule
        self._options = options
        self._commands = commands
        self._home = place_of(rule.check)

    def run(self) -> None:
        """Look at everything."""
        answered = [(case, alerts) for case in check_floors() if (alerts := self._answered(case)) is not None]
        for case, alerts in answered:
            self._look_at(alerts, case)
        for case, alerts in reversed(answered):
            ask_again(self._findings, _PURE, self._ask, case, (alerts, "alerts", self._home))
        if any(case.kind is FloorKind.LARGE for case, _alerts in answered):
            judge_speed(self._findings, RuleClaim.SPEED, seconds_at_large(self._ask), self._home)

    def _ask(self, floor: FloorSnapshot) -> tuple[object, ...]:
        said: object = self._rule.check(floor, self._options)
        if isinstance(said, str | bytes | Mapping) or not isinstance(said, Iterable):
            wrong = _("check returned {what}: return a list of Alert, or yield them")
            raise TypeError(wrong.format(what=type(said).__name__))
        return tuple(islice(said, MOST_ALERTS + 1))

    def _answered(self, case: CheckFloor) -> tuple[Any, ...] | None:
        """What it says of this floor, when it is alerts; None otherwise."""
        said = called(lambda: self._ask(copied(case.floor)))
        claim = _ANSWERS[case.kind]
        if isinstance(said, Failed):
            self._findings.fail(claim, said.why, said.where or self._home, on=case.name, trace=said.trace)
            return None
        self._findings.looked_at(claim, *_OF_ALERTS)
        wrong = [sentence for number, item in enumerate(said, 1) for sentence in _unsound_alert(number, item)]
        if len(said) > MOST_ALERTS:
            wrong.append(_("more than {most} alerts at one moment").format(most=MOST_ALERTS))
        for sentence in wrong:
            self._findings.fail(RuleClaim.ALERTS, sentence, self._home, on=case.name)
        return None if wrong else said

    def _look_at(self, alerts: tuple[Alert, ...], case: CheckFloor) -> None:
        for subject, number in Counter(alert.subject for alert in alerts).items():
            if not subject.strip():
                said = _("an alert has no subject: say what it is about, as in queue:support")
                self._findings.fail(RuleClaim.SUBJECTS, said, self._home, on=case.name)
            elif number > 1:
                said = _("{n} alerts have the subject {subject!r}: say one of each thing, or name them apart")
                self._findings.fail(RuleClaim.SUBJECTS, said.format(n=number, subject=subject), self._home)
        for alert in alerts:
            self._look_at_one(alert, case)

    def _look_at_one(self, alert: Alert, case: CheckFloor) -> None:
        # On the made floor a caller enters in the future: two switches, two clocks.
        if alert.since is not None and alert.since > case.floor.at and case.kind is not FloorKind.MADE:
            said = _("the alert on {subject!r} is since {seconds:.0f} s from now: say when it began")
            words = said.format(subject=alert.subject, seconds=alert.since - case.floor.at)
            self._findings.fail(RuleClaim.SINCE, words, self._home, on=case.name)
        if not alert.text.strip():
            said = _("the alert on {subject!r} has no text").format(subject=alert.subject)
            self._findings.fail(RuleClaim.WORDS, said, self._home)
        for name, text in (("text", alert.text), ("playbook", alert.playbook)):
            # On the made floor the feed's own words may be endless, or broken into lines.
            if case.kind is not FloorKind.MADE and (len(text) > LONGEST or "\n" in text):
                said = _("the {name} of the alert on {subject!r} is not one line of at most {most} characters")
                words = said.format(name=name, subject=alert.subject, most=LONGEST)
                self._findings.fail(RuleClaim.WORDS, words, self._home)
        if self._commands is not None:
            self._findings.looked_at(RuleClaim.COMMANDS)
            if alert.command and alert.command not in self._commands:
                said = _("the alert on {subject!r} names the command {command!r}, which nobody declares")
                words = said.format(subject=alert.subject, command=alert.command)
                self._findings.fail(RuleClaim.COMMANDS, words, self._home)
        elif alert.command:
            self._findings.note(RuleClaim.COMMANDS, _("not looked at: `floorwatch plugins check` knows all commands"))
        else:
            self._findings.looked_at(RuleClaim.COMMANDS)


def _unsound_alert(number: int, item: object) -> list[str]:
    if not isinstance(item, Alert):
        said = _("item {number} is {what}: say Alert(...)")
        return [said.format(number=number, what=type(item).__name__)]
    return unsound(item, _("alert {number}").format(number=number))
