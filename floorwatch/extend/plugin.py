"""What a plugin has of its own: its name, its log, its section of the settings, its secrets."""

from logging import Logger
from typing import Protocol, TypeVar

from msgspec import Struct

S = TypeVar("S", bound=Struct)


class SecretMissingError(LookupError):
    """A secret that nobody set; the message names the environment variable to set."""


class Secret:
    """A word that is shown to nobody: it prints as `***`, in a log and in a traceback too; `reveal` gives it."""

    __slots__ = ("_word",)

    def __init__(self, word: str) -> None:
        self._word = word

    def reveal(self) -> str:
        """The word itself."""
        return self._word

    def __repr__(self) -> str:
        return "***"


class Plugin(Protocol):
    """Given to every hook that has a parameter named `plugin`."""

    @property
    def name(self) -> str:
        """Its name, as `plugins list` shows it."""
        ...

    @property
    def log(self) -> Logger:
        """Its own log: kept apart, bounded, shown on the plugin screen. May be used from any thread."""
        ...

    def settings(self, settings_type: type[S]) -> S:
        """Its section of the configuration, `[plugins.NAME]`, checked. Raises what the host says as a mistake."""
        ...

    def secret(self, name: str) -> Secret:
        """The environment variable FLOORWATCH_PLUGIN_NAME (in capitals), or the first line of the file that
        FLOORWATCH_PLUGIN_NAME_FILE names. Raises SecretMissingError."""
        ...
