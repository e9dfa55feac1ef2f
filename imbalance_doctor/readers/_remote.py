"""Inputs that lie elsewhere, `s3://bucket/labels.csv`: read through fsspec, and only where the user named such a path.

Nothing is copied to disk. Folders and patterns are listed as local ones are.
"""

import os
from collections.abc import Callable
from typing import Any, BinaryIO

from ..errors import InputError, UsageError
from ._source import Source

PROTOCOLS = (
    "abfs", "abfss", "adl", "az", "dbfs", "ftp", "gcs", "gs", "hdfs", "hf", "http", "https", "memory", "oci", "s3",
    "s3a", "sftp", "ssh", "webhdfs",
)  # fmt: skip
"""Schemes that only fetch bytes: those that chain, cache to disk or open local files are refused."""


def is_remote(name: str) -> bool:
    """Whether a name is a URL, and not a local path that looks like one."""
    return "://" in name and not os.path.exists(name)


def sources(name: str) -> list[Source]:
    """The inputs behind a URL: one file, or those of a folder or a pattern in the order of their names.

    Raises UsageError for a scheme that is not in PROTOCOLS, InputError without fsspec, when it cannot be reached and
    when it holds nothing.
    """
    scheme, rest = name.split("://", 1)
    if scheme not in PROTOCOLS or "::" in rest:
        raise UsageError(
            f"{name} is no URL that can be read", f"known: {', '.join(PROTOCOLS)}; a local path has no ://"
        )
    system = _system(name, scheme)
    try:
        path = system._strip_protocol(name)
        if any(c in rest for c in "*?[") and not system.exists(path):
            paths = sorted(system.glob(path))
        elif system.isdir(path):
            paths = sorted(entry["name"] for entry in system.ls(path, detail=True) if entry["type"] == "file")
            paths = [p for p in paths if not p.rsplit("/", 1)[-1].startswith((".", "_"))]
        else:
            paths = [path]
    except Exception as error:  # every file system has its own classes of error
        raise _unreachable(name, error) from None
    if not paths:
        raise InputError(f"there is no file at {name}", "check the URL")
    names = [name] if paths == [path] else [f"{scheme}://{str(p).lstrip('/')}" for p in paths]
    return [Source(n, None, remote=_opener(system, p, n)) for n, p in zip(names, paths, strict=True)]


def _system(name: str, scheme: str) -> Any:
    try:
        import fsspec
    except ImportError:
        raise InputError(f"{name} needs fsspec", "pip install 'imbalance-doctor[remote]'") from None
    try:
        return fsspec.filesystem(scheme)
    except (ImportError, ValueError) as error:  # the package of one file system, such as s3fs
        raise InputError(f"{name} cannot be read: {error}", "install what fsspec asks for") from None
    except Exception as error:  # credentials, configuration
        raise _unreachable(name, error) from None


def _opener(system: Any, path: str, name: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        try:
            return system.open(path, "rb")  # type: ignore[no-any-return]
        except Exception as error:  # every file system has its own classes of error
            raise _unreachable(name, error) from None

    return opened


def _unreachable(name: str, error: Exception) -> InputError:
    lines = str(error).splitlines() or [type(error).__name__]
    return InputError(f"{name} cannot be read: {lines[0][:200]}", "check the URL, the network and the credentials")
