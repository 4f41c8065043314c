"""For authors of plugins: a kit to test with, the pytest fixture `floorwatch`, and the conformance checks.

Rules
- Importing this loads nothing but itself; what a name needs is loaded when the name is first used.
- Nothing here reads a clock: every moment is given, or stands on the kit's own `VirtualClock`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from floorwatch.conformance import (
        ConformanceError,
        check_command,
        check_document_format,
        check_format,
        check_metric,
        check_panel,
        check_plugin,
        check_report,
        check_rule,
    )
    from floorwatch.testing import floors
    from floorwatch.testing.kit import Kit
    from floorwatch.testing.lines import Lines, Reject
    from floorwatch.testing.mistakes import MisfitError, RefusedError
    from floorwatch.testing.moment import Moment
    from floorwatch.testing.playback import Playback
    from floorwatch.testing.screen import Screen
    from floorwatch.testing.shown import Shown

_CONFORMANCE = "floorwatch.conformance"
_HOMES = {
    "Kit": "floorwatch.testing.kit",
    "Lines": "floorwatch.testing.lines",
    "Reject": "floorwatch.testing.lines",
    "MisfitError": "floorwatch.testing.mistakes",
    "RefusedError": "floorwatch.testing.mistakes",
    "Moment": "floorwatch.testing.moment",
    "Playback": "floorwatch.testing.playback",
    "Screen": "floorwatch.testing.screen",
    "Shown": "floorwatch.testing.shown",
    "ConformanceError": _CONFORMANCE,
    "check_command": _CONFORMANCE,
    "check_document_format": _CONFORMANCE,
    "check_format": _CONFORMANCE,
    "check_metric": _CONFORMANCE,
    "check_panel": _CONFORMANCE,
    "check_plugin": _CONFORMANCE,
    "check_report": _CONFORMANCE,
    "check_rule": _CONFORMANCE,
}


def __getattr__(name: str) -> Any:
    if name == "floors":
        return import_module(f"{__name__}.floors")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


__all__ = [
    "ConformanceError", "Kit", "Lines", "MisfitError", "Moment", "Playback", "RefusedError", "Reject", "Screen",
    "Shown", "check_command", "check_document_format", "check_format", "check_metric", "check_panel", "check_plugin",
    "check_report", "check_rule", "floors",
]  # fmt: skip
