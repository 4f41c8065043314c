"""Whether a group is one person's own: many systems give each user a group of that name, and let it write."""

import os
import sys


def is_own_group(gid: int) -> bool:
    """Whether this is the private group of whoever runs this: the primary one, named as they are, nobody else in it."""
    if sys.platform == "win32":
        return False
    import grp
    import pwd

    try:
        me, group = pwd.getpwuid(os.getuid()), grp.getgrgid(gid)
    except KeyError:  # a container may run as a number that nothing names
        return False
    return is_private(me.pw_name, me.pw_gid, (gid, group.gr_name, tuple(group.gr_mem)))


def is_private(user: str, primary_gid: int, group: tuple[int, str, tuple[str, ...]]) -> bool:
    """The same of a user's name and primary group, and of a group as (number, name, further members)."""
    gid, name, members = group
    return gid == primary_gid and name == user and set(members) <= {user}
