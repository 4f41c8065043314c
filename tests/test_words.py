"""Words of floorwatch and of plugins, in the language that was chosen, whenever that was."""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from floorwatch.words import _, _n, use_language, words_of

PLURALS = "nplurals=2; plural=(n != 1);"


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    """The language is one for the whole process."""
    yield
    use_language("en")


def write_catalogue(folder: Path, language: str, domain: str, words: Mapping[str, str]) -> None:
    """A compiled gettext catalogue, as msgfmt writes it."""
    head = {"": f"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: {PLURALS}\n"}
    entries = sorted((key.encode(), value.encode()) for key, value in {**head, **words}.items())
    count, tables = len(entries), 28
    at = tables + 16 * count
    keys, values, texts = b"", b"", b""
    for side in (0, 1):
        for entry in entries:
            index = struct.pack("<II", len(entry[side]), at + len(texts))
            keys, values = (keys + index, values) if side == 0 else (keys, values + index)
            texts += entry[side] + b"\0"
    file = folder / "locale" / language / "LC_MESSAGES" / f"{domain}.mo"
    file.parent.mkdir(parents=True)
    header = struct.pack("<7I", 0x950412DE, 0, count, tables, tables + 8 * count, 0, 0)
    file.write_bytes(header + keys + values + texts)


def test_a_plugin_s_words_follow_a_language_that_is_chosen_later(tmp_path: Path) -> None:
    plurals = {"{n} call\0{n} calls": "{n} Anruf\0{n} Anrufe"}
    write_catalogue(tmp_path, "de", "messages", {"Waiting": "Wartend", **plurals})
    mine, mine_n = words_of(str(tmp_path / "__init__.py"))
    before = (mine("Waiting"), mine_n("{n} call", "{n} calls", 2))

    use_language("de")

    assert before == ("Waiting", "{n} calls")
    assert (mine("Waiting"), mine_n("{n} call", "{n} calls", 1)) == ("Wartend", "{n} Anruf")
    assert mine_n("{n} call", "{n} calls", 2) == "{n} Anrufe"

    use_language("en")
    assert mine("Waiting") == "Waiting"


def test_what_a_plugin_has_not_is_floorwatch_s_else_english(tmp_path: Path) -> None:
    write_catalogue(tmp_path / "plugin", "de", "messages", {"Waiting": "Wartend"})
    write_catalogue(tmp_path / "ours", "de", "floorwatch", {"Queues": "Schlangen", "Waiting": "Am Warten"})
    mine, _mine_n = words_of(str(tmp_path / "plugin" / "words.py"))

    use_language("de", tmp_path / "ours" / "locale")

    assert [mine(word) for word in ("Waiting", "Queues", "Agents")] == ["Wartend", "Schlangen", "Agents"]
    assert (_("Waiting"), _n("a", "b", 2)) == ("Am Warten", "b")


def test_a_region_falls_back_to_its_language(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "zh", "messages", {"Waiting": "等待"})
    mine, _mine_n = words_of(str(tmp_path / "__init__.py"))

    use_language("zh_CN")

    assert mine("Waiting") == "等待"


@pytest.mark.parametrize("raw", [b"", b"no catalogue at all", struct.pack("<7I", 0x950412DE, 0, 9, 999, 999, 0, 0)])
def test_a_catalogue_that_cannot_be_read_counts_as_none(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "locale" / "de" / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(raw)
    mine, mine_n = words_of(str(tmp_path / "__init__.py"))

    use_language("de")

    assert (mine("Waiting"), mine_n("one", "many", 1)) == ("Waiting", "one")
