"""A zone for tests that follow a log of this very hour: whenever they run, midnight is far from it."""


def zone_past_noon(at: float) -> str:
    """The zone of whole hours in which floor time `at` (Unix seconds) is between 12:00 and 13:00."""
    ahead = (12 - int(at) // 3600) % 24
    return f"Etc/GMT-{ahead}" if ahead <= 14 else f"Etc/GMT+{24 - ahead}"
