"""An attribute that is computed at the first asking, and kept.

Rules
- Nothing is locked. Before Python 3.12 `functools.cached_property` holds one lock for all instances of a class while it
  computes: a plugin's thread that is busy with one snapshot would hold up the screen's with another.
- Two threads that ask for the first time at once may both compute; what is computed is equal, and one of them stays.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class computed_once(Generic[T]):  # noqa: N801  # written as a decorator, like `property`
    """The method as such an attribute. The instance needs a `__dict__`; of a msgspec struct, `dict=True`."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__
        self.__module__ = compute.__module__

    @overload
    def __get__(self, instance: None, owner: type) -> "computed_once[T]": ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> "T | computed_once[T]":
        """Asked only while the instance keeps no value under this name: what it keeps comes first."""
        if instance is None:
            return self
        kept = self._kept_by(instance)
        if self._name not in kept:
            kept[self._name] = self._compute(instance)
        value: T = kept[self._name]
        return value

    def _kept_by(self, instance: object) -> dict[str, Any]:
        """Where the values of this instance are."""
        return vars(instance)
