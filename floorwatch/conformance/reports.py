"""A report held against everything that a report promises. pandas is asked only for what frames can do themselves."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import lru_cache, partial
from math import inf
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from floorwatch.conformance.calling import Failed, StuckError, called
from floorwatch.conformance.claims import ReportClaim
from floorwatch.conformance.declared import declaration
from floorwatch.conformance.floors import folded, samples, small_floors, timeline_of_sample
from floorwatch.conformance.verdict import Findings, Verdict, held
from floorwatch.extend.report import Report, Span
from floorwatch.host.place import place_of
from floorwatch.model.history import History
from floorwatch.words import _

if TYPE_CHECKING:
    import pandas as pd

KIND = "report"
FORMS = ("table", "csv", "json", "md", "html")
QUARTER = 900.0
EVERYTHING = Span(-inf, inf)


class _History(Struct, frozen=True):
    """The frames of one sample, and when it began and ended."""

    name: str
    frames: Mapping[str, Any]
    first: float
    last: float


def check_report(report: Report) -> Verdict:
    """Hold the report against every claim. Raises ConformanceError."""
    return held(examine_report(report))


def examine_report(report: Report) -> Verdict:
    """Every claim on the report, over no history and over every sample."""
    findings = Findings(KIND, str(getattr(report, "name", "?")), ReportClaim)
    if declaration(findings, ReportClaim.DECLARED, "reports", report):
        try:
            _Examination(findings, report).run()
        except StuckError as stuck:
            findings.fail(ReportClaim.COMES_BACK, stuck.failed.why, stuck.failed.where)
        else:
            findings.looked_at(ReportClaim.COMES_BACK)
    return findings.verdict()


class _Examination:
    """One report over all histories."""

    def __init__(self, findings: Findings, report: Report) -> None:
        self._findings = findings
        self._report = report
        self._home = place_of(report.build)

    def run(self) -> None:
        """Look at everything."""
        for number, history in enumerate(_histories()):
            claim = ReportClaim.SAMPLES if number else ReportClaim.EMPTY
            self._build(claim, history, EVERYTHING)
            middle = history.first + QUARTER * ((history.last - history.first) // QUARTER // 2)
            for span in (
                Span(middle, middle + QUARTER),
                Span(history.last + QUARTER, history.last + 2 * QUARTER),
                Span(middle, middle),
                Span(history.first, history.last),
            ):
                self._build(ReportClaim.SPANS, history, span)

    def _build(self, claim: ReportClaim, history: _History, span: Span) -> None:
        findings = self._findings
        findings.looked_at(claim)
        given = deepcopy(dict(history.frames))
        table: Any = called(lambda: self._report.build(given, span))
        if isinstance(table, Failed):
            findings.fail(claim, table.why, table.where, on=history.name, trace=table.trace)
            return
        findings.looked_at(ReportClaim.TABLE, ReportClaim.CHANGES, ReportClaim.EQUAL, ReportClaim.EXPORTS)
        self._look_for_changes(given, history)
        if not isinstance(table, type(history.frames["visits"])):
            said = _("build returned {what}: return a DataFrame").format(what=type(table).__name__)
            findings.fail(ReportClaim.TABLE, said, self._home)
            return
        self._look_at_table(table, history)
        again: Any = called(lambda: self._report.build(deepcopy(dict(history.frames)), span))
        if isinstance(again, Failed) or not table.equals(again):
            said = _("a second build over the same frames gives another table")
            findings.fail(ReportClaim.EQUAL, said, self._home, on=history.name)

    def _look_for_changes(self, given: "Mapping[str, pd.DataFrame]", history: _History) -> None:
        for name, frame in history.frames.items():
            if name not in given or not _is_same(given[name], frame):
                said = _('it changes the frame {name!r}: work on frames["{name}"].assign(...) or a copy')
                self._findings.fail(ReportClaim.CHANGES, said.format(name=name), self._home)

    def _look_at_table(self, table: "pd.DataFrame", history: _History) -> None:
        from floorwatch.reports.exports import WORKBOOK, export
        from floorwatch.reports.workbook import workbook

        names: list[Any] = list(table.columns)
        if not all(isinstance(name, str) and name for name in names) or len(set(names)) < len(names):
            said = _("its columns are {names}: give each a name of its own")
            self._findings.fail(ReportClaim.TABLE, said.format(names=names[:8]), self._home)
            return
        writers: dict[str, Callable[[], object]] = {form: partial(export, table, form) for form in FORMS}
        writers[WORKBOOK] = partial(workbook, table, self._report.title)
        for form, write in writers.items():
            written: Any = called(write)
            if isinstance(written, Failed):
                said = _("as {form}: {why}").format(form=form, why=written.why)
                self._findings.fail(ReportClaim.EXPORTS, said, self._home, on=history.name)


def _is_same(given: Any, kept: Any) -> bool:
    return isinstance(given, type(kept)) and list(given.columns) == list(kept.columns) and bool(given.equals(kept))


@lru_cache(maxsize=1)
def _histories() -> tuple[_History, ...]:
    """Nothing, then every sample to its end."""
    from floorwatch.reports.frames import frames_of  # brings pandas, which no other check needs

    empty = small_floors()[0].floor
    found = [_History(_("no history"), frames_of(History(), empty), empty.at, empty.at)]
    for sample in samples():
        timeline = timeline_of_sample(sample)
        floor, last = folded(timeline)
        frames = frames_of(floor.history, floor.snapshot(last))
        found.append(_History(sample.name, frames, timeline.first_at() or last, last))
    return tuple(found)
