"""The core's own formats of lines, and how likely a sample is one of them."""

from collections.abc import Iterable
from typing import Any

from floorwatch.feeds.failing import FAILURES
from floorwatch.feeds.jsonl import JsonLines
from floorwatch.feeds.shapes import ConfigurableFormat, FeedFormat
from floorwatch.feeds.tables import TableFormat

CORE_FORMATS: tuple[FeedFormat, ...] = (JsonLines(), TableFormat())
"""Formats that are always there; the others come from plugins."""

LIKELY = 0.5
"""What is less likely than this is not taken for a feed of that format."""


def configured(fmt: FeedFormat, options: dict[str, Any]) -> FeedFormat:
    """The format as this feed's options make it. Its facts and times are right only then. Raises ValueError."""
    return fmt.configured(options) if isinstance(fmt, ConfigurableFormat) else fmt


def sniff_format(sample: bytes, formats: Iterable[FeedFormat]) -> FeedFormat | None:
    """The format that these first bytes most likely are; None when none is likelier than not."""
    return likeliest(sample, formats)[0]


def likeliest(sample: bytes, formats: Iterable[FeedFormat]) -> tuple[FeedFormat | None, float]:
    """The format that these first bytes most likely are, and how likely that is; (None, 0.0) when none is."""
    best: FeedFormat | None = None
    likelihood = 0.0
    for fmt in formats:
        found = _likelihood(fmt, sample)
        if found >= LIKELY and found > likelihood:
            best, likelihood = fmt, found
    return best, likelihood


def _likelihood(fmt: FeedFormat, sample: bytes) -> float:
    try:
        return fmt.sniff(sample)
    except FAILURES:  # a plugin's format: one that fails is not the one
        return 0.0
