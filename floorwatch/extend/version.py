"""The version of what plugins are written against, `floorwatch.api`.

Rules
- The major number grows when something that a plugin may rely on goes or changes its meaning; the minor number when
  something is added.
- A plugin may say what it was written for: `FLOORWATCH_API = "1"`, or "1.3" where it needs what came with 1.3.
"""

API_VERSION = "1.3"
