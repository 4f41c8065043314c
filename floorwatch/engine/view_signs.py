"""Whether there is something in the words of a view that would act on a terminal, if it were let through.

It is not: every word is made inert where it is drawn. This is for telling the plugin's author, so that it costs little:
the first few thousand words are looked at.
"""

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from floorwatch.text import inert
from floorwatch.views import View

MOST_WORDS = 2_000
MOST_DEEP = 8


def with_harmful_signs(view: View) -> int:
    """How many of its first words would not be drawn as they are."""
    return sum(not word.isprintable() and "\ufffd" in inert(word) for word in islice(_words(view, 0), MOST_WORDS))


def _words(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth < MOST_DEEP and isinstance(value, tuple | list):
        for each in value:
            yield from _words(each, depth + 1)
    elif depth < MOST_DEEP and isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from _words(getattr(value, field), depth + 1)
