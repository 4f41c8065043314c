"""Seat support: the walk from seat to seat, help requests, notes, and what they add up to."""

from collections.abc import Sequence

from floorwatch.api import AlertRule, Command, Panel, Plugin, Report, hookimpl
from floorwatch_seat_support.care_panel import CarePanel
from floorwatch_seat_support.help_commands import help_commands
from floorwatch_seat_support.help_panel import HelpPanel
from floorwatch_seat_support.incident_commands import incident_commands
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.note_commands import note_commands
from floorwatch_seat_support.notes_panel import NotesPanel
from floorwatch_seat_support.openings import opening_commands
from floorwatch_seat_support.report import SupportReport
from floorwatch_seat_support.rules import rules
from floorwatch_seat_support.support_panel import SupportPanel
from floorwatch_seat_support.walk_commands import walk_commands
from floorwatch_seat_support.walk_panel import WalkPanel


@hookimpl
def floorwatch_panels(plugin: Plugin) -> Sequence[Panel]:
    """The panels "seat-support", "walk", "help", "notes" and "care"."""
    limits = plugin.settings(Limits)
    return [SupportPanel(limits), WalkPanel(limits), HelpPanel(limits), NotesPanel(limits), CarePanel(limits)]


@hookimpl
def floorwatch_commands(plugin: Plugin) -> Sequence[Command]:
    """What a person does at a seat, and about help and incidents."""
    limits = plugin.settings(Limits)
    return [
        *note_commands(),
        *help_commands(),
        *walk_commands(limits),
        *incident_commands(limits),
        *opening_commands(),
    ]


@hookimpl
def floorwatch_alert_rules(plugin: Plugin) -> Sequence[AlertRule]:
    """What calls for a person."""
    return rules(plugin.settings(Limits))


@hookimpl
def floorwatch_reports() -> Sequence[Report]:
    """The week's questions, topics and coverage."""
    return [SupportReport()]
