"""Frames that are made when they are first asked for: most reports want a few of them, and some cost seconds."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeAlias

import pandas as pd

Maker: TypeAlias = Callable[[], pd.DataFrame]


class LazyFrames(Mapping[str, pd.DataFrame]):
    """Frames by name, each made once. `dict(frames)` and `{**frames}` make them all."""

    def __init__(self, makers: Mapping[str, Maker]) -> None:
        self._makers = dict(makers)
        self._made: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self._made.get(name)
        if frame is None:
            frame = self._made[name] = self._makers[name]()
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __contains__(self, name: object) -> bool:
        return name in self._makers


def over(frames: Mapping[str, pd.DataFrame], changed: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    """The frames with these in the place of theirs; none is made for it."""
    kept = {name: partial(frames.__getitem__, name) for name in frames}
    return LazyFrames({**kept, **{name: partial(_same, frame) for name, frame in changed.items()}})


def _same(frame: pd.DataFrame) -> pd.DataFrame:
    return frame
