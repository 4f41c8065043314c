"""Lines in: how bytes that others write become complete lines, and lines become events."""
