"""Queue status: a row a queue, its figures beside their targets, and the alerts that come from queues and feeds."""

from collections.abc import Sequence

from floorwatch.api import AlertRule, Metric, Panel, hookimpl
from floorwatch_queue_status.panel import QueueStatus
from floorwatch_queue_status.rules import FeedSilent, LongestWait, WaitingOverFree
from floorwatch_queue_status.states import STATE_METRICS


@hookimpl
def floorwatch_panels() -> Sequence[Panel]:
    """The panel "queue-status"."""
    return [QueueStatus()]


@hookimpl
def floorwatch_alert_rules() -> Sequence[AlertRule]:
    """Somebody waits too long, too many wait for too few, a feed has gone silent."""
    return [LongestWait(), WaitingOverFree(), FeedSilent()]


@hookimpl
def floorwatch_metrics() -> Sequence[Metric]:
    """How many agents are in each state."""
    return STATE_METRICS
