"""Who writes what is entered here: the name in the settings, else that of the system user."""

import os

from floorwatch.settings.values import Settings


def me_of(settings: Settings) -> str:
    """The name that entries carry; "" where nobody has given one and the system knows none."""
    return settings.floor.me or system_user()


def system_user() -> str:
    """The login name of whoever started this process; "" where the system knows none."""
    import getpass  # 2 ms, and needless where the settings say who writes

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user without a name; no pwd on Windows
        return os.environ.get("USERNAME", "")
