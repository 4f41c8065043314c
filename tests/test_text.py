"""Text made inert: over all of Unicode nothing acts, nothing is unseen, and what is measured is what is drawn."""

import sys
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from floorwatch.text import (
    LONGEST,
    MOST_MARKS,
    exported,
    inert,
    inert_bytes,
    masked,
    whole_inert,
    whole_without_numbers,
    without_numbers,
    without_unseen,
)

ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
CARRIED = "é́ệกี่န့်မြို့བསྒྲུབसर्दी각가각אָ"
"""Bases with the marks that their languages give them, precomposed and in pieces."""

any_text = st.text(st.one_of(st.characters(), st.characters(categories=["Mn", "Mc", "Cf"]), st.sampled_from("ab王")))


@pytest.fixture(scope="module")
def passing() -> list[str]:
    """Every character of Unicode that stays as it is."""
    return [sign for sign in map(chr, range(sys.maxunicode + 1)) if inert(sign) == sign]


def test_of_all_unicode_nothing_that_acts_or_is_unseen_passes(passing: list[str]) -> None:
    assert {category(sign) for sign in passing} & ACTING == set()
    assert [sign for sign in passing if get_character_cell_size(sign) == 0] == []
    assert [sign for sign in passing if ord(sign) & 0xFFFE == 0xFFFE] == []
    assert len(passing) > 250_000


def test_names_of_the_world_stay_as_they_are() -> None:
    for name in (
        "李娜",
        "Zoë Ångström",
        "Nguyễn Thị Hương",
        "Иван",
        "Γιώργος",
        "김민수",
        "もりた さくら",
        "𠮷野家",
        "ﾓﾘﾀ",
    ):
        assert inert(name) == name
    for name in ("สมชาย", "आनंद शर्मा", "မြို့", "བསྒྲུབས", "نور", "שָׁלוֹם", "김", "e\u0301"):
        assert inert(name) == name


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("\x1b[2J\x1b]0;owned\x07x", "\ufffd[2J\ufffd]0;owned\ufffdx"),
        ("a\x9b31mb", "a\ufffd31mb"),
        ("\u202egnp\u2066.exe", "\ufffdgnp\ufffd.exe"),
        ("\ud800\udfff", "\ufffd"),
        ("👨\u200d👩", "👨\ufffd👩"),
        ("👍🏽", "👍\ufffd"),
        ("x\U000e0041\U000e007f", "x\ufffd"),
        ("\ufff9a\ufffab\ufffb", "\ufffda\ufffdb\ufffd"),
        ("\u115f\u3164\uffa0\u1160", "\ufffd"),
        ("\u0600\U0001bca0\U00013430", "\ufffd"),
        ("\ufdd0\uffff", "\ufffd"),
        ("\u0301name", "\ufffdname"),
        ("tab\there", "tab here"),
        ("[bold]x[/] [@click=app.quit]y[/]", "[bold]x[/] [@click=app.quit]y[/]"),
    ],
    ids=ascii,
)
def test_what_acts_becomes_one_sign(said: str, shown: str) -> None:
    assert inert(said) == shown


@pytest.mark.parametrize("mark", ["\u0301", "\u0bbe", "\u0f71", "\u20dd", "\U000110ba", "\u11a8", "\u0e49", "\u05b0"])
def test_a_flood_of_marks_of_any_script_is_cut(mark: str) -> None:
    assert len(inert("a" + mark * 400)) <= 1 + MOST_MARKS


def test_a_flood_that_is_broken_up_is_cut_all_the_same() -> None:
    flood = inert("a" + "\u0301\u0bbe" * 200)

    assert len(flood) <= 1 + MOST_MARKS
    assert inert("\u200b\u0301" * 200).count("\u0301") <= MOST_MARKS * 200


@given(any_text)
@example("\u0301\x00\u0301")
@example("\u115f\u11a8" * 9)
@example("x" * 499 + "\u0301\u0301")
def test_what_is_inert_stays_so(text: str) -> None:
    once = inert(text)

    assert inert(once) == once
    assert len(once) <= LONGEST
    assert whole_inert(whole_inert(text)) == whole_inert(text)


@given(any_text)
def test_its_width_is_the_sum_of_what_is_drawn(text: str) -> None:
    """No mark without a base, nothing whose width depends on what stands beside it."""
    shown = inert(text)

    assert cell_len(shown) == sum(map(get_character_cell_size, shown))
    assert not shown or get_character_cell_size(shown[0]) > 0
    assert "\n" not in shown
    assert not ACTING & {category(sign) for sign in shown}


def test_a_megabyte_is_cut_before_it_is_looked_at() -> None:
    for text in ("x" * 10**6, "\x1b" * 10**6, "王" * 10**6, "a" + "\u0301" * 10**6):
        assert 1 <= len(inert(text)) <= LONGEST
    assert inert("王" * 10**6).endswith("…")


def test_bytes_that_are_no_text_are_shown_as_such() -> None:
    assert inert_bytes(b"a\xff\xfe\x1b[m") == "a\ufffd\ufffd[m"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "  @x", "＝1", "＋1", "－1", "＠x", "\u3000=1", "\u00a0+1"],
    ids=ascii,
)
def test_no_text_is_a_formula(text: str) -> None:
    assert exported(text).startswith("'")


@pytest.mark.parametrize("text", ["李娜", "1-2", "a=b", "", "5", "…", "\r=1"])
def test_what_is_no_formula_is_exported_as_it_is(text: str) -> None:
    assert exported(text) == inert(text)


@given(any_text)
def test_an_exported_cell_is_inert(text: str) -> None:
    assert inert(exported(text)[:LONGEST]) == exported(text)[:LONGEST]


def test_only_the_end_of_a_number_is_seen() -> None:
    assert masked("5550001234") == "********34"
    assert masked("123") == "***"
    assert masked("\x1b5550001234") == "*********34"
    assert masked(None) is None


@pytest.mark.parametrize(
    "number",
    [
        "5550001234",
        "+15550001234",
        "+86 138 0013 8000",
        "138 0013 8000",
        "555-000-1234",
        "(555) 000-1234",
        "１３８００１３８０００",
    ],
)
def test_a_number_in_a_text_is_masked_however_it_is_written(number: str) -> None:
    said = without_numbers(f"caller {number}: gone")

    assert not any(sign.isdigit() for sign in said.replace(number[-2:], ""))
    assert said.startswith("caller ")
    assert said.endswith(f"{number[-2:]}: gone")


@pytest.mark.parametrize(
    "text", ["2026-11-22 21:40:05", "1795255200|c1|support", "1795255200.17", "line 123456", "0:42", "1004", "10,000"]
)
def test_what_is_no_number_of_a_telephone_is_not_masked(text: str) -> None:
    assert without_numbers(text) == text


def test_a_number_is_masked_before_a_text_is_cut() -> None:
    assert "555000" not in without_numbers("x" * (LONGEST - 4) + " 5550001234")
    assert whole_without_numbers("x " * LONGEST + "5550001234").endswith(" ********34")


def test_what_was_typed_loses_only_what_dresses() -> None:
    assert without_unseen("👩\u200d👧\ufe0f 👍🏽 王\u200b芳") == "👩👧 👍 王芳"
