"""Blocks that were read last, unpacked: whoever looks at one moment looks at those around it next."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from floorwatch.engine.keyframes.blocks import Place

MOST_BYTES = 8 * 1024 * 1024
"""Some ten frames of 1,000 seats with the entries that follow them."""


class Near:
    """Reads blocks, and keeps the last few of them, as many as MOST_BYTES hold. For several threads."""

    def __init__(self, read: Callable[[Place], bytes]) -> None:
        self._read = read
        self._turn = threading.Lock()
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._bytes = 0

    def read(self, place: Place) -> bytes:
        """The data of a block. Raises what reading it raises."""
        with self._turn:
            data = self._kept.get(place.offset)
            if data is not None:
                self._kept.move_to_end(place.offset)
                return data
        data = self._read(place)
        with self._turn:
            if place.offset not in self._kept:
                self._kept[place.offset] = data
                self._bytes += len(data)
            while self._bytes > MOST_BYTES:
                self._bytes -= len(self._kept.popitem(last=False)[1])
        return data
