"""Whether two records are equal, for those that are large and mostly share what is in them."""

from msgspec import Struct
from msgspec.structs import astuple


def have_the_same(one: Struct, other: Struct) -> bool:
    """Whether all fields are equal; those that are the same object are not looked into."""
    return all(mine is theirs or mine == theirs for mine, theirs in zip(astuple(one), astuple(other), strict=True))
