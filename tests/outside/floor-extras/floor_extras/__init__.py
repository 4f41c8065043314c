"""Arrivals of the day, call-backs, the log of an ACME switch, a rule for surges and a report of lost calls."""

from collections.abc import Sequence

from floorwatch.api import AlertRule, Command, FeedFormat, Panel, Report, hookimpl

from .acme import AcmeSwitch
from .arrivals import ArrivalsToday
from .call_backs import CallBackDone, CallBackLater, CallBacks
from .lost import LostByHour
from .surge import ArrivalsSurge

FLOORWATCH_API = "1"


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """The calls of today by quarter of an hour, and the call-backs that were noted."""
    return [ArrivalsToday(), CallBacks()]


@hookimpl
def floorwatch_commands() -> Sequence[Command]:
    """Note a call-back, and strike it off."""
    return [CallBackLater(), CallBackDone()]


@hookimpl
def floorwatch_feed_formats() -> Sequence[FeedFormat]:
    """The log of an ACME switch."""
    return [AcmeSwitch()]


@hookimpl
def floorwatch_alert_rules() -> Sequence[AlertRule]:
    """Many more calls than before."""
    return [ArrivalsSurge()]


@hookimpl
def floorwatch_reports() -> Sequence[Report]:
    """Lost calls by hour."""
    return [LostByHour()]
