"""The core's own formats, and finding out what a file is."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from floorwatch.feeds.files import files_of, locate, read_sample
from floorwatch.feeds.jsonl import JsonLines
from floorwatch.feeds.shapes import ConfigurableFormat, FeedError, FeedFormat
from floorwatch.feeds.tables import TableFormat

CORE_FORMATS: tuple[FeedFormat, ...] = (JsonLines(), TableFormat())
"""Formats that are always there; the others come from plugins."""

_LIKELY = 0.5
_MOST_FILES = 200
"""Files of a folder that are looked into, newest first, to find out what the folder holds."""


def configured(fmt: FeedFormat, options: dict[str, Any]) -> FeedFormat:
    """The format as this feed's options make it. Its facts and times are right only then. Raises ValueError."""
    return fmt.configured(options) if isinstance(fmt, ConfigurableFormat) else fmt


def sniff_format(sample: bytes, formats: Iterable[FeedFormat]) -> FeedFormat | None:
    """The format that these first bytes most likely are; None when none is likelier than not."""
    best, likelihood = None, _LIKELY
    for fmt in formats:
        found = _likelihood(fmt, sample)
        if found > likelihood or (best is None and found >= likelihood):
            best, likelihood = fmt, found
    return best


def sample_of(path: Path | str) -> bytes:
    """The first bytes, up to 64 KiB, of a file, or of the newest file with text in a folder. Raises FeedError."""
    return next(iter(_samples(path)))


def recognise(path: Path | str, formats: Iterable[FeedFormat]) -> FeedFormat | None:
    """The format of a file, or of the first file in a folder, newest first, that has one. Raises FeedError."""
    formats = list(formats)
    return next((found for sample in _samples(path) if (found := sniff_format(sample, formats)) is not None), None)


def _samples(path: Path | str) -> list[bytes]:
    place = locate(str(path))
    samples: list[bytes] = []
    problem: FeedError | None = None
    for file in files_of(place)[:_MOST_FILES]:
        try:
            samples.append(read_sample(file))
        except FeedError as error:
            problem = problem or error
    if not samples and problem is not None:
        raise problem
    return samples


def _likelihood(fmt: FeedFormat, sample: bytes) -> float:
    try:
        return fmt.sniff(sample)
    except Exception:  # noqa: BLE001  # a plugin's format: one that fails is not the one
        return 0.0
