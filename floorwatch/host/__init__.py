"""Where plugins live: found, listed, confined to lanes, each of their mistakes kept as a value with a name on it."""
