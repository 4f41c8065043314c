"""Whether a view is of a size that a screen can hold and a person can read; asked in the plugin's lane, of every view.

Counts, and looks at nothing that is counted: for a view within the limits that takes a few microseconds.
"""

from collections.abc import Iterator

from floorwatch.views import Stack, View
from floorwatch.words import _

MOST = 20_000
"""Rows, lines, seats, values: things of one kind in a view. A table of so many takes a tenth of a second to sort."""
MOST_COLUMNS = 200
"""More than the widest terminal shows with a cell for each."""
MOST_VIEWS = 100
"""Views in a stack, those of stacks in it included."""


def too_large(view: View) -> str | None:
    """What there is too much of in this view ("Table has 1,000,000 rows, ..."); None where all of it can be shown."""
    for number, each in enumerate(_views_in(view)):
        if number > MOST_VIEWS:
            return _("a Stack holds more than {most} views: show fewer").format(most=MOST_VIEWS)
        wrong = next(_too_long(each), None)
        if wrong is not None:
            return wrong
    return None


def _views_in(view: View) -> Iterator[View]:
    waiting = [view]
    while waiting:
        each = waiting.pop()
        yield each
        if isinstance(each, Stack) and isinstance(each.views, tuple | list):
            waiting.extend(each.views[: MOST_VIEWS + 1])


def _too_long(view: View) -> Iterator[str]:
    for field in getattr(view, "__struct_fields__", ()):  # whatever lies in a stack
        held = getattr(view, field)
        if isinstance(held, Iterator):
            said = _("{view}: its {field} are a {type}: write a tuple, which has an end")
            yield said.format(view=type(view).__name__, field=field, type=type(held).__name__)
        most = MOST_COLUMNS if field == "columns" else MOST
        if isinstance(held, tuple | list) and len(held) > most:
            said = _("{view} has {n:,} {field}, more than {most:,}: give those that somebody looks for")
            yield said.format(view=type(view).__name__, n=len(held), field=field, most=most)
