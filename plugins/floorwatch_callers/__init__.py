"""Callers: who waits, who is to be called back, which calls are under way."""

from collections.abc import Sequence

from floorwatch.api import AlertRule, Command, Panel, Report, hookimpl
from floorwatch_callers.commands import commands
from floorwatch_callers.panel import Callers
from floorwatch_callers.reports import reports
from floorwatch_callers.rules import rules


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """The panel "callers"."""
    return [Callers()]


@hookimpl
def floorwatch_commands() -> Sequence[Command]:
    """What a person does about a lost call."""
    return commands()


@hookimpl
def floorwatch_alert_rules() -> Sequence[AlertRule]:
    """Callers who wait to be called back."""
    return rules()


@hookimpl
def floorwatch_reports() -> Sequence[Report]:
    """The day's list for handing over."""
    return reports()
