"""What My document format promises."""

from pathlib import Path

import pytest
from floorwatch.api import RejectDocument
from floorwatch.testing import Kit, check_document_format, check_plugin

import my_document_format
from my_document_format.format import MyDocumentFormat

EXAMPLE = Path(__file__).with_name("example.csv").read_bytes()


def test_a_row_is_a_shift_on_the_wall_clock_of_the_floor(floorwatch: Kit) -> None:
    read = floorwatch.document(MyDocumentFormat(), EXAMPLE)

    assert read.period == ("2026-03-10", "2026-03-11")
    assert [who.key for who in read.people] == ["1009", "1010"]
    assert [shift.agent for shift in read.shifts] == ["1009", "1010", "1009"]
    lengths = [stint.end - stint.start for shift in read.shifts for stint in shift.stints]
    assert lengths == [8 * 3600, 8 * 3600, 8 * 3600]  # the last one over midnight


def test_a_row_that_cannot_be_used_is_named_with_its_place(floorwatch: Kit) -> None:
    read = floorwatch.document(MyDocumentFormat(), EXAMPLE)

    (refusal,) = read.refused
    assert (refusal.where, refusal.text) == ("row 5", "2026-03-11,1010,off,")


def test_something_else_is_refused_whole(floorwatch: Kit) -> None:
    with pytest.raises(RejectDocument, match="its first line must be date,who,from,to"):
        floorwatch.document(MyDocumentFormat(), "hello\n")


def test_it_keeps_to_the_rules_of_document_formats() -> None:
    check_document_format(MyDocumentFormat(), EXAMPLE)


def test_floorwatch_loads_it() -> None:
    check_plugin(my_document_format)
