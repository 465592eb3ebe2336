"""Files of databases: for their owner only, whole and on disk or not there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def make_private(path: Path) -> None:
    """A new empty file for its owner only: SQLite gives the files beside it the same mode."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextmanager
def made_whole(path: Path) -> Iterator[None]:
    """A new file: on disk when the block ends well, gone when it breaks off. Raises FileExistsError."""
    make_private(path)
    try:
        yield
        for each in (path, path.parent):  # SQLite leaves what VACUUM INTO wrote to the cache of the system
            _to_disk(each)
    except BaseException:
        for ending in ("", "-journal", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        raise


def _to_disk(path: Path) -> None:
    held = os.open(path, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
