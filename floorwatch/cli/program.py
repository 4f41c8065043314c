"""The command line itself: which commands there are, their options, and what a failure looks like.

Rules
- Exit status: 0 fine (also when nobody reads on), 1 the work failed (one line on stderr for each mistake), 2 wrong
  usage; 130, 143 and 129 after ctrl+c, a `kill` and a closed terminal.
- Global options stand before or after the command.
- A command imports what it needs when it runs: `state` must not wait for Textual, nor `watch` for pandas.
- A word that is no command of ours may be a plugin's: only then, and for `--help`, are plugins loaded to know.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from msgspec.structs import replace
from typer.core import TyperGroup

from floorwatch import __version__
from floorwatch.cli.config_program import config
from floorwatch.cli.ending import UnheardError, status_of
from floorwatch.cli.helping import SpokenContext, told
from floorwatch.cli.leaving import ToldToLeave
from floorwatch.cli.notes_program import notes
from floorwatch.cli.plugins_program import plugins
from floorwatch.cli.roster_program import roster
from floorwatch.cli.wishes import Wishes
from floorwatch.words import _

VALUED = ("--config", "--people", "--plugin-dir", "--journal")
FLAGS = ("--no-plugins",)


class Commands(TyperGroup):
    """The commands; says otherwise what typer would take for a failure of the work, or for ctrl+c."""

    context_class = SpokenContext

    def invoke(self, ctx: Any) -> Any:
        """Run the command, in the language that is chosen now. Raises UnheardError and SystemExit."""
        wishes_in(ctx.params).speak()
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise UnheardError from None
        except ToldToLeave as told:
            raise SystemExit(told.status) from None

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command of this word: ours, or a plugin's."""
        word, *rest = args
        if word in self.commands:
            return word, told(self.commands[word]), rest
        from floorwatch.cli.mounting import command_of, mounted, no_such_command, shielded

        plugins = mounted(wishes_in(ctx.params))
        if word not in plugins.entries:
            ctx.fail(no_such_command(word, self.commands, plugins))
        return word, told(command_of(plugins, word)), shielded(rest)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The help of the whole."""
        wishes_in(ctx.params).speak()
        told(self)
        super().format_help(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Ours, and those of plugins apart."""
        super().format_commands(ctx, formatter)
        from floorwatch.cli.mounting import listed

        found = listed(wishes_in(ctx.params))
        if not found:
            return
        with formatter.section(_("Commands of plugins")):
            if isinstance(found, str):
                formatter.write_text(found)
            else:
                formatter.write_dl(found)


def wishes_in(options: Mapping[str, Any]) -> Wishes:
    """What the global options say, as far as they have been read."""
    config, people = (Path(path) if (path := options.get(name)) else None for name in ("config", "people"))
    folders = tuple(map(Path, options.get("plugin_dir") or ()))
    return Wishes(config, people, folders, bool(options.get("no_plugins")), options.get("journal"))


program = typer.Typer(
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=_("A telephone floor, live, in a terminal."),
)
feeds = typer.Typer(help=_("Look at feeds."), rich_markup_mode=None)
program.add_typer(feeds, name="feeds")
program.add_typer(plugins, name="plugins")
program.add_typer(config, name="config")
program.add_typer(notes, name="notes")
program.add_typer(roster, name="roster")

Feeds = Annotated[
    list[str] | None,
    typer.Argument(metavar="FEED...", help=_("Files, folders or NAME=PATH; the configured feeds when none is given.")),
]
SomeFeeds = Annotated[list[str], typer.Argument(metavar="FEED...", help=_("Files, folders or NAME=PATH."))]
Format = Annotated[
    str | None,
    typer.Option("--format", metavar="FORMAT", help=_("The feeds' format; found by looking at them when not given.")),
]
At = Annotated[
    list[str] | None,
    typer.Option(
        "--at", metavar="TIME", help=_("HH:MM[:SS], an ISO date and time, or epoch seconds; may be repeated.")
    ),
]
Headless = Annotated[bool, typer.Option("--headless", help=_("No screen: print the state as JSON at the end."))]
Seconds = Annotated[
    float | None, typer.Option(min=0.0, metavar="N", help=_("With --headless: end after so many seconds, else 3."))
]
Every = Annotated[
    float | None,
    typer.Option(
        min=0.05,
        metavar="N",
        help=_("With --headless: print the state each so many seconds, until --seconds or ctrl+c."),
    ),
]


Layout = Annotated[
    str | None, typer.Option(metavar="NAME", help=_("Which panels there are at first; the key l tells."))
]


@program.callback(invoke_without_command=True)
def start(  # noqa: PLR0913, PLR0917  # typer: a command's options are its parameters
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", is_eager=True, help=_("The configuration file."))
    ] = None,
    people: Annotated[
        Path | None,
        typer.Option(metavar="FILE", is_eager=True, help=_("Who is who: a CSV of interface,name,employee,seat,team.")),
    ] = None,
    plugin_dir: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", is_eager=True, help=_("A drop-in plugin, or a folder of them; may be repeated.")),
    ] = None,
    no_plugins: Annotated[
        bool, typer.Option("--no-plugins", is_eager=True, help=_("Load bundled plugins only."))
    ] = False,
    journal: Annotated[
        str | None,
        typer.Option(metavar="URL", is_eager=True, help=_("What people enter: a file, sqlite:PATH or memory:.")),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help=_("Say which version this is."))] = False,
) -> None:
    """Watch the configured floor, or the demo floor when nothing is configured."""
    # All of these are eager: `--help` must know which plugins to list.
    context.obj = Wishes(config, people, tuple(plugin_dir or ()), no_plugins, journal)
    if version:
        typer.echo(f"floorwatch {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from floorwatch.cli.watching import watch_or_demo

        watch_or_demo(context.obj)


@program.command()
def demo(
    context: typer.Context,
    headless: Headless = False,
    seconds: Seconds = None,
    every: Every = None,
    layout: Layout = None,
) -> None:
    """The bundled floor of 60 seats, live, no set-up."""
    from floorwatch.cli.watching import demo as run

    run(replace(context.obj, layout=layout or ""), headless=headless, seconds=seconds, every=every)


@program.command()
def watch(  # noqa: PLR0913, PLR0917  # typer: a command's options are its parameters
    context: typer.Context,
    feeds: Feeds = None,
    fmt: Format = None,
    headless: Headless = False,
    seconds: Seconds = None,
    every: Every = None,
    layout: Layout = None,
) -> None:
    """Watch feeds live."""
    from floorwatch.cli.watching import watch as run

    wishes = replace(context.obj, layout=layout or "")
    run(wishes, feeds or [], fmt, headless=headless, seconds=seconds, every=every)


@program.command()
def replay(  # noqa: PLR0913, PLR0917  # typer: a command's options are its parameters
    context: typer.Context,
    feeds: Annotated[
        list[str] | None,
        typer.Argument(metavar="FEED...", help=_("A .floorlog recording, or plain feeds; else the configured ones.")),
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help=_("Begin there: 10:40, or +5m."))] = None,
    rate: Annotated[
        str, typer.Option(metavar="N", help=_("Floor seconds a second, 0.01 to 3600; max: as fast as it goes."))
    ] = "1",
    fmt: Format = None,
    layout: Layout = None,
    screenshot: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("No terminal: write that moment's screen, as .svg or .txt."))
    ] = None,
    size: Annotated[
        str | None, typer.Option(metavar="SIZE", help=_("With --screenshot: columns and lines, else 120x36."))
    ] = None,
) -> None:
    """See a recorded floor again."""
    wishes = replace(context.obj, layout=layout or "")
    if screenshot is not None or size is not None:
        from floorwatch.cli.picturing import Wanted, picture

        picture(wishes, Wanted(feeds or [], at, screenshot, size, fmt))
        return
    from floorwatch.cli.watching import replay as run

    run(wishes, feeds or [], at, rate, fmt)


@program.command()
def state(  # noqa: PLR0913, PLR0917  # typer: a command's options are its parameters
    context: typer.Context,
    feeds: Feeds = None,
    at: At = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("One line of JSON a moment."))] = False,
    unmasked: Annotated[bool, typer.Option("--unmasked", help=_("Show callers' numbers."))] = False,
    diff: Annotated[bool, typer.Option("--diff", help=_("What changed from each moment to the next."))] = False,
    fmt: Format = None,
) -> None:
    """The floor at an instant, without a screen."""
    from floorwatch.cli.stating import Form
    from floorwatch.cli.stating import state as run

    run(context.obj, feeds or [], at or [], fmt, Form(as_json, unmasked, diff))


@program.command()
def report(  # noqa: PLR0913, PLR0917  # typer: a command's options are its parameters
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("day, intervals, agents, or a plugin's."))],
    feeds: Feeds = None,
    since: Annotated[str | None, typer.Option("--from", metavar="TIME", help=_("From then."))] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="TIME", help=_("Up to then."))] = None,
    day: Annotated[bool, typer.Option("--day", help=_("The business day of the last line."))] = False,
    week: Annotated[bool, typer.Option("--week", help=_("Its week, from Monday on."))] = False,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORM", help=_("table, csv, json, md, html, xlsx, or text."))
    ] = None,
    feed_format: Annotated[str | None, typer.Option(metavar="FORMAT", help=_("The feeds' format."))] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Write it into a new file; its name may tell the form."))
    ] = None,
    brief: Annotated[bool, typer.Option("--brief", help=_("The short form, of a report that has one."))] = False,
) -> None:
    """A table over a span of time."""
    from floorwatch.cli.reporting import Asked
    from floorwatch.cli.reporting import report as run

    run(context.obj, Asked(name, feeds or [], since, until, day, week, form, feed_format, out, brief))


@feeds.command("check")
def feeds_check(context: typer.Context, feeds: SomeFeeds, fmt: Format = None) -> None:
    """What a feed is, its lines, its events by kind, and what cannot be read, with line number and reason."""
    from floorwatch.cli.checking import check as run

    run(context.obj, feeds, fmt)


@program.command()
def record(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help=_("The recording to write: NAME.floorlog."))],
    feeds: Feeds = None,
    fmt: Format = None,
    seconds: Annotated[float | None, typer.Option(min=0.0, metavar="N", help=_("End after so many seconds."))] = None,
    past: Annotated[
        bool, typer.Option("--past", help=_("Record all that the feeds hold, at the times of its events, and end."))
    ] = False,
) -> None:
    """Record feeds as they are written, raw."""
    from floorwatch.cli.recording import Span
    from floorwatch.cli.recording import record as run

    run(context.obj, out, feeds or [], fmt, Span(seconds, past))


@program.command()
def index(
    context: typer.Context,
    recording: Annotated[Path, typer.Argument(metavar="REC", help=_("A .floorlog recording."))],
    again: Annotated[bool, typer.Option("--again", help=_("Also where all of it is there already."))] = False,
    for_parent: Annotated[
        bool,
        typer.Option("--for-parent", help=_("For a program that waits for it: give way, and end when stdin does.")),
    ] = False,
) -> None:
    """Build the keyframes of a recording beforehand: a replay of it goes to any moment at once."""
    from floorwatch.cli.indexing import index as run
    from floorwatch.cli.indexing import index_for_parent

    if for_parent:
        index_for_parent(context.obj, recording)
    else:
        run(context.obj, recording, again=again)


@program.command()
def simulate(  # noqa: PLR0913, PLR0917  # typer: a command's options are its parameters
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help=_("The file to write."))],
    agents: Annotated[int, typer.Option(min=1, metavar="N", help=_("Seats."))] = 60,
    queues: Annotated[int, typer.Option(min=1, metavar="N", help=_("Queues."))] = 4,
    hours: Annotated[float, typer.Option(min=0.1, metavar="N", help=_("How long a day."))] = 9.0,
    seed: Annotated[int, typer.Option(metavar="N", help=_("The same seed gives the same floor."))] = 1,
    form: Annotated[str, typer.Option(metavar="FORM", help=_("queue_log or jsonl."))] = "queue_log",
    live: Annotated[bool, typer.Option("--live", help=_("Write as time passes, until interrupted."))] = False,
    people_out: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Also write who is who, as a CSV."))] = None,
    roster_out: Annotated[Path | None, typer.Option(metavar="FILE", help=_("Also write the roster, as a CSV."))] = None,
    punches_out: Annotated[
        Path | None, typer.Option(metavar="FILE", help=_("Also write what attendance terminals punch."))
    ] = None,
) -> None:
    """Write a believable floor's feed, and with --journal what people enter beside it."""
    from floorwatch.cli.simulating import Beside
    from floorwatch.cli.simulating import simulate as run

    beside = Beside(people_out, roster_out, punches_out)
    run(context.obj, out, (agents, queues, hours, seed), form, live=live, beside=beside)


@program.command()
def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help=_("One line of JSON a finding."))] = False,
) -> None:
    """What is wrong with the machine, the files, the settings or the terminal, and what to do about it."""
    from floorwatch.cli.doctor import doctor as run

    run(context.obj, as_json=as_json)


def globals_first(words: Sequence[str]) -> list[str]:
    """The command line with the global options moved before the command, where the parser wants them."""
    before: list[str] = []
    after: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            after += [word, *rest]
        elif word in VALUED:
            before += [word, *(value for value in [next(rest, None)] if value is not None)]
        elif word in FLAGS or word.startswith(tuple(f"{option}=" for option in VALUED)):
            before.append(word)
        else:
            after.append(word)
    return before + after


def main() -> int:
    """Have typer read the command line, and run it; the exit status. Raises BrokenPipeError when nobody reads what it
    says."""
    return status_of(lambda: program(globals_first(sys.argv[1:])))
