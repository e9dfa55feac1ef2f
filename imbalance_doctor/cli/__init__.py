"""The command line: one file per command. Parse, call `doctor`, print; nothing else.

A command is a module with a function `command`, whose docstring is its help. `DoctorError` is caught here, once.
"""

import importlib
import os
import pkgutil
import sys
from typing import Any

from .. import __version__
from ..errors import EXIT_INTERRUPTED, EXIT_REFUSED, EXIT_TERMINATED, ClosedPipeError, DoctorError, Terminated
from ..readers._room import fit
from ._output import complain, say

ORDER = ("analyze", "predictions", "history", "diagnose", "weights", "lint", "explain", "list", "demo")
READING = ("analyze", "predictions", "history", "diagnose", "weights", "lint", "demo")
"""Commands that need the engine."""


def app(asked: str = "") -> Any:
    """The typer application, with every command found in this folder, or only the one that is asked for."""
    import typer

    root = typer.Typer(
        name="imbalance-doctor",
        help="A doctor for classifiers trained on imbalanced labels.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        epilog="Start with: imbalance-doctor analyze labels.csv",
    )

    @root.callback(invoke_without_command=True)
    def options(
        version: bool = typer.Option(False, "--version", help="Print the version and leave."),
        debug: bool = typer.Option(False, "--debug", help="Show the traceback of an unexpected error."),
    ) -> None:
        if version:
            sys.stdout.write(f"imbalance-doctor {__version__}\n")
            raise typer.Exit

    found = [info.name for info in pkgutil.iter_modules(__path__) if not info.name.startswith("_")]
    found.sort(key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
    for name in [asked] if asked in found else found:
        root.command(name)(importlib.import_module(f"{__name__}.{name}").command)
    return root


def run(arguments: list[str]) -> int:
    """Run one command line; the exit code."""
    import typer

    debug = "--debug" in arguments or bool(os.environ.get("IMBALANCE_DOCTOR_DEBUG"))
    asked = ""
    try:
        rest = [argument for argument in arguments if argument != "--debug"]
        asked = rest[0] if rest else ""
        if asked in READING and not {"-h", "--help"} & set(rest):
            fit()
        code = int(app(asked)(args=rest, prog_name="imbalance-doctor", standalone_mode=False) or 0)
        if code == EXIT_INTERRUPTED:
            complain("interrupted")
        sys.stdout.flush()
        return code
    except ClosedPipeError as error:
        return error.exit_code
    except DoctorError as error:
        if debug:
            raise
        complain(error.message, error.hint)
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        complain("interrupted")
        return EXIT_INTERRUPTED
    except Terminated:
        complain("terminated")
        return EXIT_TERMINATED
    except MemoryError:
        complain("out of memory", "read fewer columns with --label, or split the input into shards")
        return EXIT_REFUSED
    except Exception as error:
        if hasattr(error, "show") and hasattr(error, "exit_code"):  # the command line itself is wrong
            error.show()
            if asked == "weights" and hasattr(error, "option_name") and not getattr(error, "possibilities", None):
                say("hint: a number of a scheme or a loss is given as --param NAME=X, for example --param gamma=2")
            return int(error.exit_code)
        if debug:
            raise
        complain(f"unexpected {type(error).__name__}: {error}", "this is a bug: run again with --debug and report it")
        return 70
