"""What an author declares, held against the host's own checks before anything is asked of it.

Rules
- What the host would leave out with a sentence raises RefusedError with that sentence.
- What the author's own code raises is let through: a test shows the traceback.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from floorwatch.engine.asking import AskedRule, found_by
from floorwatch.extend.panel import Panel
from floorwatch.extend.rule import AlertRule
from floorwatch.host.catalogue import CORE, Declared
from floorwatch.host.declarations import SHAPES, examined
from floorwatch.host.failure import Failure
from floorwatch.host.options import options_for
from floorwatch.model.alerts import Alert
from floorwatch.model.snapshot import FloorSnapshot
from floorwatch.testing.mistakes import RefusedError
from floorwatch.views import VIEWS, View

_SHAPES = {shape.protocol: shape for shape in SHAPES}


def sound(protocol: type, thing: Any) -> str:
    """The name of a declared thing. Raises RefusedError with every mistake of its declaration."""
    found = examined(_SHAPES[protocol], thing)
    if found.mistakes:
        raise RefusedError(f"{type(thing).__name__}: {mistake}" for mistake in found.mistakes)
    return found.name


def options_given(options_type: type[Struct], given: Mapping[str, Any], where: str) -> Struct:
    """Options as the settings give them. Raises RefusedError with every mistake."""
    options = options_for(options_type, given, where)
    if isinstance(options, Struct):
        return options
    raise RefusedError(options)


def asked(rule: AlertRule, given: Mapping[str, Any]) -> AskedRule:
    """A rule with its options, as it is asked on a floor. Raises RefusedError."""
    name = sound(AlertRule, rule)
    return AskedRule.of(Declared(CORE, name, rule), options_given(rule.options_type, given, f"rules.{name}"))


def alerts_of(rule: AskedRule, floor: FloorSnapshot) -> tuple[Alert, ...]:
    """What the rule finds true. Raises RefusedError for what the host would not take."""
    found = found_by(rule, floor)
    if isinstance(found, Failure):
        raise RefusedError([f"{rule.name}: {found.reason}"])
    return found


def view_of(panel: Panel, floor: FloorSnapshot, options: Struct, row: str | None) -> View:
    """The panel on this floor, or the detail behind its row. Raises RefusedError for what is no view."""
    view: object = panel.build(floor, options) if row is None else panel.detail(floor, options, row)
    if isinstance(view, VIEWS):
        return view
    method = "build" if row is None else "detail"
    names = ", ".join(kind.__name__ for kind in VIEWS)
    raise RefusedError([f"{panel.name}: {method} returned a {type(view).__name__}; return one of {names}"])
