"""The floor's time zone, and the rules of counting that the settings give."""

import os
import time
from collections.abc import Mapping
from datetime import timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from floorwatch.model.clock import FloorDays
from floorwatch.model.targets import FloorRules
from floorwatch.settings.values import Settings

LOCALTIME = Path("/etc/localtime")
TIMEZONE = Path("/etc/timezone")


def rules_of(settings: Settings) -> FloorRules:
    """What the fold and the metrics need: business days in the floor's zone, and a promise for each queue."""
    days = FloorDays(zone_of(settings), settings.floor.day_starts)
    targets = {name: queue.target for name, queue in settings.queues.items()}
    return FloorRules(days, settings.service, targets)


def zone_of(settings: Settings) -> tzinfo:
    """The floor's zone, the system's where the settings name none."""
    return ZoneInfo(settings.floor.zone) if settings.floor.zone else system_zone()


def zone_name(zone: tzinfo) -> str:
    """The zone as a recording or a header writes it: its IANA name, else its offset ("UTC+08:00")."""
    return zone.key if isinstance(zone, ZoneInfo) and zone.key else str(zone)


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
