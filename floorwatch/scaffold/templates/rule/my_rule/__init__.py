"""My rule: too few agents are free in a queue."""

from collections.abc import Sequence

from floorwatch.api import AlertRule, hookimpl

from .rule import MyRule

FLOORWATCH_API = "1"


@hookimpl
def floorwatch_alert_rules() -> Sequence[AlertRule]:
    """The alert rules of this plugin."""
    return [MyRule()]
