"""Words of floorwatch and of plugins, in the language that was chosen, whenever that was."""

import struct
from collections.abc import Mapping
from pathlib import Path

import pytest

from floorwatch.words import _, _n, _p, language, language_of, title_of, use_language, words_of
from tests.words.compiled import compiled

PLURALS = "nplurals=2; plural=(n != 1);"


def write_catalogue(folder: Path, language: str, domain: str, words: Mapping[str, str]) -> None:
    """A compiled gettext catalogue, as msgfmt writes it."""
    file = folder / "locale" / language / "LC_MESSAGES" / f"{domain}.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(compiled(words, PLURALS))


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


@pytest.mark.parametrize(
    ("environment", "meant"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "POSIX"}, "en"),
        ({"LANG": ""}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.GB18030"}, "zh_CN"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en_US"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh_CN"),
        ({"LANG": "de_DE@euro"}, "de_DE"),
    ],
)
def test_a_locale_asks_for_a_language(environment: Mapping[str, str], meant: str) -> None:
    assert language_of(environment) == meant


@pytest.mark.parametrize("name", ["zh_CN", "zh", "zh_SG", "zh_Hans"])
def test_simplified_chinese_has_many_names(name: str) -> None:
    use_language(name)

    assert (_("Queues"), _n("{n} agent", "{n} agents", 2), language()) == ("队列", "{n} 坐席", "zh_CN")


@pytest.mark.parametrize("name", ["zh_TW", "zh_HK", "zh_Hant", "en", "en_GB", "de"])
def test_nobody_is_given_the_other_script_or_another_language(name: str) -> None:
    use_language(name)

    assert (_("Queues"), _n("{n} agent", "{n} agents", 1)) == ("Queues", "{n} agent")


def test_a_catalogue_of_the_traditional_script_is_found_once_it_is_there(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "zh_TW", "floorwatch", {"Queues": "佇列"})

    use_language("zh_HK", tmp_path / "locale")

    assert _("Queues") == "佇列"


def test_for_english_nothing_is_read(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "en", "floorwatch", {"Queues": "never read"})

    use_language("en", tmp_path / "locale")

    assert _("Queues") == "Queues"


def test_nothing_is_said_as_nothing() -> None:
    use_language("zh_CN")

    assert _("") == ""


def test_a_title_is_said_in_the_language_of_the_moment() -> None:
    class Panel:
        title = "Needs you"

    use_language("zh_CN")

    assert title_of(Panel()) == "待您处理"


def test_a_word_of_two_meanings_is_two_words_elsewhere() -> None:
    english = _p("of an agent", "pause")
    use_language("zh_CN")

    assert (english, _("pause"), _p("of an agent", "pause")) == ("pause", "暂停", "小休")
    assert _p("of nothing that is known", "pause") == "pause"
