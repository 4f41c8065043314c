"""What is let go of when nobody holds it, without Python's cycle collector."""

import gc
from collections.abc import Callable
from weakref import ref


class Held:
    """Something that another thing holds, and that can be watched."""


def goes_by_itself(use: Callable[[Held], None]) -> bool:
    """Whether what `use` makes, asks and lets go of, and what it was given to hold, are gone when it returns."""
    held = Held()
    seen = ref(held)
    gc.disable()
    try:
        use(held)
        del held
        return seen() is None
    finally:
        gc.enable()
