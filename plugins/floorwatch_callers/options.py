"""What may be set of the panel "callers"."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct


class Show(StrEnum):
    """Which lists the panel holds, in the order in which a key goes through them."""

    CALLERS = "callers"
    WAITING = "waiting"
    CALL_BACK = "call-back"
    TALKING = "talking"
    ALL = "all"


class CallersOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """`show`: "callers" is who waits above who is to be called back. `most`: rows of a list, at most."""

    show: Show = Show.CALLERS
    most: Annotated[int, Meta(ge=1, le=2_000)] = 200
