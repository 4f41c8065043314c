"""What a run of the command line comes to: its exit status, and the lines that say what a person can mend."""

import sys
from collections.abc import Callable

from floorwatch.cli.leaving import ToldToLeave, leaving_in_order


class UnheardError(Exception):
    """Whoever read our output has left: `| head`."""


def usage_error(said: str, option: str | None = None) -> Exception:
    """To be raised: the command line is wrong in a way that shows only once it is carried out."""
    import typer  # 60 ms, which a command line that is right does not pay

    return typer.BadParameter(said, param_hint=option)


def is_of_usage(error: Exception) -> bool:
    """Whether it was made by `usage_error`."""
    typer = sys.modules.get("typer")
    return typer is not None and isinstance(error, typer.BadParameter)


def status_of(run: Callable[[], object]) -> int:
    """Carry it out; the exit status. Raises BrokenPipeError when nobody reads what it says, and what is nobody's to
    mend but ours."""
    try:
        with leaving_in_order():
            run()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except KeyboardInterrupt as interrupt:
        return interrupt.status if isinstance(interrupt, ToldToLeave) else 130
    except UnheardError:
        raise BrokenPipeError from None
    except Exception as error:  # what a person can mend becomes a sentence; everything else is ours and is raised again
        from floorwatch.cli.failing import sentences

        said = sentences(error)
        if said is None:
            raise
        sys.stderr.write("".join(f"floorwatch: {sentence}\n" for sentence in said))
        return 1
    return 0
