"""Entries in any order, for property tests: ids are few, so that entries often name each other and some come twice."""

import msgspec
from hypothesis import strategies as st

from floorwatch.model.events import Entered

IDS = [f"e{number}" for number in range(14)]
PEOPLE = ("Ada", "Grace", "王芳")

at = st.integers(0, 20).map(lambda step: 1.77e9 + step)
known = st.sampled_from(IDS)


def entered(kind: type[Entered], /, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Entered]:
    """An entry of this kind at any of a few moments, by any of a few people."""
    return st.builds(kind, at=at, id=known, by=st.sampled_from(PEOPLE), **fields)


@st.composite
def numbered(draw: st.DrawFn, entries: st.SearchStrategy[Entered]) -> list[Entered]:
    """Entries of which most have an id of their own, in the order of the ids."""
    found = draw(st.lists(entries, max_size=len(IDS)))
    doubled = draw(st.integers(0, 100))
    return [
        entry if place == doubled else msgspec.structs.replace(entry, id=IDS[place])
        for place, entry in enumerate(found)
    ]
