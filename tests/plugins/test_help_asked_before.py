"""What was asked before: the same question in other letters, similar ones behind it."""

import pytest

from floorwatch.testing import Kit
from floorwatch_seat_support.asked_before import answered_before, asked_today, key_of


@pytest.fixture
def shift(floorwatch: Kit) -> Kit:
    """Two agents on duty."""
    floorwatch.at("09:00").signs_in("李娜", "support", id="1007")
    floorwatch.at("09:00").signs_in("张伟", "support", id="1004")
    return floorwatch


@pytest.mark.parametrize(
    ("one", "other"),
    [("退税流程？", "退税 流程"), ("VAT refund?", "vat  REFUND"), ("ＶＡＴ", "vat"), ("e-mail", "email")],
)
def test_width_case_blanks_and_punctuation_make_no_other_question(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_similar_questions_come_after_the_same_one_and_the_newest_first(shift: Kit) -> None:
    for number, question in enumerate(["退税流程", "企业退税流程怎么走", "发票遗失", "退税 流程？", "打印机"]):
        shift.at(f"09:1{number}").asks("张伟", question, by="张伟", entry=f"h{number}")
        shift.at(f"09:2{number}").helps(f"h{number}", f"answer {number}", by="王芳")

    found = answered_before(shift.floor("10:40"), "退税流程!")
    assert [(each.help.id, each.is_same) for each in found] == [("h3", True), ("h0", True), ("h1", False)]


def test_the_same_answer_stands_once_and_what_was_withdrawn_does_not(shift: Kit) -> None:
    for number in range(3):
        shift.at(f"09:1{number}").asks("张伟", "VAT refund", by="张伟", entry=f"h{number}")
    shift.at("09:20").helps("h0", "Form A.", by="王芳").helps("h1", "form a", by="Ada")
    shift.at("09:21").needs_no_help("h2", "found it", by="张伟")

    found = answered_before(shift.floor("10:40"), "vat refund")
    assert [each.help.id for each in found] == ["h1"]


def test_a_question_without_words_was_not_asked_before(shift: Kit) -> None:
    shift.at("09:10").asks("张伟", "", by="张伟", entry="h0").helps("h0", "went there", by="王芳")

    floor = shift.floor("10:40")
    assert answered_before(floor, "") == ()
    assert answered_before(floor, "?!") == ()
    assert asked_today(floor) == {}
