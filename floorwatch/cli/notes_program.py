"""The words of `floorwatch notes`, their options, and what each of them does."""

from typing import Annotated

import typer

from floorwatch.model.entered import NoteKind
from floorwatch.words import _

notes = typer.Typer(help=_("Search, export and purge notes."), rich_markup_mode=None)

Since = Annotated[str | None, typer.Option("--since", metavar="TIME", help=_("From then on; 7d is seven days ago."))]
Until = Annotated[str | None, typer.Option("--until", metavar="TIME", help=_("Up to then."))]
Agent = Annotated[
    str | None, typer.Option("--agent", metavar="WHO", help=_("About them: a number, a seat, a name or a part of one."))
]
KindOf = Annotated[NoteKind | None, typer.Option("--kind", help=_("Of this kind."))]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help=_("Taken by them."))]
Form = Annotated[str, typer.Option("--format", metavar="FORM", help=_("table, json or csv."))]


@notes.command("search")
def search(  # noqa: PLR0913, PLR0917  # typer: a command's options are its parameters
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help=_("All of them must be in a note."))],
    since: Since = None,
    until: Until = None,
    agent: Agent = None,
    kind: KindOf = None,
    by: By = None,
    form: Form = "table",
) -> None:
    """Notes with these words in text, tag, kind, follow-up, seat or the agent's name or number; the newest first."""
    from floorwatch.cli.noting import Asked
    from floorwatch.cli.noting import search as run

    run(context.obj, Asked(words, since, until, agent, kind, by), form)


@notes.command("list")
def list_(  # noqa: PLR0913, PLR0917  # typer: a command's options are its parameters
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    agent: Agent = None,
    kind: KindOf = None,
    by: By = None,
    form: Form = "table",
) -> None:
    """Notes, the newest first."""
    from floorwatch.cli.noting import Asked
    from floorwatch.cli.noting import search as run

    run(context.obj, Asked((), since, until, agent, kind, by), form)


@notes.command("export")
def export(
    context: typer.Context,
    since: Annotated[str | None, typer.Option("--from", metavar="TIME", help=_("From then."))] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="TIME", help=_("Up to then."))] = None,
    redact: Annotated[bool, typer.Option("--redact", help=_("With nobody's name or number in them."))] = False,
    form: Annotated[str, typer.Option("--format", metavar="FORM", help=_("csv, json or md."))] = "csv",
) -> None:
    """Notes whole, the oldest first, to give to others."""
    from floorwatch.cli.noting import Asked
    from floorwatch.cli.noting import export as run

    run(context.obj, Asked((), since, until), form, redact=redact)


@notes.command("purge")
def purge(
    context: typer.Context,
    older_than: Annotated[
        str | None, typer.Option("--older-than", metavar="AGE", help=_("90d or 12w; the configured age else."))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Only say what would go."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask."))] = False,
) -> None:
    """Delete what is old and over for good, and say what went."""
    from floorwatch.cli.noting import purge as run

    run(context.obj, older_than, dry_run=dry_run, yes=yes)
