"""A small load generator: persistent connections, one coroutine per client, wall-clock latencies."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

ANSWERS = b"w1=3&w2=4&w3=3&w4=2"


@dataclass
class Load:
    """What one run saw: seconds per journey or request, how many failed, how long the run took."""

    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    lasted: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.lasted

    def quantile(self, share: float) -> float:
        """Seconds within which this share of the runs was done."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True)
class Answer:
    """What came back: the status and where it sends the browser."""

    status: int
    location: str


class Connection:
    """One keep-alive connection that asks again once when the server closed it in between."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        """Send one request and read the whole answer."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\nAccept-Encoding: gzip\r\n"
        if method == "POST":
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        message = head.encode() + b"\r\n" + body
        try:
            return await self._exchange(message)
        except (ConnectionError, asyncio.IncompleteReadError):
            await self.close()
            return await self._exchange(message)

    async def _exchange(self, message: bytes) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(message)
        head = await reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {k.lower(): v for k, _, v in (line.partition(": ") for line in lines[1:] if line)}
        await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            await self.close()
        return Answer(int(lines[0].split()[1]), urlsplit(headers.get("location", "")).path)

    async def close(self) -> None:
        """Let go of the connection."""
        if self._streams is not None:
            writer, self._streams = self._streams[1], None
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


Act = Callable[[Connection, str], Awaitable[str]]


async def journey(connection: Connection, path: str) -> str:
    """Open the form, send four answers, read the thanks; returns what went wrong, or nothing."""
    opened = await connection.ask("GET", path)
    if opened.status != 200:
        return f"open {opened.status}"
    sent = await connection.ask("POST", path, ANSWERS)
    if sent.status != 303:
        return f"send {sent.status}"
    thanked = await connection.ask("GET", sent.location)
    return "" if thanked.status == 200 else f"thanks {thanked.status}"


async def page(connection: Connection, path: str) -> str:
    """Open one page."""
    answer = await connection.ask("GET", path)
    return "" if answer.status == 200 else f"open {answer.status}"


def run(base_url: str, act: Act, paths: Iterable[str], *, clients: int, seconds: float) -> Load:
    """Let so many clients work through the paths for so long."""
    with ThreadPoolExecutor(1) as own_thread:  # a browser test may hold this thread's event loop
        return own_thread.submit(asyncio.run, _run(base_url, act, iter(paths), clients, seconds)).result()


async def _run(base_url: str, act: Act, paths: Iterator[str], clients: int, seconds: float) -> Load:
    parts = urlsplit(base_url)
    load, start = Load(), time.perf_counter()

    async def work() -> None:
        async with Connection(parts.hostname or "127.0.0.1", parts.port or 80) as connection:
            while time.perf_counter() - start < seconds:
                path = next(paths, None)
                if path is None:
                    return
                before = time.perf_counter()
                fault = await act(connection, path)
                load.seconds.append(time.perf_counter() - before)
                if fault:
                    load.failures.append(fault)

    await asyncio.gather(*(work() for _ in range(clients)))
    load.lasted = time.perf_counter() - start
    return load
