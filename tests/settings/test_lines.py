import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from floorwatch.settings.lines import key_lines
from floorwatch.settings.toml_text import quoted, toml_text
from floorwatch.settings.values import KeyPath

TRAPS = '''\
title = "a # is no comment, [nor.this] = a table"   # but this is
[floor]  # [not.this]
name = 'C:\\no\\escape'
"me" = "\\"quoted\\" = 1"
text = """
[inside] = 1
a "quote" \\""" goes on
ends with quotes"""""
raw = \'\'\'
b = 2
\'\'\'
[ queues . "vip, line" ]
seconds.of = 20.5
at = 2026-01-02 03:04:05
table = { a = 1, "b c" = [ 1, { d = 2 } ] }
rows = [
  ["x", "y"],  # ] no end
  [ ],

  ["z"]
]
[[items]]
a = 1
[items.more]
b = 2
[[items]]
a = 3
'''


def test_every_key_is_found_on_its_line_whatever_stands_between() -> None:
    tomllib.loads(TRAPS)
    lines = key_lines(TRAPS)
    assert lines == {
        ("title",): 1,
        ("floor",): 2,
        ("floor", "name"): 3,
        ("floor", "me"): 4,
        ("floor", "text"): 5,
        ("floor", "raw"): 9,
        ("queues",): 12,
        ("queues", "vip, line"): 12,
        ("queues", "vip, line", "seconds"): 13,
        ("queues", "vip, line", "seconds", "of"): 13,
        ("queues", "vip, line", "at"): 14,
        ("queues", "vip, line", "table"): 15,
        ("queues", "vip, line", "table", "a"): 15,
        ("queues", "vip, line", "table", "b c"): 15,
        ("queues", "vip, line", "table", "b c", 0): 15,
        ("queues", "vip, line", "table", "b c", 1): 15,
        ("queues", "vip, line", "table", "b c", 1, "d"): 15,
        ("queues", "vip, line", "rows"): 16,
        ("queues", "vip, line", "rows", 0): 17,
        ("queues", "vip, line", "rows", 0, 0): 17,
        ("queues", "vip, line", "rows", 0, 1): 17,
        ("queues", "vip, line", "rows", 1): 18,
        ("queues", "vip, line", "rows", 2): 20,
        ("queues", "vip, line", "rows", 2, 0): 20,
        ("items",): 22,
        ("items", 0): 22,
        ("items", 0, "a"): 23,
        ("items", 0, "more"): 24,
        ("items", 0, "more", "b"): 25,
        ("items", 1): 26,
        ("items", 1, "a"): 27,
    }


def test_windows_line_ends_do_not_move_a_line() -> None:
    assert key_lines("a = 1\r\n\r\n[b]\r\nc = 2\r\n") == {("a",): 1, ("b",): 3, ("b", "c"): 4}


def test_an_empty_text_has_no_lines() -> None:
    assert key_lines("") == key_lines("# nothing\n\n") == {}


words = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=8)
values = st.recursive(
    st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


def paths_of(value: Any, above: KeyPath = ()) -> set[KeyPath]:
    inside: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return {path for name, item in inside for path in {(*above, name), *paths_of(item, (*above, name))}}


@given(st.dictionaries(words, st.dictionaries(words, values, max_size=4), max_size=4))
def test_written_tables_read_back_and_each_key_has_its_line(tables: dict[str, dict[str, Any]]) -> None:
    written: list[str] = []
    expected: dict[KeyPath, int] = {}
    for table, pairs in tables.items():
        written.append(f"[{quoted(table)}]")
        expected[table,] = len(written)
        for key, value in pairs.items():
            written.append(f"{quoted(key)} = {toml_text(value)}")
            expected |= dict.fromkeys({(table, key), *paths_of(value, (table, key))}, len(written))
    text = "\n".join(written)
    assert tomllib.loads(text).keys() == tables.keys()
    assert key_lines(text) == expected
