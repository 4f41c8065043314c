"""The help of the command line in the language of the moment: its texts stand in English where options are declared.

Rules
- A command is told in the chosen language before its words are read: that is when `--help` is answered.
- What the parser says of its own (headings, "required") is said here once more, since it knows no other language; its
  complaints about options stay English.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from floorwatch.words import _

_Formatter: Any = typer.Context.formatter_class  # typer brings click along, or leans on it: this is the one it uses


class SpokenFormatter(_Formatter):  # type: ignore[misc]  # its type is the parser's own
    """Writes headings, and what the parser puts behind a text, in the chosen language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of what can be typed."""
        super().write_usage(prog, args, prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        """The line above options, or commands."""
        super().write_heading(_words().get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **options: Any) -> None:
        """Words and what they mean, side by side."""
        super().write_dl([(word, _extras(meaning)) for word, meaning in rows], *args, **options)


class SpokenContext(typer.Context):
    """A context whose help is written so."""

    formatter_class = SpokenFormatter


def told(command: Any) -> Any:
    """The command itself, its help and that of its options, and of the commands below it, in the chosen language."""
    command.context_class = SpokenContext
    # What it says in English is kept aside: the language may be another one at the next call.
    command.help = _said(command, command.help)
    for option in command.params:
        option.help = _said(option, getattr(option, "help", None))
    for below in getattr(command, "commands", {}).values():
        told(below)
    return command


def _said(of: Any, text: str | None) -> str | None:
    if not hasattr(of, "help_in_english"):
        of.help_in_english = text and " ".join(text.split())
    english: str | None = of.help_in_english
    return english and _(english)


def _words() -> Mapping[str, str]:
    return {"Arguments": _("Arguments"), "Options": _("Options"), "Commands": _("Commands")}


def _extras(meaning: str) -> str:
    """The text with what the parser puts behind it: `[default: 60; required]`."""
    if meaning == "Show this message and exit.":
        return _("Show this message and exit.")
    head, bracket, extra = meaning.rpartition("  [")
    if not bracket or not extra.endswith("]"):
        return meaning
    said = extra.replace("default: ", _("default: ")).replace("required", _("required"))
    return f"{head}  [{said}"
