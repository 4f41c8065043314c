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
    since, until = ends
    span = Span(
        -inf if since is None else moment(since, house.rules.days, last),
        inf if until is None else moment(until, house.rules.days, last),
    )
    table = declared.thing.build(frames_of(floor.history, floor.snapshot(last)), span)
    try:
        sys.stdout.write(export(table, form))
    except ValueError as error:
        raise WorkError(str(error)) from None
