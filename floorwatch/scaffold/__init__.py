"""A new plugin to begin with, written from templates that are working plugins themselves (`templates/`)."""
