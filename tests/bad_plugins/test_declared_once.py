"""What a guest says of itself is read at the start, with patience that ends, and never on the way to the screen."""

from pathlib import Path

import pytest

from floorwatch.engine.explain import explained
from floorwatch.engine.house import slot_shown
from floorwatch.host import catalogue, options
from floorwatch.host.options import can_turn, next_options
from floorwatch.views import Explain, Notice
from tests.bad_plugins.stand import Stand
from tests.engine.small_floor import START
from tests.host.drop_in_files import drop

HEAD = """
import sys
from enum import Enum
from floorwatch.api import Figure, Metric, Needs, Notice, Panel, Unit, hookimpl
from msgspec import Struct
"""

COUNTS = """
class Counts(Panel):
    name = "counts"
    reads = 0

    @property
    def title(self):
        self.reads += 1
        return "Counts"

    @property
    def needs(self):
        self.reads += 1
        return Needs()

    def build(self, floor, options):
        return Notice("built")

@hookimpl
def floorwatch_panels():
    return [Counts()]
"""

HANGS = """
class Hangs(Panel):
    name = "hangs"

    @property
    def title(self):
        while True:
            pass

    def build(self, floor, options):
        return Notice("built")

@hookimpl
def floorwatch_panels():
    return [Hangs()]
"""

OPTIONS = """
class Shape(Enum):
    ROUND = "round"
    SQUARE = "square"
    FLAT = "flat"

class Options(Struct, frozen=True):
    shape: Shape = Shape.ROUND

    def __post_init__(self):
        if self.shape is Shape.SQUARE:
            sys.exit("no corners")

def never():
    {does}

class Wrong(Struct, frozen=True):
    shape: list = __import__("msgspec").field(default_factory=never)

class Of(Panel):
    title = "Of"

    def __init__(self, name, options_type):
        self.name = name
        self._options_type = options_type

    @property
    def options_type(self):
        return self._options_type

    def build(self, floor, options):
        return Notice("built")

@hookimpl
def floorwatch_panels():
    return [Of("turns", Options), Of("never", Wrong)]
"""

METRIC = """
def compute(floor, scope):
    {does}

@hookimpl
def floorwatch_metrics():
    return [Metric("mine", "Mine", Unit.COUNT, "by hand", compute)]
"""


def stand_with(folder: Path, source: str) -> Stand:
    """The house with this one plugin beside the bundled ones."""
    drop(folder, "mine.py", HEAD + source)
    return Stand(folder)


async def test_title_and_needs_are_read_at_the_start_and_not_again(tmp_path: Path) -> None:
    stand = stand_with(tmp_path, COUNTS)
    panel = stand.house.catalogue.panel("counts").thing
    at_the_start = getattr(panel, "reads")  # noqa: B009  # of the plugin's own

    await stand.build(3)

    assert stand.slot("counts").title == slot_shown(stand.house, "counts").title == "Counts"
    assert getattr(panel, "reads") == at_the_start == 2  # noqa: B009  # as above
    stand.close()


def test_a_title_that_never_comes_is_given_up_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "PATIENCE_SECONDS", 0.2)

    stand = stand_with(tmp_path, HANGS)

    assert "does not come back" in stand.row("mine")
    assert "mine.py:" in stand.row("mine")
    assert "hangs" not in stand.house.catalogue.panels


@pytest.mark.parametrize("does", ["raise LookupError('no shape')", "sys.exit('no shape')"])
def test_options_that_cannot_be_made_are_named_and_end_nothing(tmp_path: Path, does: str) -> None:
    stand = stand_with(tmp_path, OPTIONS.replace("{does}", does))

    assert "never is left out until it is set up: panels.never: " in stand.text("mine")
    assert "no shape" in stand.text("mine")
    assert "turns" in stand.house.catalogue.panels


def test_options_that_never_come_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "PATIENCE_SECONDS", 0.2)

    stand = stand_with(tmp_path, OPTIONS.replace("{does}", "while True: pass"))

    assert "does not come back" in stand.text("mine")


def test_turning_passes_over_what_the_options_refuse(tmp_path: Path) -> None:
    slot = stand_with(tmp_path, OPTIONS.replace("{does}", "return []")).slot("turns")

    assert can_turn(slot.options, "shape")
    turned = next_options(slot.options, "shape")
    assert turned is not None
    assert getattr(turned, "shape").name == "FLAT"  # noqa: B009  # of the plugin's own


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("raise LookupError('no calls')", "LookupError: no calls"),
        ("sys.exit('done')", "SystemExit: done"),
        ("return 5", "AttributeError: "),
        ("while True: pass", "does not come back"),
    ],
)
async def test_a_guest_s_figure_is_computed_in_its_lane(tmp_path: Path, does: str, said: str) -> None:
    stand = stand_with(tmp_path, METRIC.replace("{does}", does))
    known, floor = stand.house.catalogue, stand.floor.snapshot(START)

    view = await stand.shows.computed(known.metric("mine"), lambda: explained(floor, known, Explain("mine")))

    assert isinstance(view, Notice)
    assert said in str(view)
    assert f"metric mine: {said}" in stand.text("mine")
    for _look in range(10):
        stand.seconds += 1
        stand.lanes.give_up_overdue()
    stand.close()
