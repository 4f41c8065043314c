"""Duty rosters: who should be here now and in the next hours, what is missing, swaps, leave and assignments."""

from collections.abc import Sequence

from floorwatch.api import AlertRule, Command, DocumentFormat, Panel, Report, hookimpl
from floorwatch_rosters.commands import commands
from floorwatch_rosters.formats import formats
from floorwatch_rosters.panels import panels
from floorwatch_rosters.reports import reports
from floorwatch_rosters.rules import rules


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """What it shows."""
    return panels()


@hookimpl
def floorwatch_document_formats() -> Sequence[DocumentFormat]:
    """The documents that it reads."""
    return formats()


@hookimpl
def floorwatch_commands() -> Sequence[Command]:
    """What a person does with it."""
    return commands()


@hookimpl
def floorwatch_alert_rules() -> Sequence[AlertRule]:
    """What calls for a person."""
    return rules()


@hookimpl
def floorwatch_reports() -> Sequence[Report]:
    """Its tables over history."""
    return reports()
