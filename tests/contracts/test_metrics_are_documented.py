"""docs/metrics.md names every metric, every definition and every column, with the formula that the code computes."""

import re
from pathlib import Path

import pytest

from floorwatch.model.counts import QueueCounts
from floorwatch.model.metrics import METRICS
from floorwatch.model.service_level import SERVICE_LEVELS, Volume
from floorwatch_queue_status import floorwatch_metrics

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")
DAY = Volume.of(
    QueueCounts(
        offered=100, answered=85, answered_in_time=70, abandoned=12, abandoned_in_time=10, short_abandons=4, left_key=3
    )
)


@pytest.mark.parametrize("name", [*METRICS, *(metric.name for metric in floorwatch_metrics())])
def test_every_metric_has_a_line_with_its_unit(name: str) -> None:
    unit = {**METRICS, **{metric.name: metric for metric in floorwatch_metrics()}}[name].unit.value

    assert re.search(rf"^\| `{name}` \|.*\b{unit}\b", TEXT, re.MULTILINE)


@pytest.mark.parametrize("name", SERVICE_LEVELS)
def test_every_service_level_has_its_formula_and_its_figure_in_the_example(name: str) -> None:
    level = SERVICE_LEVELS[name]
    closed = level.formula.replace(" + W_T", "")
    value = level.of(DAY)

    assert re.search(rf"^\| `{name}`.*\| `{re.escape(closed)}` \|.*{re.escape(level.used_by[:12])}", TEXT, re.MULTILINE)
    assert value is not None
    assert f"{name} {value * 100:.1f}" in TEXT
