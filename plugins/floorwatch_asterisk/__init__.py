"""Asterisk for floorwatch: the queue log, from version 1.0 to 23."""

from collections.abc import Sequence

from floorwatch.api import FeedFormat, hookimpl
from floorwatch_asterisk.queue_log import QueueLogFormat


@hookimpl
def floorwatch_feed_formats() -> Sequence[FeedFormat]:
    """The formats that this plugin brings."""
    return [QueueLogFormat()]
