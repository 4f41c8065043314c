"""A call of a guest's code at the start, for which nobody waits without an end."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from floorwatch.host.stopping import stop, whereabouts
from floorwatch.words import _

PATIENCE_SECONDS = 10.0
"""An import or a hook that takes longer is given up."""

T = TypeVar("T")


class NotBackError(Exception):
    """The call did not come back in time; the message says where it was."""


def within(seconds: float, function: Callable[[], T]) -> T:
    """What the function returns, called in a thread of its own. Raises what it raises, and NotBackError after so many
    seconds; a KeyboardInterrupt of the person's is raised as ever, one of the function's own as InterruptedError."""
    call = _Call(function)
    thread = threading.Thread(target=call.run, name="floorwatch-start", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        place = whereabouts(thread)
        stop(thread, _Call.run.__code__)
        said = _("does not come back: given up after {seconds:.0f} s").format(seconds=seconds)
        raise NotBackError(f"{said} ({place})" if place else said)
    if isinstance(call.error, KeyboardInterrupt):
        raise InterruptedError(_("it raised KeyboardInterrupt")) from call.error
    if call.error is not None:
        raise call.error
    value: T = call.value
    return value


class _Call:
    """One call and what came of it."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function
        self.value: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.value = self._function()
        except BaseException as error:  # noqa: BLE001  # plugin code: raised again where it is waited for
            self.error = error
