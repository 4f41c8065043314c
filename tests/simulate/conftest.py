"""One working day of a 60-agent floor, played once for all tests of this room."""

import pytest

from floorwatch.model.events import Event
from floorwatch.simulate.floor import simulate
from floorwatch.simulate.output import lines
from floorwatch.simulate.plan import HOUR, Plan

MONDAY_MIDNIGHT = 1795363200.0
"""2026-11-23 00:00 in Shanghai."""


@pytest.fixture(scope="session")
def day() -> Plan:
    """From before the first sign-in to after the last sign-out."""
    return Plan(MONDAY_MIDNIGHT + 7 * HOUR, hours=14.0, agents=60, seed=3)


@pytest.fixture(scope="session")
def events(day: Plan) -> list[Event]:
    return list(simulate(day))


@pytest.fixture(scope="session")
def log(day: Plan) -> list[str]:
    """The day's queue_log, line by line, line ends cut."""
    return b"".join(written for _, written in lines(day)).decode().splitlines()
