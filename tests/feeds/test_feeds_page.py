"""docs/feeds.md: every event, option, fact and state stands there, and its examples are read as they stand."""

import re
import tomllib
from pathlib import Path

import pytest
from msgspec import Struct

from floorwatch.feeds.formats import CORE_FORMATS
from floorwatch.feeds.jsonl import EVENT_TYPES, decode
from floorwatch.feeds.lines import HOLE, TOO_LONG
from floorwatch.feeds.recording import read_recording
from floorwatch.feeds.table_options import CALL_FIELDS, OPTION_NAMES, table_options
from floorwatch.host.options import options_for
from floorwatch.model.entities import Fact
from floorwatch.model.events import EndedBy, LeftHow, TransferKind
from floorwatch_asterisk.queue_log import QueueLogFormat
from tests.engine.small_floor import house_in

PAGE = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_there_is_one_example_an_event_and_each_is_read_with_all_its_fields() -> None:
    examples = [line.encode() for line in blocks("jsonl")[0].splitlines()]
    events = [decode(line) for line in examples]
    assert [type(event).__name__ for event in events] == list(EVENT_TYPES)
    for event, line in zip(events, examples, strict=True):
        for field in event.__struct_fields__:
            assert f'"{field}"'.encode() in line


@pytest.mark.parametrize(
    "word",
    [
        *OPTION_NAMES,
        *sorted(CALL_FIELDS),
        *Fact,
        *LeftHow,
        *EndedBy,
        *TransferKind,
        *(fmt.name for fmt in CORE_FORMATS),
        HOLE,
        TOO_LONG,
        "starting",
        "reading",
        "ok",
        "waiting",
        "failed",
        "ended",
    ],
)
def test_every_word_that_a_user_may_write_or_see_is_explained(word: str) -> None:
    assert f"`{word}`" in PAGE


@pytest.mark.parametrize("block", blocks("toml"))
def test_every_example_of_options_is_right(block: str) -> None:
    for feed in tomllib.loads(block)["feeds"].values():
        documents = house_in().catalogue.document_formats
        if feed.get("format") == QueueLogFormat.name:
            QueueLogFormat().configured(feed["options"])
        elif feed.get("format") in documents:
            assert isinstance(options_for(documents[feed["format"]].thing.options_type, feed["options"]), Struct)
        else:
            table_options(feed["options"])


def test_the_example_of_a_recording_is_one(tmp_path: Path) -> None:
    path = tmp_path / "example.floorlog"
    path.write_text(blocks("jsonl")[1], encoding="utf-8")
    recording = read_recording(path)
    assert len(list(recording)) == 3
    assert recording.health.rejected == {}
