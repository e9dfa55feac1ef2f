"""The mistakes a user can make, each with what to type next and the exit code it ends in.

A `Finding` is about the user's data; a `DoctorError` is about the user's request or files. Anything else that is
raised is a bug of ours and keeps its traceback under `--debug`.
"""

EXIT_OK = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_INPUT = 3
EXIT_REFUSED = 4
EXIT_OUTPUT = 5
EXIT_INTERRUPTED = 130
EXIT_CLOSED_PIPE = 141
EXIT_TERMINATED = 143


class Terminated(BaseException):
    """The process was asked to end (SIGTERM): what is half done is cleared away, as on an interrupt."""


class DoctorError(Exception):
    """A complaint with a hint: `message` says what is wrong, `hint` what to type next."""

    exit_code = EXIT_USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(DoctorError):
    """The request itself is wrong: an unknown name, options that contradict each other (exit 2)."""

    exit_code = EXIT_USAGE


class InputError(DoctorError):
    """A file is malformed, or can be read in two ways (exit 3)."""

    exit_code = EXIT_INPUT


class RefusedError(DoctorError):
    """Refused for safety, or over a limit (exit 4)."""

    exit_code = EXIT_REFUSED


class OutputError(DoctorError):
    """The result could not be written (exit 5)."""

    exit_code = EXIT_OUTPUT


class ClosedPipeError(OutputError):
    """The reader of stdout has gone; nothing is said (exit 141)."""

    exit_code = EXIT_CLOSED_PIPE
