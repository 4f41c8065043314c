"""Workbooks for tests: as a spreadsheet program writes them, and as nobody should."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter  # type: ignore[import-untyped]  # it has no types

EAST_ASIAN_DATE = 57
"""The number format of dates in Chinese month grids."""

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    merged: Sequence[str] = (),
    hidden: Sequence[str] = (),
    date_format: int | str = EAST_ASIAN_DATE,
) -> bytes:
    """An XLSX file. Dates get `date_format`; `merged` are ranges of the first sheet, whose first cell has the value."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    formats = {date: book.add_format({"num_format": date_format}), datetime: book.add_format({"num_format": 22})}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, date):
                    sheet.write_datetime(row, column, value, formats[type(value)])
                elif value is not None:
                    sheet.write(row, column, value)
    for where in merged:
        book.worksheets()[0].merge_range(where, "")
        top = where.partition(":")[0]
        value = _at(next(iter(sheets.values())), top)
        book.worksheets()[0].write(top, value)
    book.close()
    return made.getvalue()


def raw_workbook(rows: str, after: str = "", strings: str = "", part: str = "worksheets/sheet1.xml") -> bytes:
    """An XLSX file around the XML of one sheet's rows; `after` stands behind them, `strings` are its shared strings."""
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return parts_as_workbook({"xl/worksheets/sheet1.xml": sheet.encode()}, strings, part)


def parts_as_workbook(parts: Mapping[str, bytes], strings: str = "", part: str = "worksheets/sheet1.xml") -> bytes:
    """An XLSX file with these parts, of which `part` is its sheet."""
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>"
    )
    relations = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}/worksheet" Target="{part}"/>'
        f'<Relationship Id="rId2" Type="{_RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types"/>')
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _at(rows: Sequence[Sequence[Any]], cell: str) -> Any:
    return rows[int(cell[1:]) - 1][ord(cell[0]) - ord("A")]
