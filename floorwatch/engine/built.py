"""What a panel built or opened, in its plugin's lane: a view that can be shown, or a failure with its place."""

from typing import Any

from floorwatch.engine.sound_view import what_is_wrong
from floorwatch.engine.view_signs import with_harmful_signs
from floorwatch.engine.view_size import too_large
from floorwatch.extend.panel import Panel
from floorwatch.feeds.failing import FAILURES
from floorwatch.host.failure import Failure
from floorwatch.host.guests import guest_of, see
from floorwatch.host.lane import Raised, Result
from floorwatch.host.place import place_of, placed
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.views import VIEWS, Notice, Tone, View
from floorwatch.words import _, _n


def built(panel: Panel, floor: FloorSnapshot, options: Any) -> object:
    """What it builds, or why that is too much to be shown. Raises what the panel raises."""
    return _of_a_size(panel, panel.build(floor, options))


def looked_through(panel: Panel, floor: FloorSnapshot, options: Any) -> object:
    """What it builds, or what is wrong with that."""
    view = built(panel, floor, options)
    wrong = what_is_wrong(view) if isinstance(view, VIEWS) else None
    return view if wrong is None else unsound(panel, Failure(wrong))


def opened(panel: Panel, floor: FloorSnapshot, options: Any, row_key: str) -> object:
    """What stands behind the row, or why that is too much to be shown. Raises what the panel raises."""
    return _of_a_size(panel, panel.detail(floor, options, row_key))


def are_equal(one: View | None, other: View | None) -> bool:
    """Whether nothing has changed from one view to the other."""
    try:
        return one is other or bool(one == other)
    except FAILURES:  # plugin code: what it put into a view compares by rules of its own
        return False


def unsound(panel: Panel, failure: Failure) -> Failure:
    """The failure of a view, with the place of the build that made it."""
    return Failure(placed(place_of(panel.build), failure.reason), failure.traceback)


def viewed(result: Result[object], title: str) -> View:
    """The view that came back; a notice with the reason where none did."""
    if isinstance(result, Raised):
        reason = result.failure.reason
    elif isinstance(result.value, VIEWS):
        return result.value
    else:
        reason = result.value.reason if isinstance(result.value, Failure) else _("it did not return a view")
    return Notice(_("{panel}: {reason}").format(panel=title, reason=reason), Tone.WARN)


def without_view(panel: Panel | None, value: object) -> Failure:
    """The failure of a build that returned this, which is no view."""
    kind = type(value).__name__
    names = ", ".join(view.__name__ for view in VIEWS)
    said = _("build returned a {kind}; return one of {names}").format(kind=kind, names=names)
    return Failure(placed(place_of(getattr(panel, "build", None)), said))


def _of_a_size(panel: Panel, view: object) -> object:
    if not isinstance(view, VIEWS):
        return view
    wrong = too_large(view)
    if wrong is not None:
        return unsound(panel, Failure(wrong))
    guest = guest_of(panel)
    if guest is not None and (count := with_harmful_signs(view)):
        one = _n("{n} word has signs", "{n} words have signs", count).format(n=count)
        said = _("panel {panel}: {words} that would act on a terminal: each is shown as �")
        see(guest, f"signs {panel.name}", said.format(panel=panel.name, words=one))
    return view
