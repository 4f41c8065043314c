"""The only home of Textual: the screen that draws views, and nothing that knows how they came to be."""

import os

# Read when Textual is imported, whoever of this package does so first. A change waits for up to two of its frames (its
# timer passes over the one in which it was busy): 8 ms with these, 33 ms with Textual's own 60.
os.environ.setdefault("TEXTUAL_FPS", "240")
