"""The words of `floorwatch config`, their options, and what each of them does."""

from pathlib import Path
from typing import Annotated

import typer

from floorwatch.words import _

config = typer.Typer(help=_("Write, check and show the configuration."), rich_markup_mode=None)


@config.command("init")
def init(
    context: typer.Context,
    path: Annotated[
        Path | None, typer.Argument(metavar="FILE", help=_("The file to write; the user's own place when not given."))
    ] = None,
    feed: Annotated[str | None, typer.Option(metavar="PATH", help=_("The switch's queue log."))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=_("Ask nothing: write the file, and no more."))] = False,
) -> None:
    """Ask what a floor needs, write it into a commented configuration, and open the floor."""
    from floorwatch.cli.configuring import init as run

    run(context.obj, path, feed, asks_nothing=yes)


@config.command("check")
def check(context: typer.Context) -> None:
    """Everything that is wrong with the configuration, at once."""
    from floorwatch.cli.configuring import check as run

    run(context.obj)


@config.command("show")
def show(context: typer.Context) -> None:
    """Every setting, its value, and where that comes from."""
    from floorwatch.cli.configuring import show as run

    run(context.obj)
