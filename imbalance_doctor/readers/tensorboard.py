"""TensorBoard event files: the scalars of a run, as `simple_value` or as tensors of one element.

The record format is read here, checked, without the `tensorboard` package: it is 12 bytes, a payload and 4 bytes; the
package would bring in TensorFlow's stubs and protobuf for two messages, and holds every scalar of a file in memory.

A record is its length (8 bytes), the masked CRC-32C of the length, the payload, and the masked CRC-32C of the payload.
A wrong sum or a cut record ends the file: what comes after cannot be found again, and is counted in bytes. Payloads of
more than MAX_PAYLOAD bytes are graphs and images; they are stepped over.

Example: `imbalance-doctor history runs/exp1/events.out.tfevents.1631882006.host`

Reference: tensorflow/core/lib/io/record_writer.h; tensorboard/compat/proto/{event,summary,tensor}.proto.
"""

import struct
from collections.abc import Iterator

from ..batches import Table
from ..errors import InputError
from ..history.records import Log, Record
from ..plugins import Reader
from . import _log_table
from ._crc32c import masked
from ._scalars import BrokenMessageError, scalars
from ._source import Options, Source, _Checked

READER = Reader("tensorboard", ())
MAX_PAYLOAD = 1 << 16
HEADER = 12


def claims_bytes(head: bytes) -> bool:
    """Whether the bytes start with a record: its length and the sum of its length agree."""
    if len(head) < HEADER:
        return False
    return bool(masked(head[:8]) == struct.unpack("<I", head[8:HEADER])[0])


def records(source: Source, options: Options) -> Log:
    """The scalars, an event a record. A file of one run: steps of several tags go their own ways."""
    log = Log("tensorboard", iter(()), "tensorboard", one_run=True)
    log.records = _events(source.open(), source.name, log)
    return log


def _events(stream: _Checked, name: str, log: Log) -> Iterator[tuple[int, Record]]:
    at = 0
    while True:
        header = stream.read(HEADER)
        if not header:
            return
        problem = "the last record is unfinished" if len(header) < HEADER else ""
        if not problem and masked(header[:8]) != struct.unpack("<I", header[8:])[0]:
            problem = f"the length of the record at byte {at:,} is damaged"
        if problem:
            break
        (length,) = struct.unpack("<Q", header[:8])
        payload, whole = _payload(stream, length)
        if not whole:
            problem = "the last record is unfinished"
        elif payload is not None and masked(payload[:-4]) != struct.unpack("<I", payload[-4:])[0]:
            problem = f"the record at byte {at:,} is damaged"
        if problem:
            break
        at += HEADER + length + 4
        log.n_records += 1
        if payload is None:
            continue
        try:
            step, found = scalars(payload[:-4])
        except BrokenMessageError:
            problem = f"the record at byte {at:,} holds no event"
            break
        if found:
            yield log.n_records, {"step": float(step), **found}
    lost = _rest(stream)
    behind = f", and {lost:,} bytes behind it were not read" if lost else ": the log may be growing"
    log.notes.append(f"{problem} after {log.n_records:,} records{behind}")
    if log.n_records == 0:
        raise InputError(f"{name}: {problem}", "is it an event file of TensorBoard? copy it again")


def _payload(stream: _Checked, length: int) -> tuple[bytes | None, bool]:
    """The payload and its sum, None for one that is stepped over, and whether it was there as a whole."""
    wanted = length + 4
    if length <= MAX_PAYLOAD:
        data = stream.read(wanted)
        return data, len(data) == wanted
    while wanted:
        skipped = len(stream.read(min(wanted, 1 << 20)))
        if not skipped:
            return None, False
        wanted -= skipped
    return None, True


def _rest(stream: _Checked) -> int:
    lost = 0
    while data := stream.read(1 << 20):
        lost += len(data)
    return lost


def read(source: Source, options: Options) -> Table:
    """The scalars as a table of text. Raises InputError when there are none."""
    return _log_table.table(records(source, options), source.name)
