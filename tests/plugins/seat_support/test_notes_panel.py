"""The panel "notes": read, and found by words."""

import pytest
from msgspec.structs import replace

from floorwatch.api import (
    FloorSnapshot,
    Note,
    NoteKind,
    Support,
    Table,
    Tone,
)
from floorwatch.testing import Kit, check_panel, floors
from floorwatch_seat_support.finding import notes_with
from floorwatch_seat_support.limits import Limits
from floorwatch_seat_support.note_rows import note_rows
from floorwatch_seat_support.notes_panel import NotesPanel

PANEL = NotesPanel(Limits())


def test_the_panel_keeps_to_the_rules_of_panels() -> None:
    check_panel(PANEL)


def test_the_newest_note_stands_first(noted: Kit) -> None:
    shown = noted.show(PANEL, at="10:41")

    assert shown.keys == ("note:n1", "note:old")
    assert shown.cell("note:n1", "text").text == "退税: 先说明时限"
    assert shown.cell("note:n1", "who").text == "A07 李娜"


def test_an_empty_book_is_said_kindly(floorwatch: Kit) -> None:
    assert floorwatch.show(PANEL).words.strip() == "Nothing was noted yet."


def test_withdrawn_notes_are_not_listed_but_can_be_read(noted: Kit) -> None:
    noted.at("10:42").withdraws("n1", "wrong person", by="王芳")

    assert noted.show(PANEL, at="10:43").keys == ("note:old",)
    assert "wrong person" in noted.show(PANEL, at="10:43", row="note:n1").words


def test_a_whole_note_says_what_became_of_it(noted: Kit) -> None:
    noted.at("10:42").amends("n1", by="赵敏", text="先说明材料")
    noted.at("10:52").follows_up("n1", "好多了", by="陈静")

    words = noted.show(PANEL, at="10:53", row="note:n1").words

    for each in ("先说明材料", "赵敏", "再听", "陈静", "好多了", "1007", "退税"):
        assert each in words


def test_ten_thousand_characters_can_be_read(noted: Kit) -> None:
    noted.at("10:42").note("李娜", "state", "长" * 10_000, by="王芳", entry="long")

    shown = noted.show(PANEL, at="10:43", row="note:long")

    assert shown.words.count("长") == 10_000
    assert shown.faults == ()


def found(kit: Kit, words: str) -> tuple[str, ...]:
    """The keys that a search shows."""
    shown = kit.show(PANEL, at="10:59", row=f"search:{words}")
    assert isinstance(shown.view, Table)
    assert shown.view.searches
    return shown.keys


@pytest.mark.parametrize(
    "words",
    [
        "先说明",
        "退税",
        "coaching",
        "李娜",
        "1007",
        "a07",
        "Ａ０７",
        "王芳",
        "再听",
        "VPN断线",
        "ｖｐｎ",
        "VPN 退税",
        "straße",
    ],
)
def test_words_are_found_wherever_they_stand_in_whatever_width_and_case(noted: Kit, words: str) -> None:
    noted.at("10:42").amends("n1", by="王芳", text="先说明，VPN断线！ STRASSE")

    assert "note:n1" in found(noted, words)


def test_all_words_must_be_there(noted: Kit) -> None:
    assert found(noted, "李娜 语气") == ("note:old",)
    assert found(noted, "李娜 没有") == ()


def test_nothing_found_is_said(noted: Kit) -> None:
    assert "No note has these words." in noted.show(PANEL, row="search:没有").words


def test_what_was_amended_or_withdrawn_since_the_last_search_is_found_as_it_is(noted: Kit) -> None:
    assert found(noted, "时限") == ("note:n1",)
    noted.at("10:42").amends("n1", by="王芳", text="先说明材料")
    assert (found(noted, "时限"), found(noted, "材料")) == ((), ("note:n1",))
    noted.at("10:43").withdraws("n1", "x", by="王芳")
    assert found(noted, "材料") == ()


def test_a_word_that_is_in_nothing_written_is_not_found_in_what_is_missing() -> None:
    notes = {"1": Note("1", 10.0, "王芳", NoteKind.STATE, text="one\ntwo")}
    floor = replace(floors.snapshot(), support=Support(notes=notes))

    assert [note.id for note in notes_with(floor, "two")] == ["1"]
    assert list(notes_with(floor, "none")) == []
    assert list(notes_with(floor, "  ")) == []


def test_many_hits_show_the_newest_and_say_so() -> None:
    floor = many_notes(1_000)

    shown = PANEL.detail(floor, PANEL.options_type(), "search:退税")  # type: ignore[arg-type]  # it has no options

    assert isinstance(shown, Table)
    assert len(shown.rows) == 200
    assert shown.rows[0].key == "note:999"
    assert shown.caption == "The newest 200"


def test_a_hundred_thousand_notes_are_searched() -> None:
    floor = many_notes(100_000)

    assert [note.id for note in notes_with(floor, "Ｖｐｎ99999")] == ["99999"]


def many_notes(count: int) -> FloorSnapshot:
    """A floor with so many notes."""
    notes = {
        str(at): Note(
            str(at), floors.NOW - count + at, "王芳", NoteKind.HELP, str(1000 + at % 900), text=f"退税，vpn{at}"
        )
        for at in range(count)
    }
    return replace(floors.snapshot(), support=Support(notes=notes))


def test_a_fault_stands_out_in_a_word_and_a_tone(shift: Kit) -> None:
    shift.at("10:40").fault(None, "CRM", "卡顿", by="王芳", seat="C11", entry="f1")

    shown = shift.show(PANEL, at="10:41")

    assert shown.cell("note:f1", "who").text == "C11"
    assert shown.cell("note:f1", "kind").text == "fault"
    assert shown.tone("note:f1", "kind") is Tone.WARN
    assert shown.row("note:f1").commands == ("own-incident",)


def test_what_is_no_fault_or_holds_no_longer_is_no_incident_to_own(noted: Kit) -> None:
    noted.at("10:41").fault("李娜", "CRM", by="王芳", entry="f1").withdraws("f1", "x", by="王芳")

    assert {row.commands for row in note_rows(noted.floor("10:42"), noted.floor("10:42").support.notes.values())} == {
        ()
    }
