"""What Textual calls the buttons of a mouse, and how far its wheel moves."""

LEFT_BUTTON, RIGHT_BUTTON = 1, 3
WHEEL_LINES = 3
