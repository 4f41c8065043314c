"""What one plugin has of its own, and where floorwatch keeps it: the log, the section of the settings, the secrets."""

import os
import re
from collections.abc import Callable, Mapping
from logging import Logger
from pathlib import Path
from typing import Any, TypeVar, cast

from msgspec import Struct

from floorwatch.extend.plugin import Secret, SecretMissingError
from floorwatch.host.concealed import conceal
from floorwatch.host.failure import Failure
from floorwatch.host.log_file import LogFile
from floorwatch.host.logbook import Logbook
from floorwatch.host.options import options_for
from floorwatch.text import inert
from floorwatch.words import _

S = TypeVar("S", bound=Struct)


class PluginSettingsError(ValueError):
    """What is wrong with a plugin's section of the settings: a sentence a mistake, each with its file and key."""

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


def failures_of(error: BaseException) -> tuple[Failure, ...]:
    """What an exception of a hook means: one thing, or every mistake in the plugin's section of the settings."""
    if isinstance(error, PluginSettingsError):  # the mistake is in the settings, not in the code
        return tuple(Failure(message) for message in error.messages)
    return (Failure.of(error),)


class Stores(Struct, frozen=True):
    """Where plugins' own things come from: sections of the settings by plugin name, the file they stand in, the
    environment, and the folder for logs (asked for when a plugin logs; None: nothing is written)."""

    sections: Mapping[str, Mapping[str, Any]] = {}
    file: Path | None = None
    environment: Mapping[str, str] = os.environ
    logs: Callable[[], Path] | None = None


class PluginContext:
    """What hooks are given as `plugin`; `extend.plugin.Plugin` says what each member promises."""

    def __init__(self, name: str, stores: Stores) -> None:
        self.name = name
        self._stores = stores
        logs = stores.logs
        self.logbook = Logbook(name, None if logs is None else LogFile(lambda: logs() / f"{name}.log"))
        self._mistakes: dict[str, None] = {}
        self.has_read_settings = False

    @property
    def log(self) -> Logger:
        """Its own log."""
        return self.logbook.logger

    @property
    def mistakes(self) -> tuple[str, ...]:
        """What was found wrong with its section of the settings."""
        return tuple(self._mistakes)

    def settings(self, settings_type: type[S]) -> S:
        """Its section, `[plugins.NAME]`. Raises PluginSettingsError with every mistake in it."""
        self.has_read_settings = True
        asked: Any = settings_type  # plugins need not be type-checked
        if not (isinstance(asked, type) and issubclass(asked, Struct)):
            raise TypeError(_("settings() takes a msgspec Struct class, not {what!r}").format(what=asked))
        made = options_for(settings_type, self._stores.sections.get(self.name, {}), f"plugins.{self.name}")
        if isinstance(made, Struct):
            return cast("S", made)
        file = self._stores.file
        messages = made if file is None else tuple(f"{file}: {said}" for said in made)
        self._mistakes.update(dict.fromkeys(messages))
        raise PluginSettingsError(*messages)

    def secret(self, name: str) -> Secret:
        """The secret of this name. Raises SecretMissingError."""
        variable = re.sub(r"[^A-Z0-9]", "_", f"FLOORWATCH_{self.name}_{name}".upper())
        word = self._stores.environment.get(variable) or self._in_file(f"{variable}_FILE")
        if not word:
            said = _("the secret {name} is not set: set {variable}, or {variable}_FILE to a file that holds it")
            raise SecretMissingError(said.format(name=inert(name), variable=inert(variable)))
        conceal(word)
        return Secret(word)

    def _in_file(self, variable: str) -> str:
        """The first line of the file that the variable names; "" when it is not set."""
        path = self._stores.environment.get(variable)
        if not path:
            return ""
        try:
            with Path(path).open(encoding="utf-8-sig") as file:
                word = file.readline().rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            said = _("{variable}: {path} cannot be read ({why})")
            why = getattr(error, "strerror", None) or _("it is not UTF-8")
            raise SecretMissingError(said.format(variable=variable, path=inert(path), why=why)) from None
        if not word:
            raise SecretMissingError(
                _("{variable}: the first line of {path} is empty").format(variable=variable, path=path)
            )
        return word
