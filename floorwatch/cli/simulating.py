"""`floorwatch simulate`: a believable floor's feed, at once or as time passes."""

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from floorwatch.cli.failing import WorkError
from floorwatch.cli.wishes import Wishes
from floorwatch.engine.demo import LiveWriter
from floorwatch.engine.system_clock import SystemClock
from floorwatch.settings import zone_of
from floorwatch.simulate.output import Form, LiveFloor, write
from floorwatch.simulate.plan import Plan, demo_plan, queues_for, working_day
from floorwatch.simulate.staff import people_csv
from floorwatch.words import _


def simulate(
    wishes: Wishes, out: Path, size: tuple[int, int, float, int], form: str, *, live: bool, people_out: Path | None
) -> None:
    """Write the feed; `size` is agents, queues, hours, seed. Live, the floor's morning lies before now."""
    agents, queues, hours, seed = size
    zone = zone_of(wishes.settings())
    zone_key = zone.key if isinstance(zone, ZoneInfo) and zone.key else "UTC"
    now = SystemClock().now()
    try:
        wanted = Form(form)
        day = working_day(now, zone_key, agents=agents, queues=queues, seed=seed)
        plan = replace(day, hours=hours)
        if live:
            plan = replace(demo_plan(now, zone_key, seed), agents=agents, queues=queues_for(queues), surges=None)
    except ValueError as error:
        raise WorkError(str(error)) from None
    if people_out is not None:
        people_out.write_text(people_csv(plan), encoding="utf-8")
    if live:
        _live(plan, out, wanted)
        return
    written = write(plan, out, wanted)
    sys.stdout.write(_("{file}: {size} bytes written").format(file=out, size=written) + "\n")


def _live(plan: Plan, out: Path, form: Form) -> None:
    sys.stderr.write(_("{file}: writing as time passes; ctrl+c ends it").format(file=out) + "\n")
    writer = LiveWriter(out, SystemClock(), LiveFloor(plan, form))
    writer.run()
