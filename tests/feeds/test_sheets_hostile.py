"""What files can do to a reader: each is refused with one clear sentence, and none is unpacked to find out."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwatch.feeds import sheets, workbook_parts
from tests.feeds.workbooks import parts_as_workbook, raw_workbook, workbook


def _archive(*names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"x")
    return made.getvalue()


@cache
def _bomb() -> bytes:
    """A workbook whose sheet unpacks to far more than it is. It takes a second to pack."""
    return parts_as_workbook({"xl/worksheets/sheet1.xml": bytes(workbook_parts.MOST_UNPACKED + 1)})


def _lying_bomb() -> bytes:
    """The same, with a small size written into the archive's own directory."""
    raw = bytearray(_bomb())
    size = (workbook_parts.MOST_UNPACKED + 1).to_bytes(4, "little")
    return bytes(raw.replace(size, (10).to_bytes(4, "little")))


def _far_corner(cell: str) -> bytes:
    return raw_workbook(f'<row r="1"><c r="A1"><v>1</v></c></row><row><c {cell}><v>1</v></c></row>')


def _many_sheets() -> bytes:
    return workbook({f"s{n}": [["x"] + [None] * 998 + ["y"]] + [[]] * 4_000 + [["z"]] for n in range(2)})


def _laughs(sign: str = '"') -> bytes:
    """Few long strings in many cells."""
    long = "<si><t>" + "x" * 1_000_000 + "</t></si>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t={sign}s{sign}><v>0</v></c></row>' for n in range(1, 1_001))
    return raw_workbook(cells, strings=long)


def _merges() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 101))
    merges = "".join('<mergeCell ref="A1:A100"/>' for _n in range(100))
    return raw_workbook(rows, f"<mergeCells>{merges}</mergeCells>")


def _encrypted() -> bytes:
    raw = bytearray(workbook({"S": [["x"]]}))
    for mark in (b"PK\x01\x02", b"PK\x03\x04"):  # the flag in the directory and before each part
        place = raw.find(mark)
        while place >= 0:
            raw[place + (8 if mark == b"PK\x01\x02" else 6)] |= 1
            place = raw.find(mark, place + 4)
    return bytes(raw)


def _packed_otherwise() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", b"x" * 100)
    return made.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        pytest.param(_bomb, "unpacks to more than", id="a zip bomb"),
        pytest.param(_lying_bomb, "damaged", id="a bomb that lies about its size"),
        pytest.param(_far_corner('r="A10000000"'), "too large", id="ten million rows"),
        pytest.param(_far_corner('r="XFD2"'), "too large", id="all columns"),
        pytest.param(_far_corner('r="ALL60000"'), "too large", id="few cells far apart"),
        pytest.param(_far_corner("r='A9999999'"), "too large", id="other quotes"),
        pytest.param(_far_corner('a=">" r="A9999999"'), "too large", id="a sign in an attribute"),
        pytest.param(_far_corner("r='?'"), "do not say where they are", id="cells in no place"),
        pytest.param(
            raw_workbook("<row>" + "<c><v>1</v></c>" * 1_001 + "</row>"), "too large", id="no places, too many"
        ),
        pytest.param(raw_workbook('<row r="999999"><c><v>1</v></c></row>'), "too large", id="no place, far down"),
        pytest.param(_many_sheets(), "together", id="sheets that are large together"),
        pytest.param(_laughs(), "texts", id="one text in a thousand cells"),
        pytest.param(_laughs("'"), "texts", id="the same in other quotes"),
        pytest.param(_merges(), "lie over one another", id="merged ranges over one another"),
        pytest.param(workbook({"S": [["x"]]})[:-200], "damaged", id="torn at its end"),
        pytest.param(workbook({"S": [["x"]]}).replace(b"<", b">"), "damaged", id="damaged inside"),
        pytest.param(b"PK\x03\x04" + bytes(100), "damaged", id="nothing but a beginning"),
        pytest.param(_encrypted(), "password", id="protected parts"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "password", id="a protected workbook"),
        pytest.param(OLE + bytes(1000), r"\.xls workbook; save it as \.xlsx", id="an old workbook"),
        pytest.param(_archive("mimetype", "content.xml"), r"\.ods.*save it as \.xlsx", id="an OpenDocument workbook"),
        pytest.param(_archive("xl/workbook.bin"), r"XLSB.*save it as \.xlsx", id="a binary workbook"),
        pytest.param(_archive("a.txt"), "no workbook", id="another archive"),
        pytest.param(_packed_otherwise(), "no spreadsheet program", id="packed otherwise"),
        pytest.param(b"name,start\n1001,08:30\n", "no workbook", id="a text table"),
        pytest.param(b"", "no workbook", id="nothing"),
        pytest.param(b"PK\x03\x04" + b"PK\x01\x02" * 6_000, "parts", id="very many parts"),
        pytest.param(bytes(sheets.MOST_BYTES + 1), "larger than", id="very many bytes"),
        pytest.param(
            parts_as_workbook({"xl/sharedstrings2.xml": b""}, part="gone.xml"), None, id="a sheet that is not there"
        ),
    ],
)
def test_it_is_refused_with_a_sentence(raw: bytes | Callable[[], bytes], said: str | None) -> None:
    raw = raw if isinstance(raw, bytes) else raw()
    if said is None:
        assert sheets.sheets_of(raw) == []
        return
    with pytest.raises(sheets.SheetError, match=said):
        sheets.sheets_of(raw)
    assert isinstance(sheets.sheet_names(raw), list)


def test_another_part_cannot_be_given_out_as_a_sheet() -> None:
    raw = raw_workbook('<row r="1"><c r="A1"><v>1</v></c></row>', strings='<sheetData><c r="XFD1048576"><v>1</v></c>')
    with pytest.raises(sheets.SheetError, match="not what it says"):
        sheets.sheets_of(raw)


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c><c r="B1"><v>1</v></c></row>'
    sheet = f"{bomb}<worksheet><sheetData>{row}</sheetData></worksheet>"
    read: object = None
    with suppress(sheets.SheetError):
        read = sheets.sheets_of(parts_as_workbook({"xl/worksheets/sheet1.xml": sheet.encode()}))
    assert "hahaha" not in str(read)


def test_cells_that_only_have_a_colour_cost_nothing() -> None:
    raw = raw_workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>')
    assert sheets.sheets_of(raw)[0].rows == [[1.0]]


def test_a_text_table_of_a_million_lines_is_refused() -> None:
    with pytest.raises(sheets.SheetError, match="too large"):
        sheets.table_of("a\n" * (sheets.MOST_ROWS + 1))


def test_a_text_table_of_too_many_columns_is_refused() -> None:
    with pytest.raises(sheets.SheetError, match="too large"):
        sheets.table_of("," * (sheets.MOST_COLUMNS + 1))


def _is_read_or_refused(raw: bytes) -> bool:
    """Whether no other error than the reader's own comes of it."""
    for read in (sheets.sheet_names, partial(sheets.tables_of, rows=5), sheets.tables_of):
        with suppress(sheets.SheetError):
            read(raw)
    return True


@given(raw=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    for start in (b"", b"PK\x03\x04", OLE, b"\xff\xfe"):
        assert _is_read_or_refused(start + raw)


WHOLE = workbook({"S": [["姓名", 1, None], ["张三", "A1", "休"]]}, merged=["A1:A2"])


@given(place=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255))
def test_a_workbook_with_a_wrong_byte_is_read_or_refused(place: int, byte: int) -> None:
    raw = bytearray(WHOLE)
    raw[place] = byte
    assert _is_read_or_refused(bytes(raw))


@given(xml=st.text(alphabet='<>/="cvfrowAB12s t', max_size=120))
def test_any_rows_are_read_or_refused(xml: str) -> None:
    assert _is_read_or_refused(raw_workbook(xml))


def test_a_damaged_part_is_named() -> None:
    raw = bytearray(workbook({"S": [["x" * 50]]}))
    place = raw.find(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml")
    raw[place : place + 40] = zlib.compress(b"other")[:3] * 13 + b"x"
    with pytest.raises(sheets.SheetError, match=r"damaged at xl/worksheets/sheet1\.xml"):
        sheets.sheets_of(bytes(raw))
