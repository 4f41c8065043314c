"""docs/plugins/conformance.md says every claim, and what is said of topics is what is checked."""

from enum import StrEnum
from pathlib import Path

import pytest

from floorwatch.conformance.claims import (
    CommandClaim,
    DocumentClaim,
    FormatClaim,
    MetricClaim,
    PanelClaim,
    ReportClaim,
    RuleClaim,
)
from floorwatch.conformance.noting import TOLD_BY

PAGE = (Path(__file__).resolve().parents[2] / "docs/plugins/conformance.md").read_text(encoding="utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in PAGE.split("\n## ")}


@pytest.mark.parametrize(
    ("title", "claims"),
    [
        ("A panel", PanelClaim),
        ("A feed format", FormatClaim),
        ("A document format", DocumentClaim),
        ("A metric", MetricClaim),
        ("An alert rule", RuleClaim),
        ("A command", CommandClaim),
        ("A report", ReportClaim),
    ],
)
def test_every_claim_has_its_line(title: str, claims: type[StrEnum]) -> None:
    rows = [line.split(" | ")[0].removeprefix("| ") for line in SECTIONS[title].splitlines() if line.startswith("| ")]

    assert rows[1 : len(claims) + 1] == [claim.value for claim in claims]


@pytest.mark.parametrize("field", TOLD_BY)
def test_every_field_has_the_topics_that_tell_of_it(field: str) -> None:
    row = next(line for line in SECTIONS["A panel"].splitlines() if line.startswith("| `") and f"`{field}`" in line)

    assert row.rstrip(" |").rpartition("| ")[2] == ", ".join(topic.value for topic in TOLD_BY[field])
