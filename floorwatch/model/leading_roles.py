"""Which words of a people file mean that somebody leads a team."""

import re
from functools import lru_cache

from floorwatch.text import folded

_LEADERS = "leader teamleader tl 班组长 班組長 班长 班長 组长 組長 小组长 小組長"


@lru_cache(256)
def leads(role: str) -> bool:
    """Whether this role is one of them, in any case and however it is spaced. Asked of everybody whenever leaders are
    counted; there are a handful of roles, and folding one takes 2 us."""
    return re.sub(r"[\W_]", "", folded(role)) in _LEADERS.split()
