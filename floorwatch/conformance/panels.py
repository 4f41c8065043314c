"""A panel held against everything that a panel promises."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from msgspec import Struct

from floorwatch.conformance.asking import ask_again
from floorwatch.conformance.calling import PATIENCE_SECONDS, Failed, StuckError, called
from floorwatch.conformance.claims import PanelClaim
from floorwatch.conformance.declared import declaration, options_of
from floorwatch.conformance.floors import CheckFloor, FloorKind, check_floors, copied
from floorwatch.conformance.noting import TOLD_BY, Read, noted
from floorwatch.conformance.speed import judge_speed, seconds_at_large
from floorwatch.conformance.verdict import Findings, Verdict, held
from floorwatch.conformance.viewed import drawing_faults, explained_in, faults_of, is_view, row_keys
from floorwatch.engine.view_size import too_large
from floorwatch.extend.panel import Panel
from floorwatch.host.place import place_of
from floorwatch.host.sound import unsound
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import View
from floorwatch.words import _

KIND = "panel"
MOST_DETAILS = 50
FRESH_SECONDS = 15.0
"""A panel that is built again so often, whatever happens, need not declare what it reads: agents do something many
times a second, and a figure that costs much may wait for it."""
GONE = "nothing:has this key"

_TIMELESS = (
    "reads floor.at, and is not built again as time passes: an age runs by itself (Cell.age); for other figures give "
    "its needs every_seconds"
)
_BUILDS: Mapping[FloorKind, PanelClaim] = {
    FloorKind.EMPTY: PanelClaim.EMPTY,
    FloorKind.SAMPLE: PanelClaim.SAMPLES,
    FloorKind.MADE: PanelClaim.MADE,
    FloorKind.LARGE: PanelClaim.LARGE,
}
_PURE = (PanelClaim.EQUAL, PanelClaim.ALONE, PanelClaim.CHANGES)
_VIEWS = (PanelClaim.KEYS, PanelClaim.CELLS, PanelClaim.PARENTS, PanelClaim.PLACES, PanelClaim.NARROW)


def check_panel(panel: Panel, **options: Any) -> Verdict:
    """Hold the panel against every claim, with the defaults of its options and with these. Raises ConformanceError."""
    return held(examine_panel(panel, options))


def examine_panel(
    panel: Panel, options: Mapping[str, Any] | None = None, patience: float = PATIENCE_SECONDS
) -> Verdict:
    """Every claim on the panel, with the defaults of its options and, when some are given, with those too. A view that
    does not come within `patience` seconds is not waited for."""
    findings = Findings(KIND, str(getattr(panel, "name", "?")), PanelClaim)
    if declaration(findings, PanelClaim.DECLARED, "panels", panel):
        try:
            for each in options_of(findings, PanelClaim.OPTIONS, panel.options_type, options or {}):
                _Examination(findings, panel, each, patience).run()
        except StuckError as stuck:
            findings.fail(PanelClaim.COMES_BACK, stuck.failed.why, stuck.failed.where)
        else:
            findings.looked_at(PanelClaim.COMES_BACK)
    return findings.verdict()


class _Examination:
    """One panel with one set of options."""

    def __init__(self, findings: Findings, panel: Panel, options: Struct, patience: float) -> None:
        self._findings = findings
        self._panel = panel
        self._options = options
        self._patience = patience
        self._home = place_of(panel.build)
        self._undeclared_metrics: dict[str, str] = {}

    def run(self) -> None:
        """Look at everything."""
        built = [(case, view) for case in check_floors() if (view := self._built(case)) is not None]
        for case, view in built:
            self._look_at_view(view, case)
            if case.kind is not FloorKind.LARGE:
                self._draw(view, case)
                self._open_rows(view, case)
        # Backwards, so that what a panel remembers from the floor before shows.
        for case, view in reversed(built):
            ask_again(self._findings, _PURE, self._build, case, (view, type(view).__name__, self._home))
        self._judge_metrics()
        if any(case.kind is FloorKind.LARGE for case, _view in built):
            judge_speed(self._findings, PanelClaim.SPEED, seconds_at_large(self._build), self._home)

    def _build(self, floor: FloorSnapshot) -> View:
        return self._panel.build(floor, self._options)

    def _built(self, case: CheckFloor) -> View | None:
        """The view of this floor, when it is one and its values are sound; notes what was read and asked for it."""
        reads: dict[Read, None] = {}
        floor = noted(copied(case.floor), reads)
        view = called(lambda: self._build(floor), self._patience)
        claim = _BUILDS[case.kind]
        if isinstance(view, Failed):
            self._findings.fail(claim, view.why, view.where, on=case.name, trace=view.trace)
            return None
        self._findings.looked_at(claim, PanelClaim.VIEW)
        self._judge_reads(reads)
        if not is_view(view):
            said = _("build returned {what}: return one of the views of floorwatch.api, such as Table or Text")
            self._findings.fail(PanelClaim.VIEW, said.format(what=type(view).__name__), self._home)
            return None
        too_much = too_large(view)
        wrong = unsound(view, type(view).__name__) if too_much is None else [too_much]
        for sentence in wrong:
            self._findings.fail(PanelClaim.VIEW, sentence, self._home, on=case.name)
        return None if wrong else view

    def _judge_reads(self, reads: Mapping[Read, None]) -> None:
        needs, findings = self._panel.needs, self._findings
        is_fresh = needs.every_seconds is not None and needs.every_seconds <= FRESH_SECONDS
        findings.looked_at(PanelClaim.READS, PanelClaim.METRICS)
        told: set[str] = set()
        for read in reads:
            if read.is_metric:
                self._meet_metric(read.what, read.where)
            elif read.what == "at" and needs.every_seconds is None and not self._findings.has_failed(PanelClaim.READS):
                findings.note(PanelClaim.READS, _(_TIMELESS), read.where)
            elif is_fresh:
                continue
            elif read.what not in told and needs.topics.isdisjoint(TOLD_BY.get(read.what, needs.topics or {""})):
                told.add(read.what)
                findings.fail(PanelClaim.READS, _undeclared(read), read.where)

    def _look_at_view(self, view: View, case: CheckFloor) -> None:
        self._findings.looked_at(*_VIEWS)
        for claim, why in faults_of(view):
            self._findings.fail(claim, why, self._home, on=case.name)
        for metric in dict.fromkeys(each.metric for each in explained_in(view) if not each.row):
            self._meet_metric(metric, self._home)

    def _meet_metric(self, metric: str, where: str) -> None:
        """It is asked for, or explains a figure."""
        if metric not in self._panel.needs.metrics:
            self._undeclared_metrics.setdefault(metric, where)

    def _judge_metrics(self) -> None:
        if missing := self._undeclared_metrics:
            said = _("shows {metrics}: add what is missing to the metrics of its needs")
            where = next(iter(missing.values()))
            self._findings.fail(PanelClaim.METRICS, said.format(metrics=", ".join(sorted(missing))), where)

    def _draw(self, view: View, case: CheckFloor) -> None:
        self._findings.looked_at(PanelClaim.WIDTHS)
        for why in drawing_faults(view, case.floor.at, case.floor.rules.days.zone):
            self._findings.fail(PanelClaim.WIDTHS, why, self._home, on=case.name)

    def _open_rows(self, view: View, case: CheckFloor) -> None:
        home = place_of(self._panel.detail)
        self._findings.looked_at(PanelClaim.DETAIL, PanelClaim.UNKNOWN_ROW)
        keys = [(PanelClaim.DETAIL, key) for key in row_keys(view)[:MOST_DETAILS]]
        floor = copied(case.floor)
        for claim, key in (*keys, (PanelClaim.UNKNOWN_ROW, GONE), (PanelClaim.UNKNOWN_ROW, "")):
            detail = called(partial(self._panel.detail, floor, self._options, key), self._patience)
            on = _("{floor}, row {key!r}").format(floor=case.name, key=key[:40])
            for why, where, trace in self._faults_of_detail(detail, home):
                self._findings.fail(claim, why, where, on=on, trace=trace)

    def _faults_of_detail(self, detail: Any, home: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        if isinstance(detail, Failed):
            yield detail.why, detail.where, detail.trace
        elif not is_view(detail):
            yield _("detail returned {what}: return a view").format(what=type(detail).__name__), home, ()
        elif wrong := unsound(detail, type(detail).__name__):
            yield wrong[0], home, ()
        else:
            yield from ((why, home, ()) for _claim, why in faults_of(detail))


def _undeclared(read: Read) -> str:
    topic = TOLD_BY[read.what][0]
    if read.through and read.through != read.what:
        said = _("reads floor.{what} (topic {topic}) through {through}: add Topic.{name} to the topics of its needs")
    else:
        said = _("reads floor.{what} (topic {topic}): add Topic.{name} to the topics of its needs")
    return said.format(what=read.what, topic=topic.value, through=read.through, name=topic.name)
