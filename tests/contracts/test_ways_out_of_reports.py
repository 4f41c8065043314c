"""Every form of a report gives hostile text inert, without formulas, and without a caller's number."""

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pandas as pd
import pytest

from floorwatch.reports.exports import FORMS, export
from floorwatch.reports.workbook import sheet_name, workbook
from floorwatch.text import whole_inert
from tests.contracts.hostile import NUMBER, SEEN, TEXTS, alive, tells_number
from tests.contracts.test_ways_out import is_formula


def frame() -> pd.DataFrame:
    """A report of hostile names and reasons, with figures below nought and callers."""
    count = len(TEXTS)
    made = pd.DataFrame(
        {
            "agent": pd.Categorical(TEXTS),
            "reason": list(reversed(TEXTS)),
            "caller": [NUMBER] * count,
            "number": [f"+{NUMBER}"] * count,
            "change": [-1.5] * count,
            "calls": range(-3, count - 3),
            "talk_seconds": [61.0] * count,
        }
    )
    made[TEXTS[0]] = TEXTS[8]
    made["=1+1"] = 1
    return made


def read_csv(text: str) -> list[str]:
    rows = list(csv.reader(io.StringIO(text)))
    assert {len(row) for row in rows} == {len(frame().columns)}
    assert rows[1][4:6] == ["-1.5", "-3"]
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if is_formula(cell)] == []
    return cells


def read_json(text: str) -> list[str]:
    rows = json.loads(text)
    assert len(rows) == len(TEXTS)
    return [str(word) for row in rows for pair in row.items() for word in pair]


def read_html(text: str) -> list[str]:
    tags: list[str] = []
    words: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign]  # noqa: ARG005
    reader.handle_data = words.append  # type: ignore[method-assign, assignment]
    reader.feed(text)
    assert set(tags) == {"table", "thead", "tbody", "tr", "th", "td"}
    return "".join(words).split("\n")


def read_markdown(text: str) -> list[str]:
    lines = text.splitlines()
    assert {len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines} == {len(frame().columns) + 1}
    assert len(lines) == len(TEXTS) + 2
    assert not re.search(r"<\w", text)
    return lines


def read_table(text: str) -> list[str]:
    assert len(text.splitlines()) == len(TEXTS) + 1
    return text.splitlines()


READ: Mapping[str, Callable[[str], list[str]]] = {
    "csv": read_csv,
    "json": read_json,
    "html": read_html,
    "md": read_markdown,
    "table": read_table,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_report_is_inert_whole_and_masked(form: str) -> None:
    text = export(frame(), form)

    cells = READ[form](text)
    assert [cell[:99] for cell in cells if whole_inert(cell) != cell] == []
    assert alive(text) == []
    assert not tells_number(text)
    assert SEEN in text
    assert tells_number(export(frame(), form, unmasked=True))


def test_every_form_of_a_report_is_read_here() -> None:
    assert set(READ) == set(FORMS)


def test_a_workbook_holds_no_formula_link_or_number(tmp_path: Path) -> None:
    file = tmp_path / "day.xlsx"
    file.write_bytes(workbook(frame(), TEXTS[0]))

    with ZipFile(file) as parts:
        texts = {name: parts.read(name).decode() for name in parts.namelist()}
    for name, text in texts.items():
        ElementTree.fromstring(text)  # our own
        assert "<f>" not in text, name
        assert "<hyperlink " not in text, name
        assert not tells_number(text), name
        words = [each.text or "" for each in ElementTree.fromstring(text).iter() if each.text]
        assert [word[:99] for word in words if whole_inert(word.strip()) != word.strip()] == [], name


@pytest.mark.parametrize("text", TEXTS)
def test_a_sheet_has_a_name_that_a_workbook_takes(text: str) -> None:
    name = sheet_name(text)

    assert 1 <= len(name) <= 31
    assert not set(name) & set("[]:*?/\\'")
    assert alive(name) == []
