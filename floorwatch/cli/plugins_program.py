"""The words of `floorwatch plugins`, their options, and what each of them does."""

from pathlib import Path
from typing import Annotated

import typer

from floorwatch.scaffold.kinds import Kind
from floorwatch.words import _

plugins = typer.Typer(help=_("Look at plugins."), rich_markup_mode=None)


@plugins.command("list")
def list_(
    context: typer.Context,
    verbose: Annotated[bool, typer.Option("--verbose", help=_("With tracebacks."))] = False,
) -> None:
    """Every plugin, where it comes from, what it brings, and what is wrong with it."""
    from floorwatch.cli.listing import plugins_list as run

    run(context.obj, verbose=verbose)


@plugins.command("check")
def check(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("A plugin, or the path of a drop-in."))],
    sample: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", exists=True, dir_okay=False, help=_("A file of its format; may be repeated.")),
    ] = None,
) -> None:
    """Hold a plugin against everything that a plugin promises, and say what to do about what fails."""
    from floorwatch.cli.plugin_checking import check as run

    run(context.obj, name, sample or [])


@plugins.command("new")
def new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("Its name, such as queue-watch."))],
    kind: Annotated[Kind, typer.Option("--kind", help=_("What it brings."))] = Kind.PANEL,
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help=_("Write it there."))] = Path(),
    one_file: Annotated[bool, typer.Option("--single", help=_("One file instead of a package."))] = False,
) -> None:
    """Write a plugin to begin with: it works, is tested, and can be installed."""
    from floorwatch.cli.scaffolding import new as run

    run(context.obj, name, kind, into, one_file=one_file)
