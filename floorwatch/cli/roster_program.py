"""The words of `floorwatch roster`, their options, and what each of them does."""

from typing import Annotated

import typer

from floorwatch.words import _

roster = typer.Typer(help=_("Look at rosters."), rich_markup_mode=None)


@roster.command("check")
def check(
    context: typer.Context,
    feeds: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FEED...", help=_("Files, folders or NAME=PATH; the configured feeds when none is given.")
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=_("From this day on; else today."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help=_("Up to this day; else the last of the rosters."))
    ] = None,
    form: Annotated[str, typer.Option("--format", metavar="FORM", help=_("table, csv, json or md."))] = "table",
    feed_format: Annotated[str | None, typer.Option(metavar="FORMAT", help=_("The feeds' format."))] = None,
) -> None:
    """What is wrong with the plan: double shifts, unknown people, late swaps, hours with too few hands, and more."""
    from floorwatch.cli.roster_checking import Asked
    from floorwatch.cli.roster_checking import check as run

    run(context.obj, Asked(feeds or [], since, until, form, feed_format))
