"""What a plugin has of its own: its name, its log, its section of the settings, its secrets."""

from typing import TYPE_CHECKING, NoReturn, Protocol, TypeVar

from msgspec import Struct

if TYPE_CHECKING:
    from logging import Logger  # 3 ms of the 43 that `import floorwatch.api` would take with it

S = TypeVar("S", bound=Struct)


class SecretMissingError(LookupError):
    """A secret that nobody set; the message names the environment variable to set."""


class Secret:
    """A word that is shown to nobody: it prints as `***`, in a log and in a traceback too, and cannot be pickled or
    encoded; `reveal` gives it."""

    __slots__ = ("_word",)

    def __init__(self, word: str) -> None:
        self._word = word

    def reveal(self) -> str:
        """The word itself."""
        return self._word

    def __repr__(self) -> str:
        return "***"

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, _memo: object) -> "Secret":
        return self

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a Secret is not pickled: pass on what it is for, or the word that reveal() gives")


class Plugin(Protocol):
    """Given to every hook that has a parameter named `plugin`."""

    @property
    def name(self) -> str:
        """Its name, as `plugins list` shows it."""
        ...

    @property
    def log(self) -> "Logger":
        """Its own log: kept apart, bounded, shown on the plugin screen. May be used from any thread."""
        ...

    def settings(self, settings_type: type[S]) -> S:
        """Its section of the configuration, `[plugins.NAME]`, checked. Raises what the host says as a mistake."""
        ...

    def secret(self, name: str) -> Secret:
        """The environment variable FLOORWATCH_PLUGIN_NAME (in capitals), or the first line of the file that
        FLOORWATCH_PLUGIN_NAME_FILE names. Raises SecretMissingError."""
        ...
