"""The moving parts behind a screen, without a screen."""
