"""Templates that are compiled once for the many applications, workers and servers of the tests."""

import os
import threading
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """What was compiled, kept for applications of one kind; jinja compares the sources.

    It is in memory, and in `folder` once there is one, where other processes find it too.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key not in self._kept and self.folder and (self.folder / bucket.key).exists():
            self._kept[bucket.key] = (self.folder / bucket.key).read_bytes()
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()
        if self.folder:
            unfinished = self.folder / f"{bucket.key}-{os.getpid()}-{threading.get_ident()}"
            unfinished.write_bytes(self._kept[bucket.key])
            unfinished.rename(self.folder / bucket.key)
