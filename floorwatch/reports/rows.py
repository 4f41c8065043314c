"""Frames from rows of plain values: each column by what it holds, of none at all too."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

TEXT, WORD, NUMBER, TRUTH = "str", "category", "float64", "bool"
"""What a column may hold: text; words of which there are few; numbers, NaN where there is none; true or false."""


def frame_of(rows: Iterable[Sequence[Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """The rows as a frame of these columns: name to what it holds. None and "" are nothing in words and texts."""
    listed = list(zip(*rows, strict=True)) or [()] * len(columns)
    named = zip(columns.items(), listed, strict=True)
    return pd.DataFrame({name: column_of(values, holds) for (name, holds), values in named})


def column_of(values: Sequence[Any], holds: str) -> Any:
    """The values as a column that holds this."""
    match holds:
        case "category":
            return categorical([str(value) if value else None for value in values])
        case "str":
            return pd.Series([value or None for value in values], dtype="str")
        case _:
            return np.array(values, dtype=holds)


def categorical(those: Sequence[Any]) -> pd.Categorical:
    """Words as categories in the order of their first use, always of text: of none at all pandas would make numbers."""
    codes, names = pd.factorize(np.array(those, dtype="object"))
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"))


def or_nan(number: float | None) -> float:
    """The number, NaN for none."""
    return float("nan") if number is None else number
