"""A metric held against everything that a metric promises."""

from collections.abc import Collection, Mapping
from math import isfinite

from floorwatch.conformance.asking import ask_again
from floorwatch.conformance.calling import Failed, StuckError, called
from floorwatch.conformance.claims import MetricClaim
from floorwatch.conformance.declared import declaration
from floorwatch.conformance.floors import CheckFloor, FloorKind, check_floors, copied
from floorwatch.conformance.verdict import Findings, Verdict, held
from floorwatch.host.place import place_of
from floorwatch.host.sound import unsound
from floorwatch.model.metrics import METRICS, Figure, Metric, Unit
from floorwatch.model.snapshot import FloorSnapshot, Scope
from floorwatch.words import _

KIND = "metric"
_PURE = (MetricClaim.EQUAL, MetricClaim.ALONE, MetricClaim.CHANGES)


def check_metric(metric: Metric) -> Verdict:
    """Hold the metric against every claim. Raises ConformanceError."""
    return held(examine_metric(metric))


def examine_metric(metric: Metric, known: Collection[str] | None = None) -> Verdict:
    """Every claim on the metric. `known` are the names of all metrics (None: siblings that are not ours are a note)."""
    findings = Findings(KIND, str(getattr(metric, "name", "?")), MetricClaim)
    if declaration(findings, MetricClaim.DECLARED, "metrics", metric):
        try:
            _Examination(findings, metric).run()
        except StuckError as stuck:
            findings.fail(MetricClaim.COMES_BACK, stuck.failed.why, stuck.failed.where)
        else:
            findings.looked_at(MetricClaim.COMES_BACK)
        _look_at_siblings(findings, metric, known)
    return findings.verdict()


class _Examination:
    """One metric on every floor and scope."""

    def __init__(self, findings: Findings, metric: Metric) -> None:
        self._findings = findings
        self._metric = metric
        self._home = place_of(metric.compute)

    def run(self) -> None:
        """Look at everything."""
        figured = [(case, found) for case in check_floors() if (found := self._figures(case)) is not None]
        for case, figures in figured:
            if case.kind is FloorKind.EMPTY:
                self._look_at_nothing(figures)
        for case, figures in reversed(figured):
            ask_again(self._findings, _PURE, self._compute_all, case, (figures, "figures", self._home))

    def _compute_all(self, floor: FloorSnapshot) -> dict[str, Figure]:
        return {name: self._metric.compute(floor, scope) for name, scope in _scopes_of(floor).items()}

    def _figures(self, case: CheckFloor) -> dict[str, Figure] | None:
        """The figure of every scope, when they are sound; None otherwise."""
        found = called(lambda: self._compute_all(copied(case.floor)))
        self._findings.looked_at(MetricClaim.TOTAL)
        if isinstance(found, Failed):
            self._findings.fail(MetricClaim.TOTAL, found.why, found.where, on=case.name, trace=found.trace)
            return None
        self._findings.looked_at(MetricClaim.FIGURE)
        wrong = {name: said for name, figure in found.items() if (said := _unsound_figure(figure)) is not None}
        for name, said in wrong.items():
            on = _("{floor}, {scope}").format(floor=case.name, scope=name[:40])
            self._findings.fail(MetricClaim.FIGURE, said, self._home, on=on)
        return None if wrong else found

    def _look_at_nothing(self, figures: Mapping[str, Figure]) -> None:
        self._findings.looked_at(MetricClaim.NOTHING)
        for figure in figures.values():
            if self._metric.unit is Unit.SHARE and figure.value is not None:
                said = _("of nothing it is {value}: make it None, as ratio(part, whole) of floorwatch.api does")
                self._findings.fail(MetricClaim.NOTHING, said.format(value=figure.value), self._home)


def _scopes_of(floor: FloorSnapshot) -> dict[str, Scope]:
    """Each queue, all of them, two together, and none."""
    return {
        **{f"queue {name}": scope for name, scope in floor.queues.items()},
        "the whole floor": floor.total,
        "a group of two": floor.scope("two", floor.queue_names[:2]),
        "a group of none": floor.scope("none", ()),
    }


def _unsound_figure(figure: object) -> str | None:
    if not isinstance(figure, Figure):
        return _("compute returned {what}: return Figure(value)").format(what=type(figure).__name__)
    value: object = figure.value
    if isinstance(value, float | int) and not isinstance(value, bool) and not isfinite(value):
        return _("its value is {value}: where there is no number, write None").format(value=value)
    wrong = unsound(figure, "Figure")
    return wrong[0] if wrong else None


def _look_at_siblings(findings: Findings, metric: Metric, known: Collection[str] | None) -> None:
    findings.looked_at(MetricClaim.SIBLINGS)
    missing = [name for name in metric.siblings if name not in (METRICS if known is None else known)]
    if not missing:
        return
    said = _("nobody declares {names}").format(names=", ".join(missing))
    if known is None:
        findings.note(MetricClaim.SIBLINGS, _("not ours, and not looked for: {names}").format(names=", ".join(missing)))
    else:
        findings.fail(MetricClaim.SIBLINGS, said, place_of(metric.compute))
