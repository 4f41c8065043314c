"""Attendance: who is here, late, away or on a break for too long, what the terminals and sheets say, excuses."""

from collections.abc import Sequence

from floorwatch.api import AlertRule, Command, DocumentFormat, Panel, Plugin, Report, hookimpl
from floorwatch_attendance.commands import commands
from floorwatch_attendance.formats import formats
from floorwatch_attendance.limits import Limits
from floorwatch_attendance.panels import panels
from floorwatch_attendance.reports import reports
from floorwatch_attendance.rules import rules


@hookimpl
def floorwatch_panels(plugin: Plugin) -> Sequence[Panel]:
    """What it shows."""
    return panels(plugin.settings(Limits))


@hookimpl
def floorwatch_document_formats() -> Sequence[DocumentFormat]:
    """The documents that it reads."""
    return formats()


@hookimpl
def floorwatch_commands() -> Sequence[Command]:
    """What a person does with it."""
    return commands()


@hookimpl
def floorwatch_alert_rules(plugin: Plugin) -> Sequence[AlertRule]:
    """What calls for a person."""
    return rules(plugin.settings(Limits))


@hookimpl
def floorwatch_reports() -> Sequence[Report]:
    """Its tables over history."""
    return reports()
