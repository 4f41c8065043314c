"""My format: a switch that writes time;call;queue;what."""

from collections.abc import Sequence

from floorwatch.api import FeedFormat, hookimpl

from .format import MyFormat

FLOORWATCH_API = "1"


@hookimpl
def floorwatch_feed_formats() -> Sequence[FeedFormat]:
    """The feed formats of this plugin."""
    return [MyFormat()]
