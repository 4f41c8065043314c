"""The floor's time zone, and the rules of counting that the settings give."""

import os
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from floorwatch.model.clock import FloorDays
from floorwatch.model.targets import FeedRules, FloorRules
from floorwatch.settings.values import FeedSettings, Settings
from floorwatch.words import _

LOCALTIME = Path("/etc/localtime")
TIMEZONE = Path("/etc/timezone")
_OFFSET = re.compile(r"UTC([+-])(\d\d):(\d\d)")
_SOME_WINTER = datetime(2026, 1, 1, tzinfo=UTC)


def rules_of(settings: Settings) -> FloorRules:
    """What the fold and the metrics need: business days in the floor's zone, promises for queues, rules of duty."""
    days = FloorDays(zone_of(settings), settings.floor.day_starts)
    targets = {name: queue.target for name, queue in settings.queues.items()}
    return FloorRules(
        days,
        settings.service,
        targets,
        grid=settings.floor.grid,
        duty=settings.duty.rules,
        show_numbers=settings.screen.show_numbers,
        feeds={name: said for name, feed in settings.feeds.items() if (said := _rules_of_feed(feed)) != FeedRules()},
    )


def _rules_of_feed(feed: FeedSettings) -> FeedRules:
    return FeedRules(feed.silent_seconds, feed.hours)


def zone_of(settings: Settings) -> tzinfo:
    """The floor's zone, the system's where the settings name none."""
    return zone_named(settings.floor.zone) if settings.floor.zone else system_zone()


def zone_name(zone: tzinfo) -> str:
    """The zone as a recording or a header writes it: its IANA name, else its offset in winter ("UTC+08:00")."""
    if isinstance(zone, ZoneInfo) and zone.key:
        return zone.key
    return str(timezone(zone.utcoffset(_SOME_WINTER.astimezone(zone)) or timedelta()))


def zone_named(name: str) -> tzinfo:
    """The zone that `zone_name` wrote so. Raises ValueError for a name that nobody knows."""
    try:
        if (offset := _OFFSET.fullmatch(name)) is not None:
            away = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
            return timezone(-away if offset[1] == "-" else away)
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(_("there is no time zone {name!r}").format(name=name)) from None


def system_zone(
    env: Mapping[str, str] = os.environ, localtime: Path = LOCALTIME, timezone_file: Path = TIMEZONE
) -> tzinfo:
    """The machine's zone by name: from $TZ, the link at /etc/localtime, or /etc/timezone.

    Where no name is found, the rules in /etc/localtime without a name; last, the fixed offset of standard time, which
    knows no daylight saving.
    """
    named = env.get("TZ", "").removeprefix(":")
    linked = str(localtime.resolve()).rpartition("zoneinfo/")
    written = timezone_file.read_text("utf-8").strip() if timezone_file.is_file() else ""
    for name in (named, linked[2] if linked[1] else "", written):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    try:
        with localtime.open("rb") as rules:
            return ZoneInfo.from_file(rules)
    except (ValueError, OSError):
        return timezone(timedelta(seconds=-time.timezone))
