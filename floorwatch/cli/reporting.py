"""`floorwatch report`: a table over a span of time, as text, CSV, JSON, Markdown or HTML."""

import sys
from collections.abc import Sequence
from math import inf

from floorwatch.cli.failing import WorkError
from floorwatch.cli.moments import moment
from floorwatch.cli.wishes import Wishes, feeds_wanted
from floorwatch.engine.headless import fold_all
from floorwatch.engine.timeline import timeline_of
from floorwatch.extend.report import Span
from floorwatch.host.failure import Failure
from floorwatch.model.clock import FloorDays
from floorwatch.words import _


def report(
    wishes: Wishes,
    name: str,
    words: Sequence[str],
    ends: tuple[str | None, str | None],
    form: str,
    feed_format: str | None,
) -> None:
    """Print the report. Raises WorkError, NotDeclaredError, FeedError and SettingsError."""
    from floorwatch.reports import CORE_REPORTS
    from floorwatch.reports.exports import export
    from floorwatch.reports.frames import frames_of

    house = wishes.house(reports=CORE_REPORTS)
    declared = house.catalogue.report(name)
    timeline = timeline_of(house, feeds_wanted(house.settings, words, feed_format))
    house = timeline.house
    floor = house.floor(timeline.gives)
    last = fold_all(floor, timeline.entries())
    if last is None:
        raise WorkError(_("{feed}: there is no line to read in it").format(feed=", ".join(timeline.names)))
    span = _span(ends, house.rules.days, last)
    try:
        table = declared.thing.build(frames_of(floor.history, floor.snapshot(last)), span)
    except Exception as error:  # a report may be a plugin's: its failure is a sentence with its name on it
        said = _("report {name} of plugin {plugin}: {reason}")
        reason = Failure.of(error).reason
        raise WorkError(said.format(name=name, plugin=declared.plugin, reason=reason)) from error
    try:
        sys.stdout.write(export(table, form))
    except ValueError as error:
        raise WorkError(str(error)) from None


def _span(ends: tuple[str | None, str | None], days: FloorDays, near: float) -> Span:
    since, until = (None if end is None else moment(end, days, near) for end in ends)
    if since is not None and until is not None and since >= until:
        raise WorkError(_("--to {until} is not after --from {since}").format(since=ends[0], until=ends[1]))
    return Span(-inf if since is None else since, inf if until is None else until)
