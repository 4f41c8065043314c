"""Follows a log as `watch` does, through the system's file events where there are any; what came of it, as JSON. Run as
a process: python -m tests.faults.without_watches FOLDER"""

import json
import sys
import threading
from pathlib import Path
from typing import Any

from floorwatch.engine.opening import live_feed
from floorwatch.feeds.files import FileSource
from floorwatch.settings import FeedSettings
from tests.faults.stage import FEED, FORMAT, Stage
from tests.patience import PATIENCE_SECONDS


def main(folder: Path) -> dict[str, Any]:
    """Play it."""
    stage, woken = Stage(folder), threading.Event()
    stage.says(5)
    wanted = FeedSettings(str(stage.log), FORMAT)
    feed = live_feed(stage.house, FileSource(), FEED, wanted, stage.clock.now(), woken.set).feed
    lines = [line.raw for line in feed.drain(stage.clock.now())]
    woken.clear()
    stage.says(5)
    was_woken = woken.wait(PATIENCE_SECONDS)
    lines += [line.raw for line in feed.drain(stage.clock.now())]
    feed.close()
    return {"polling": feed.health.polling, "woken": was_woken, "all lines": lines == stage.said}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))))
