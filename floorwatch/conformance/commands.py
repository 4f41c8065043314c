"""A command held against everything that a command promises."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from msgspec import Struct

from floorwatch.conformance.asking import ask_again
from floorwatch.conformance.calling import Failed, StuckError, called
from floorwatch.conformance.claims import CommandClaim
from floorwatch.conformance.declared import declaration, options_of
from floorwatch.conformance.floors import CheckFloor, FloorKind, check_floors, copied
from floorwatch.conformance.requests import Asking, gone_rows, plain_requests, row_requests, word_requests
from floorwatch.conformance.verdict import Findings, Verdict, held
from floorwatch.engine.outcomes import NotAnEventError, NotAnOutcomeError, items_of, outcome_of
from floorwatch.extend.command import Ask, Command, Happened, Open, Request
from floorwatch.host.place import place_of
from floorwatch.model.events import Entered, Event
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.words import _

KIND = "command"
_PURE = (CommandClaim.EQUAL, CommandClaim.ALONE, CommandClaim.CHANGES)
_OF_OUTCOMES = (
    CommandClaim.OUTCOMES,
    CommandClaim.EVENTS,
    CommandClaim.ENTERED,
    CommandClaim.PANELS,
    CommandClaim.GOES_ON,
)


def check_command(command: Command, **options: Any) -> Verdict:
    """Hold the command against every claim, with the defaults of its options and with these. Raises
    ConformanceError."""
    return held(examine_command(command, options))


def examine_command(
    command: Command,
    options: Mapping[str, Any] | None = None,
    panels: Collection[str] | None = None,
    commands: Collection[str] | None = None,
) -> Verdict:
    """Every claim on the command. `panels` are the names that it may open, `commands` those that it may go on with
    (None: not looked at)."""
    findings = Findings(KIND, str(getattr(command, "name", "?")), CommandClaim)
    if declaration(findings, CommandClaim.DECLARED, "commands", command):
        try:
            for each in options_of(findings, CommandClaim.OPTIONS, command.options_type, options or {}):
                _Examination(findings, command, each, _Known(panels, commands)).run()
        except StuckError as stuck:
            findings.fail(CommandClaim.COMES_BACK, stuck.failed.why, stuck.failed.where)
        else:
            findings.looked_at(CommandClaim.COMES_BACK)
    return findings.verdict()


class _Known(Struct, frozen=True):
    """Names of what there is beside the command; None where nobody knows."""

    panels: Collection[str] | None
    commands: Collection[str] | None


class _Examination:
    """One command with one set of options."""

    def __init__(self, findings: Findings, command: Command, options: Struct, known: _Known) -> None:
        self._findings = findings
        self._command = command
        self._options = options
        self._known = known
        self._home = place_of(command.run)

    def run(self) -> None:
        """Look at everything."""
        command = self._command
        for case in check_floors():
            self._run_each(CommandClaim.NO_ROW, plain_requests(command, case.floor), case)
            if case.kind is not FloorKind.LARGE:
                self._run_each(CommandClaim.ROWS, row_requests(command, case.floor), case)
                self._run_each(CommandClaim.GONE, gone_rows(command, case.floor), case)
                self._run_each(CommandClaim.WORDS, word_requests(command, case.floor), case)
                self._prefill(case)
            for asking in islice(plain_requests(command, case.floor), 1):
                self._ask_twice(asking, case)

    def _run_each(self, claim: CommandClaim, askings: Iterable[Asking], case: CheckFloor) -> None:
        self._findings.looked_at(claim)
        floor = copied(case.floor)
        for asking in askings:
            outcomes: Any = called(lambda asking=asking: self._outcomes(floor, asking))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
            on = _("{floor}, {asking}").format(floor=case.name, asking=asking.said)
            if isinstance(outcomes, Failed):
                where = outcomes.where or self._home
                self._findings.fail(claim, outcomes.why, where, on=on, trace=outcomes.trace)
            else:
                self._look_at(outcomes, on)

    def _outcomes(self, floor: FloorSnapshot, asking: Asking) -> tuple[object, ...]:
        request = self._request(floor, asking)
        return tuple(items_of(self._command.run(request)))

    def _request(self, floor: FloorSnapshot, asking: Asking) -> Request:
        panel = None if asking.row_key is None else "a-panel"
        return Request(floor, panel, asking.row_key, dict(asking.values), self._options, floor.me)

    def _look_at(self, outcomes: tuple[object, ...], on: str) -> None:
        findings = self._findings
        findings.looked_at(*_OF_OUTCOMES)
        for item in outcomes:
            try:
                outcome = outcome_of(item)
            except NotAnOutcomeError as mistake:
                claim = CommandClaim.EVENTS if isinstance(mistake, NotAnEventError) else CommandClaim.OUTCOMES
                findings.fail(claim, str(mistake), self._home, on=on)
                continue
            match outcome:
                case Open(panel=name) if name not in _names(self._known.panels, name):
                    said = _("it opens the panel {panel!r}, which nobody declares").format(panel=name)
                    findings.fail(CommandClaim.PANELS, said, self._home)
                case Ask(command=name) if name not in _names(self._known.commands, name):
                    said = _("it goes on with the command {command!r}, which nobody declares").format(command=name)
                    findings.fail(CommandClaim.GOES_ON, said, self._home)
                case Happened(event=event) if isinstance(item, Happened):
                    self._look_at_event(item.event, event, on)
                case _:
                    pass

    def _look_at_event(self, event: Event, again: Event, on: str) -> None:
        for why in _changed(event, again):
            self._findings.fail(CommandClaim.EVENTS, why, self._home, on=on)
        if isinstance(event, Entered) and (event.id or event.by):
            said = _("{event} has id {id!r} and by {by!r}: leave both empty, the journal fills them in")
            words = said.format(event=type(event).__name__, id=event.id, by=event.by)
            self._findings.fail(CommandClaim.ENTERED, words, self._home, on=on)

    def _prefill(self, case: CheckFloor) -> None:
        self._findings.looked_at(CommandClaim.PREFILL)
        command = self._command
        prefill = getattr(command, "prefill", None)
        if not callable(prefill):
            return
        home, names = place_of(prefill), {field.name for field in command.parameters}
        for asking in (Asking(None, {}), *row_requests(command, case.floor), *gone_rows(command, case.floor)):
            request = self._request(copied(case.floor), asking)
            filled: Any = called(partial(prefill, request))
            on = _("{floor}, {asking}").format(floor=case.name, asking=asking.said)
            if isinstance(filled, Failed):
                self._findings.fail(CommandClaim.PREFILL, filled.why, filled.where, on=on, trace=filled.trace)
                continue
            for why in _prefill_faults(filled, names):
                self._findings.fail(CommandClaim.PREFILL, why, home, on=on)

    def _ask_twice(self, asking: Asking, case: CheckFloor) -> None:
        first = called(lambda: self._outcomes(copied(case.floor), asking))
        # An event with a NaN is not even equal to itself, and is told as an event that cannot be kept.
        if not isinstance(first, Failed) and not self._findings.has_failed(CommandClaim.EVENTS):
            ask_again(
                self._findings,
                _PURE,
                lambda floor: self._outcomes(floor, asking),
                case,
                (first, "outcomes", self._home),
            )


def _names(known: Collection[str] | None, name: str) -> Collection[str]:
    """The names that there are; where nobody knows them, this one is one."""
    return (name,) if known is None else known


def _prefill_faults(filled: Any, names: Collection[str]) -> Iterator[str]:
    if not isinstance(filled, Mapping):
        yield _("prefill returned {what}: return a dict of text by the field's name").format(what=type(filled).__name__)
        return
    for name, value in filled.items():
        if name not in names or not isinstance(value, str):
            said = _("prefill gave {name!r}: {value!r}: give text, for the fields {names}")
            yield said.format(name=name, value=value, names=", ".join(sorted(names)))


def _changed(event: Event, again: Event) -> Iterator[str]:
    """That the event is not what it was once it was written down and read again."""
    # Half a character cannot be written, and is replaced: the feed's fault and not the command's.
    if again != event and "\\ud" not in repr(event):
        said = _(
            "{event} is another once it was kept: write `data` of text, numbers, lists (no tuples, no sets) and dicts "
            "with text as keys"
        )
        yield said.format(event=type(event).__name__)
