"""The frames of what people entered."""

import pandas as pd
import pytest

from floorwatch.model.clock import FloorDays
from floorwatch.model.entered import NoteKind
from floorwatch.model.history import History
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.model.support import Help, Note, Support
from floorwatch.model.targets import FloorRules
from floorwatch.reports.frames import Frames, frames_of

AT = 1_795_255_200.0


def frames(support: Support) -> Frames:
    return frames_of(History(), FloorSnapshot(at=AT, rules=FloorRules(FloorDays()), support=support))


@pytest.fixture
def entered() -> Frames:
    notes = (
        Note(
            "n1", AT, "Ada", NoteKind.FAULT, "1007", "A07", tag="CRM", text="white screen", follow_up="ask", due_at=AT
        ),
        Note("n2", AT + 60, "Ada", NoteKind.CHECK, withdrawn_at=AT + 90),
    )
    helps = (Help("h1", "1007", AT, "refund?", taken_by="Ada", taken_at=AT + 30, closed_at=AT + 60, withdrawn=True),)
    return frames(Support(notes={n.id: n for n in notes}, helps={h.id: h for h in helps}))


def test_a_note_is_a_row_with_what_it_says_and_whether_it_holds(entered: Frames) -> None:
    first, second = entered["notes"].to_dict("records")

    assert (first["id"], first["kind"], first["agent"], first["tag"]) == ("n1", "fault", "1007", "CRM")
    assert (first["text"], first["follow_up"], first["due_at"]) == ("white screen", "ask", AT)
    assert (first["withdrawn"], second["withdrawn"]) == (False, True)
    assert pd.isna(first["done_at"])
    assert pd.isna(second["agent"])
    assert pd.isna(second["text"])
    assert (first["day"], first["entered"]) == (AT - 36_000, pd.Timestamp("2026-11-21T10:00Z"))


def test_a_request_for_help_is_a_row(entered: Frames) -> None:
    (row,) = entered["helps"].to_dict("records")

    assert (row["id"], row["agent"], row["question"], row["taken_by"]) == ("h1", "1007", "refund?", "Ada")
    assert (row["taken_at"], row["closed_at"], row["withdrawn"]) == (AT + 30, AT + 60, True)
    assert pd.isna(row["answer"])


def test_without_entries_the_frames_have_their_columns_and_kinds(entered: Frames) -> None:
    empty = frames(Support())

    for name in ("notes", "helps"):
        assert list(empty[name].columns) == list(entered[name].columns)
        assert empty[name]["withdrawn"].dtype == bool
        assert isinstance(empty[name]["agent"].dtype, pd.CategoricalDtype)
        assert len(empty[name]) == 0
