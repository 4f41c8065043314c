"""The hooks: each has no side effects and returns declarations; called once per plugin at start.

A hook takes no arguments, or one named `plugin`: what the plugin has of its own (log, settings, secrets).

One plugin's failing hook costs only that plugin: the host calls each plugin on its own.
"""

from collections.abc import Sequence

import pluggy

from floorwatch.extend.command import Command
from floorwatch.extend.document import DocumentFormat
from floorwatch.extend.panel import Panel
from floorwatch.extend.plugin import Plugin
from floorwatch.extend.report import Report
from floorwatch.extend.rule import AlertRule
from floorwatch.feeds.shapes import FeedFormat, FeedSource
from floorwatch.model.metrics import Metric

PROJECT = "floorwatch"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def floorwatch_panels(plugin: Plugin) -> Sequence[Panel]:  # type: ignore[empty-body]  # a hook specification has no body
    """Panels that a layout may name."""


@hookspec
def floorwatch_feed_sources(plugin: Plugin) -> Sequence[FeedSource]:  # type: ignore[empty-body]  # a specification has no body
    """Ways to open a feed, by URL scheme."""


@hookspec
def floorwatch_feed_formats(plugin: Plugin) -> Sequence[FeedFormat]:  # type: ignore[empty-body]  # a specification has no body
    """What kinds of lines there are."""


@hookspec
def floorwatch_document_formats(plugin: Plugin) -> Sequence[DocumentFormat]:  # type: ignore[empty-body]  # a specification has no body
    """What kinds of documents there are: rosters, attendance sheets, calendars."""


@hookspec
def floorwatch_metrics(plugin: Plugin) -> Sequence[Metric]:  # type: ignore[empty-body]  # a specification has no body
    """Figures beside the core's own."""


@hookspec
def floorwatch_alert_rules(plugin: Plugin) -> Sequence[AlertRule]:  # type: ignore[empty-body]  # a specification has no body
    """What calls for a person."""


@hookspec
def floorwatch_commands(plugin: Plugin) -> Sequence[Command]:  # type: ignore[empty-body]  # a specification has no body
    """What a person can do."""


@hookspec
def floorwatch_reports(plugin: Plugin) -> Sequence[Report]:  # type: ignore[empty-body]  # a specification has no body
    """Tables over history."""
